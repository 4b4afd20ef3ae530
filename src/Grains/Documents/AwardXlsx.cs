using Hotline.Notices;
using Hotline.Scorecards;

namespace Hotline.Documents;

/// <summary>The quarter's and the year's lists as workbooks: the figures as numbers, and on what they rest.</summary>
internal static class AwardXlsx
{
    private static readonly (string Head, double Width, Func<QuarterCandidate, SheetCell> Cell)[] Places =
    [
        ("名次", 7, c => SheetCell.Of(c.Rank)),
        ("单位代码", 12, c => SheetCell.Of(c.Unit.Code)),
        ("单位名称", 28, c => SheetCell.Of(c.Unit.Name)),
        ("结果", 14, c => SheetCell.Of(AwardTextRules.Outcome(c.Outcome))),
        ("综合分", 9, c => SheetCell.Score(c.Figures.Score)),
        ("回复率", 10, c => SheetCell.Rate(c.Figures.ReplyRate.Value)),
        ("按时回复", 9, c => SheetCell.Decimal(c.Figures.ReplyRate.Numerator)),
        ("应回复", 9, c => SheetCell.Of(c.Figures.ReplyRate.Denominator)),
        ("办结率", 10, c => SheetCell.Rate(c.Figures.CompletionRate.Value)),
        ("按时办结", 9, c => SheetCell.Decimal(c.Figures.CompletionRate.Numerator)),
        ("满意率", 10, c => SheetCell.Rate(c.Figures.SatisfactionRate.Value)),
        ("满意折算", 9, c => SheetCell.Decimal(c.Figures.SatisfactionRate.Numerator)),
        ("有效回访", 9, c => SheetCell.Of(c.Figures.SatisfactionRate.Denominator)),
        ("满意", 8, c => SheetCell.Of(c.Figures.Satisfied)),
        ("基本满意", 8, c => SheetCell.Of(c.Figures.BasicallySatisfied)),
        ("不满意", 8, c => SheetCell.Of(c.Figures.Dissatisfied)),
        ("未接通等", 9, c => SheetCell.Of(c.Figures.Unreached)),
        ("计入月数", 9, c => SheetCell.Of(c.Months.Count)),
        ("原因", 52, c => SheetCell.Of(c.Reason)),
        ("撤并情况", 30, c => SheetCell.Of(AwardTextRules.Ended(c.ActiveTo, c.SucceededBy))),
    ];

    public static byte[] Bytes(QuarterPaper paper) => XlsxFile.Bytes([.. paper.Lists.Select(l => Quarter(paper, l)), Basis(
        AwardTextRules.NameOf(paper.Quarter.Quarter), paper.Mark,
        paper.Lists.SelectMany(l => Stage(BulletinTable.NameOf(l.Tier), l.Stage, l.PolicyVersion)
            .Concat(l.Tables.Select(t => Line($"{BulletinTable.NameOf(l.Tier)}：{OfficeText.Of(t.Month)}排名表", SheetCell.Of(t.Revision), SheetCell.Of(t.ContentHash))))))]);

    public static byte[] Bytes(YearPaper paper)
    {
        var list = paper.List;
        var rewards = new Sheet("奖励名单", [12, 28, 10, 40, 16, 52, 30], Above($"{list.Year}年度奖励名单", paper.Mark, list.Stage.Reason, AwardTextRules.Terms(list)),
            ["单位代码", "单位名称", "获评次数", "获评季度", "列入奖励名单", "原因", "撤并情况"], 2,
            list.Candidates.Select(c => (IReadOnlyList<SheetCell>)
            [
                SheetCell.Of(c.Unit.Code), SheetCell.Of(c.Unit.Name), SheetCell.Of(c.Quarters.Count), SheetCell.Of(AwardTextRules.Quarters(c)),
                SheetCell.Of(c.Rewarded ? "是" : "否"), SheetCell.Of(c.Reason), SheetCell.Of(AwardTextRules.Ended(c.ActiveTo, c.SucceededBy)),
            ]));
        return XlsxFile.Bytes([rewards, Basis($"{list.Year}年度", paper.Mark, Stage("奖励名单", list.Stage, list.PolicyVersion)
            .Concat(list.Lists.Select(l => Line(AwardTextRules.NameOf(l.Quarter) + BulletinTable.NameOf(l.Tier), SheetCell.Of(l.Revision), SheetCell.Of(l.ContentHash)))))]);
    }

    private static Sheet Quarter(QuarterPaper paper, QuarterList list) => new(BulletinTable.NameOf(list.Tier), [.. Places.Select(p => p.Width)],
        Above($"{AwardTextRules.NameOf(paper.Quarter.Quarter)}{BulletinTable.NameOf(list.Tier)}优秀单位评选",
            AwardMarks.Of([("", list.Stage)]), list.Stage.Reason, AwardTextRules.Terms(list)),
        [.. Places.Select(p => p.Head)], 3, list.Candidates.Select(c => (IReadOnlyList<SheetCell>)[.. Places.Select(p => p.Cell(c))]));

    private static Sheet Basis(string period, string? mark, IEnumerable<IReadOnlyList<SheetCell>> lines) =>
        new("依据", [36, 14, 72], Above($"{period}名单的依据", mark, null, "已批准的版本可在系统中按校验值核对。"), ["项目", "版本", "内容"], 1, lines);

    private static IEnumerable<IReadOnlyList<SheetCell>> Stage(string name, AwardStage stage, string policy)
    {
        yield return Line($"{name}：状态", SheetCell.Of(stage.Revision), SheetCell.Of(AwardTextRules.Stage(stage)));
        yield return Line($"{name}：内容校验值（SHA-256）", SheetCell.Empty, SheetCell.Of(stage.ContentHash));
        yield return Line($"{name}：考核办法版本", SheetCell.Empty, SheetCell.Of(policy));
        yield return Line($"{name}：提请人", SheetCell.Empty, SheetCell.Of(stage.ProposedBy));
        yield return Line($"{name}：批准人", SheetCell.Empty, SheetCell.Of(stage.ApprovedBy));
        yield return Line($"{name}：批准时间（北京时间）", SheetCell.Empty, SheetCell.When(stage.ApprovedAt));
        yield return Line($"{name}：更正原因", SheetCell.Empty, SheetCell.Of(stage.Reason));
    }

    private static IReadOnlyList<SheetCell> Line(string name, SheetCell number, SheetCell content) => [SheetCell.Of(name), number, content];

    private static IReadOnlyList<SheetCell> Above(string title, string? mark, string? reason, string remark) =>
    [
        SheetCell.Of(title, CellLook.Title),
        .. mark is null ? Array.Empty<SheetCell>() : [SheetCell.Of(mark + (reason is null ? "" : $"　更正原因：{reason}"), CellLook.Warning)],
        SheetCell.Of(remark, CellLook.Remark),
    ];
}
