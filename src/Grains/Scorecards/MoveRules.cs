using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>A decision as it bears on one unit: what the ticket counts for now, and what it would count for had the decision been the other
/// way.</summary>
/// <param name="Decided">The deciding event.</param>
/// <param name="Asked">The event that asked for it; null for a decision of one person.</param>
/// <param name="DueFrom">Before the move; null when no due moved.</param>
/// <param name="DueTo">After it, or what it would have been; null while the clock stands still.</param>
/// <param name="WithAnswers">What was said of the unit's reply is touched too, not only what it owed.</param>
internal sealed record TicketMove(MoveKind Kind, string Unit, bool Support, Stamped Decided, Stamped? Asked, DateTimeOffset? DueFrom,
    DateTimeOffset? DueTo, bool WithAnswers, IReadOnlyList<ScoredTicket> Now, IReadOnlyList<ScoredTicket> Otherwise)
{
    public string Ticket => Now.Concat(Otherwise).First().Id;

    public string Number => Now.Concat(Otherwise).First().Number;

    /// <summary>The obligation as it is.</summary>
    public ScoredTicket? Owed => Now.FirstOrDefault(t => t.IsSupport == Support);

    /// <summary>The obligation the other way.</summary>
    public ScoredTicket? OwedOtherwise => Otherwise.FirstOrDefault(t => t.IsSupport == Support);

    /// <summary>What it touches lies in the month, as it is or the other way.</summary>
    public bool IsIn(Month month) => Now.Concat(Otherwise).Any(t => WithAnswers ? t.IsIn(month) : t.Owed.Month == month.Key);
}

/// <summary>Which events of a ticket's history decided on a figure (product.md §4 "Nobody moves a figure without leaving it in the
/// figure"): whatever moved the due of what a unit owed, ended it without blame, took a reply or the whole ticket out, or refused to. A
/// suspension and its end are one line. A refused suspension is none: nobody can say how long it would have lasted. A decision that a later
/// one undid stays listed, with no effect.</summary>
internal static class MoveRules
{
    /// <summary>A ticket with none of these events has no decision to tell, but for the end of a supporting unit's duty, which its row
    /// tells: nothing is dispatched again that was not taken from its unit first.</summary>
    public static IReadOnlyList<Type> Deciding { get; } =
    [
        typeof(ExtensionApproved), typeof(ExtensionRefused), typeof(Suspended), typeof(ReturnRejected), typeof(ReturnUpheld),
        typeof(Recalled), typeof(Withdrawn), typeof(WithdrawalRefused), typeof(TransferredTo110), typeof(Diverted), typeof(Corrected),
        typeof(CorrectionRefused), typeof(ChildMerged), typeof(PromiseRecomputed), typeof(ReplySentBack), typeof(ExclusionDecided),
        typeof(ExclusionRevoked), typeof(OrderClosed),
    ];

    /// <param name="steps">The ticket's whole way, as far as it is known.</param>
    /// <param name="rules">By what a correction would have been made at an instant.</param>
    public static IReadOnlyList<TicketMove> Of(IReadOnlyList<TrailStep> steps, Func<TicketState, DateTimeOffset, RuleContext> rules)
    {
        if (steps.Count == 0)
        {
            return [];
        }

        var now = steps[^1].After;
        var parts = Parts(now);
        return [.. steps.SelectMany((step, i) => OtherWays(steps, i, now, rules)
            .SelectMany(way => Moves(way, step, Asking(steps, i), parts)))];
    }

    /// <summary>One line a unit.</summary>
    private static IEnumerable<TicketMove> Moves(OtherWay way, TrailStep step, Stamped? asked, IReadOnlyList<ScoredTicket> now)
    {
        var otherwise = Parts(way.State);
        foreach (var unit in way.Touched.GroupBy(t => t.Unit, StringComparer.Ordinal))
        {
            var lead = unit.OrderBy(t => t.Support).First();
            yield return new(way.Kind, unit.Key, lead.Support, step.Stamped, asked, lead.From, lead.To, way.WithAnswers,
                [.. now.Where(t => t.Unit == unit.Key)], [.. otherwise.Where(t => t.Unit == unit.Key)]);
        }
    }

    private static IEnumerable<OtherWay> OtherWays(IReadOnlyList<TrailStep> steps, int i, TicketState now,
        Func<TicketState, DateTimeOffset, RuleContext> rules)
    {
        var step = steps[i];
        return (step.Stamped.Event switch
        {
            Suspended => OtherWayRules.Suspension(step, steps.Skip(i + 1), now),
            ExtensionRefused => OtherWayRules.RefusedExtension(step, now),
            CorrectionRefused => OtherWayRules.RefusedCorrection(step, now, rules(step.Before, step.At)),
            WithdrawalRefused => OtherWayRules.RefusedWithdrawal(step, now),
            ReplySentBack { Kind: SendBackKind.Void } => OtherWayRules.VoidReply(step, now),
            ExclusionDecided e => OtherWayRules.Exclusion(e.Approved ? MoveKind.ExclusionApproved : MoveKind.ExclusionRefused, step, now),
            ExclusionRevoked => OtherWayRules.Exclusion(MoveKind.ExclusionRevoked, step, now),
            OrderClosed { Result: OrderResult.Blameless } => OtherWayRules.Blameless(step, now),
            // Its suspension tells of it.
            Resumed => [],
            _ => OtherWayRules.MovedDues(step, now),
        }).Concat(OtherWayRules.Ends(step, now));
    }

    /// <summary>Who asked for what this event decides.</summary>
    private static Stamped? Asking(IReadOnlyList<TrailStep> steps, int i)
    {
        var asks = steps[i].Stamped.Event switch
        {
            ExtensionApproved or ExtensionRefused => typeof(ExtensionRequested),
            Suspended => typeof(SuspensionRequested),
            ReturnRejected or ReturnUpheld => typeof(ReturnWasRequested),
            Withdrawn or WithdrawalRefused => typeof(WithdrawalRequested),
            Corrected when steps[i].Before.Asked?.Kind == WorkKind.ConfirmCorrection => typeof(CorrectionRequested),
            CorrectionRefused => typeof(CorrectionRequested),
            Diverted => typeof(DiversionProposed),
            ExclusionDecided => typeof(ExclusionRequested),
            _ => null,
        };
        return asks is null ? null : steps.Take(i).LastOrDefault(s => s.Stamped.Event.GetType() == asks)?.Stamped;
    }

    private static ScoredTicket[] Parts(TicketState s) => [.. ScoredTicket.Of(s.Id, s.ExternalNo, TicketProjection.Scored(s))];
}
