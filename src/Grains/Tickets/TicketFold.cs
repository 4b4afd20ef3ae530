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
        (not null, not Registered) => Apply(s, stamped) with { Seq = stamped.Seq, LastAt = stamped.At, LastHash = stamped.Hash },
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
        CallerKey = e.CallerKey,
        Status = TicketStatus.Triage,
        Deadlines = [.. e.Promises.Select(p => Deadline.From(p, 1, null))],
        LastAt = at,
    };

    private static TicketState Apply(TicketState s, Stamped stamped)
    {
        var at = stamped.At;
        return stamped.Event switch
        {
            TransferredTo110 => Leave(s, TicketStatus.TransferredTo110, at),
            Merged e => Leave(s, TicketStatus.Merged, at) with { Parent = e.Parent, ParentToldAt = null },
            ParentJoined => s with { ParentToldAt = at },
            ChildMerged e => ApplyChild(s, e),
            DiversionProposed e => s with { Diversion = new(e.Agency, e.DutyItem, e.Basis, stamped.Actor) },
            DiversionRefused => s with { Diversion = null },
            Diverted => Leave(s, TicketStatus.Diverted, at) with { Diversion = s.Diversion! with { ConfirmedBy = stamped.Actor } },
            DiversionTracked e => s with { Diversion = s.Diversion! with { Receipt = e.Receipt ?? s.Diversion.Receipt, Finished = e.Finished } },
            ReturnedFromAgency e => s.Starting(e.Promises, null) with { Status = TicketStatus.Triage, Diversion = null, ClosedAt = null },
            Declined => Leave(s, TicketStatus.Declined, at),
            Dispatched e => ApplyDispatch(s, e, at),
            Recalled e => BackToDispatch(s, e.Promises, at),
            Withdrawn => Close(s, CloseReason.Withdrawn, at),
            AlarmFired e => s.Changing(d => d.Clock == e.Clock && d.Unit == e.Unit && d.IsOpen && d.DueAt == e.DueAt, d => d with { Fired = e.Level }),
            PromiseRecomputed e => s.Recomputing(e),
            // What is only on record: it changes nothing that is decided on.
            CallerAnswered or Chased or Annotated or Instructed or DiscussionOpened or CallerRevealed or OrderProgressNoted => s,
            _ => HandlingFold.Apply(s, stamped),
        };
    }

    private static TicketState ApplyDispatch(TicketState s, Dispatched e, DateTimeOffset at)
    {
        var started = s.Meeting(Clock.Triage, at).Stopping(d => d.Clock == Clock.Divert, at).Starting(e.Promises, e.LeadUnit);
        return started with
        {
            Status = TicketStatus.AwaitingAcceptance,
            LeadUnit = e.LeadUnit,
            LeadUnitName = e.UnitName,
            DispatchedAt = at,
            Supporting = [.. e.Supporting.Select(u => new Supporting(u.Unit, null))],
            Deadlines = [.. started.Deadlines, .. e.Supporting.Select(u => Deadline.From(u.Promise, 1, u.Unit))],
            AcceptedAt = null,
            ContactedAt = null,
            ContactTries = 0,
            CallerReached = false,
            FirstReplyAt = null,
            Diversion = null,
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
        s.Stopping(d => d.IsOpen, at).Starting(promises, null) with
        {
            Status = TicketStatus.AwaitingDispatch,
            LeadUnit = null,
            LeadUnitName = null,
            Officer = null,
            Supporting = [],
            Extension = null,
            SuspendedAt = null,
            Submission = null,
            FirstReplyAt = null,
        };

    public static TicketState Close(TicketState s, CloseReason reason, DateTimeOffset at) =>
        s.Stopping(d => d.IsOpen, at) with { Status = TicketStatus.Closed, CloseReason = reason, ClosedAt = at, StatusBeforeClose = s.Status, Extension = null };

    private static TicketState Leave(TicketState s, TicketStatus status, DateTimeOffset at) =>
        s.Meeting(Clock.Triage, at).Stopping(d => d.IsOpen, at) with { Status = status, ClosedAt = at };
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
        s.Changing(d => d.Clock == clock && d.IsOpen, d => d with { MetAt = at });

    public static TicketState Stopping(this TicketState s, Func<Deadline, bool> which, DateTimeOffset at) =>
        s.Changing(d => d.IsOpen && which(d), d => d with { StoppedAt = at });

    public static TicketState Starting(this TicketState s, IReadOnlyList<Promise> promises, string? unit) =>
        s with { Deadlines = [.. s.Deadlines, .. promises.Select(p => Deadline.From(p, s.Round, unit))] };

    /// <summary>Moves the open promise of the same clock and unit; two supporting units have the same clock and start.</summary>
    public static TicketState Recomputing(this TicketState s, PromiseRecomputed e) => s.Changing(
        d => d.Clock == e.Promise.Clock && d.IsOpen && d.StartAt == e.Promise.StartAt && (e.Unit is null || d.Unit == e.Unit),
        d => d.MovedTo(e.Promise, byDecision: false));

    /// <summary>Moves the open promise of the same clock.</summary>
    public static TicketState Moving(this TicketState s, Promise promise, bool byDecision = true) =>
        s.Changing(d => d.Clock == promise.Clock && d.IsOpen && d.StartAt == promise.StartAt, d => d.MovedTo(promise, byDecision));
}
