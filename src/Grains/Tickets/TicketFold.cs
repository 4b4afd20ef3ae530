using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>Events to state. No rule here: what an event says has been decided. An event that no arm knows is a fault.</summary>
internal static class TicketFold
{
    /// <summary>The ticket after one more event; the first is its registration.</summary>
    public static TicketState Apply(TicketState? s, string id, Stamped stamped) => (s, stamped.Event) switch
    {
        (null, Registered e) => Start(id, e, stamped.At) with { Seq = stamped.Seq, LastHash = stamped.Hash },
        (not null, not Registered) => Apply(s, stamped) with
        {
            Seq = stamped.Seq, LastAt = stamped.At, LastHash = stamped.Hash, HandledLive = s.HandledLive || Actor.IsLive(stamped.Actor),
        },
        _ => throw new InvalidOperationException($"A ticket is registered first, and once: {stamped.Event.GetType().Name}."),
    };

    private static TicketState Start(string id, Registered e, DateTimeOffset at) => new()
    {
        Id = id,
        Source = e.Source,
        ExternalNo = e.ExternalNo,
        Nature = e.Nature,
        Urgency = e.Urgency,
        Topic = e.Topic,
        Place = e.Place,
        ReceivedAt = e.ReceivedAt,
        RegisteredAt = at,
        UpstreamDueAt = e.UpstreamDueAt,
        RepeatOf = e.RepeatOf,
        Live = e.Live,
        HandledLive = e.Live,
        CallerKey = e.CallerKey,
        Status = TicketStatus.Triage,
        Deadlines = [.. e.Promises.Select(p => Deadline.From(p, 1, null, e.Nature, e.Urgency))],
        LastAt = at,
    };

    private static TicketState Apply(TicketState s, Stamped stamped)
    {
        var at = stamped.At;
        return stamped.Event switch
        {
            TransferredTo110 => Leave(s.Ending(ObligationEnd.Transferred, at), TicketStatus.TransferredTo110, [], at),
            Reopened e => Reopen(s, e, at),
            MergeRequested e => s.Asking(WorkKind.ConfirmMerge, e.Promises, stamped),
            MergeRefused => s.Answered(at),
            Merged e => Leave(s, TicketStatus.Merged, e.Promises, at) with
            {
                Parent = e.Parent, FormerParent = null, ParentToldAt = null, EndedByBranch = new(ObligationEnd.Merged, at),
            },
            ParentJoined => s with { ParentToldAt = at },
            ChildMerged e => ApplyChild(s, e),
            ChildLeft e => s with { Children = [.. s.Children.Where(c => c != e.Child)] },
            DiversionProposed e => s.Asking(WorkKind.ConfirmDivert, e.Promises, stamped) with { Diversion = new(e.Agency, e.DutyItem, e.Basis, stamped.Actor) },
            DiversionRefused => s.Answered(at) with { Diversion = null },
            Diverted e => Leave(s.Ending(ObligationEnd.Diverted, at), TicketStatus.Diverted, e.Promises, at) with
            {
                Diversion = s.Diversion! with { ConfirmedBy = stamped.Actor },
            },
            DiversionTracked e => (e.Finished ? s.Meeting(Clock.Outcome, at) : s) with
            {
                Diversion = s.Diversion! with { Receipt = e.Receipt ?? s.Diversion.Receipt, Finished = e.Finished },
            },
            ReturnedFromAgency e => ToTriage(s, e.Promises, at),
            Declined e => Leave(s, TicketStatus.Declined, e.Promises, at) with { EndedByBranch = new(ObligationEnd.Declined, at) },
            Dispatched e => ApplyDispatch(s, e, at),
            Recalled e => BackToDispatch(s.Ending(ObligationEnd.Recalled, at), e.Promises, at),
            Corrected e => ApplyCorrection(s, e, at),
            CorrectionRequested e => s.Asking(WorkKind.ConfirmCorrection, e.Promises, stamped),
            WithdrawalRequested e => (s.Asked?.Kind == WorkKind.ConfirmDivert ? s with { Diversion = null } : s).Answered(at).Asking(WorkKind.ConfirmWithdrawal, e.Promises, stamped),
            CorrectionRefused or WithdrawalRefused or SuspensionRefused => s.Answered(at),
            Withdrawn e => Close(s.Ending(ObligationEnd.Withdrawn, at), CloseReason.Withdrawn, at, e.Promises),
            AlarmFired e => s.Changing(d => d.Clock == e.Clock && d.Unit == e.Unit && d.IsOpen && d.DueAt == e.DueAt, d => d with { Fired = e.Level }),
            PromiseRecomputed e => s.Recomputing(e),
            CallerAnswered => s.Meeting(Clock.AnswerCaller, at),
            // What is only on record: it changes nothing that is decided on.
            Chased or Annotated or Instructed or DiscussionOpened or CallerRevealed or OrderProgressNoted => s,
            _ => HandlingFold.Apply(s, stamped),
        };
    }

