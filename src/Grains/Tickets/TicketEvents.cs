using System.Text.Json.Serialization;
using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>The stable code of an event, by which it is stored.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class EventAttribute(string code) : Attribute
{
    public string Code => code;

    /// <summary>It can take a ticket out of the month in which it counted so far.</summary>
    public bool MovesMonth { get; init; }
}

/// <summary>Something that happened to a ticket. Facts only: promises are written out, so that history replays without any policy.</summary>
/// <remarks>Personal and free texts are not here but in <c>ticket_text</c>; the event keeps their keyed hash (<see cref="TextHash"/>),
/// so that erasing a text leaves the bytes of history alone. Codes and members are stored: see <c>stored-shape.txt</c>.</remarks>
internal abstract record TicketEvent
{
    /// <summary>The free text that goes to <c>ticket_text</c>; never part of the event's bytes.</summary>
    [JsonIgnore]
    public string? Text { get; init; }

    /// <summary>Keyed hash of <see cref="Text"/>, set when the event is stamped; of a registration, of its texts together.</summary>
    public string? TextHash { get; init; }
}

[Event("registered")]
internal sealed record Registered(string Source, string ExternalNo, Nature Nature, Urgency Urgency, string? Topic, string? Place,
    DateTimeOffset ReceivedAt, DateTimeOffset? UpstreamDueAt, string? RepeatOf, bool Live, string? CallerKey,
    IReadOnlyList<Promise> Promises) : TicketEvent;

/// <param name="RecordNumber">110's own record; null in a history that has none.</param>
[Event("transferredTo110")]
internal sealed record TransferredTo110(string? RecordNumber = null) : TicketEvent;

/// <summary>重新受理: an end outside the branch is taken back.</summary>
/// <param name="ReceivedAt">The later push that did it; null when a person did.</param>
[Event("reopened", MovesMonth = true)]
internal sealed record Reopened(IReadOnlyList<Promise> Promises, DateTimeOffset? ReceivedAt = null) : TicketEvent;

/// <summary>提出并单 on a stated basis: a second person decides.</summary>
[Event("mergeRequested")]
internal sealed record MergeRequested(string Parent, IReadOnlyList<Promise> Promises) : TicketEvent;

[Event("mergeRefused")]
internal sealed record MergeRefused : TicketEvent;

/// <summary>并入另一件. The parent is told next (<see cref="ParentJoined"/>): until then the sweep comes back to it.</summary>
[Event("merged")]
internal sealed record Merged(string Parent, IReadOnlyList<Promise> Promises) : TicketEvent;

/// <summary>The parent knows of this ticket, or, after it was reopened, that it has left.</summary>
[Event("parentJoined")]
internal sealed record ParentJoined : TicketEvent;

/// <summary>Another caller's ticket joined this one. A tighter upstream due moves the promise forward.</summary>
[Event("childMerged", MovesMonth = true)]
internal sealed record ChildMerged(string Child, DateTimeOffset? UpstreamDueAt, Promise? Tightened) : TicketEvent;

/// <summary>A merged ticket is its own again.</summary>
[Event("childLeft")]
internal sealed record ChildLeft(string Child) : TicketEvent;

[Event("diversionProposed")]
internal sealed record DiversionProposed(string Agency, string DutyItem, string Basis, IReadOnlyList<Promise> Promises) : TicketEvent;

[Event("diversionRefused")]
internal sealed record DiversionRefused : TicketEvent;

[Event("diverted")]
internal sealed record Diverted(IReadOnlyList<Promise> Promises) : TicketEvent;

[Event("diversionTracked")]
internal sealed record DiversionTracked(string? Receipt, bool Finished) : TicketEvent;

[Event("returnedFromAgency")]
internal sealed record ReturnedFromAgency(IReadOnlyList<Promise> Promises) : TicketEvent;

[Event("declined")]
internal sealed record Declined(DeclineReason Reason, IReadOnlyList<Promise> Promises) : TicketEvent;

/// <summary>派单. A unit that had the ticket before goes on with what was left of its clocks.</summary>
/// <param name="UnitName">What the lead unit was called then: an answer formed again later reads as it did.</param>
[Event("dispatched", MovesMonth = true)]
internal sealed record Dispatched(string LeadUnit, IReadOnlyList<UnitPromise> Supporting, IReadOnlyList<Promise> Promises, string? UnitName = null) : TicketEvent;

/// <summary>A unit and its promise.</summary>
internal sealed record UnitPromise(string Unit, Promise Promise);

[Event("recalled")]
internal sealed record Recalled(IReadOnlyList<Promise> Promises) : TicketEvent;

