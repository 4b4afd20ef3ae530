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
    /// <summary>Registered here, or handled here since it was imported: no file tells anything of it any more.</summary>
    public bool HandledLive { get; init; }
    public string? CallerKey { get; init; }
    public string? RepeatOf { get; init; }
    public required TicketStatus Status { get; init; }

    public string? LeadUnit { get; init; }
    /// <summary>What it was called at the dispatch.</summary>
    public string? LeadUnitName { get; init; }
    public string? Officer { get; init; }
    /// <summary>The supporting units of the standing dispatch.</summary>
    public IReadOnlyList<string> Supporting { get; init; } = [];
    /// <summary>How the branch itself ended it (不受理、并单), no unit owing it; null while it never did, without an instant once that was taken back.</summary>
    public OutsideEnd? EndedByBranch { get; init; }
    /// <summary>What each unit that had the ticket owes or owed.</summary>
    public IReadOnlyList<Obligation> Obligations { get; init; } = [];
    public DateTimeOffset? DispatchedAt { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    public DateTimeOffset? ContactedAt { get; init; }
    public IReadOnlyList<Deadline> Deadlines { get; init; } = [];
    /// <summary>Why the last return was asked for.</summary>
    public ReturnReason? ReturnReason { get; init; }
    /// <summary>Units that have used their one return request.</summary>
    public IReadOnlyList<string> ReturnedBy { get; init; } = [];
    /// <summary>Recorded tries that lie far enough from each other, and when the last one was.</summary>
    public int ContactTries { get; init; }
    public DateTimeOffset? LastTryAt { get; init; }
    /// <summary>The caller was reached at least once; else the answer goes by letter or SMS.</summary>
    public bool CallerReached { get; init; }
    /// <summary>The caller is anonymous or left no number: any channel will do.</summary>
    public bool ContactNotPossible { get; init; }
    public Extension? Extension { get; init; }
    public int ExtensionsApproved { get; init; }
    /// <summary>When the suspension ends by itself.</summary>
    public DateTimeOffset? SuspendedUntil { get; init; }
    /// <summary>What waits for a second person: a withdrawal, suspension, correction, merge or diversion. One at a time.</summary>
    public Asked? Asked { get; init; }

    public int Round { get; init; } = 1;
    /// <summary>The standing submission of this round.</summary>
    public Submission? Submission { get; init; }
    /// <summary>The incomplete submission that was sent back, and when; null after a void one.</summary>
    public SentBack? SentBack { get; init; }
    /// <summary>The lead unit's obligation; null while no unit leads.</summary>
    public Obligation? Lead => LeadUnit is null ? null : Obligations.FirstOrDefault(o => !o.Support && o.Unit == LeadUnit);
    /// <summary>The lead unit's first reply of the first round.</summary>
    public DateTimeOffset? FirstReplyAt => Lead?.RepliedAt;
    /// <summary>Its first-round submission that passed review.</summary>
    public DateTimeOffset? PassedSubmissionAt => Lead?.PassedAt;
    public DateTimeOffset? ReviewedAt { get; init; }
    /// <summary>Call attempts of the current round.</summary>
    public IReadOnlyList<CallTry> Tries { get; init; } = [];
    public IReadOnlyList<Answer> Answers { get; init; } = [];
    /// <summary>The callback ended without an answer.</summary>
    public DateTimeOffset? UnreachedAt { get; init; }
    public CallOutcome? UnreachedOutcome { get; init; }
    public string? UnreachedUnit { get; init; }

    public bool Difficult { get; init; }
    /// <summary>Topic, place or caller were corrected: they no longer say by themselves that two tickets are one matter.</summary>
    public bool WordsCorrected { get; init; }
    /// <summary>Units that an order found blameless (无责).</summary>
    public IReadOnlyList<string> BlamelessUnits { get; init; } = [];
    public bool Blameless => BlamelessUnits.Count > 0;
    /// <summary>The standing order was closed as blameless: the callback closes the ticket whatever the answer.</summary>
    public bool AfterBlameless { get; init; }
    public Exclusion? Exclusion { get; init; }
    public Diversion? Diversion { get; init; }
    public string? Parent { get; init; }
    /// <summary>Whom this ticket left when it was reopened.</summary>
    public string? FormerParent { get; init; }
    /// <summary>Since when the parent knows that this ticket joined or left it; null while it still has to be told.</summary>
    public DateTimeOffset? ParentToldAt { get; init; }
    /// <summary>Merged, or reopened after that, and the parent has not been told yet.</summary>
    public bool OwesParent => (Parent ?? FormerParent) is not null && ParentToldAt is null;
    public IReadOnlyList<string> Children { get; init; } = [];
    /// <summary>Supervision orders in their order; each keeps its number.</summary>
    public IReadOnlyList<SupervisionOrder> Orders { get; init; } = [];
    public SupervisionOrder? Order => Orders.Count == 0 ? null : Orders[^1];
    public DateTimeOffset? ClosedAt { get; init; }
    public CloseReason? CloseReason { get; init; }
    public TicketStatus? StatusBeforeClose { get; init; }

    /// <summary>The last event, and so the ticket's version.</summary>
    public int Seq { get; init; }
    public string LastHash { get; init; } = "";
    public DateTimeOffset LastAt { get; init; }

    public Deadline? Open(Clock clock) => Deadlines.FirstOrDefault(d => d.Clock == clock && d.IsOpen);

    public Deadline? Last(Clock clock) => Deadlines.LastOrDefault(d => d.Clock == clock);

    /// <summary>The promise of an obligation: its last one, for a unit that had the ticket twice goes on with the same.</summary>
    public Deadline? DueOf(Obligation owed) => Last(owed.Support ? Clock.Support : Clock.Reply, owed.Unit);

    public Deadline? Last(Clock clock, string unit) => Deadlines.LastOrDefault(d => d.Clock == clock && d.Unit == unit);

    /// <summary>A submission lies with the reviewer.</summary>
    public bool AwaitsReview => Submission is not null && Open(Clock.Review) is not null;

    /// <summary>Not yet at an end, be it in the branch or outside.</summary>
    public bool IsOpen => Status < TicketStatus.Closed;
}

