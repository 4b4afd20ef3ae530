using Hotline.Shared;

namespace Hotline.Policies;

/// <summary>What a promise is computed from, beside calendar and policy.</summary>
/// <param name="Clock">Which clock.</param>
/// <param name="Nature">诉求性质; decides the reply's span.</param>
/// <param name="Urgency">紧急程度; urgent overrides the nature.</param>
/// <param name="Tier">Tier of the unit whose clock it is; null when none is named yet.</param>
/// <param name="StartAt">When the clock starts.</param>
/// <param name="UpstreamDueAt">上级截止时间; touches the reply only.</param>
[GenerateSerializer, Immutable, Alias("hotline.PromiseTerms")]
public sealed record PromiseTerms(
    Clock Clock, Nature Nature, Urgency Urgency, UnitTier? Tier, DateTimeOffset StartAt, DateTimeOffset? UpstreamDueAt = null);

/// <summary>承诺时限: when one clock is due, and by which versions of the rules. The red card (红牌) falls at the due itself.</summary>
/// <param name="StartAt">When the clock started.</param>
/// <param name="DueAt">At this instant it is still on time.</param>
/// <param name="YellowAt">When the yellow card (黄牌) falls; null when there is none.</param>
/// <param name="EscalateAt">When the deputy chief is told; null for clocks without alarms.</param>
/// <param name="Compressed">压缩: the upstream due cut the rule's time; the ticket leaves the reply and completion denominators.</param>
/// <param name="Incomplete">An instant here needed a year whose holiday notice is not loaded; recompute when it is.</param>
[GenerateSerializer, Immutable, Alias("hotline.Promise")]
public sealed record Promise(
    Clock Clock,
    DateTimeOffset StartAt,
    DateTimeOffset DueAt,
    DateTimeOffset? YellowAt,
    DateTimeOffset? EscalateAt,
    bool Compressed,
    bool Incomplete,
    string PolicyVersion,
    string CalendarVersion);
