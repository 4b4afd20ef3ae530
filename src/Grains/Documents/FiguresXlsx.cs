using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Documents;

/// <summary>The month's figures as a workbook: a sheet for each table, before and after where one was corrected, the tickets behind the figures, and on what
/// they rest.</summary>
internal static class FiguresXlsx
{
    private static readonly string[] ChangeHeads =
        ["排名表", "单位代码", "单位名称", "更正前名次", "更正后名次", "更正前综合分", "更正后综合分", "更正前回复率", "更正后回复率", "更正前办结率", "更正后办结率",
         "更正前满意率", "更正后满意率", "更正前后三位", "更正后后三位"];

    public static byte[] Bytes(Bulletin bulletin, BulletinTickets tickets)
    {
        List<Sheet> sheets = [.. bulletin.Tables.Select(t => Table(bulletin, t))];
        if (bulletin.IsCorrected)
        {
            sheets.Add(Changes(bulletin));
        }

        return XlsxFile.Bytes([.. sheets, Tickets(bulletin, tickets), BasisSheet.Of(bulletin)]);
    }

    private static Sheet Table(Bulletin bulletin, BulletinTable table)
    {
        var remarks = table.Table.Notes.Select(n => SheetCell.Of(n.Text, CellLook.Remark));
        return new(table.Name, [.. FigureColumns.All.Select(c => c.Head == FigureColumns.Name ? Widest(table.Table.Rows.Select(r => r.Unit.Name)) : c.Width)],
            [.. Above($"{OfficeText.Of(bulletin.Month)}{table.Name}排名表", MarkOf(table), BulletinTextRules.Source(table)), .. remarks],
            [.. FigureColumns.All.Select(c => c.Head)], 3,
            table.Table.Rows.Select(row => (IReadOnlyList<SheetCell>)[.. FigureColumns.All.Select(c => c.OfRow(row))]))
        {
            PagesWide = 2,
            Total = [.. FigureColumns.All.Select(c => c.OfTotal(table.Table.Total))],
        };
    }

    private static Sheet Changes(Bulletin bulletin)
    {
        var corrected = bulletin.Tables.Where(t => t.IsCorrected).ToList();
        var reasons = corrected.Select(t => SheetCell.Of($"{t.Name}排名表更正第 {t.Table.Revision} 版，原因：{t.Line?.Reason}", CellLook.Warning));
        return new("更正前后对照", [10, 12, 24, .. Enumerable.Repeat(11d, ChangeHeads.Length - 3)],
            [SheetCell.Of($"{OfficeText.Of(bulletin.Month)}更正前后对照", CellLook.Title), .. reasons], ChangeHeads, 3,
            corrected.SelectMany(t => (t.Changes?.Units ?? []).Select(u => Change(t, u))));
    }

    private static IReadOnlyList<SheetCell> Change(BulletinTable table, UnitChange change)
    {
        IEnumerable<SheetCell> Pair(Func<UnitFigures, SheetCell> cell) =>
            new[] { change.Before, change.After }.Select(f => f is null ? SheetCell.Empty : cell(f));
        return
        [
            SheetCell.Of(table.Name), SheetCell.Of(change.Unit.Code), SheetCell.Of(change.Unit.Name), .. Pair(f => SheetCell.Of(f.Rank)), .. Pair(f => SheetCell.Score(f.Score)),
            .. Pair(f => SheetCell.Rate(f.ReplyRate.Value)), .. Pair(f => SheetCell.Rate(f.CompletionRate.Value)), .. Pair(f => SheetCell.Rate(f.SatisfactionRate.Value)),
            .. Pair(f => SheetCell.Flag(f.BottomThree)),
        ];
    }

    private static Sheet Tickets(Bulletin bulletin, BulletinTickets tickets) => new("工单明细", TicketColumns.Widths(Widest(tickets.Items.Select(t => t.Unit.Name))),
        [
            .. Above($"{OfficeText.Of(bulletin.Month)}数字背后的工单", bulletin.Mark, "每件一行，不含诉求人信息；计数各列按单位求和即为排名表的分子、分母。"),
            .. tickets.Remarks.Select(r => SheetCell.Of(r, CellLook.Warning)),
        ],
        TicketColumns.Heads, 5, tickets.Items.Select(TicketColumns.Cells));

    /// <summary>A column as wide as its longest text, within reason.</summary>
    private static double Widest(IEnumerable<string> texts) => Math.Clamp(texts.Select(t => OfficeText.Width(t) + 2).DefaultIfEmpty().Max(), 16, 60);

    private static string? MarkOf(BulletinTable table) => !table.IsPublished ? Bulletin.DraftMark
        : table.IsCorrected ? $"更正第 {table.Table.Revision} 版　更正原因：{table.Line?.Reason}" : null;

    private static IReadOnlyList<SheetCell> Above(string title, string? mark, string remark) =>
        [SheetCell.Of(title, CellLook.Title), .. mark is null ? Array.Empty<SheetCell>() : [SheetCell.Of(mark, CellLook.Warning)], SheetCell.Of(remark, CellLook.Remark)];
}