    private static TicketState ApplyDispatch(TicketState s, Dispatched e, DateTimeOffset at)
    {
        var asked = s.Asked?.Kind is WorkKind.ConfirmMerge or WorkKind.ConfirmDivert ? s.Answered(at) : s;
        var started = asked.Meeting(Clock.Triage, at).Meeting(Clock.Redispatch, at).Stopping(d => d.Clock == Clock.Divert, at);
        started = e.Promises.Aggregate(started, (t, p) => t.GoingOn(p, e.LeadUnit));
        started = e.Supporting.Aggregate(started, (t, u) => t.GoingOn(u.Promise, u.Unit));
        return (started with
        {
            Status = TicketStatus.AwaitingAcceptance,
            LeadUnit = e.LeadUnit,
            LeadUnitName = e.UnitName,
            DispatchedAt = at,
            Supporting = [.. e.Supporting.Select(u => u.Unit)],
            AcceptedAt = null,
            ContactedAt = null,
            ContactTries = 0,
            LastTryAt = null,
            CallerReached = false,
            ContactNotPossible = false,
            Diversion = null,
        }).Owing(e, at);
    }

    private static TicketState ApplyCorrection(TicketState s, Corrected e, DateTimeOffset at)
    {
        var answered = s.Asked?.Kind == WorkKind.ConfirmCorrection && (e.Nature is not null || e.Urgency is not null) ? s.Answered(at) : s;
        var moved = e.Promises.Aggregate(answered, (t, p) => t.Changing(d => d.IsSame(p.Promise, p.Unit) && d.IsRunning, d => Anew(d, p.Promise)));
        moved = e.OfCentre.Aggregate(moved, (t, p) => t.Changing(d => d.IsSame(p, null) && d.IsRunning, d => Anew(d, p)));
        Deadline Anew(Deadline d, Promise p) => d.MovedTo(p, byDecision: true) with { Nature = e.Nature ?? s.Nature, Urgency = e.Urgency ?? s.Urgency };
        return moved with
        {
            WordsCorrected = s.WordsCorrected || e.Topic is not null || e.Place is not null || e.CallerKey is not null,
            Nature = e.Nature ?? s.Nature, Urgency = e.Urgency ?? s.Urgency, Topic = e.Topic ?? s.Topic, Place = e.Place ?? s.Place, CallerKey = e.CallerKey ?? s.CallerKey,
        };
    }

    private static TicketState ApplyChild(TicketState s, ChildMerged e)
    {
        var upstream = e.UpstreamDueAt is { } due && (s.UpstreamDueAt is not { } own || due < own) ? due : s.UpstreamDueAt;
        var joined = s with { Children = [.. s.Children, e.Child], UpstreamDueAt = upstream };
        return e.Tightened is { } promise ? joined.Moving(promise) : joined;
    }

    /// <summary>The unit is rid of the ticket: its clocks stop, the centre's dispatch clock starts.</summary>
    public static TicketState BackToDispatch(TicketState s, IReadOnlyList<Promise> promises, DateTimeOffset at) =>
        Without(s, at).Starting(promises, null) with { Status = TicketStatus.AwaitingDispatch };

    /// <summary>Nobody has the ticket, and it is to be triaged again.</summary>
    public static TicketState ToTriage(TicketState s, IReadOnlyList<Promise> promises, DateTimeOffset at) =>
        Without(s, at).Starting(promises, null) with
        {
            Status = TicketStatus.Triage, Diversion = null, ClosedAt = null, CloseReason = null, ReturnReason = null,
            EndedByBranch = s.EndedByBranch is null ? null : new(ObligationEnd.None, null),
        };

