using System.Text.Json.Serialization;
using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>Something that happened to a ticket. Facts only: promises are written out, so that history replays without any policy.</summary>
/// <remarks>Personal and free texts are not here but in <c>ticket_private</c>; the event keeps their keyed hash (<see cref="TextHash"/>),
/// so that erasing a text leaves the bytes of history alone.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Registered), "registered")]
[JsonDerivedType(typeof(TransferredTo110), "transferredTo110")]
[JsonDerivedType(typeof(Merged), "merged")]
[JsonDerivedType(typeof(ChildMerged), "childMerged")]
[JsonDerivedType(typeof(DiversionProposed), "diversionProposed")]
[JsonDerivedType(typeof(DiversionRefused), "diversionRefused")]
[JsonDerivedType(typeof(Diverted), "diverted")]
[JsonDerivedType(typeof(DiversionTracked), "diversionTracked")]
[JsonDerivedType(typeof(ReturnedFromAgency), "returnedFromAgency")]
[JsonDerivedType(typeof(Declined), "declined")]
[JsonDerivedType(typeof(Dispatched), "dispatched")]
[JsonDerivedType(typeof(Recalled), "recalled")]
[JsonDerivedType(typeof(Withdrawn), "withdrawn")]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(ReturnWasRequested), "returnRequested")]
[JsonDerivedType(typeof(ReturnUpheld), "returnUpheld")]
[JsonDerivedType(typeof(ReturnRejected), "returnRejected")]
[JsonDerivedType(typeof(ContactTried), "contactTried")]
[JsonDerivedType(typeof(ExtensionRequested), "extensionRequested")]
[JsonDerivedType(typeof(ExtensionApproved), "extensionApproved")]
[JsonDerivedType(typeof(ExtensionRefused), "extensionRefused")]
[JsonDerivedType(typeof(Suspended), "suspended")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(Replied), "replied")]
[JsonDerivedType(typeof(ReplyApproved), "replyApproved")]
[JsonDerivedType(typeof(ReplySentBack), "replySentBack")]
[JsonDerivedType(typeof(CalledBack), "calledBack")]
[JsonDerivedType(typeof(ReworkStarted), "reworkStarted")]
[JsonDerivedType(typeof(OrderIssued), "orderIssued")]
[JsonDerivedType(typeof(OrderProgressNoted), "orderProgressNoted")]
[JsonDerivedType(typeof(OrderClosed), "orderClosed")]
[JsonDerivedType(typeof(Archived), "archived")]
[JsonDerivedType(typeof(SupportReplied), "supportReplied")]
[JsonDerivedType(typeof(CallerAnswered), "callerAnswered")]
[JsonDerivedType(typeof(Chased), "chased")]
[JsonDerivedType(typeof(Annotated), "annotated")]
[JsonDerivedType(typeof(Instructed), "instructed")]
[JsonDerivedType(typeof(DiscussionOpened), "discussionOpened")]
[JsonDerivedType(typeof(MarkedDifficult), "markedDifficult")]
[JsonDerivedType(typeof(ExclusionRequested), "exclusionRequested")]
[JsonDerivedType(typeof(ExclusionDecided), "exclusionDecided")]
[JsonDerivedType(typeof(CallerRevealed), "callerRevealed")]
[JsonDerivedType(typeof(AlarmFired), "alarmFired")]
[JsonDerivedType(typeof(PromiseRecomputed), "promiseRecomputed")]
[JsonDerivedType(typeof(ClosedAsItStands), "closedAsItStands")]
[JsonDerivedType(typeof(ReopenedByImport), "reopenedByImport")]
internal abstract record TicketEvent
{
    /// <summary>The free text that goes to <c>ticket_private</c>; never part of the event's bytes.</summary>
    [JsonIgnore]
    public string? Text { get; init; }

    /// <summary>Keyed hash of <see cref="Text"/>, set when the event is stamped.</summary>
    public string? TextHash { get; init; }
}

internal sealed record Registered(string Source, string ExternalNo, Nature Nature, Urgency Urgency, string? Topic, string? Place,
    DateTimeOffset ReceivedAt, DateTimeOffset? UpstreamDueAt, string? RepeatOf, bool Live, string? CallerKey, string CallerHash,
    IReadOnlyList<Promise> Promises) : TicketEvent;

internal sealed record TransferredTo110 : TicketEvent;

internal sealed record Merged(string Parent) : TicketEvent;

/// <summary>Another caller's ticket joined this one. A tighter upstream due moves the promise forward.</summary>
internal sealed record ChildMerged(string Child, DateTimeOffset? UpstreamDueAt, Promise? Tightened) : TicketEvent;

internal sealed record DiversionProposed(string Agency, string DutyItem, string Basis) : TicketEvent;

internal sealed record DiversionRefused : TicketEvent;

internal sealed record Diverted : TicketEvent;

internal sealed record DiversionTracked(string? Receipt, bool Finished) : TicketEvent;

internal sealed record ReturnedFromAgency(IReadOnlyList<Promise> Promises) : TicketEvent;

internal sealed record Declined(DeclineReason Reason) : TicketEvent;

internal sealed record Dispatched(string LeadUnit, IReadOnlyList<SupportPromise> Supporting, IReadOnlyList<Promise> Promises) : TicketEvent;

