using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>A ticket as its events make it (<see cref="TicketFold"/>). Immutable, and never stored: the events are.</summary>
internal sealed record TicketState
{
    public required string Id { get; init; }
    public required string Source { get; init; }
    public required string ExternalNo { get; init; }
    public required Nature Nature { get; init; }
    public required Urgency Urgency { get; init; }
    public string? Topic { get; init; }
    public string? Place { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public DateTimeOffset? UpstreamDueAt { get; init; }
    public bool Live { get; init; }
    public string? CallerKey { get; init; }
    public string? RepeatOf { get; init; }
    public required TicketStatus Status { get; init; }

    public string? LeadUnit { get; init; }
    /// <summary>What it was called at the dispatch.</summary>
    public string? LeadUnitName { get; init; }
    public string? Officer { get; init; }
    public IReadOnlyList<Supporting> Supporting { get; init; } = [];
    public DateTimeOffset? DispatchedAt { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    public DateTimeOffset? ContactedAt { get; init; }
    public IReadOnlyList<Deadline> Deadlines { get; init; } = [];
    /// <summary>Units that have used their one return request.</summary>
    public IReadOnlyList<string> ReturnedBy { get; init; } = [];
    public int ContactTries { get; init; }
    /// <summary>The caller was reached at least once; else the answer goes by letter or SMS.</summary>
    public bool CallerReached { get; init; }
    public Extension? Extension { get; init; }
    public int ExtensionsApproved { get; init; }
    public DateTimeOffset? SuspendedAt { get; init; }

    public int Round { get; init; } = 1;
    /// <summary>The standing submission of this round.</summary>
    public Submission? Submission { get; init; }
    /// <summary>The first reply of the first round: numerator of the reply rate.</summary>
    public DateTimeOffset? FirstReplyAt { get; init; }
    /// <summary>The first-round submission that passed review: numerator of the completion rate.</summary>
    public DateTimeOffset? PassedSubmissionAt { get; init; }
    public DateTimeOffset? ReviewedAt { get; init; }
    /// <summary>Call attempts of the current round.</summary>
    public IReadOnlyList<DateTimeOffset> Tries { get; init; } = [];
    public IReadOnlyList<Answer> Answers { get; init; } = [];
    /// <summary>The callback ended without an answer.</summary>
    public DateTimeOffset? UnreachedAt { get; init; }
    public CallOutcome? UnreachedOutcome { get; init; }

    public bool Difficult { get; init; }
    public bool Blameless { get; init; }
    public Exclusion? Exclusion { get; init; }
    public Diversion? Diversion { get; init; }
    public string? Parent { get; init; }
    /// <summary>Since when the parent knows of this ticket; null for one that was merged and still has to tell it.</summary>
    public DateTimeOffset? ParentToldAt { get; init; }
    /// <summary>Merged, and the parent has not been told yet.</summary>
    public bool OwesParent => Parent is not null && ParentToldAt is null;
    public IReadOnlyList<string> Children { get; init; } = [];
    public SupervisionOrder? Order { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public CloseReason? CloseReason { get; init; }
    public TicketStatus? StatusBeforeClose { get; init; }

    /// <summary>The last event, and so the ticket's version.</summary>
    public int Seq { get; init; }
    public string LastHash { get; init; } = "";
    public DateTimeOffset LastAt { get; init; }

    public Deadline? Open(Clock clock) => Deadlines.FirstOrDefault(d => d.Clock == clock && d.IsOpen);

    public Deadline? Last(Clock clock) => Deadlines.LastOrDefault(d => d.Clock == clock);
}

/// <summary>A promise with what became of it (时限).</summary>
/// <param name="Unit">Whose promise: a unit's code, or null for the centre.</param>
internal sealed record Deadline(Clock Clock, int Round, string? Unit, DateTimeOffset StartAt, DateTimeOffset DueAt, DateTimeOffset OriginalDueAt,
    DateTimeOffset? YellowAt, DateTimeOffset? EscalateAt, bool Compressed, bool Incomplete, string PolicyVersion, string CalendarVersion)
{
    /// <summary>The instant of the command that kept or missed it.</summary>
    public DateTimeOffset? MetAt { get; init; }
    /// <summary>No longer owed: returned, recalled, withdrawn, superseded.</summary>
    public DateTimeOffset? StoppedAt { get; init; }
    /// <summary>A decision (extension, resumption, merge) put the due where it is; no calendar moves it again.</summary>
    public bool MovedByDecision { get; init; }
    /// <summary>The highest level fired for the current due instant.</summary>
    public AlarmLevel Fired { get; init; }

    public bool IsOpen => MetAt is null && StoppedAt is null;

    public bool OverdueAt(DateTimeOffset now) => (MetAt ?? StoppedAt ?? now) > DueAt;

    public static Deadline From(Promise p, int round, string? unit) => new(p.Clock, round, unit, p.StartAt, p.DueAt, p.DueAt, p.YellowAt, p.EscalateAt,
        p.Compressed, p.Incomplete, p.PolicyVersion, p.CalendarVersion);

    /// <summary>The due moves; alarms are armed anew for the new instant. While the due stays, what has fired for it stays fired.</summary>
    public Deadline MovedTo(Promise p, bool byDecision) => this with
    {
        DueAt = p.DueAt, YellowAt = p.YellowAt, EscalateAt = p.EscalateAt, Compressed = p.Compressed, Incomplete = p.Incomplete,
        PolicyVersion = p.PolicyVersion, CalendarVersion = p.CalendarVersion, Fired = p.DueAt == DueAt ? Fired : AlarmLevel.None,
        MovedByDecision = MovedByDecision || byDecision,
    };

    public Promise AsPromise() => new(Clock, StartAt, DueAt, YellowAt, EscalateAt, Compressed, Incomplete, PolicyVersion, CalendarVersion);
}

/// <summary>协办 unit and whether it gave its opinion.</summary>
internal sealed record Supporting(string Unit, DateTimeOffset? RepliedAt);

/// <summary>A pending extension request.</summary>
internal sealed record Extension(Clock Clock, DateTimeOffset NewDueAt, string RequestedBy);

/// <summary>A submitted reply.</summary>
internal sealed record Submission(DateTimeOffset At, string Author, OutcomeType Outcome, Finding Finding);

/// <summary>One effective callback answer.</summary>
internal sealed record Answer(DateTimeOffset At, int Round, bool Contacted, bool Solved, Satisfaction Satisfaction);

/// <summary>剔除: request and decision by two people.</summary>
internal sealed record Exclusion(string RequestedBy, DateTimeOffset RequestedAt, bool? Approved = null, string? DecidedBy = null,
    DateTimeOffset? DecidedAt = null)
{
    /// <summary>The measures it was filed against; null for all three.</summary>
    public IReadOnlyList<ScoredMeasure>? Against { get; init; }
}

/// <summary>分流: proposal, confirmation, receipt, outcome.</summary>
internal sealed record Diversion(string Agency, string DutyItem, string Basis, string ProposedBy, string? ConfirmedBy = null, string? Receipt = null,
    bool Finished = false);

/// <summary>局长督办单, as a plain record of the ticket.</summary>
internal sealed record SupervisionOrder(string Number, string? Supervisor, DateTimeOffset IssuedAt, OrderResult? Result = null,
    DateTimeOffset? ClosedAt = null);
