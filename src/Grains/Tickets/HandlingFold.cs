using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>Folds the events of a unit's handling, the review, the callback and the supervision order.</summary>
internal static class HandlingFold
{
    public static TicketState Apply(TicketState s, Stamped stamped)
    {
        var at = stamped.At;
        return stamped.Event switch
        {
            Accepted e => s.Meeting(Clock.Accept, at).Stopping(d => d.Clock == Clock.Return, at) with
            {
                Status = TicketStatus.AwaitingContact, AcceptedAt = at, Officer = e.Officer ?? s.Officer,
            },
            ReturnWasRequested => s.Stopping(d => d.Clock is Clock.Accept or Clock.Return, at) with
            {
                Status = TicketStatus.ReturnRequested, ReturnedBy = [.. s.ReturnedBy, s.LeadUnit!],
            },
            ReturnUpheld e => TicketFold.BackToDispatch(s, e.Promises, at),
            ReturnRejected e => s.Starting(e.Promises, s.LeadUnit) with { Status = TicketStatus.AwaitingAcceptance },
            ContactTried e => ApplyContact(s, e, at),
            ExtensionRequested e => s with { Extension = new(e.Clock, e.NewDueAt, stamped.Actor) },
            ExtensionApproved e => s.Moving(e.Promise) with { Extension = null, ExtensionsApproved = s.ExtensionsApproved + 1 },
            ExtensionRefused => s with { Extension = null },
            Suspended => s with { Status = TicketStatus.Suspended, SuspendedAt = at },
            Resumed e => (e.Moved is { } moved ? s.Moving(moved) : s) with { Status = TicketStatus.InProgress, SuspendedAt = null },
            Replied e => ApplyReply(s, e, stamped),
            ReplyApproved e => s.Meeting(Clock.Review, at).Starting(e.Promises, null) with
            {
                Status = TicketStatus.AwaitingCallback,
                PassedSubmissionAt = s.Round == 1 ? s.PassedSubmissionAt ?? s.Submission!.At : s.PassedSubmissionAt,
                ReviewedAt = s.ReviewedAt ?? at,
                Tries = [],
            },
            ReplySentBack => ApplySendBack(s, at),
            CalledBack e => ApplyCallback(s, e, at),
            ReworkStarted e => s with { Status = TicketStatus.InProgress, Round = s.Round + 1, Officer = e.Officer ?? s.Officer, Submission = null },
            _ => ApplyRest(s, stamped),
        };
    }

    private static TicketState ApplyRest(TicketState s, Stamped stamped)
    {
        var at = stamped.At;
        return stamped.Event switch
        {
            OrderIssued e => s.Stopping(d => d.Clock == Clock.Rework, at).Starting(e.Promises, s.LeadUnit) with
            {
                Status = TicketStatus.Supervised, Order = new(e.Number, e.Supervisor, at), Extension = null,
            },
            OrderClosed e => ApplyOrderClosed(s, e, stamped),
            Archived => s with { Status = TicketStatus.Archived },
            SupportReplied e => s.Changing(d => d.Clock == Clock.Support && d.Unit == e.Unit && d.IsOpen, d => d with { MetAt = at }) with
            {
                Supporting = [.. s.Supporting.Select(u => u.Unit == e.Unit ? u with { RepliedAt = u.RepliedAt ?? at } : u)],
            },
            MarkedDifficult => s with { Difficult = true },
            ExclusionRequested e => s with { Exclusion = new(stamped.Actor, at) { Against = e.Against } },
            ExclusionDecided e => s with { Exclusion = s.Exclusion! with { Approved = e.Approved, DecidedBy = stamped.Actor, DecidedAt = at } },
            ClosedAsItStands => TicketFold.Close(s, CloseReason.AsItStands, at),
            ReopenedByImport => s with
            {
                Status = s.StatusBeforeClose!.Value, CloseReason = null, ClosedAt = null, StatusBeforeClose = null,
                Deadlines = [.. s.Deadlines.Select(d => d.StoppedAt == s.ClosedAt ? d with { StoppedAt = null } : d)],
            },
            _ => throw new InvalidOperationException($"No fold for {stamped.Event.GetType().Name}."),
        };
    }

    private static TicketState ApplyContact(TicketState s, ContactTried e, DateTimeOffset at)
    {
        var tried = s with { ContactTries = s.ContactTries + 1, CallerReached = s.CallerReached || e.Reached };
        return e.Done ? tried.Meeting(Clock.Contact, at) with { Status = TicketStatus.InProgress, ContactedAt = at } : tried;
    }

    private static TicketState ApplyReply(TicketState s, Replied e, Stamped stamped)
    {
        var met = s.Round == 1 ? Clock.Reply : Clock.Rework;
        return s.Meeting(met, stamped.At).Starting(e.Promises, null) with
        {
            Status = TicketStatus.AwaitingReview,
            Submission = new(stamped.At, stamped.Actor, e.Outcome, e.Finding),
            FirstReplyAt = s.FirstReplyAt ?? stamped.At,
            Extension = null,
        };
    }

    /// <summary>The submission did not pass, so the promise is owed again.</summary>
    private static TicketState ApplySendBack(TicketState s, DateTimeOffset at)
    {
        var clock = s.Round == 1 ? Clock.Reply : Clock.Rework;
        var owed = s.Last(clock);
        return s.Meeting(Clock.Review, at).Changing(d => ReferenceEquals(d, owed), d => d with { MetAt = null }) with { Status = TicketStatus.InProgress };
    }

    private static TicketState ApplyCallback(TicketState s, CalledBack e, DateTimeOffset at)
    {
        var tried = s with { Tries = [.. s.Tries, at] };
        if (!e.Ended)
        {
            return tried;
        }

        var ended = tried.Meeting(Clock.Callback, at);
        if (e.Outcome != CallOutcome.Answered)
        {
            return TicketFold.Close(ended, CloseReason.Unrated, at) with { UnreachedAt = at, UnreachedOutcome = e.Outcome };
        }

        var answered = ended with
        {
            Answers = [.. s.Answers, new Answer(at, s.Round, e.Contacted!.Value, e.Solved!.Value, e.Satisfaction!.Value)],
        };
        return e.Satisfaction == Satisfaction.Dissatisfied
            ? answered.Starting(e.Promises, s.LeadUnit) with { Status = TicketStatus.AwaitingRework }
            : TicketFold.Close(answered, CloseReason.Answered, at);
    }

    private static TicketState ApplyOrderClosed(TicketState s, OrderClosed e, Stamped stamped)
    {
        var at = stamped.At;
        return s.Meeting(Clock.Supervision, at).Meeting(Clock.Reply, at).Starting(e.Promises, null) with
        {
            Status = TicketStatus.AwaitingCallback,
            Order = s.Order! with { Result = e.Result, ClosedAt = at },
            Blameless = s.Blameless || e.Result == OrderResult.Blameless,
            FirstReplyAt = s.FirstReplyAt ?? at,
            PassedSubmissionAt = s.Round == 1 ? s.PassedSubmissionAt ?? at : s.PassedSubmissionAt,
            Submission = new(at, stamped.Actor, OutcomeType.Solved, s.Submission?.Finding ?? Finding.True),
            Tries = [],
        };
    }
}
