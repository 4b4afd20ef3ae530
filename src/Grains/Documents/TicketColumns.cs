using Hotline.Scorecards;

namespace Hotline.Documents;

/// <summary>The columns of the drill-down sheet. What a ticket counts stands as 0 or 1, so that a sum over a unit gives the table's figure.</summary>
internal static class TicketColumns
{
    private static readonly (string Head, double Width, Func<BulletinTicket, SheetCell> Cell)[] All =
    [
        ("排名表", 10, t => SheetCell.Of(BulletinTable.NameOf(t.Tier))),
        ("单位代码", 12, t => SheetCell.Of(t.Unit.Code)),
        (FigureColumns.Name, 24, t => SheetCell.Of(t.Unit.Name)),
        ("工单编号", 22, t => SheetCell.Of(t.Ticket.Number)),
        ("系统编号", 38, t => SheetCell.Of(t.Ticket.Id)),
        ("主办/协办", 9, t => SheetCell.Of(t.Ticket.IsSupport ? "协办" : "主办")),
        ("应回复", 8, t => SheetCell.Of(t.Adds.Counted.Reply.Due)),
        ("按时回复", 8, t => SheetCell.Of(t.Adds.Counted.Reply.Replied)),
        ("按时办结", 8, t => SheetCell.Of(t.Adds.Counted.Reply.Completed)),
        ("有效回访", 8, t => SheetCell.Of(t.Adds.Counted.Answers.Effective)),
        ("满意", 8, t => SheetCell.Of(t.Adds.Counted.Answers.Satisfied)),
        ("基本满意", 8, t => SheetCell.Of(t.Adds.Counted.Answers.BasicallySatisfied)),
        ("不满意", 8, t => SheetCell.Of(t.Adds.Counted.Answers.Dissatisfied)),
        ("未接通等", 8, t => SheetCell.Of(t.Adds.Counted.Unreached.Total)),
        ("回复期限", 20, t => SheetCell.When(t.Ticket.DueAt)),
        ("首次答复", 20, t => SheetCell.When(t.Ticket.RepliedAt)),
        ("首次回访结果", 12, t => SheetCell.Of(Answer(t.Ticket.FirstAnswer))),
        ("说明", 28, t => SheetCell.Of(Remark(t))),
    ];

    public static IReadOnlyList<string> Heads { get; } = [.. All.Select(c => c.Head)];

    public static IReadOnlyList<double> Widths(double name) => [.. All.Select(c => c.Head == FigureColumns.Name ? name : c.Width)];

    public static IReadOnlyList<SheetCell> Cells(BulletinTicket ticket) => [.. All.Select(c => c.Cell(ticket))];

    /// <summary>Why a ticket of the month does not count everywhere.</summary>
    private static string? Remark(BulletinTicket ticket)
    {
        List<string> remarks = [];
        if (ReasonRules.OutsideDue(ticket.Ticket) is { } outside && ticket.Adds.Outside != OutsideCounts.None)
        {
            remarks.Add(outside == ReasonRules.Excluded ? outside + "，不计入" : outside);
        }
        else if (ticket.Ticket.Excluded)
        {
            remarks.Add(ReasonRules.Excluded + "，不计入");
        }

        if (ticket.Adds.BlamelessDissatisfied > 0)
        {
            remarks.Add("不满意，已认定无责");
        }

        return remarks.Count == 0 ? null : string.Join("；", remarks);
    }

    private static string? Answer(int answer) => answer switch { 1 => "满意", 2 => "基本满意", 3 => "不满意", _ => null };
}
