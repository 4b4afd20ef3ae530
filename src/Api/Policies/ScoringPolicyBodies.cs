using System.Text.Json.Serialization;
using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>考核办法的一个版本。</summary>
/// <param name="EffectiveFrom">开始适用的月份。多个版本中，开始月份最晚的适用；相同时后存入的适用。</param>
/// <param name="Weights">三项指标的权重，只看比例。</param>
/// <param name="BasicallySatisfiedValue">“基本满意”的折算值，0 至 1。</param>
/// <param name="MinEffectiveCallbacks">有效回访少于此数的单位不参加排名；0 表示不设此限。</param>
/// <param name="MinRankedForLast">参加排名的单位达到此数才产生末位。</param>
/// <param name="MinRankedForBottomThree">参加排名的单位达到此数才产生后三位。</param>
/// <param name="BottomCount">得分严格低于本单位的少于此数，即在后三位。</param>
/// <param name="StreakMonths">连续后三位达到此月数须作检查报告。</param>
/// <param name="UnrankedMonth">未参加排名的月份：skip 跳过，break 中断连续。</param>
/// <param name="Penalties">on 据以通报批评，advisory 仅供参考。</param>
/// <param name="Tables">perTier 派出所、大队分别排名，single 合并排名。</param>
/// <param name="Formula">计算公式的版本，目前为 1。</param>
/// <param name="LastExemption">末位不予批评的条件：得分不低于 minScore，且与中位数相差不超过 withinMedian。</param>
/// <param name="Commendation">满意率 100% 予以表扬的条件。</param>
/// <param name="SelfCriticismDays">检查报告的期限：通报签发后多少个工作日（未指定会议日期时），默认 10，待分局确认。</param>
/// <param name="Awards">季度优秀单位和年终奖励名单的条件，待分局确认。</param>
internal sealed record ScoringPolicyBody(Month EffectiveFrom, ScoringWeights Weights, decimal BasicallySatisfiedValue, int MinEffectiveCallbacks,
    int MinRankedForLast, int MinRankedForBottomThree, int BottomCount, int StreakMonths, UnrankedMonth UnrankedMonth, Penalties Penalties,
    TableForm Tables = TableForm.PerTier, int Formula = ScoringPolicy.CurrentFormula, LastExemption? LastExemption = null, CommendationTerms? Commendation = null,
    int SelfCriticismDays = ScoringPolicy.DefaultSelfCriticismDays, AwardTerms? Awards = null)
{
    public ScoringPolicy ToPolicy(string version)
    {
        var v1 = ScoringPolicy.V1;
        return new()
        {
            Version = version,
            EffectiveFrom = EffectiveFrom,
            Weights = Weights,
            BasicallySatisfiedValue = BasicallySatisfiedValue,
            MinEffectiveCallbacks = MinEffectiveCallbacks,
            MinRankedForLast = MinRankedForLast,
            MinRankedForBottomThree = MinRankedForBottomThree,
            BottomCount = BottomCount,
            StreakMonths = StreakMonths,
            UnrankedMonth = UnrankedMonth,
            Penalties = Penalties,
            Tables = Tables,
            Formula = Formula,
            LastExemption = LastExemption ?? v1.LastExemption,
            Commendation = Commendation ?? v1.Commendation,
            SelfCriticismDays = SelfCriticismDays,
            Awards = Awards ?? v1.Awards,
        };
    }
}

/// <summary>考核办法版本的状态。</summary>
[JsonConverter(typeof(CodeEnumConverter<PolicyStatus>))]
internal enum PolicyStatus
{
    /// <summary>已存入，按开始月份适用。</summary>
    Active = 1,
    /// <summary>涉及已关账的月份，待另一人批准。</summary>
    Proposed = 2,
}

/// <summary>已存入或待批准的考核办法。</summary>
/// <param name="Version">版本号。</param>
/// <param name="Status">状态。</param>
/// <param name="Number">存入的次序，也是修改时核对的 ETag；待批准的为它要替换的版本，新版本为 0。</param>
/// <param name="By">存入人或提请人。</param>
/// <param name="ApprovedBy">批准人；不涉及已关账月份的无须批准。</param>
/// <param name="At">存入或提请的时间。</param>
internal sealed record ScoringPolicyView(string Version, PolicyStatus Status, Month EffectiveFrom, ScoringWeights Weights, decimal BasicallySatisfiedValue,
    int MinEffectiveCallbacks, int MinRankedForLast, int MinRankedForBottomThree, int BottomCount, int StreakMonths, UnrankedMonth UnrankedMonth,
    Penalties Penalties, TableForm Tables, int Formula, LastExemption LastExemption, CommendationTerms Commendation,
    int SelfCriticismDays, AwardTerms Awards, long Number, string By, string? ApprovedBy, DateTimeOffset At)
{
    public static ScoringPolicyView Of(StoredPolicy stored) =>
        Of(stored.Policy, PolicyStatus.Active, stored.Number, stored.StoredBy, stored.ApprovedBy, stored.At);

    public static ScoringPolicyView Of(PolicyProposal proposal) =>
        Of(proposal.Policy, PolicyStatus.Proposed, proposal.Number, proposal.ProposedBy, null, proposal.At);

    private static ScoringPolicyView Of(ScoringPolicy p, PolicyStatus status, long number, string by, string? approvedBy, DateTimeOffset at) =>
        new(p.Version, status, p.EffectiveFrom, p.Weights, p.BasicallySatisfiedValue, p.MinEffectiveCallbacks, p.MinRankedForLast, p.MinRankedForBottomThree,
            p.BottomCount, p.StreakMonths, p.UnrankedMonth, p.Penalties, p.Tables, p.Formula, p.LastExemption, p.Commendation, p.SelfCriticismDays, p.Awards, number, by, approvedBy, at);
}
