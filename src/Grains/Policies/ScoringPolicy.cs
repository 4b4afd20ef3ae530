using System.Text.Json.Serialization;
using Hotline.Shared;

namespace Hotline.Policies;

/// <summary>What a month does to a bottom-three streak (连续后三位) in which the unit was not ranked, or whose table had no bottom three.</summary>
[JsonConverter(typeof(CodeEnumConverter<UnrankedMonth>))]
public enum UnrankedMonth
{
    /// <summary>跳过: neither counts nor breaks.</summary>
    Skip = 1,
    /// <summary>中断: ends the streak.</summary>
    Break = 2,
}

/// <summary>The switch of the 2025 national opinion: whether ranks lead to criticism, or are shown only.</summary>
[JsonConverter(typeof(CodeEnumConverter<Penalties>))]
public enum Penalties
{
    /// <summary>通报批评、检查报告 follow from the table.</summary>
    On = 1,
    /// <summary>仅供参考: the same places and flags are shown, nobody is criticised.</summary>
    Advisory = 2,
}

/// <summary>Which table counts: one per tier, or stations and brigades in one.</summary>
[JsonConverter(typeof(CodeEnumConverter<TableForm>))]
public enum TableForm
{
    /// <summary>派出所、大队分别排名</summary>
    PerTier = 1,
    /// <summary>合并排名 (the model branch's own form; <c>tier=all</c>)</summary>
    Single = 2,
}

/// <summary>Weights (权重) of the three measures in the composite (综合分). Only their proportion matters.</summary>
[GenerateSerializer, Immutable, Alias("hotline.ScoringWeights")]
public sealed record ScoringWeights(
    [property: JsonPropertyName("reply")] decimal Reply,
    [property: JsonPropertyName("completion")] decimal Completion,
    [property: JsonPropertyName("satisfaction")] decimal Satisfaction);

/// <summary>When the last place escapes criticism although it exists: every bound is inclusive and compared with exact scores.</summary>
/// <param name="MinScore">The last score is at least this (95).</param>
/// <param name="WithinMedian">And at most this many points below the median (2).</param>
[GenerateSerializer, Immutable, Alias("hotline.LastExemption")]
public sealed record LastExemption(
    [property: JsonPropertyName("minScore")] decimal MinScore,
    [property: JsonPropertyName("withinMedian")] decimal WithinMedian);

/// <summary>What 100 % satisfaction needs to be commended (通报表扬).</summary>
/// <param name="MinEffectiveCallbacks">Effective callbacks (有效回访), at least (5).</param>
/// <param name="MinEffectiveRate">Effective-callback rate (有效回访率), at least, 0–1 (0.6).</param>
[GenerateSerializer, Immutable, Alias("hotline.CommendationTerms")]
public sealed record CommendationTerms(
    [property: JsonPropertyName("minEffectiveCallbacks")] int MinEffectiveCallbacks,
    [property: JsonPropertyName("minEffectiveRate")] decimal MinEffectiveRate);

/// <summary>What the quarter's excellent units (季度优秀单位) and the year's reward list (年终奖励名单) need; all to be confirmed by the branch (待分局确认).</summary>
/// <param name="MinEffectiveCallbacks">Effective callbacks of the whole quarter, at least (10).</param>
/// <param name="TopPlaces">Places that win; a tie at the last of them is included (3).</param>
/// <param name="QuartersForReward">Excellent quarters of a year that lead to the reward list (3).</param>
[GenerateSerializer, Immutable, Alias("hotline.AwardTerms")]
public sealed record AwardTerms(
    [property: JsonPropertyName("minEffectiveCallbacks")] int MinEffectiveCallbacks,
    [property: JsonPropertyName("topPlaces")] int TopPlaces,
    [property: JsonPropertyName("quartersForReward")] int QuartersForReward)
{
    public static AwardTerms Default { get; } = new(10, 3, 3);
}

