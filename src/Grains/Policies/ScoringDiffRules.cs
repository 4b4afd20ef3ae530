using System.Globalization;
using Hotline.Shared;

namespace Hotline.Policies;

/// <summary>What a version of the assessment changes, in words that people read.</summary>
internal static class ScoringDiffRules
{
    private const string PlainNumber = "0.######";

    public static IReadOnlyList<PolicyChange> Changes(ScoringPolicy from, ScoringPolicy to) =>
        [.. Items(from).Zip(Items(to)).Where(p => p.First.Text != p.Second.Text).Select(p => PolicyChange.Of(p.First.Name, p.First.Text, p.Second.Text))];

    /// <summary>The version that would apply to its first month if this one were not stored.</summary>
    public static ScoringPolicy Against(PolicyBook book, ScoringPolicy policy) =>
        ScoringPolicyRules.PolicyFor(policy.EffectiveFrom, [.. book.Policies.Select(p => p.Policy).Where(p => p.Version != policy.Version)]);

    private static IEnumerable<(string Name, string Text)> Items(ScoringPolicy p) =>
    [
        ("开始适用的月份", p.EffectiveFrom.ToString()),
        ("回复率权重", Number(p.Weights.Reply)),
        ("办结率权重", Number(p.Weights.Completion)),
        ("满意率权重", Number(p.Weights.Satisfaction)),
        ("“基本满意”的折算值", Number(p.BasicallySatisfiedValue)),
        ("参加排名所需的有效回访", $"{p.MinEffectiveCallbacks}件"),
        ("产生末位所需的排名单位", $"{p.MinRankedForLast}个"),
        ("产生后三位所需的排名单位", $"{p.MinRankedForBottomThree}个"),
        ("后几位的位数", $"{p.BottomCount}位"),
        ("须作检查报告的连续月数", $"{p.StreakMonths}个月"),
        ("未参加排名的月份", p.UnrankedMonth == UnrankedMonth.Skip ? "跳过" : "中断连续"),
        ("排名结果的使用", p.Penalties == Penalties.On ? "据以通报批评" : "仅供参考"),
        ("排名方式", p.Tables == TableForm.PerTier ? "派出所、大队分别排名" : "合并排名"),
        ("末位免予批评的最低得分", Number(p.LastExemption.MinScore)),
        ("末位免予批评的中位数差距", Number(p.LastExemption.WithinMedian)),
        ("通报表扬所需的有效回访", $"{p.Commendation.MinEffectiveCallbacks}件"),
        ("通报表扬所需的有效回访率", Number(p.Commendation.MinEffectiveRate)),
        ("检查报告的期限", $"{p.SelfCriticismDays}个工作日"),
        ("季度优秀所需的有效回访", $"{p.Awards.MinEffectiveCallbacks}件"),
        ("季度优秀的名额", $"{p.Awards.TopPlaces}名"),
        ("列入年终奖励所需的优秀季度", $"{p.Awards.QuartersForReward}个"),
    ];

    private static string Number(decimal value) => value.ToString(PlainNumber, CultureInfo.InvariantCulture);
}
