using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>A past command of a history row.</summary>
internal sealed record ReplayStep(DateTimeOffset At, Actor Actor, TicketCommand Command);

/// <summary>Turns a history row into the commands that the ticket has not seen yet (product.md §4, reading 8).</summary>
internal static class ReplayRules
{
    private static readonly Actor Dispatcher = Actor.Import("dispatcher");
    private static readonly Actor Unit = Actor.Import("unit");
    private static readonly Actor Reviewer = Actor.Import("reviewer");
    private static readonly Actor Callback = Actor.Import("callback");
    private static readonly Actor Applicant = Actor.Import("applicant");
    private static readonly Actor Approver = Actor.Import("approver");

    /// <summary>What is handled here is told by those who handle it; a file would be their word, their second person's and the citizen's at once.</summary>
    private static Rejection Live { get; } = Refuse.Rule("row.live", "该工单已在本系统实时办理，不能由历史文件补记。");

    /// <summary>The register command of the row.</summary>
    public static Register Register(HistoryRecord row) => new(row.Source, row.ExternalNo, row.Nature, row.Urgency, row.Topic, row.Title, row.Content,
        row.Place, row.Caller, row.ReceivedAt, row.UpstreamDueAt);

    /// <summary>The steps still missing, in order; <c>row.conflict</c> when the row contradicts what is known.</summary>
    public static Result<ReplaySteps> Missing(TicketState s, HistoryRecord row)
    {
        if (Contradicts(s, row))
        {
            return Refuse.Rule("row.conflict", "与已登记的同一工单不一致。");
        }

        var steps = new List<ReplayStep>();
        void Add(bool missing, DateTimeOffset? at, Actor actor, TicketCommand command)
        {
            if (missing && at is { } instant)
            {
                steps.Add(new(instant, actor, command));
            }
        }

        var (accepted, contacted) = UnitSteps(row);
        Add(s.DispatchedAt is null, row.DispatchedAt, Dispatcher, new Dispatch(row.Unit));
        Add(s.AcceptedAt is null, accepted, Unit, new Accept());
        Add(s.ContactedAt is null, contacted, Unit, new Contact(Channel.Phone, true));
        Add(s.FirstReplyAt is null, row.RepliedAt, Unit, ReplyOf(row));
        Add(s.ReviewedAt is null, row.ReviewedAt, Reviewer, new ApproveReply());
        Add(s.Answers.Count == 0 && s.UnreachedAt is null, row.CalledBackAt, Callback, CallbackOf(row));
        AddExclusion(s, row, steps);
        return s.HandledLive && steps.Count > 0 ? Live : new ReplaySteps(steps);
    }

    /// <summary>A missing acceptance or contact is taken as the next known instant; one after the reply is taken as the reply's.</summary>
    private static (DateTimeOffset? Accepted, DateTimeOffset? Contacted) UnitSteps(HistoryRecord row)
    {
        var contacted = Clamp(row.ContactedAt ?? row.RepliedAt, row);
        var accepted = Clamp(row.AcceptedAt ?? contacted, row);
        return contacted < accepted ? (accepted, accepted) : (accepted, contacted);
    }

    private static DateTimeOffset? Clamp(DateTimeOffset? at, HistoryRecord row)
    {
        var bounded = at > row.RepliedAt ? row.RepliedAt : at;
        return bounded < row.DispatchedAt ? row.DispatchedAt : bounded;
    }

    private static Reply ReplyOf(HistoryRecord row)
    {
        var outcome = row.Outcome ?? OutcomeType.Solved;
        DateOnly? date = outcome == OutcomeType.ImpossibleNow ? DateOnly.FromDateTime(row.RepliedAt.GetValueOrDefault().UtcDateTime) : null;
        return new(Finding.True, "", outcome, row.ReplyText ?? "", Channel.Phone, date);
    }

    private static RecordCallback CallbackOf(HistoryRecord row) => row.Result switch
    {
        HistoryResult.Unreachable => new(CallOutcome.Unreachable),
        HistoryResult.Refused => new(CallOutcome.Refused),
        HistoryResult.BasicallySatisfied => new(CallOutcome.Answered, true, true, Satisfaction.BasicallySatisfied),
        HistoryResult.Dissatisfied => new(CallOutcome.Answered, true, false, Satisfaction.Dissatisfied),
        _ => new(CallOutcome.Answered, true, true, Satisfaction.Satisfied),
    };

    private static void AddExclusion(TicketState s, HistoryRecord row, List<ReplayStep> steps)
    {
        if (row.ExclusionReason is { } reason && s.Exclusion is null)
        {
            var last = row.CalledBackAt ?? row.ReviewedAt ?? row.RepliedAt ?? row.DispatchedAt;
            steps.Add(new(last, Applicant, new RequestExclusion(reason, "历史导入")));
            steps.Add(new(last, Approver, new DecideExclusion(true, "历史导入")));
        }
    }

    private static bool Contradicts(TicketState s, HistoryRecord row)
    {
        var (accepted, contacted) = UnitSteps(row);
        return s.Nature != row.Nature || s.Urgency != row.Urgency
            || s.ReceivedAt != row.ReceivedAt || s.UpstreamDueAt != row.UpstreamDueAt
            || Differs(s.LeadUnit, row.Unit) || Differs(s.DispatchedAt, row.DispatchedAt)
            || (row.AcceptedAt is not null && Differs(s.AcceptedAt, accepted))
            || (row.ContactedAt is not null && Differs(s.ContactedAt, contacted))
            || Differs(s.FirstReplyAt, row.RepliedAt) || Differs(s.ReviewedAt, row.ReviewedAt)
            || CallbackDiffers(s, row);
    }

    private static bool CallbackDiffers(TicketState s, HistoryRecord row)
    {
        if (row.CalledBackAt is null || (s.Answers.Count == 0 && s.UnreachedAt is null))
        {
            return false;
        }

        var known = s.Answers.Count > 0 ? s.Answers[0].At : s.UnreachedAt;
        var result = s.Answers.Count > 0 ? (HistoryResult)(int)s.Answers[0].Satisfaction
            : s.UnreachedOutcome == CallOutcome.Refused ? HistoryResult.Refused : HistoryResult.Unreachable;
        return known != row.CalledBackAt || result != row.Result;
    }

    private static bool Differs<T>(T? known, T? told) where T : struct, IEquatable<T> => known is { } k && told is { } t && !k.Equals(t);

    private static bool Differs(string? known, string? told) => known is not null && told is not null && known != told;

    /// <summary>The clock of the step that the ticket waits for; null when it waits for none.</summary>
    public static Clock? NextStep(TicketState s) => s.Status switch
    {
        TicketStatus.Triage => Clock.Triage,
        TicketStatus.AwaitingDispatch => Clock.Redispatch,
        TicketStatus.AwaitingAcceptance => Clock.Accept,
        TicketStatus.AwaitingContact => Clock.Contact,
        TicketStatus.InProgress => s.Round == 1 ? Clock.Reply : Clock.Rework,
        TicketStatus.AwaitingReview => Clock.Review,
        TicketStatus.AwaitingCallback => Clock.Callback,
        TicketStatus.AwaitingRework => Clock.Rework,
        TicketStatus.Supervised => Clock.Supervision,
        _ => null,
    };
}

/// <summary>The steps of a row that a ticket has not seen.</summary>
internal sealed record ReplaySteps(IReadOnlyList<ReplayStep> Items);