/// <summary>更正. What is null stays as it was.</summary>
/// <param name="CallerKey">Set when the caller's number was corrected.</param>
/// <param name="TextsHash">The common hash of the texts of registration as they are now; null when none was corrected.</param>
/// <param name="Promises">The running promises that come out differently.</param>
[Event("corrected", MovesMonth = true)]
internal sealed record Corrected(Nature? Nature, Urgency? Urgency, string? Topic, string? Place, string? CallerKey, string? TextsHash,
    IReadOnlyList<UnitPromise> Promises, IReadOnlyList<Promise> OfCentre, IReadOnlyList<FormerText>? Former = null) : TicketEvent
{
    /// <summary>The corrected texts, which go to <c>ticket_text</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<Storage.TicketText> Texts { get; init; } = [];
}

/// <summary>A text before its correction: in which slot it is kept now, and its keyed hash.</summary>
internal sealed record FormerText(string Slot, string Hash);

/// <summary>提出更正 that would give the units more time: a second person decides.</summary>
[Event("correctionRequested")]
internal sealed record CorrectionRequested(Nature? Nature, Urgency? Urgency, IReadOnlyList<Promise> Promises) : TicketEvent;

[Event("correctionRefused")]
internal sealed record CorrectionRefused : TicketEvent;

/// <summary>提出撤单: a second person decides.</summary>
[Event("withdrawalRequested")]
internal sealed record WithdrawalRequested(WithdrawnBy By, string? DocumentNumber, IReadOnlyList<Promise> Promises) : TicketEvent;

[Event("withdrawalRefused")]
internal sealed record WithdrawalRefused : TicketEvent;

[Event("withdrawn")]
internal sealed record Withdrawn(WithdrawnBy By, IReadOnlyList<Promise> Promises) : TicketEvent;

[Event("accepted")]
internal sealed record Accepted(string? Officer) : TicketEvent;

[Event("returnRequested")]
internal sealed record ReturnWasRequested(ReturnReason Reason, string? SuggestedUnit, IReadOnlyList<Promise> Promises) : TicketEvent;

/// <param name="ToTriage">非警务、不属受理范围或重复: nobody else is to handle it as it is.</param>
[Event("returnUpheld")]
internal sealed record ReturnUpheld(IReadOnlyList<Promise> Promises, bool ToTriage = false) : TicketEvent;

/// <summary>驳回退单: the unit's clocks go on with what was left.</summary>
[Event("returnRejected", MovesMonth = true)]
internal sealed record ReturnRejected(IReadOnlyList<UnitPromise> Promises) : TicketEvent;

/// <param name="Counts">A try far enough from the one before.</param>
[Event("contactTried")]
internal sealed record ContactTried(Channel Channel, bool Reached, bool Done, bool NotPossible = false, bool Counts = false) : TicketEvent;

[Event("extensionRequested")]
internal sealed record ExtensionRequested(Clock Clock, DateTimeOffset NewDueAt, IReadOnlyList<Promise> Promises) : TicketEvent;

/// <summary>The promise moves; the old one stays in this event and as <c>originalDueAt</c>.</summary>
[Event("extensionApproved", MovesMonth = true)]
internal sealed record ExtensionApproved(DateTimeOffset OldDueAt, Promise Promise) : TicketEvent;

[Event("extensionRefused")]
internal sealed record ExtensionRefused : TicketEvent;

/// <summary>申请挂起: another person decides.</summary>
[Event("suspensionRequested")]
internal sealed record SuspensionRequested(StatutoryProcedure Procedure, string DocumentNumber, DateOnly Until, IReadOnlyList<Promise> Promises) : TicketEvent;

[Event("suspensionRefused")]
internal sealed record SuspensionRefused : TicketEvent;

/// <summary>挂起: the running clocks stand still, to this instant at the latest.</summary>
[Event("suspended")]
internal sealed record Suspended(DateTimeOffset EndsAt) : TicketEvent;

/// <summary>恢复办理: by a person, or by itself at its end. The clocks go on with what was left.</summary>
[Event("resumed", MovesMonth = true)]
internal sealed record Resumed(IReadOnlyList<UnitPromise> Promises) : TicketEvent;

/// <param name="FirstAt">An incomplete reply handed in again in time keeps its first instant; null otherwise.</param>
/// <param name="Records">What records the unit brought; where they are kept is in the text.</param>
[Event("replied")]
internal sealed record Replied(Finding Finding, OutcomeType Outcome, Channel Channel, DateOnly? SolvableOn, IReadOnlyList<Promise> Promises,
    IReadOnlyList<RecordKind>? Records = null, DateTimeOffset? FirstAt = null) : TicketEvent;