    public static TicketState Close(TicketState s, CloseReason reason, DateTimeOffset at, IReadOnlyList<Promise>? promises = null)
    {
        var ended = reason == CloseReason.AsItStands ? s : s.Ending(ObligationEnd.NotNeeded, at, onlySupport: true);
        return ended.Stopping(d => d.Clock != Clock.ExclusionDecision, at).Starting(promises ?? [], null) with
        {
            Status = TicketStatus.Closed, CloseReason = reason, ClosedAt = at, StatusBeforeClose = s.Status, Extension = null, Asked = null, SuspendedUntil = null,
        };
    }

    private static TicketState Leave(TicketState s, TicketStatus status, IReadOnlyList<Promise> promises, DateTimeOffset at) =>
        s.Meeting(Clock.Triage, at).Stopping(d => d.Clock != Clock.ExclusionDecision, at).Starting(promises, null) with
        {
            Status = status, ClosedAt = at, Extension = null, Asked = null, SuspendedUntil = null,
        };

    private static TicketState Reopen(TicketState s, Reopened e, DateTimeOffset at)
    {
        var left = s.Parent is null ? s : s with { FormerParent = s.Parent, Parent = null, ParentToldAt = null };
        return ToTriage(left, e.Promises, at) with { ReceivedAt = e.ReceivedAt ?? s.ReceivedAt };
    }

    private static TicketState Without(TicketState s, DateTimeOffset at)
    {
        var asked = s.Asked?.Kind == WorkKind.DecideSuspension ? s.Answered(at) : s;
        return asked.Stopping(d => d.Clock is not (Clock.WithdrawalDecision or Clock.CorrectionDecision or Clock.ExclusionDecision), at) with
        {
            LeadUnit = null,
            LeadUnitName = null,
            Officer = null,
            Supporting = [],
            Extension = null,
            SuspendedUntil = null,
            Submission = null,
            SentBack = null,
            AfterBlameless = false,
            Round = 1,
            Tries = [],
        };
    }
}

/// <summary>What folding does to questions that wait for a second person.</summary>
internal static class AskedFold
{
    private static readonly Clock[] Decisions =
        [Clock.SuspensionDecision, Clock.WithdrawalDecision, Clock.CorrectionDecision, Clock.MergeDecision, Clock.DivertDecision];

    public static TicketState Asking(this TicketState s, WorkKind kind, IReadOnlyList<Promise> promises, Stamped asking) =>
        s.Starting(promises, null) with { Asked = new(kind, asking.Actor, asking.Event) };

    /// <summary>The question is decided, or lapses.</summary>
    public static TicketState Answered(this TicketState s, DateTimeOffset at) =>
        s.Changing(d => d.IsOpen && Decisions.Contains(d.Clock), d => d with { MetAt = at }) with { Asked = null };
}

/// <summary>What folding does to obligations (责任).</summary>
internal static class ObligationFold
{
    /// <summary>The units get the ticket. One that had it before goes on with what it owed: an end without blame is taken back, what it missed it has missed.</summary>
    public static TicketState Owing(this TicketState s, Dispatched e, DateTimeOffset at)
    {
        var owed = s.Obligations.ToList();
        void Owe(string unit, bool support)
        {
            var known = owed.FindIndex(o => o.Unit == unit && o.Support == support);
            if (known < 0)
            {
                owed.Add(new(unit, support, at));
            }
            else
            {
                owed[known] = owed[known] with { End = ObligationEnd.None, EndedAt = null };
            }
        }

        Owe(e.LeadUnit, false);
        foreach (var unit in e.Supporting)
        {
            Owe(unit.Unit, true);
        }

        return s with { Obligations = owed };
    }

    /// <summary>Ends without blame what is owed and neither kept nor missed by now.</summary>
    public static TicketState Ending(this TicketState s, ObligationEnd end, DateTimeOffset at, bool onlySupport = false) =>
        s.Changing(o => (o.Support || !onlySupport) && IsOwed(s, o, at), o => o with { End = end, EndedAt = at });

    public static TicketState Changing(this TicketState s, Func<Obligation, bool> which, Func<Obligation, Obligation> change) =>
        s.Obligations.Any(which) ? s with { Obligations = [.. s.Obligations.Select(o => which(o) ? change(o) : o)] } : s;

