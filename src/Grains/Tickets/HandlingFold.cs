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
            ReturnWasRequested e => s.Stopping(d => d.Clock == Clock.Return, at).Holding(d => d.Unit == s.LeadUnit && d.Clock != Clock.Support, at)
                .Starting(e.Promises, null) with
            {
                Status = TicketStatus.ReturnRequested, ReturnedBy = [.. s.ReturnedBy, s.LeadUnit!], ReturnReason = e.Reason,
            },
            ReturnUpheld e => ApplyUpheld(s.Meeting(Clock.ReturnDecision, at), e, at),
            ReturnRejected e => s.Meeting(Clock.ReturnDecision, at).Releasing(e.Promises) with { Status = TicketStatus.AwaitingAcceptance },
            ContactTried e => ApplyContact(s, e, at),
            ExtensionRequested e => s.Starting(e.Promises, null) with { Extension = new(e.Clock, e.NewDueAt, stamped.Actor) },
            ExtensionApproved e => s.Meeting(Clock.ExtensionDecision, at).Moving(e.Promise) with { Extension = null, ExtensionsApproved = s.ExtensionsApproved + 1 },
            ExtensionRefused => s.Meeting(Clock.ExtensionDecision, at) with { Extension = null },
            SuspensionRequested e => s.Asking(WorkKind.DecideSuspension, e.Promises, stamped),
            Suspended e => Lapsing(s, at).Answered(at).Holding(d => d.Unit is not null, at) with { Status = TicketStatus.Suspended, SuspendedUntil = e.EndsAt },
            Resumed e => s.Releasing(e.Promises) with { Status = TicketStatus.InProgress, SuspendedUntil = null },
            Replied e => ApplyReply(s, e, stamped),
            ReplyApproved e => ApplyApproval(s, e, at),
            ReplySentBack e => ApplySendBack(s, e, at),
            CalledBack e => ApplyCallback(s, e, stamped),
            ReworkStarted e => s with { Status = TicketStatus.InProgress, Round = s.Round + 1, Officer = e.Officer ?? s.Officer, Submission = null, SentBack = null },
            _ => ApplyRest(s, stamped),
        };
    }

    private static TicketState ApplyRest(TicketState s, Stamped stamped)
    {
        var at = stamped.At;
        return stamped.Event switch
        {
            OrderIssued e => Lapsing(s, at).Stopping(d => d.Clock == Clock.Rework, at).Starting(e.Promises, s.LeadUnit) with
            {
                Status = TicketStatus.Supervised, Orders = [.. s.Orders, new(e.Number, e.Supervisor, at)],
                // In the place of a rework it is a round of its own: what happens in it never touches the first one.
                Round = s.Status == TicketStatus.AwaitingRework ? s.Round + 1 : s.Round,
                Submission = s.Status == TicketStatus.AwaitingRework ? null : s.Submission,
            },
            OrderClosed e => ApplyOrderClosed(s, e, stamped),
            Archived => s.Meeting(Clock.Archive, at) with { Status = TicketStatus.Archived },
            SupportReplied e => s.Changing(d => d.Clock == Clock.Support && d.Unit == e.Unit && d.IsOpen, d => d with { MetAt = at, HeldAt = null })
                .Changing(o => o.Support && o.Unit == e.Unit, o => o with { RepliedAt = o.RepliedAt ?? at }),
            MarkedDifficult => s with { Difficult = true },
            ExclusionRequested e => s.Starting(e.Promises, null) with
            {
                Exclusion = new(stamped.Actor, at, Times: (s.Exclusion?.Times ?? 0) + 1, Evidence: e.Evidence) { Against = e.Against },
            },
            ExclusionDecided e => s.Meeting(Clock.ExclusionDecision, at) with
            {
                Exclusion = s.Exclusion! with { Approved = e.Approved, DecidedBy = stamped.Actor, DecidedAt = at },
            },
            ExclusionRevoked => s with { Exclusion = s.Exclusion! with { RevokedBy = stamped.Actor, RevokedAt = at } },
            ClosedAsItStands => TicketFold.Close(s, CloseReason.AsItStands, at),
            ReopenedByImport => s with
            {
                Status = s.StatusBeforeClose!.Value, CloseReason = null, ClosedAt = null, StatusBeforeClose = null,
                Deadlines = [.. s.Deadlines.Select(d => d.StoppedAt == s.ClosedAt ? d with { StoppedAt = null } : d)],
            },
            _ => throw new InvalidOperationException($"No fold for {stamped.Event.GetType().Name}."),
        };
    }

    private static TicketState ApplyUpheld(TicketState s, ReturnUpheld e, DateTimeOffset at)
    {
        var back = s.Ending(ObligationEnd.HandedBack, at);
        return e.ToTriage ? TicketFold.ToTriage(back, e.Promises, at) : TicketFold.BackToDispatch(back, e.Promises, at);
    }

    private static TicketState ApplyContact(TicketState s, ContactTried e, DateTimeOffset at)
    {
        var tried = s with
        {
            ContactTries = s.ContactTries + (e.Counts ? 1 : 0),
            LastTryAt = e.Counts ? at : s.LastTryAt,
            CallerReached = s.CallerReached || e.Reached,
            ContactNotPossible = s.ContactNotPossible || e.NotPossible,
        };
        return e.Done ? tried.Meeting(Clock.Contact, at) with { Status = TicketStatus.InProgress, ContactedAt = at } : tried;
    }

    /// <summary>What was asked for a clock that is met now lapses.</summary>
    private static TicketState Lapsing(TicketState s, DateTimeOffset at)
    {
        var asked = s.Asked?.Kind is WorkKind.DecideSuspension or WorkKind.ConfirmCorrection ? s.Answered(at) : s;
        return asked.Extension is null ? asked : asked.Stopping(d => d.Clock == Clock.ExtensionDecision, at) with { Extension = null };
    }

    private static TicketState ApplyReply(TicketState s, Replied e, Stamped stamped)
    {
        var given = e.FirstAt ?? stamped.At;
        return Lapsing(s, stamped.At).Meeting(HandlingRules.Working(s), given).Starting(e.Promises, null).ChangingLead(o => o with { RepliedAt = o.RepliedAt ?? given }) with
        {
            Status = s.Status == TicketStatus.Supervised ? TicketStatus.Supervised : TicketStatus.AwaitingReview,
            Submission = new(given, stamped.Actor, e.Outcome, e.Finding, s.FirstReplyAt is null, e.FirstAt is not null),
            SentBack = null,
        };
    }

    /// <summary>The reply passed. Supporting units whose opinion was not yet due need give none any more.</summary>
    private static TicketState ApplyApproval(TicketState s, ReplyApproved e, DateTimeOffset at)
    {
        var given = s.Submission!.At;
        var passed = s.Meeting(Clock.Review, at).ChangingLead(o => o with { PassedAt = o.PassedAt ?? given }).Ending(ObligationEnd.NotNeeded, at, onlySupport: true);
        passed = passed.Stopping(d => d.Clock == Clock.Support && passed.Obligations.Any(o => o.Support && o.Unit == d.Unit && o.End == ObligationEnd.NotNeeded), at)
            .Starting(e.Promises, null) with { ReviewedAt = s.ReviewedAt ?? at };
        return s.Status == TicketStatus.Supervised
            ? passed with { Orders = [.. s.Orders.SkipLast(1), s.Order! with { PassedAt = given }] }
            : passed with { Status = TicketStatus.AwaitingCallback, Tries = [] };
    }

    /// <summary>The submission did not pass, so the promise is owed again; a void one was no reply at all.</summary>
    private static TicketState ApplySendBack(TicketState s, ReplySentBack e, DateTimeOffset at)
    {
        var given = s.Submission!.At;
        var owed = s.Last(HandlingRules.Working(s), s.LeadUnit!);
        var back = s.Meeting(Clock.Review, at).Changing(d => ReferenceEquals(d, owed) && d.StoppedAt is null, d => d with { MetAt = null }) with
        {
            Status = s.Status == TicketStatus.Supervised ? TicketStatus.Supervised : TicketStatus.InProgress,
            Submission = null,
            SentBack = e.Kind == SendBackKind.Void || s.Submission.IsKept ? null : new(given, at),
        };
        return e.Kind == SendBackKind.Void && s.Submission.IsFirst ? back.ChangingLead(o => o with { RepliedAt = null }) : back;
    }

    private static TicketState ApplyCallback(TicketState s, CalledBack e, Stamped stamped)
    {
        var at = stamped.At;
        var tried = s with { Tries = [.. s.Tries, new(at, stamped.Actor, e.Outcome, e.Dialled)] };
        if (!e.Ended)
        {
            return tried;
        }

        var ended = tried.Meeting(Clock.Callback, at);
        if (e.Outcome != CallOutcome.Answered)
        {
            return TicketFold.Close(ended, CloseReason.Unrated, at, e.Promises) with { UnreachedAt = at, UnreachedOutcome = e.Outcome, UnreachedUnit = s.LeadUnit };
        }

        var answered = ended with
        {
            Answers = [.. s.Answers, new Answer(at, s.Round, s.LeadUnit!, e.Contacted!.Value, e.Solved!.Value, e.Satisfaction!.Value, e.Replaces)],
        };
        return e.Satisfaction == Satisfaction.Dissatisfied && !s.AfterBlameless
            ? answered.Starting(e.Promises, s.LeadUnit) with { Status = TicketStatus.AwaitingRework }
            : TicketFold.Close(answered, CloseReason.Answered, at, e.Promises);
    }

    private static TicketState ApplyOrderClosed(TicketState s, OrderClosed e, Stamped stamped)
    {
        var at = stamped.At;
        return s.Meeting(Clock.Supervision, at).Meeting(Clock.Review, at).Stopping(d => d.Unit == s.LeadUnit && d.Clock is (Clock.Reply or Clock.Rework), at)
            .Starting(e.Promises, null) with
        {
            Status = TicketStatus.AwaitingCallback,
            Orders = [.. s.Orders.SkipLast(1), s.Order! with { Result = e.Result, ClosedAt = at }],
            BlamelessUnits = e.Result == OrderResult.Blameless ? [.. s.BlamelessUnits, s.LeadUnit!] : s.BlamelessUnits,
            AfterBlameless = e.Result == OrderResult.Blameless,
            Tries = [],
        };
    }
}
