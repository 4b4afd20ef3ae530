using System.Globalization;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Notices;

/// <summary>What a notice says by rule, in Chinese. People may change it before it is issued.</summary>
internal static class NoticeTextRules
{
    /// <summary>Why it was drafted: one sentence.</summary>
    public static string Reason(NoticeGround ground) => ground.Kind switch
    {
        NoticeKind.Commend => $"{MonthText(ground.Month)}满意率 100%，{Callbacks(ground.Evidence!)}。",
        NoticeKind.Criticise => $"{MonthText(ground.Month)}综合分 {Number(ground.Evidence!.Score)}，在{ground.Evidence.RankedUnits}个参加排名的单位中列末位。",
        _ => $"连续 {ground.Evidence!.Streak} 个月列后三位（{Places(ground.Evidence)}）。",
    } + (ground.Advisory ? "考核办法规定排名仅供参考，本件只作工作提示。" : "");

    /// <summary>The suggested text.</summary>
    public static string Text(NoticeGround ground)
    {
        var source = $"依据考核办法（{ground.Evidence!.PolicyVersion}）和{MonthText(ground.Month)}{NameOf(ground.Tier)}排名表第 {ground.Revision} 版";
        return ground switch
        {
            { Kind: NoticeKind.Commend } =>
                $"关于对{ground.Unit.Name}予以表扬的通报\n\n{MonthText(ground.Month)}，{ground.Unit.Name}承办的 12345 热线工单{Callbacks(ground.Evidence)}，满意率 100%"
                + $"{Placed(ground.Evidence)}。{source}，予以通报表扬。望珍惜荣誉，再接再厉。",
            { Advisory: true } =>
                $"工作提示（仅供参考，不作通报批评）\n\n{ground.Unit.Name}：{Finding(ground)}{source}，特此提示，请对照工单逐件查找原因，改进办理工作。",
            { Kind: NoticeKind.Criticise } =>
                $"关于对{ground.Unit.Name}予以批评的通报\n\n{Finding(ground)}{source}，予以通报批评。请逐件查找原因，制定整改措施，切实改进办理工作。",
            _ => $"关于责成{ground.Unit.Name}作检查报告的通报\n\n{Finding(ground)}{source}，责成{ground.Unit.Name}在分局一把手会议上作检查报告，说明原因和整改措施。",
        };
    }

    /// <summary>What a correction did, for the step.</summary>
    public static string Corrected(int revision) => $"排名表更正为第 {revision} 版。";

    public static string Lost(Notice notice, int revision) => notice.Status == NoticeStatus.Issued
        ? $"按各月最新公布版本（本月第 {revision} 版）已无此依据，请撤回本通报。"
        : $"按各月最新公布版本（本月第 {revision} 版）已无此依据。";

    private static string Finding(NoticeGround ground) => ground.Kind == NoticeKind.Criticise
        ? $"{MonthText(ground.Month)}，{ground.Unit.Name}综合分 {Number(ground.Evidence!.Score)}，在参加{NameOf(ground.Tier)}排名的 {ground.Evidence.RankedUnits} 个单位中列末位。"
        : $"{ground.Unit.Name}在{NameOf(ground.Tier)}排名中连续 {ground.Evidence!.Streak} 个月列后三位：{Places(ground.Evidence)}。";

    private static string Callbacks(NoticeEvidence evidence)
    {
        var rate = evidence.SatisfactionRate;
        return $"有效回访 {rate.Denominator} 件，全部满意，有效回访率 {rate.EffectiveCallbackRate.Numerator:0}/{rate.EffectiveCallbackRate.Denominator}";
    }

    private static string Placed(NoticeEvidence evidence) =>
        evidence.Rank is { } rank ? $"，综合分 {Number(evidence.Score)}，在 {evidence.RankedUnits} 个单位中排名第 {rank}" : "";

    private static string Places(NoticeEvidence evidence) =>
        string.Join("，", evidence.Months.Select(m => $"{MonthText(m.Month)}第 {m.Rank} 名（共 {m.RankedUnits} 个，{Number(m.Score)} 分）"));

    private static string MonthText(Month month) => $"{month.Year}年{month.Number}月";

    private static string NameOf(LeagueTier tier) => tier switch
    {
        LeagueTier.Station => "派出所",
        LeagueTier.Brigade => "大队",
        _ => "派出所与大队合并",
    };

    private static string Number(decimal? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "—";
}
