using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>A checked row of a history file: a finished or running ticket with its past instants (UTC).</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Result">The callback's end result; comes together with <paramref name="CalledBackAt"/>.</param>
[GenerateSerializer, Immutable, Alias("hotline.HistoryRecord")]
internal sealed record HistoryRecord(string Source, string ExternalNo, Nature Nature, Urgency Urgency, string? Topic, string Title, string? Content,
    string? Place, Caller? Caller, DateTimeOffset ReceivedAt, DateTimeOffset? UpstreamDueAt, string Unit, DateTimeOffset DispatchedAt,
    DateTimeOffset? AcceptedAt, DateTimeOffset? ContactedAt, DateTimeOffset? RepliedAt, string? ReplyText, OutcomeType? Outcome,
    DateTimeOffset? ReviewedAt, DateTimeOffset? CalledBackAt, HistoryResult? Result, string? ExclusionReason);

/// <summary>回访结果 of a history row.</summary>
public enum HistoryResult
{
    /// <summary>满意</summary>
    Satisfied = 1,
    /// <summary>基本满意</summary>
    BasicallySatisfied = 2,
    /// <summary>不满意</summary>
    Dissatisfied = 3,
    /// <summary>未接通</summary>
    Unreachable = 4,
    /// <summary>拒评</summary>
    Refused = 5,
}