/// <summary>A supporting unit and its own promise.</summary>
internal sealed record SupportPromise(string Unit, Promise Promise);

internal sealed record Recalled(IReadOnlyList<Promise> Promises) : TicketEvent;

internal sealed record Withdrawn(WithdrawnBy By) : TicketEvent;

internal sealed record Accepted(string? Officer) : TicketEvent;

internal sealed record ReturnWasRequested(ReturnReason Reason, string SuggestedUnit) : TicketEvent;

internal sealed record ReturnUpheld(IReadOnlyList<Promise> Promises) : TicketEvent;

internal sealed record ReturnRejected(IReadOnlyList<Promise> Promises) : TicketEvent;

internal sealed record ContactTried(Channel Channel, bool Reached, bool Done) : TicketEvent;

internal sealed record ExtensionRequested(Clock Clock, DateTimeOffset NewDueAt) : TicketEvent;

/// <summary>The promise moves; the old one stays in this event and as <c>originalDueAt</c>.</summary>
internal sealed record ExtensionApproved(DateTimeOffset OldDueAt, Promise Promise) : TicketEvent;

internal sealed record ExtensionRefused : TicketEvent;

internal sealed record Suspended(string Procedure, string ProcedureNumber, string? RequestedBy) : TicketEvent;

internal sealed record Resumed(Promise? Moved) : TicketEvent;

/// <param name="Records">What records the unit brought; where they are kept is in the text.</param>
internal sealed record Replied(Finding Finding, OutcomeType Outcome, Channel Channel, DateOnly? SolvableOn, IReadOnlyList<Promise> Promises,
    IReadOnlyList<RecordKind>? Records = null) : TicketEvent;

internal sealed record ReplyApproved(IReadOnlyList<Promise> Promises) : TicketEvent;

internal sealed record ReplySentBack : TicketEvent;

/// <param name="Ended">The callback of this round is over: answered, refused, wrong number, or all tries used.</param>
internal sealed record CalledBack(CallOutcome Outcome, bool? Contacted, bool? Solved, Satisfaction? Satisfaction, bool Ended,
    IReadOnlyList<Promise> Promises) : TicketEvent;

internal sealed record ReworkStarted(string? Officer) : TicketEvent;

internal sealed record OrderIssued(string Number, string? Supervisor, IReadOnlyList<Promise> Promises) : TicketEvent;

internal sealed record OrderProgressNoted : TicketEvent;

internal sealed record OrderClosed(OrderResult Result, string? SignedBy, IReadOnlyList<Promise> Promises) : TicketEvent;

internal sealed record Archived : TicketEvent;

internal sealed record SupportReplied(string Unit) : TicketEvent;

internal sealed record CallerAnswered(Channel Channel) : TicketEvent;

internal sealed record Chased : TicketEvent;

internal sealed record Annotated : TicketEvent;

internal sealed record Instructed : TicketEvent;

internal sealed record DiscussionOpened : TicketEvent;

internal sealed record MarkedDifficult : TicketEvent;

/// <param name="Against">The measures it was filed against; null for all three.</param>
/// <param name="EvidenceAt">Where in the text the evidence begins, after the reason.</param>
internal sealed record ExclusionRequested(IReadOnlyList<ScoredMeasure>? Against, int EvidenceAt) : TicketEvent
{
    public static ExclusionRequested Of(RequestExclusion c) =>
        new(c.Against is { Count: > 0 } ? [.. c.Against.Distinct().Order()] : Enum.GetValues<ScoredMeasure>(), c.Reason.Length + 1)
        {
            Text = c.Reason + "\n" + c.Evidence,
        };

    /// <summary>Reason and evidence out of the stored text; nulls when it was erased.</summary>
    public (string? Reason, string? Evidence) Parts(string? text)
    {
        var end = EvidenceAt > 0 ? EvidenceAt - 1 : text?.IndexOf('\n', StringComparison.Ordinal) ?? 0;
        return text is null ? (null, null) : end < 0 || end >= text.Length ? (text, null) : (text[..end], text[(end + 1)..]);
    }
}

internal sealed record ExclusionDecided(bool Approved) : TicketEvent;

internal sealed record CallerRevealed : TicketEvent;

/// <summary>A deadline effect, once per promise and level.</summary>
/// <param name="DueAt">The promise that was running out or missed.</param>
/// <param name="ArmedAt">The instant for which the alarm was set.</param>
/// <param name="Recipient">Who has to know.</param>
/// <param name="Silent">Recorded in hindsight by an import: notifies nobody.</param>
internal sealed record AlarmFired(Clock Clock, string? Unit, AlarmLevel Level, DateTimeOffset DueAt, DateTimeOffset ArmedAt, Role Recipient,
    bool Silent) : TicketEvent;

/// <summary>A calendar or policy change moved a promise, with reason; the old one stays here.</summary>
/// <param name="Unit">Whose promise; null for the centre, and in events written before units were named.</param>
internal sealed record PromiseRecomputed(DateTimeOffset OldDueAt, Promise Promise, string? Unit = null) : TicketEvent;

internal sealed record ClosedAsItStands : TicketEvent;

internal sealed record ReopenedByImport : TicketEvent;

/// <summary>An event with its envelope: number, instant, actor.</summary>
internal sealed record Stamped(int Seq, DateTimeOffset At, string Actor, TicketEvent Event);
