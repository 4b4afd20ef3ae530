using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>月度排名表的主要栏目；detail=full 时另有考核办法全文、责任去向、置信区间、背后的工单等</summary>
/// <param name="Month">月份</param>
/// <param name="Tier">排名范围</param>
/// <param name="Status">状态</param>
/// <param name="Revision">公布版本；未公布为 0</param>
/// <param name="AsOf">数字截至的时刻</param>
/// <param name="PolicyVersion">考核办法版本</param>
/// <param name="ContentHash">公布内容的 SHA-256；未公布为空</param>
/// <param name="Total">全表合计</param>
/// <param name="Rows">各单位</param>
internal sealed record BriefTable(Month Month, LeagueTier Tier, LeagueStatus Status, int Revision, DateTimeOffset AsOf, string PolicyVersion, string? ContentHash,
    BriefTotal Total, IReadOnlyList<BriefRow> Rows)
{
    public static BriefTable Of(LeagueTable t) => new(t.Month, t.Tier, t.Status, t.Revision, t.AsOf, t.PolicyVersion, t.ContentHash,
        new(BriefDue.Of(t.Total.ReplyRate), BriefDue.Of(t.Total.CompletionRate), BriefSatisfaction.Of(t.Total.SatisfactionRate)), [.. t.Rows.Select(BriefRow.Of)]);
}

/// <summary>全表合计：各单位件数相加后计算，不是比率的平均</summary>
internal sealed record BriefTotal(BriefDue ReplyRate, BriefDue CompletionRate, BriefSatisfaction SatisfactionRate);

/// <summary>排名表的一行</summary>
/// <param name="Rank">名次；并列同名次，其后跳过；未参加排名为空</param>
/// <param name="Ranked">是否参加排名</param>
/// <param name="NotRankedReason">未参加排名的原因：too-few-callbacks 有效回访不足，no-measure 无考核指标</param>
/// <param name="Score">综合分，两位小数；无任何指标时为空</param>
/// <param name="BottomThree">是否后三位</param>
/// <param name="BottomThreeStreak">连续后三位的月数</param>
/// <param name="Flags">标记：commended 表扬，last 末位，criticised 批评，bottomThree 后三位，bottomThreeStreak 连续后三位，missingMeasure 指标缺项</param>
internal sealed record BriefRow(int? Rank, LeagueUnitName Unit, bool Ranked, string? NotRankedReason, decimal? Score, BriefDue ReplyRate, BriefDue CompletionRate,
    BriefSatisfaction SatisfactionRate, bool BottomThree, int BottomThreeStreak, IReadOnlyList<string> Flags)
{
    public static BriefRow Of(LeagueTableRow r) => new(r.Rank, r.Unit, r.Ranked, r.NotRankedReason, r.Score, BriefDue.Of(r.ReplyRate),
        BriefDue.Of(r.CompletionRate), BriefSatisfaction.Of(r.SatisfactionRate), r.BottomThree, r.BottomThreeStreak, r.Flags);
}

/// <summary>回复率或办结率</summary>
/// <param name="Numerator">按时件数</param>
/// <param name="Denominator">本月应回复件数，不含剔除等不计入的</param>
/// <param name="Value">0 至 1；分母为 0 时为空</param>
/// <param name="Excluded">剔除件数</param>
internal sealed record BriefDue(int Numerator, int Denominator, decimal? Value, int Excluded)
{
    public static BriefDue Of(DueRate r) => new(r.Numerator, r.Denominator, r.Value, r.Excluded);
}

/// <summary>满意率</summary>
/// <param name="Numerator">满意件数，加基本满意件数乘折算值</param>
/// <param name="Denominator">有效回访件数</param>
/// <param name="Value">0 至 1；分母为 0 时为空</param>
/// <param name="Excluded">剔除的有效回访件数</param>
/// <param name="Satisfied">满意</param>
/// <param name="BasicallySatisfied">基本满意</param>
/// <param name="Dissatisfied">不满意</param>
/// <param name="Unreached">未接通、拒评、号码有误、没有号码，不计入分母</param>
internal sealed record BriefSatisfaction(decimal Numerator, int Denominator, decimal? Value, int Excluded, int Satisfied, int BasicallySatisfied, int Dissatisfied,
    int Unreached)
{
    public static BriefSatisfaction Of(SatisfactionRate r) =>
        new(r.Numerator, r.Denominator, r.Value, r.Excluded, r.Satisfied, r.BasicallySatisfied, r.Dissatisfied, r.Unreached);
}
