using System.Globalization;
using Hotline.Scorecards;

namespace Hotline.Documents;

/// <summary>The month's bulletin as an official document: red head, number, title, sections, tables, signature and date.</summary>
internal static class BulletinDocx
{
    private static readonly DocxColumn[] Ranks =
    [
        new("名次", 620), new("单位", 2274, IsName: true), new("综合分", 880), new("回复率", 960), new("办结率", 960), new("满意率", 960), new("有效回访", 960),
        new("标记", 1230, IsName: true),
    ];

    private static readonly DocxColumn[] BeforeAndAfter =
    [
        new("单位", 2384, IsName: true), new("", 800), new("名次", 760), new("综合分", 900), new("回复率", 1000), new("办结率", 1000), new("满意率", 1000), new("后三位", 1000),
    ];

    private const int LargestHead = 42;

    public static byte[] Bytes(Bulletin bulletin) => DocxFile.Bytes(bulletin.Mark, doc =>
    {
        Head(doc, bulletin.Issuer, BulletinTextRules.Number(bulletin), BulletinTextRules.Title(bulletin), bulletin.Mark);
        doc.Paragraph(DocxStyles.Plain, BulletinTextRules.Addressees(bulletin));
        doc.Paragraph(DocxStyles.Body, BulletinTextRules.Opening(bulletin));
        var section = new DocxSections(doc);
        Correction(doc, section, bulletin);
        section.Start("总体情况");
        All(doc, bulletin, t => [BulletinTextRules.Overall(t)]);
        section.Start("排名情况");
        foreach (var table in bulletin.Tables)
        {
            Ranking(doc, bulletin, table);
        }

        section.Start("通报表扬");
        All(doc, bulletin, t => [BulletinTextRules.Commended(t)]);
        section.Start("末位单位");
        All(doc, bulletin, t => [BulletinTextRules.Criticised(t)]);
        section.Start("后三位单位");
        All(doc, bulletin, BulletinTextRules.BottomThree);
        Sign(doc, bulletin.Issuer, bulletin.Date);
        Sources(doc, bulletin);
    });

    /// <summary>From the red head to the title; a draft or a correction says so under it.</summary>
    public static void Head(DocxBody doc, string issuer, string number, IReadOnlyList<string> title, string? mark)
    {
        doc.OneLine(DocxStyles.RedHead, issuer + "文件", LargestHead);
        doc.Paragraph(DocxStyles.Number, number);
        doc.Paragraph(DocxStyles.RedLine, "");
        doc.Lines(DocxStyles.Title, title);
        if (mark is not null)
        {
            doc.Paragraph(DocxStyles.Draft, mark);
        }
    }

    /// <summary>落款: the issuer and the day, or that the day is still open.</summary>
    public static void Sign(DocxBody doc, string issuer, DateOnly? date)
    {
        doc.Paragraph(DocxStyles.Signature, "");
        doc.Paragraph(DocxStyles.Signature, issuer);
        doc.Paragraph(DocxStyles.Signature, date is { } day ? OfficeText.Of(day) : "（公布日期待定）");
    }

    private static void All(DocxBody doc, Bulletin bulletin, Func<BulletinTable, IEnumerable<string>> sentences)
    {
        foreach (var sentence in bulletin.Tables.SelectMany(sentences))
        {
            doc.Paragraph(DocxStyles.Body, sentence);
        }
    }

    private static void Ranking(DocxBody doc, Bulletin bulletin, BulletinTable table)
    {
        doc.Paragraph(DocxStyles.Caption, $"{OfficeText.Of(bulletin.Month)}{table.Name}排名表" + (table.IsPublished ? "" : Bulletin.DraftMark));
        doc.Table(Ranks, table.Table.Rows.Select(Cells).Append(Cells(table.Table.Total)));
        doc.Paragraph(DocxStyles.Small, "注：名次按精确分数排列，同分并列同名次；合计为各单位件数相加后计算。");
        foreach (var remark in table.Table.Notes.Select(n => n.Text)
            .Concat(table.Table.Rows.Where(r => !r.Ranked).Select(r => $"{r.Unit.Name}：{BulletinTextRules.NotRanked(r, table.Table.Policy)}。")))
        {
            doc.Paragraph(DocxStyles.Small, remark);
        }
    }

    private static string[] Cells(LeagueTableRow row) =>
    [
        row.Rank?.ToString(CultureInfo.InvariantCulture) ?? "—", row.Unit.Name, OfficeText.Score(row.Score), OfficeText.Rate(row.ReplyRate.Value),
        OfficeText.Rate(row.CompletionRate.Value), OfficeText.Rate(row.SatisfactionRate.Value),
        row.SatisfactionRate.Denominator.ToString(CultureInfo.InvariantCulture), BulletinTextRules.Marks(row),
    ];

    private static string[] Cells(LeagueTotal total) =>
    [
        "", "合计", OfficeText.Score(total.Score), OfficeText.Rate(total.ReplyRate.Value), OfficeText.Rate(total.CompletionRate.Value),
        OfficeText.Rate(total.SatisfactionRate.Value), total.SatisfactionRate.Denominator.ToString(CultureInfo.InvariantCulture), "",
    ];

    private static void Correction(DocxBody doc, DocxSections section, Bulletin bulletin)
    {
        if (!bulletin.IsCorrected)
        {
            return;
        }

        section.Start("更正说明");
        foreach (var table in bulletin.Tables.Where(t => t.IsCorrected))
        {
            doc.Paragraph(DocxStyles.Body, $"{table.Name}排名表更正第 {table.Table.Revision} 版，取代第 {table.Table.Revision - 1} 版。更正原因：{table.Line?.Reason ?? "—"}");
            if (table.Changes is { Units.Count: > 0 } changes)
            {
                doc.Paragraph(DocxStyles.Caption, $"{table.Name}更正前后对照");
                doc.Table(BeforeAndAfter, changes.Units.SelectMany(u => new[] { Figures(u.Unit.Name, "更正前", u.Before), Figures("", "更正后", u.After) }));
            }
        }
    }

    private static string[] Figures(string unit, string when, UnitFigures? figures) => figures is null
        ? [unit, when, "无此行", "—", "—", "—", "—", "—"]
        :
        [
            unit, when, figures.Rank?.ToString(CultureInfo.InvariantCulture) ?? "—", OfficeText.Score(figures.Score), OfficeText.Rate(figures.ReplyRate.Value),
            OfficeText.Rate(figures.CompletionRate.Value), OfficeText.Rate(figures.SatisfactionRate.Value),
            figures.BottomThree ? string.Create(CultureInfo.InvariantCulture, $"是（{figures.BottomThreeStreak}个月）") : "否",
        ];

    private static void Sources(DocxBody doc, Bulletin bulletin)
    {
        doc.Paragraph(DocxStyles.Small, "");
        doc.Paragraph(DocxStyles.Small, "数据依据");
        foreach (var table in bulletin.Tables)
        {
            doc.Paragraph(DocxStyles.Small, BulletinTextRules.Source(table));
            if (table.Table.ContentHash is { } hash)
            {
                doc.Paragraph(DocxStyles.Small, $"内容校验值（SHA-256）：{hash}");
            }
        }
    }
}