/// <summary>A promise with what became of it (时限).</summary>
/// <param name="Unit">Whose promise: a unit's code, or null for the centre.</param>
internal sealed record Deadline(Clock Clock, int Round, string? Unit, DateTimeOffset StartAt, DateTimeOffset DueAt, DateTimeOffset OriginalDueAt,
    DateTimeOffset? YellowAt, DateTimeOffset? EscalateAt, bool Compressed, bool Incomplete, string PolicyVersion, string CalendarVersion)
{
    /// <summary>The kind of matter for which it was promised: a clock goes on as what it was.</summary>
    public required Nature Nature { get; init; }
    public required Urgency Urgency { get; init; }
    /// <summary>The instant of the command that kept or missed it.</summary>
    public DateTimeOffset? MetAt { get; init; }
    /// <summary>No longer owed: returned, recalled, withdrawn, superseded.</summary>
    public DateTimeOffset? StoppedAt { get; init; }
    /// <summary>Since when it stands still (停计): a return request waits, or the ticket is suspended.</summary>
    public DateTimeOffset? HeldAt { get; init; }
    /// <summary>A decision (extension, resumption, merge) put the due where it is; no calendar moves it again.</summary>
    public bool MovedByDecision { get; init; }
    /// <summary>The highest level fired for the current due instant.</summary>
    public AlarmLevel Fired { get; init; }

    public bool IsOpen => MetAt is null && StoppedAt is null;

    /// <summary>Open, and its time passes.</summary>
    public bool IsRunning => IsOpen && HeldAt is null;

    public bool OverdueAt(DateTimeOffset now) => StillAt(now) > DueAt;

    /// <summary>How far its time has gone by now: it stops when it is met, stopped, or stands still.</summary>
    public DateTimeOffset StillAt(DateTimeOffset now) => MetAt ?? HeldAt ?? StoppedAt ?? now;

    public static Deadline From(Promise p, int round, string? unit, Nature nature, Urgency urgency) => new(p.Clock, round, unit, p.StartAt, p.DueAt, p.DueAt,
        p.YellowAt, p.EscalateAt, p.Compressed, p.Incomplete, p.PolicyVersion, p.CalendarVersion)
    {
        Nature = nature, Urgency = urgency,
    };

    /// <summary>The due moves; alarms are armed anew for the new instant. While the due stays, what has fired for it stays fired.</summary>
    public Deadline MovedTo(Promise p, bool byDecision) => this with
    {
        DueAt = p.DueAt, YellowAt = p.YellowAt, EscalateAt = p.EscalateAt, Compressed = p.Compressed, Incomplete = p.Incomplete,
        PolicyVersion = p.PolicyVersion, CalendarVersion = p.CalendarVersion, Fired = p.DueAt == DueAt ? Fired : AlarmLevel.None,
        MovedByDecision = MovedByDecision || byDecision,
    };

    public Promise AsPromise() => new(Clock, StartAt, DueAt, YellowAt, EscalateAt, Compressed, Incomplete, PolicyVersion, CalendarVersion);
}

