using System.Globalization;
using Hotline.Policies;
using Hotline.Scorecards;

namespace Hotline.Documents;

/// <summary>The sentences of a month's bulletin, by rule from the tables alone: the same table always reads the same.</summary>
internal static class BulletinTextRules
{
    /// <summary>In two lines, so that no word is torn.</summary>
    public static IReadOnlyList<string> Title(Bulletin bulletin) =>
        [$"关于{OfficeText.Of(bulletin.Month)}{(bulletin.Tables.Count == 1 ? bulletin.Tables[0].Name : "")}", "12345热线工单办理情况的通报"];

    /// <summary>发文字号: as given, or the month's number in its year; a draft has none yet.</summary>
    public static string Number(Bulletin bulletin) => bulletin switch
    {
        { Number: { } given } => given,
        { IsDraft: true } => Text($"热线通报〔{bulletin.Month.Year}〕　号"),
        _ => Text($"热线通报〔{bulletin.Month.Year}〕{bulletin.Month.Number}号"),
    };

    public static string Addressees(Bulletin bulletin) => bulletin.Tables switch
    {
        [{ Table.Tier: LeagueTier.Station }] => "各派出所：",
        [{ Table.Tier: LeagueTier.Brigade }] => "各大队：",
        _ => "各派出所、各大队：",
    };

    public static string Opening(Bulletin bulletin) =>
        $"依据考核办法（{string.Join("、", bulletin.Tables.Select(t => t.Table.PolicyVersion).Distinct())}），现将{OfficeText.Of(bulletin.Month)}12345热线工单办理情况通报如下。";

    /// <summary>A table's pooled figures: sums of all units, never means of rates.</summary>
    public static string Overall(BulletinTable table)
    {
        var total = table.Table.Total;
        var (reply, done, answers) = (total.ReplyRate, total.CompletionRate, total.SatisfactionRate);
        if (table.Table.Rows.Count == 0)
        {
            return $"{table.Name}：本月没有在册的单位。";
        }

        return Text($"{table.Name}：共{table.Table.Rows.Count}个单位，{table.Table.RankedUnits}个参加排名。应回复工单{reply.Denominator}件，按时回复{reply.Numerator}件，")
            + Text($"回复率{OfficeText.Rate(reply.Value)}；按时办结{done.Numerator}件，办结率{OfficeText.Rate(done.Value)}；有效回访{answers.Denominator}件，")
            + Text($"其中满意{answers.Satisfied}件、基本满意{answers.BasicallySatisfied}件、不满意{answers.Dissatisfied}件，满意率{OfficeText.Rate(answers.Value)}；")
            + Text($"未接通、拒评等{answers.Unreached}件，有效回访率{OfficeText.Rate(answers.EffectiveCallbackRate.Value)}。综合分{OfficeText.Score(total.Score)}。")
            + Uncounted(total);
    }

    public static string Commended(BulletinTable table)
    {
        var rows = table.With(FlagRules.Commended);
        return rows.Count == 0
            ? $"{table.Name}：本月没有达到表扬条件的单位。"
            : $"{table.Name}：{Units(rows, r => Text($"有效回访{r.SatisfactionRate.Denominator}件全部满意"))}，满意率100%，予以通报表扬。";
    }

    /// <summary>The last place: criticised, spared with the reason, or none.</summary>
    public static string Criticised(BulletinTable table)
    {
        var (last, policy) = (table.With(FlagRules.Last), table.Table.Policy);
        if (last.Count == 0)
        {
            return $"{table.Name}：{Reason(table, "never-last", "no-last-this-month") ?? "参加排名的单位分数相同，不产生末位。"}";
        }

        var named = $"{table.Name}：{Units(last, r => $"综合分{OfficeText.Score(r.Score)}")}，在{table.Table.RankedUnits}个参加排名的单位中列末位";
        return (table.With(FlagRules.Criticised).Count > 0, table.PunishesNobody) switch
        {
            (true, _) => named + "，予以通报批评。请逐件查找原因，切实整改。",
            (_, true) => named + "。考核办法规定排名仅供参考，不作通报批评。",
            _ => named + $"；分数不低于{OfficeText.Number(policy.LastExemption.MinScore)}分且与中位数相差不超过{OfficeText.Number(policy.LastExemption.WithinMedian)}分，依考核办法不作通报批评。",
        };
    }

