using System.Globalization;
using Hotline.Notices;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Documents;

/// <summary>The sentences of the quarter's and the year's lists, by rule from the lists alone.</summary>
internal static class AwardTextRules
{
    public static string NameOf(Quarter quarter) => Text($"{quarter.Year}年第{"一二三四"[quarter.Number - 1]}季度");

    public static IReadOnlyList<string> Title(QuarterPaper paper) =>
        [$"关于{NameOf(paper.Quarter.Quarter)}{(paper.Lists.Count == 1 ? BulletinTable.NameOf(paper.Lists[0].Tier) : "")}", "12345热线工单办理优秀单位的通报"];

    public static IReadOnlyList<string> Title(YearPaper paper) => [Text($"关于{paper.List.Year}年度"), "12345热线工单办理奖励单位的通报"];

    /// <summary>发文字号: as given, or the system's own; a draft has none yet.</summary>
    public static string Number(QuarterPaper paper) => paper.Number
        ?? (paper.Date is null ? Text($"热线季报〔{paper.Quarter.Quarter.Year}〕　号") : Text($"热线季报〔{paper.Quarter.Quarter.Year}〕{paper.Quarter.Quarter.Number}号"));

    public static string Number(YearPaper paper) => paper.Number
        ?? (paper.Date is null ? Text($"热线年报〔{paper.List.Year}〕　号") : Text($"热线年报〔{paper.List.Year}〕1号"));

    public static string Terms(QuarterList list) =>
        $"{BulletinTable.NameOf(list.Tier)}：依据考核办法（{list.PolicyVersion}），三个月的件数相加后计算综合分，"
        + Text($"整季有效回访{list.Terms.MinEffectiveCallbacks}件以上的参加评选，前{list.Terms.TopPlaces}名获评，末名并列的一并列入；督办单逾期、虚假联系、泄密的一票否决。");

    public static string Winners(QuarterList list) => list.Units.Count == 0
        ? $"{BulletinTable.NameOf(list.Tier)}：本季度没有获评的单位。"
        : $"{BulletinTable.NameOf(list.Tier)}（{list.Units.Count}个）：{Names(list.Units)}。";

    public static string Terms(RewardList list) => $"依据考核办法（{list.PolicyVersion}），"
        + Text($"{list.Year}年内{list.QuartersForReward}次以上（含{list.QuartersForReward}次）获评季度优秀单位的，列入年终奖励名单。");

    public static string Winners(RewardList list) => list.Units.Count == 0 ? "本年度没有列入奖励名单的单位。" : $"列入奖励名单的单位（{list.Units.Count}个）：{Names(list.Units)}。";

    public static string Outcome(AwardOutcome outcome) => outcome switch
    {
        AwardOutcome.Won => "获评",
        AwardOutcome.BelowTop => "名次靠后",
        AwardOutcome.TooFewCallbacks => "有效回访不足",
        AwardOutcome.NoMeasure => "无考核指标",
        _ => "一票否决",
    };

    public static string Quarters(YearCandidate candidate) => string.Join("、", candidate.Quarters.Select(q => $"第{"一二三四"[q.Number - 1]}季度"));

    /// <summary>What became of a unit that ended within the period.</summary>
    public static string? Ended(DateOnly? activeTo, string? successor) =>
        activeTo is not { } day ? null : $"{OfficeText.Of(day)}停用" + (successor is null ? "" : $"，由{successor}承接，数字不转入");

    /// <summary>What a correction changed in who is on the list.</summary>
    public static string Correction(string name, AwardStage stage, IReadOnlyList<LeagueUnitName> before, IReadOnlyList<LeagueUnitName> after)
    {
        var (gone, added) = (Without(before, after), Without(after, before));
        return $"{name}名单更正第 {stage.Revision} 版，取代第 {stage.Revision - 1} 版。更正原因：{stage.Reason ?? "—"}　更正前：{NamesOrNone(before)}；更正后：{NamesOrNone(after)}。"
            + (gone.Count + added.Count == 0 ? "获评单位不变。" : $"新列入：{NamesOrNone(added)}；不再列入：{NamesOrNone(gone)}。");
    }

    /// <summary>On what a list rests.</summary>
    public static IEnumerable<string> Sources(QuarterList list)
    {
        yield return $"{BulletinTable.NameOf(list.Tier)}名单：{Stage(list.Stage)}。所依据的排名表：{string.Join("、", list.Tables.Select(Table))}。";
        if (list.Stage.ContentHash is { } hash)
        {
            yield return $"内容校验值（SHA-256）：{hash}";
        }
    }

    public static IEnumerable<string> Sources(RewardList list)
    {
        var lists = list.Lists.Count == 0 ? "没有已批准的季度名单"
            : string.Join("、", list.Lists.Select(l => Text($"{NameOf(l.Quarter)}{BulletinTable.NameOf(l.Tier)}第{l.Revision}版")));
        yield return $"奖励名单：{Stage(list.Stage)}。所依据的季度名单：{lists}。";
        if (list.Stage.ContentHash is { } hash)
        {
            yield return $"内容校验值（SHA-256）：{hash}";
        }
    }

    public static string Stage(AwardStage stage) => stage.Status switch
    {
        AwardStatus.Preview => "预览，尚未提请",
        AwardStatus.Proposed => "已提请，待批准",
        _ => Text($"第{stage.Revision}版"),
    } + (stage.Outdated ? "，所依据的排名已更正" : "");

    private static string Table(SourceTable table) => OfficeText.Of(table.Month) + (table.Revision == 0 ? "（未公布）" : Text($"第{table.Revision}版"));

    private static List<LeagueUnitName> Without(IReadOnlyList<LeagueUnitName> these, IReadOnlyList<LeagueUnitName> those) =>
        [.. these.Where(u => those.All(t => t.Code != u.Code))];

    private static string Names(IEnumerable<LeagueUnitName> units) => string.Join("、", units.Select(u => u.Name));

    private static string NamesOrNone(IReadOnlyList<LeagueUnitName> units) => units.Count == 0 ? "无" : Names(units);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