/// <summary>考核办法: one version of the monthly assessment's numbers. The formula itself has a version of its own.</summary>
[GenerateSerializer, Immutable, Alias("hotline.ScoringPolicy")]
public sealed record ScoringPolicy
{
    /// <summary>The formula this program computes: Σ weight·value / Σ weight of the measures that exist, × 100, ranked on exact values.</summary>
    public const int CurrentFormula = 1;

    public const int DefaultSelfCriticismDays = 10;

    [Id(0), JsonPropertyName("version")]
    public required string Version { get; init; }

    /// <summary>The first month it may apply to.</summary>
    [Id(1), JsonPropertyName("effectiveFrom")]
    public required Month EffectiveFrom { get; init; }

    [Id(2), JsonPropertyName("weights")]
    public required ScoringWeights Weights { get; init; }

    /// <summary>β: what a basically satisfied (基本满意) answer is worth, 0–1.</summary>
    [Id(3), JsonPropertyName("basicallySatisfiedValue")]
    public required decimal BasicallySatisfiedValue { get; init; }

    /// <summary>Fewer effective callbacks (有效回访) than this: shown, not ranked. 0 switches the rule off.</summary>
    [Id(4), JsonPropertyName("minEffectiveCallbacks")]
    public required int MinEffectiveCallbacks { get; init; }

    /// <summary>Ranked units a table needs to have a last place (末位).</summary>
    [Id(5), JsonPropertyName("minRankedForLast")]
    public required int MinRankedForLast { get; init; }

    /// <summary>Ranked units a table needs to have a bottom three (后三位).</summary>
    [Id(6), JsonPropertyName("minRankedForBottomThree")]
    public required int MinRankedForBottomThree { get; init; }

    /// <summary>A unit is in the bottom three when fewer than this many ranked units score strictly less (3).</summary>
    [Id(7), JsonPropertyName("bottomCount")]
    public required int BottomCount { get; init; }

    /// <summary>Consecutive months in the bottom three that lead to the self-criticism report (检查报告).</summary>
    [Id(8), JsonPropertyName("streakMonths")]
    public required int StreakMonths { get; init; }

    [Id(9), JsonPropertyName("unrankedMonth")]
    public required UnrankedMonth UnrankedMonth { get; init; }

    [Id(10), JsonPropertyName("penalties")]
    public required Penalties Penalties { get; init; }

    [Id(11), JsonPropertyName("tables")]
    public TableForm Tables { get; init; } = TableForm.PerTier;

    [Id(12), JsonPropertyName("formula")]
    public int Formula { get; init; } = CurrentFormula;

    [Id(13), JsonPropertyName("lastExemption")]
    public LastExemption LastExemption { get; init; } = new(95m, 2m);

    [Id(14), JsonPropertyName("commendation")]
    public CommendationTerms Commendation { get; init; } = new(5, 0.6m);

    /// <summary>Working days after its issue by which a self-criticism report (检查报告) is due, when no meeting is named (待分局确认).</summary>
    [Id(15), JsonPropertyName("selfCriticismDays")]
    public int SelfCriticismDays { get; init; } = DefaultSelfCriticismDays;

    [Id(16), JsonPropertyName("awards")]
    public AwardTerms Awards { get; init; } = AwardTerms.Default;

    /// <summary>The shipped version. Its weights are "to be confirmed by the branch" (权重待分局确认).</summary>
    public static ScoringPolicy V1 { get; } = new()
    {
        Version = "v1",
        EffectiveFrom = new Month(1, 1),
        Weights = new(20m, 30m, 50m),
        BasicallySatisfiedValue = 0.9m,
        MinEffectiveCallbacks = 5,
        MinRankedForLast = 5,
        MinRankedForBottomThree = 7,
        BottomCount = 3,
        StreakMonths = 3,
        UnrankedMonth = UnrankedMonth.Skip,
        Penalties = Penalties.On,
    };
}