    public static IEnumerable<string> BottomThree(BulletinTable table)
    {
        var rows = table.With(FlagRules.BottomThree);
        if (rows.Count == 0)
        {
            yield return $"{table.Name}：{Reason(table, "never-bottom-three", "no-bottom-three-this-month") ?? "本月没有列入后三位的单位。"}";
            yield break;
        }

        yield return $"{table.Name}：{Units(rows, r => Text($"第{r.Rank}名，综合分{OfficeText.Score(r.Score)}"))}，列后三位。";
        var flagged = table.With(FlagRules.BottomThreeStreak);
        if (flagged.Count > 0)
        {
            yield return Units(flagged, Streak) + (table.PunishesNobody
                ? "。考核办法规定排名仅供参考，请上述单位对照工单查找原因，改进办理工作。"
                : "。责成上述单位在分局一把手会议上作检查报告，说明原因和整改措施。");
        }
    }

    /// <summary>Why a row has no rank.</summary>
    public static string? NotRanked(LeagueTableRow row, ScoringPolicy policy) => row.NotRankedReason switch
    {
        null => null,
        "no-measure" => "本月没有任何考核指标，不参加排名",
        _ => Text($"有效回访{row.SatisfactionRate.Denominator}件，不足{policy.MinEffectiveCallbacks}件，不参加排名"),
    };

    /// <summary>A row's marks in Chinese; the last place that is criticised is not said twice.</summary>
    public static string Marks(LeagueTableRow row)
    {
        var marks = row.Flags.Where(f => f != FlagRules.Last || !row.Flags.Contains(FlagRules.Criticised))
            .Where(f => f != FlagRules.BottomThree || !row.Flags.Contains(FlagRules.BottomThreeStreak))
            .Select(f => f == FlagRules.BottomThreeStreak ? Text($"连续{row.BottomThreeStreak}个月后三位") : FlagRules.Chinese(f));
        return string.Join("、", row.Ranked ? marks : marks.Prepend("不参加排名"));
    }

    /// <summary>On what a table rests: so that anyone can check the paper against the system.</summary>
    public static string Source(BulletinTable table)
    {
        var t = table.Table;
        var (weights, state) = (t.Policy.Weights, table.IsPublished ? Text($"第{t.Revision}版") : t.Status == LeagueStatus.Live ? "未关账，即时计算" : "已关账，未公布");
        return $"{table.Name}排名表：{state}，数字截至{OfficeText.Of(t.AsOf)}；考核办法{t.PolicyVersion}（回复率、办结率、满意率权重"
            + $"{OfficeText.Number(weights.Reply)}、{OfficeText.Number(weights.Completion)}、{OfficeText.Number(weights.Satisfaction)}，基本满意按{OfficeText.Number(t.Policy.BasicallySatisfiedValue)}件计）。"
            + (t.Official ? "" : "按考核办法，本表仅供参照，不是正式排名。");
    }

    private static string Streak(LeagueTableRow row) =>
        Text($"连续{row.BottomThreeStreak}个月列后三位：") + string.Join("、", row.StreakMonths.Select(m => Text($"{OfficeText.Of(m.Month)}第{m.Rank}名")));

    private static string Uncounted(LeagueTotal total)
    {
        string[] parts = [.. OutsideRules.Named(PlaceRules.CountsOf(total).Outside).Where(p => p.Count > 0).Select(p => Text($"{p.Name}{p.Count}件"))];
        return parts.Length == 0 ? "" : $"另有{string.Join("、", parts)}，不计入回复率、办结率。";
    }

    private static string? Reason(BulletinTable table, params string[] codes) => table.Table.Notes.FirstOrDefault(n => codes.Contains(n.Code))?.Text;

    private static string Units(IEnumerable<LeagueTableRow> rows, Func<LeagueTableRow, string> what) =>
        string.Join("、", rows.Select(r => $"{r.Unit.Name}（{what(r)}）"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
