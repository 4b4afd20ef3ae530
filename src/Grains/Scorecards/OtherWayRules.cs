using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>An obligation that a decision touched, with its due before and after where that moved.</summary>
internal sealed record Touched(string Unit, bool Support, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>A ticket as it would be, had a decision been the other way.</summary>
/// <param name="WithAnswers">What was said of replies is touched too.</param>
internal sealed record OtherWay(MoveKind Kind, TicketState State, IReadOnlyList<Touched> Touched, bool WithAnswers = false);

/// <summary>The other way of a decision, reckoned on the row alone: what people did stays as it was, only the fact decided on is another. A
/// due that moved is where it stood just before, and on time, completed and month follow from the instants; an end without blame is taken
/// back; an exclusion is lifted, or granted; a void reply counts at its instant; a refused extension grants the due asked for.</summary>
internal static class OtherWayRules
{
    /// <summary>Dues that this event moved, of units that owed already: put back.</summary>
    public static IEnumerable<OtherWay> MovedDues(TrailStep step, TicketState now)
    {
        var moved = Dues(step.Before, step.After).Where(d => d.From.DueAt != d.To.DueAt || d.From.Compressed != d.To.Compressed).ToArray();
        return moved.Length == 0 ? []
            : [new(KindOf(step.Stamped.Event), moved.Aggregate(now, (s, d) => WithDue(s, d.Owed, d.From.DueAt, d.From.Compressed)),
                Touched(moved))];
    }

    /// <summary>What ended without blame by this event: taken back, unless it goes on by now or ended again.</summary>
    public static IEnumerable<OtherWay> Ends(TrailStep step, TicketState now)
    {
        var ended = step.After.Obligations.Where(o => o.End != ObligationEnd.None && Same(step.Before, o)?.End != o.End);
        foreach (var kind in ended.GroupBy(o => o.End))
        {
            yield return new(KindOf(kind.Key),
                kind.Aggregate(now, (s, o) => Same(s, o) is { } last && last.End == o.End && last.EndedAt == o.EndedAt ? GoesOn(s, o) : s),
                [.. kind.Select(o => new Touched(o.Unit, o.Support))]);
        }
    }

    /// <summary>挂起: the clock never stood still, so its due is the one before.</summary>
    public static IEnumerable<OtherWay> Suspension(TrailStep step, IEnumerable<TrailStep> later, TicketState now)
    {
        var resumed = later.TakeWhile(s => s.Stamped.Event is not Suspended).FirstOrDefault(s => s.Stamped.Event is Resumed)?.After;
        var held = Dues(step.Before, step.After).Where(d => d.From.HeldAt is null && d.To.HeldAt is not null).ToArray();
        return held.Length == 0 ? []
            : [new(MoveKind.Suspended,
                held.Aggregate(now, (s, d) => WithDue(s, d.Owed, d.From.DueAt, d.From.Compressed, notHeldAt: step.At)),
                [.. held.Select(d => new Touched(d.Owed.Unit, d.Owed.Support, d.From.DueAt, resumed?.DueOf(d.Owed)?.DueAt))])];
    }

    /// <summary>不同意延期 of the reply's due; in a rework round it never touches the first one.</summary>
    public static IEnumerable<OtherWay> RefusedExtension(TrailStep step, TicketState now) =>
        step.Before is { Extension: { Clock: Clock.Reply } asked, Lead: { } owed } && step.Before.DueOf(owed) is { } due
            ? [new(MoveKind.ExtensionRefused, WithDue(now, owed, asked.NewDueAt, due.Compressed),
                [new(owed.Unit, owed.Support, due.DueAt, asked.NewDueAt)])]
            : [];

    /// <summary>不同意更正: the dues that a confirmation at that instant would have given.</summary>
    public static IEnumerable<OtherWay> RefusedCorrection(TrailStep step, TicketState now, RuleContext rules)
    {
        if (step.Before.Asked?.What is not CorrectionRequested)
        {
            return [];
        }

        var corrected = CorrectionRules.Confirm(step.Before, new(), rules).Value!.Events
            .Aggregate(step.Before, (s, e) => TicketFold.Apply(s, s.Id, step.Stamped with { Event = e }));
        var moved = Dues(step.Before, corrected).Where(d => d.From.DueAt != d.To.DueAt || d.From.Compressed != d.To.Compressed).ToArray();
        return moved.Length == 0 ? []
            : [new(MoveKind.CorrectionRefused, moved.Aggregate(now, (s, d) => WithDue(s, d.Owed, d.To.DueAt, d.To.Compressed)),
                Touched(moved))];
    }

    /// <summary>不同意撤单: the ticket would have closed then, so nothing that came later is owed or answered.</summary>
    public static IEnumerable<OtherWay> RefusedWithdrawal(TrailStep step, TicketState now)
    {
        if (step.Before.Asked?.What is not WithdrawalRequested asked)
        {
            return [];
        }

        var withdrawn = step.Stamped with { Event = new Withdrawn(asked.By, []) };
        var closed = TicketFold.Apply(step.Before, now.Id, withdrawn) with { Exclusion = now.Exclusion };
        var (rows, otherwise) = (TicketProjection.Scored(now), TicketProjection.Scored(closed));
        var touched = now.Obligations.Where(o => !Figures(rows, o.Unit).SequenceEqual(Figures(otherwise, o.Unit))).ToArray();
        return touched.Length == 0 ? []
            : [new(MoveKind.WithdrawalRefused, closed, [.. touched.Select(o => new Touched(o.Unit, o.Support))], WithAnswers: true)];
    }

    /// <summary>认定答复无效: it was the unit's first reply, and counts at its instant.</summary>
    public static IEnumerable<OtherWay> VoidReply(TrailStep step, TicketState now)
    {
        var taken = step.Before.Obligations.Where(o => o.RepliedAt is not null && Same(step.After, o)?.RepliedAt is null).ToArray();
        return taken.Length == 0 ? []
            : [new(MoveKind.ReplyVoid, taken.Aggregate(now, (s, o) => s.Changing(Is(o), last => last with { RepliedAt = o.RepliedAt })),
                [.. taken.Select(o => new Touched(o.Unit, o.Support))])];
    }

    /// <summary>剔除 approved: lifted, unless another decision has put it in force since; refused or revoked: in force. It takes the ticket
    /// out of all measures of all units that had it.</summary>
    public static IEnumerable<OtherWay> Exclusion(MoveKind kind, TrailStep step, TicketState now)
    {
        var last = now.Exclusion!;
        var otherwise = kind != MoveKind.ExclusionApproved ? last with { Approved = true, RevokedAt = null }
            : last.DecidedAt == step.At ? last with { Approved = false } : last;
        return [new(kind, now with { Exclusion = otherwise }, [.. step.After.Obligations.Select(o => new Touched(o.Unit, o.Support))],
            WithAnswers: true)];
    }

    /// <summary>认定无责 changes no figure, and is listed: blame is not reckoned with, but somebody lifted it.</summary>
    public static IEnumerable<OtherWay> Blameless(TrailStep step, TicketState now) =>
        step.After.Lead is { } lead ? [new(MoveKind.Blameless, now, [new(lead.Unit, lead.Support)], WithAnswers: true)] : [];

    /// <summary>The obligation due at another instant. An end without blame, or a stop, that came only after that instant came too
    /// late.</summary>
    /// <param name="notHeldAt">A stop that never was.</param>
    private static TicketState WithDue(TicketState s, Obligation owed, DateTimeOffset dueAt, bool compressed,
        DateTimeOffset? notHeldAt = null)
    {
        if (Same(s, owed) is not { } last || s.DueOf(last) is not { } due)
        {
            return s;
        }

        var held = due.HeldAt == notHeldAt ? null : due.HeldAt;
        var isPast = (held ?? due.StoppedAt ?? last.EndedAt) > dueAt;
        var moved = s.Changing(d => ReferenceEquals(d, due),
            d => d with { DueAt = dueAt, Compressed = compressed, HeldAt = isPast ? null : held });
        return isPast ? moved.Changing(Is(owed), o => o with { End = ObligationEnd.None, EndedAt = null }) : moved;
    }

    private static TicketState GoesOn(TicketState s, Obligation owed)
    {
        var due = s.DueOf(owed);
        return s.Changing(Is(owed), o => o with { End = ObligationEnd.None, EndedAt = null })
            .Changing(d => ReferenceEquals(d, due), d => d with { HeldAt = null });
    }

    /// <summary>The dues of what was owed before the event, before and after it.</summary>
    private static IEnumerable<(Obligation Owed, Deadline From, Deadline To)> Dues(TicketState before, TicketState after)
    {
        foreach (var owed in before.Obligations)
        {
            if (before.DueOf(owed) is { } from && after.DueOf(owed) is { } to)
            {
                yield return (owed, from, to);
            }
        }
    }

    private static Touched[] Touched((Obligation Owed, Deadline From, Deadline To)[] moved) =>
        [.. moved.Select(d => new Touched(d.Owed.Unit, d.Owed.Support, d.From.DueAt, d.To.DueAt))];

    private static MoveKind KindOf(TicketEvent moving) => moving switch
    {
        ExtensionApproved => MoveKind.ExtensionApproved,
        ReturnRejected => MoveKind.ReturnRejected,
        Dispatched => MoveKind.DispatchedAgain,
        Corrected => MoveKind.Corrected,
        ChildMerged => MoveKind.ChildMerged,
        PromiseRecomputed => MoveKind.Recomputed,
        _ => throw new InvalidOperationException($"{moving.GetType().Name} moves a due."),
    };

    private static MoveKind KindOf(ObligationEnd end) => end switch
    {
        ObligationEnd.Withdrawn => MoveKind.Withdrawn,
        ObligationEnd.Recalled => MoveKind.Recalled,
        ObligationEnd.HandedBack => MoveKind.ReturnUpheld,
        ObligationEnd.Transferred => MoveKind.TransferredTo110,
        ObligationEnd.Diverted => MoveKind.Diverted,
        ObligationEnd.NotNeeded => MoveKind.NotNeeded,
        _ => throw new InvalidOperationException($"Nothing ends as {end}."),
    };

    private static Obligation? Same(TicketState s, Obligation owed) => s.Obligations.FirstOrDefault(Is(owed));

    private static Func<Obligation, bool> Is(Obligation owed) => o => o.Unit == owed.Unit && o.Support == owed.Support;

    /// <summary>All of a unit's rows that a figure can rest on.</summary>
    private static IEnumerable<object> Figures(ScoredRows rows, string unit) =>
        rows.Obligations.Where(o => o.Unit == unit).Select(o => (object)(o.Support, o.Month, o.OnTime, o.Completed, o.Ending))
            .Concat(rows.Answers.Where(a => a.Unit == unit));
}