/// <summary>责任: what a unit owes for one ticket, from the moment it gets it. What was missed stays missed and stays with the unit, whatever happens to
/// the ticket later (product.md §4); its due is that of its last promise (<see cref="TicketState.DueOf"/>).</summary>
/// <param name="Support">协办; else 主办.</param>
internal sealed record Obligation(string Unit, bool Support, DateTimeOffset Since)
{
    /// <summary>The first reply that was not void, or the supporting unit's opinion.</summary>
    public DateTimeOffset? RepliedAt { get; init; }
    /// <summary>The submission that passed review in the first round.</summary>
    public DateTimeOffset? PassedAt { get; init; }
    /// <summary>How it ended without blame; <see cref="ObligationEnd.None"/> while it runs, was met or was missed.</summary>
    public ObligationEnd End { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>An end that no unit has a part in.</summary>
internal sealed record OutsideEnd(ObligationEnd End, DateTimeOffset? At);

/// <summary>What somebody asked for that a second person decides.</summary>
/// <param name="What">The asking event, with all that is to happen.</param>
internal sealed record Asked(WorkKind Kind, string By, TicketEvent What);

/// <summary>A submission that was sent back as incomplete.</summary>
/// <param name="SubmittedAt">The instant that it keeps when it is handed in again in time.</param>
internal sealed record SentBack(DateTimeOffset SubmittedAt, DateTimeOffset At);

/// <summary>One call to the citizen.</summary>
internal sealed record CallTry(DateTimeOffset At, string By, CallOutcome Outcome, Dialled Dialled);

/// <summary>A pending extension request.</summary>
internal sealed record Extension(Clock Clock, DateTimeOffset NewDueAt, string RequestedBy);

/// <summary>A submitted reply.</summary>
/// <param name="IsFirst">By it the unit replied: without it the unit had not.</param>
/// <param name="IsKept">It has the instant of the incomplete one that it stands for: that is given once.</param>
internal sealed record Submission(DateTimeOffset At, string Author, OutcomeType Outcome, Finding Finding, bool IsFirst = true, bool IsKept = false);

/// <summary>One effective callback answer.</summary>
/// <param name="Unit">Whose reply was judged.</param>
/// <param name="Replaces">It counts in the place of the first answer to the same unit.</param>
internal sealed record Answer(DateTimeOffset At, int Round, string Unit, bool Contacted, bool Solved, Satisfaction Satisfaction, bool Replaces);

/// <summary>剔除: request and decision by two people.</summary>
/// <param name="Times">How often it was asked for.</param>
/// <param name="Evidence">Keyed hash of the evidence brought last.</param>
internal sealed record Exclusion(string RequestedBy, DateTimeOffset RequestedAt, bool? Approved = null, string? DecidedBy = null,
    DateTimeOffset? DecidedAt = null, int Times = 1, string Evidence = "")
{
    /// <summary>The measures it was filed against; null for all three.</summary>
    public IReadOnlyList<ScoredMeasure>? Against { get; init; }
    public string? RevokedBy { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Approved, and not revoked since: the ticket is outside all three measures.</summary>
    public bool IsInForce => Approved == true && RevokedAt is null;
}

/// <summary>分流: proposal, confirmation, receipt, outcome.</summary>
internal sealed record Diversion(string Agency, string DutyItem, string Basis, string ProposedBy, string? ConfirmedBy = null, string? Receipt = null,
    bool Finished = false);

/// <summary>局长督办单, as a plain record of the ticket.</summary>
internal sealed record SupervisionOrder(string Number, string? Supervisor, DateTimeOffset IssuedAt, OrderResult? Result = null,
    DateTimeOffset? ClosedAt = null)
{
    /// <summary>When the reply under this order was given that passed review.</summary>
    public DateTimeOffset? PassedAt { get; init; }
    public bool Passed => PassedAt is not null;
}
