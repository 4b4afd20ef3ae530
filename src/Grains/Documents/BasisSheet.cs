using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.WorkCalendar;

namespace Hotline.Documents;

/// <summary>On what the figures rest: state, revision, hash, cutoff, who published, and the whole policy. A column for each table.</summary>
internal static class BasisSheet
{
    private static readonly (string Name, Func<BulletinTable, SheetCell> Cell)[] Lines =
    [
        ("月份", t => SheetCell.Of(t.Table.Month.ToString())),
        ("状态", t => SheetCell.Of(State(t))),
        ("公布版本", t => SheetCell.Of(t.Table.Revision)),
        ("数字截至（北京时间）", t => SheetCell.When(t.Table.AsOf)),
        ("内容校验值（SHA-256）", t => SheetCell.Of(t.Table.ContentHash)),
        ("提请人", t => SheetCell.Of(t.Line?.ProposedBy)),
        ("批准人", t => SheetCell.Of(t.Line?.ApprovedBy)),
        ("公布时间（北京时间）", t => SheetCell.When(t.Line?.At)),
        ("更正原因", t => SheetCell.Of(t.Line?.Reason)),
        ("是否正式排名", t => SheetCell.Of(t.Table.Official ? "是" : "否，仅供参照")),
        ("参加排名的单位数", t => SheetCell.Of(t.Table.RankedUnits)),
        ("综合分中位数", t => SheetCell.Score(t.Table.Median)),
        ("考核办法版本", t => SheetCell.Of(t.Table.PolicyVersion)),
        ("自何月起施行", t => SheetCell.Of(t.Table.Policy.EffectiveFrom.ToString())),
        ("权重：回复率", t => SheetCell.Decimal(t.Table.Policy.Weights.Reply)),
        ("权重：办结率", t => SheetCell.Decimal(t.Table.Policy.Weights.Completion)),
        ("权重：满意率", t => SheetCell.Decimal(t.Table.Policy.Weights.Satisfaction)),
        ("基本满意折算", t => SheetCell.Decimal(t.Table.Policy.BasicallySatisfiedValue)),
        ("参加排名的最少有效回访", t => SheetCell.Of(t.Table.Policy.MinEffectiveCallbacks)),
        ("产生末位的最少单位数", t => SheetCell.Of(t.Table.Policy.MinRankedForLast)),
        ("产生后三位的最少单位数", t => SheetCell.Of(t.Table.Policy.MinRankedForBottomThree)),
        ("后几位", t => SheetCell.Of(t.Table.Policy.BottomCount)),
        ("作检查报告的连续月数", t => SheetCell.Of(t.Table.Policy.StreakMonths)),
        ("未参加排名的月份", t => SheetCell.Of(t.Table.Policy.UnrankedMonth == UnrankedMonth.Skip ? "跳过" : "中断连续")),
        ("末位与后三位的后果", t => SheetCell.Of(t.Table.Policy.Penalties == Penalties.On ? "通报批评、作检查" : "仅供参考")),
        ("免予批评：末位不低于（分）", t => SheetCell.Decimal(t.Table.Policy.LastExemption.MinScore)),
        ("免予批评：距中位数不超过（分）", t => SheetCell.Decimal(t.Table.Policy.LastExemption.WithinMedian)),
        ("表扬：最少有效回访", t => SheetCell.Of(t.Table.Policy.Commendation.MinEffectiveCallbacks)),
        ("表扬：有效回访率不低于", t => SheetCell.Rate(t.Table.Policy.Commendation.MinEffectiveRate)),
    ];

    public static Sheet Of(Bulletin bulletin) => new("依据", [32, .. bulletin.Tables.Select(_ => 72d)],
        [
            SheetCell.Of($"{OfficeText.Of(bulletin.Month)}数字的依据", CellLook.Title),
            .. bulletin.Mark is { } mark ? [SheetCell.Of(mark, CellLook.Warning)] : Array.Empty<SheetCell>(),
            SheetCell.Of("已公布的版本可在系统中按校验值核验。权重待分局确认。", CellLook.Remark),
        ],
        ["项目", .. bulletin.Tables.Select(t => t.Name)], 1,
        Lines.Select(line => (IReadOnlyList<SheetCell>)[SheetCell.Of(line.Name), .. bulletin.Tables.Select(line.Cell)]));

    private static string State(BulletinTable table) => table.Table.Status switch
    {
        LeagueStatus.Live => "未关账，即时计算（草稿，未公布）",
        LeagueStatus.Provisional => "已关账（草稿，未公布）",
        LeagueStatus.Published => "已公布",
        _ => $"更正第 {table.Table.Revision} 版",
    };
}