[Event("replyApproved")]
internal sealed record ReplyApproved(IReadOnlyList<Promise> Promises) : TicketEvent;

[Event("replySentBack")]
internal sealed record ReplySentBack(SendBackKind Kind) : TicketEvent;

/// <param name="Ended">The callback of this round is over: answered, or by the rule without an answer.</param>
/// <param name="Promises">The next clock: rework's, or the archive's.</param>
/// <param name="Recording">The recording's number.</param>
/// <param name="Replaces">A later answer to the same unit counts in the place of the first: its rework was on time, and it came in time.</param>
[Event("calledBack")]
internal sealed record CalledBack(CallOutcome Outcome, bool? Contacted, bool? Solved, Satisfaction? Satisfaction, bool Ended,
    IReadOnlyList<Promise> Promises, string? Recording = null, Dialled Dialled = Dialled.Registered, bool Replaces = false) : TicketEvent;

[Event("reworkStarted")]
internal sealed record ReworkStarted(string? Officer) : TicketEvent;

[Event("orderIssued")]
internal sealed record OrderIssued(string Number, string? Supervisor, IReadOnlyList<Promise> Promises) : TicketEvent;

[Event("orderProgressNoted")]
internal sealed record OrderProgressNoted : TicketEvent;

[Event("orderClosed")]
internal sealed record OrderClosed(OrderResult Result, IReadOnlyList<Promise> Promises) : TicketEvent;

[Event("archived")]
internal sealed record Archived : TicketEvent;

[Event("supportReplied")]
internal sealed record SupportReplied(string Unit) : TicketEvent;

[Event("callerAnswered")]
internal sealed record CallerAnswered(Channel Channel) : TicketEvent;

[Event("chased")]
internal sealed record Chased : TicketEvent;

[Event("annotated")]
internal sealed record Annotated : TicketEvent;

[Event("instructed")]
internal sealed record Instructed : TicketEvent;

[Event("discussionOpened")]
internal sealed record DiscussionOpened : TicketEvent;

[Event("markedDifficult")]
internal sealed record MarkedDifficult : TicketEvent;

/// <param name="Against">The measures it was filed against; null for all three.</param>
/// <param name="EvidenceAt">Where in the text the evidence begins, after the reason.</param>
/// <param name="Evidence">Keyed hash of the evidence: asked again, it must be another.</param>
[Event("exclusionRequested")]
internal sealed record ExclusionRequested(IReadOnlyList<ScoredMeasure>? Against, int EvidenceAt, string Evidence, IReadOnlyList<Promise> Promises) : TicketEvent
{
    public static ExclusionRequested Of(RequestExclusion c, string evidence, IReadOnlyList<Promise> promises) =>
        new(c.Against is { Count: > 0 } ? [.. c.Against.Distinct().Order()] : Enum.GetValues<ScoredMeasure>(), c.Reason.Length + 1, evidence, promises)
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

[Event("exclusionDecided")]
internal sealed record ExclusionDecided(bool Approved) : TicketEvent;

/// <summary>撤销剔除</summary>
[Event("exclusionRevoked")]
internal sealed record ExclusionRevoked : TicketEvent;

[Event("callerRevealed")]
internal sealed record CallerRevealed : TicketEvent;

/// <summary>A deadline effect, once per promise and level.</summary>
/// <param name="DueAt">The promise that was running out or missed.</param>
/// <param name="ArmedAt">The instant for which the alarm was set.</param>
/// <param name="Recipient">Who has to know.</param>
/// <param name="Silent">Recorded in hindsight by an import: notifies nobody.</param>
[Event("alarmFired")]
internal sealed record AlarmFired(Clock Clock, string? Unit, AlarmLevel Level, DateTimeOffset DueAt, DateTimeOffset ArmedAt, Role Recipient,
    bool Silent) : TicketEvent;

/// <summary>A calendar or policy change moved a promise, with reason; the old one stays here.</summary>
/// <param name="Unit">Whose promise; null for the centre, and in events written before units were named.</param>
[Event("promiseRecomputed", MovesMonth = true)]
internal sealed record PromiseRecomputed(DateTimeOffset OldDueAt, Promise Promise, string? Unit = null) : TicketEvent;

[Event("closedAsItStands")]
internal sealed record ClosedAsItStands : TicketEvent;

[Event("reopenedByImport")]
internal sealed record ReopenedByImport : TicketEvent;

/// <summary>An event with its envelope: number, instant, actor, and the hash that chains it.</summary>
internal sealed record Stamped(int Seq, DateTimeOffset At, string Actor, TicketEvent Event, string Hash = "");
