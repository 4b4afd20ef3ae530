using Hotline.Scorecards;

namespace Hotline.Documents;

/// <summary>A column of figures: its head, its width in characters, what it shows of a row and of the total.</summary>
internal sealed record FigureColumn(string Head, double Width, Func<LeagueTableRow, SheetCell> OfRow, Func<LeagueTotal, SheetCell> OfTotal);

/// <summary>The columns of a tier's sheet: every figure of the table, as the number it is.</summary>
internal static class FigureColumns
{
    /// <summary>Columns of both the rows and the total take what the two have in common.</summary>
    private sealed record Figures(decimal? Score, DueRate Reply, DueRate Completion, SatisfactionRate Answers, ObligationCounts Owed)
    {
        public static Figures Of(LeagueTableRow r) => new(r.Score, r.ReplyRate, r.CompletionRate, r.SatisfactionRate, r.Obligations);

        public static Figures Of(LeagueTotal t) => new(t.Score, t.ReplyRate, t.CompletionRate, t.SatisfactionRate, t.Obligations);
    }

    public const string Name = "单位名称";

    public static IReadOnlyList<FigureColumn> All { get; } =
    [
        Own("名次", 7, r => SheetCell.Of(r.Rank)),
        Own("单位代码", 12, r => SheetCell.Of(r.Unit.Code)),
        new(Name, 24, r => SheetCell.Of(r.Unit.Name), _ => SheetCell.Of("合计")),
        Both("综合分", 9, f => SheetCell.Score(f.Score)),
        Both("回复率", 10, f => SheetCell.Rate(f.Reply.Value)),
        Both("按时回复", 9, f => SheetCell.Of(f.Reply.Numerator)),
        Both("应回复", 9, f => SheetCell.Of(f.Reply.Denominator)),
        Both("办结率", 10, f => SheetCell.Rate(f.Completion.Value)),
        Both("按时办结", 9, f => SheetCell.Of(f.Completion.Numerator)),
        Both("应办结", 9, f => SheetCell.Of(f.Completion.Denominator)),
        Both("满意率", 10, f => SheetCell.Rate(f.Answers.Value)),
        Both("满意折算", 9, f => SheetCell.Decimal(f.Answers.Numerator)),
        Both("有效回访", 9, f => SheetCell.Of(f.Answers.Denominator)),
        Both("满意", 8, f => SheetCell.Of(f.Answers.Satisfied)),
        Both("基本满意", 8, f => SheetCell.Of(f.Answers.BasicallySatisfied)),
        Both("不满意", 8, f => SheetCell.Of(f.Answers.Dissatisfied)),
        Both("其中无责", 8, f => SheetCell.Of(f.Answers.BlamelessDissatisfied)),
        Both("未接通等", 9, f => SheetCell.Of(f.Answers.Unreached)),
        Both("有效回访率", 10, f => SheetCell.Rate(f.Answers.EffectiveCallbackRate.Value)),
        Both("首次满意率", 10, f => SheetCell.Rate(f.Answers.FirstAnswer.Value)),
        Both("满意率区间下限", 10, f => SheetCell.Rate(f.Answers.Interval?.Low)),
        Both("满意率区间上限", 10, f => SheetCell.Rate(f.Answers.Interval?.High)),
        Both("平滑满意率", 10, f => SheetCell.Rate(f.Answers.Smoothed)),
        Both("剔除（回复办结）", 10, f => SheetCell.Of(f.Reply.Excluded)),
        Both("剔除（回访）", 10, f => SheetCell.Of(f.Answers.Excluded)),
        Own("含剔除综合分", 10, r => SheetCell.Score(r.ScoreWithExcluded)),
        Both("收到", 8, f => SheetCell.Of(f.Owed.Received)),
        Both("撤单", 8, f => SheetCell.Of(f.Owed.Withdrawn)),
        Both("收回", 8, f => SheetCell.Of(f.Owed.Recalled)),
        Both("退单", 8, f => SheetCell.Of(f.Owed.HandedBack)),
        Both("挂起", 8, f => SheetCell.Of(f.Owed.Suspended)),
        Both("时限压缩", 8, f => SheetCell.Of(f.Owed.Compressed)),
        Both("转110", 8, f => SheetCell.Of(f.Owed.Transferred)),
        Both("分流", 8, f => SheetCell.Of(f.Owed.Diverted)),
        Both("无须协办", 8, f => SheetCell.Of(f.Owed.NotNeeded)),
        Both("尚未到期", 8, f => SheetCell.Of(f.Owed.NotYetDue)),
        Own("后三位", 8, r => SheetCell.Flag(r.BottomThree)),
        Own("连续后三位月数", 10, r => SheetCell.Of(r.BottomThreeStreak)),
        Own("标记", 22, r => SheetCell.Of(BulletinTextRules.Marks(r))),
        Own("未参加排名的原因", 26, r => SheetCell.Of(r.NotRankedReason switch { null => null, "no-measure" => "无考核指标", _ => "有效回访不足" })),
    ];

    private static FigureColumn Own(string head, double width, Func<LeagueTableRow, SheetCell> cell) => new(head, width, cell, _ => SheetCell.Empty);

    private static FigureColumn Both(string head, double width, Func<Figures, SheetCell> cell) =>
        new(head, width, r => cell(Figures.Of(r)), t => cell(Figures.Of(t)));
}
