using System.Text.RegularExpressions;
using Hotline.Shared;

namespace Hotline.Policies;

/// <summary>Which versions of the assessment are acceptable, and which one applies to a month.</summary>
internal static partial class ScoringPolicyRules
{
    private const int MostDecimals = 6;
    private const decimal HeaviestWeight = 1_000_000m;
    private const int LargestCount = 1_000_000;
    private const int LongestStreak = 120;
    private const int LongestReportDays = 60;

    /// <summary>Every field that breaks a rule; empty when the policy is acceptable.</summary>
    public static IReadOnlyList<PolicyFault> Validate(ScoringPolicy policy) =>
        [.. Identity(policy), .. Weights(policy.Weights), .. Fractions(policy), .. Counts(policy)];

    /// <summary>The policy of a month: the latest <c>effectiveFrom</c> that is not after it wins, among equals the last stored.</summary>
    /// <param name="month">The month that is scored.</param>
    /// <param name="stored">The versions in the order in which they were stored; v1 is among them.</param>
    public static ScoringPolicy PolicyFor(Month month, IReadOnlyList<ScoringPolicy> stored)
    {
        ScoringPolicy? best = null;
        foreach (var policy in stored)
        {
            if (policy.EffectiveFrom <= month && (best is null || policy.EffectiveFrom >= best.EffectiveFrom))
            {
                best = policy;
            }
        }

        return best ?? ScoringPolicy.V1;
    }

    private static IEnumerable<PolicyFault> Identity(ScoringPolicy policy)
    {
        if (!VersionName().IsMatch(policy.Version))
        {
            yield return new("/version", "policy.version", "版本号只能包含字母、数字、点、横线和下划线，长度 1 至 40。");
        }

        if (policy.Formula != ScoringPolicy.CurrentFormula)
        {
            yield return new("/formula", "policy.formula", "本系统只支持公式版本 1。");
        }
    }

    private static IEnumerable<PolicyFault> Weights(ScoringWeights weights)
    {
        (string Name, decimal Value)[] all =
            [("reply", weights.Reply), ("completion", weights.Completion), ("satisfaction", weights.Satisfaction)];
        foreach (var (name, value) in all)
        {
            if (value is < 0 or > HeaviestWeight || value.Scale > MostDecimals)
            {
                yield return new("/weights/" + name, "policy.weight", "权重应为 0 至 1000000 的数，最多 6 位小数。");
            }
        }

        if (all.All(w => w.Value <= 0))
        {
            yield return new("/weights", "policy.weights", "三项权重之和必须大于 0。");
        }
    }

    private static IEnumerable<PolicyFault> Fractions(ScoringPolicy policy)
    {
        if (!IsShare(policy.BasicallySatisfiedValue))
        {
            yield return new("/basicallySatisfiedValue", "policy.share", "“基本满意”的折算值应在 0 与 1 之间，最多 6 位小数。");
        }

        if (!IsShare(policy.Commendation.MinEffectiveRate))
        {
            yield return new("/commendation/minEffectiveRate", "policy.share", "有效回访率下限应在 0 与 1 之间，最多 6 位小数。");
        }

        if (!IsPoints(policy.LastExemption.MinScore))
        {
            yield return new("/lastExemption/minScore", "policy.points", "分数应在 0 与 100 之间，最多 6 位小数。");
        }

        if (!IsPoints(policy.LastExemption.WithinMedian))
        {
            yield return new("/lastExemption/withinMedian", "policy.points", "分差应在 0 与 100 之间，最多 6 位小数。");
        }
    }

    private static IEnumerable<PolicyFault> Counts(ScoringPolicy policy)
    {
        (string Name, int Value, int Least, int Most)[] all =
        [
            ("minEffectiveCallbacks", policy.MinEffectiveCallbacks, 0, LargestCount),
            ("minRankedForLast", policy.MinRankedForLast, 1, LargestCount),
            ("minRankedForBottomThree", policy.MinRankedForBottomThree, 1, LargestCount),
            ("bottomCount", policy.BottomCount, 1, LargestCount),
            ("streakMonths", policy.StreakMonths, 1, LongestStreak),
            ("commendation/minEffectiveCallbacks", policy.Commendation.MinEffectiveCallbacks, 1, LargestCount),
            ("selfCriticismDays", policy.SelfCriticismDays, 1, LongestReportDays),
            ("awards/minEffectiveCallbacks", policy.Awards.MinEffectiveCallbacks, 1, LargestCount),
            ("awards/topPlaces", policy.Awards.TopPlaces, 1, LargestCount),
            ("awards/quartersForReward", policy.Awards.QuartersForReward, 1, 4),
        ];
        foreach (var (name, value, least, most) in all)
        {
            if (value < least || value > most)
            {
                yield return new("/" + name, "policy.count", $"应为 {least} 至 {most} 的整数。");
            }
        }
    }

    private static bool IsShare(decimal value) => value is >= 0 and <= 1 && value.Scale <= MostDecimals;

    private static bool IsPoints(decimal value) => value is >= 0 and <= 100 && value.Scale <= MostDecimals;

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionName();
}

/// <summary>One field of a policy that breaks a rule.</summary>
/// <param name="Pointer">JSON pointer of the field.</param>
/// <param name="Code">Stable dotted code.</param>
/// <param name="Message">What to tell the person, in Chinese.</param>
[GenerateSerializer, Immutable, Alias("hotline.PolicyFault")]
public sealed record PolicyFault(string Pointer, string Code, string Message);