    /// <summary>The lead unit's obligation in the first round: what a later round does never touches it.</summary>
    public static TicketState ChangingLead(this TicketState s, Func<Obligation, Obligation> change) =>
        s.Round > 1 ? s : s.Changing(o => !o.Support && o.Unit == s.LeadUnit, change);

    private static bool IsOwed(TicketState s, Obligation o, DateTimeOffset at)
    {
        var isKept = o.Support ? o.RepliedAt is not null : o.PassedAt is not null;
        return !isKept && o.End == ObligationEnd.None && (s.DueOf(o) is not { } due || (due.HeldAt ?? due.StoppedAt ?? at) <= due.DueAt);
    }
}

/// <summary>What folding does to the promises.</summary>
internal static class DeadlineFold
{
    /// <summary>Folding is most of what reading a ticket takes: where nothing changes, nothing is copied.</summary>
    public static TicketState Changing(this TicketState s, Func<Deadline, bool> which, Func<Deadline, Deadline> change)
    {
        Deadline[]? changed = null;
        for (var i = 0; i < s.Deadlines.Count; i++)
        {
            if (which(s.Deadlines[i]))
            {
                changed ??= [.. s.Deadlines];
                changed[i] = change(s.Deadlines[i]);
            }
        }

        return changed is null ? s : s with { Deadlines = changed };
    }

    public static TicketState Meeting(this TicketState s, Clock clock, DateTimeOffset at) =>
        s.Changing(d => d.Clock == clock && d.IsOpen, d => d with { MetAt = at, HeldAt = null });

    public static TicketState Stopping(this TicketState s, Func<Deadline, bool> which, DateTimeOffset at) =>
        s.Changing(d => d.IsOpen && which(d), d => d with { StoppedAt = at });

    public static TicketState Starting(this TicketState s, IReadOnlyList<Promise> promises, string? unit) => promises.Count == 0 ? s :
        s with { Deadlines = [.. s.Deadlines, .. promises.Select(p => Deadline.From(p, s.Round, unit, s.Nature, s.Urgency))] };

    /// <summary>A unit's clock starts; or, when the unit had the ticket before, that clock goes on.</summary>
    public static TicketState GoingOn(this TicketState s, Promise promise, string unit) => s.Deadlines.Any(d => d.IsSame(promise, unit))
        // An opinion that was given is not owed again.
        ? s.Changing(d => d.IsSame(promise, unit) && !(d.Clock == Clock.Support && d.MetAt is not null),
            d => d.MovedTo(promise, byDecision: promise.DueAt != d.DueAt) with { StoppedAt = null, MetAt = null, HeldAt = null })
        : s.Starting([promise], unit);

    /// <summary>These running clocks stand still; one that is past runs on.</summary>
    public static TicketState Holding(this TicketState s, Func<Deadline, bool> which, DateTimeOffset at) =>
        s.Changing(d => d.IsRunning && d.DueAt >= at && which(d), d => d with { HeldAt = at });

    /// <summary>What stood still goes on.</summary>
    public static TicketState Releasing(this TicketState s, IReadOnlyList<UnitPromise> promises) =>
        promises.Aggregate(s, (t, p) => t.Changing(d => d.IsOpen && d.HeldAt is not null && d.IsSame(p.Promise, p.Unit),
            d => d.MovedTo(p.Promise, byDecision: p.Promise.DueAt != d.DueAt) with { HeldAt = null }));

    /// <summary>The same clock of the same unit: two supporting units have the same clock and start.</summary>
    public static bool IsSame(this Deadline d, Promise promise, string? unit) => d.Clock == promise.Clock && d.StartAt == promise.StartAt && d.Unit == unit;

    /// <summary>Moves the open promise of the same clock and unit.</summary>
    public static TicketState Recomputing(this TicketState s, PromiseRecomputed e) => s.Changing(
        d => d.Clock == e.Promise.Clock && d.IsOpen && d.StartAt == e.Promise.StartAt && (e.Unit is null || d.Unit == e.Unit),
        d => d.MovedTo(e.Promise, byDecision: false));

    /// <summary>Moves the open promise of the same clock, by a decision.</summary>
    public static TicketState Moving(this TicketState s, Promise promise) =>
        s.Changing(d => d.Clock == promise.Clock && d.IsOpen && d.StartAt == promise.StartAt, d => d.MovedTo(promise, byDecision: true));
}
