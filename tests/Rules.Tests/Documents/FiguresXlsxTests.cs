using System.Diagnostics;
using DocumentFormat.OpenXml.Spreadsheet;
using Hotline.Documents;
using Hotline.Scorecards;
using static Hotline.Rules.Tests.Scorecards.Samples;

namespace Hotline.Rules.Tests.Documents;

public class FiguresXlsxTests
{
    [Fact]
    public void Figures_AreNumbersEqualToTheTables()
    {
        var table = Bulletins.Stations();
        using var book = OfficeReading.Book(FiguresXlsx.Bytes(Bulletins.Of(table), Bulletins.NoTickets));

        Assert.Equal(["派出所", "工单明细", "依据"], book.SheetNames());
        var rows = book.Rows("派出所");
        foreach (var row in table.Rows)
        {
            decimal Of(string head) => rows.Under(head, row.Unit.Name).Number();
            Assert.Equal(row.Score, Of("综合分"));
            Assert.Equal((row.ReplyRate.Value, row.ReplyRate.Numerator, row.ReplyRate.Denominator), (Of("回复率"), (int)Of("按时回复"), (int)Of("应回复")));
            Assert.Equal((row.CompletionRate.Value, row.CompletionRate.Numerator), (Of("办结率"), (int)Of("按时办结")));
            Assert.Equal((row.SatisfactionRate.Value, row.SatisfactionRate.Numerator, row.SatisfactionRate.Denominator), (Of("满意率"), Of("满意折算"), (int)Of("有效回访")));
            Assert.Equal(row.SatisfactionRate.Interval!.Low, Of("满意率区间下限"));
            Assert.Equal(row.Rank, rows.Under("名次", row.Unit.Name).CellValue is { } rank ? int.Parse(rank.Text) : null);
        }
        Assert.Equal(table.Total.Score, rows.Under("综合分", "合计").Number());
        Assert.Equal((2u, 10u, 1u), (book.Format(rows.Under("综合分", "东关派出所")), book.Format(rows.Under("回复率", "东关派出所")), book.Format(rows.Under("名次", "东关派出所"))));
    }

    [Fact]
    public void MissingMeasure_IsAnEmptyCellAndNoZero()
    {
        using var book = OfficeReading.Book(FiguresXlsx.Bytes(Bulletins.Of(Bulletins.Table([("DG", "东关派出所", Counts(0, 0, 0, 10)), ("KB", "空白派出所", default)])), Bulletins.NoTickets));

        var rows = book.Rows("派出所");
        Assert.Null(rows.Under("回复率", "东关派出所").CellValue);
        Assert.Equal(0, rows.Under("应回复", "东关派出所").Number());
        Assert.Null(rows.Under("综合分", "空白派出所").CellValue);
        Assert.Equal(("无考核指标", "不参加排名、指标缺项"), (rows.Under("未参加排名的原因", "空白派出所").InnerText, rows.Under("标记", "空白派出所").InnerText));
    }

    [Fact]
    public void TicketSheet_AddsUpToTheFigures()
    {
        var table = Bulletins.Table([("DG", "东关派出所", Counts(3, 2, 2, 2, 1)), ("XG", "西关派出所", Counts(1, 1, 1, 0, 0, 1))]);
        var tickets = BulletinTicketRules.Listed(table, table.Rows,
            [Bulletins.Ticket("XG", "5", answer: 3), Bulletins.Ticket("DG", "2", onTime: false, answer: 2), Bulletins.Ticket("DG", "1"), Bulletins.Ticket("DG", "3"),
             Bulletins.Ticket("DG", "4", excluded: true)]);
        using var book = OfficeReading.Book(FiguresXlsx.Bytes(Bulletins.Of(table), new(tickets, [.. BulletinTicketRules.Differences(table, table.Rows, tickets)])));

        var rows = book.Rows("工单明细").SkipWhile(r => !r.InnerText.StartsWith("排名表", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["1", "2", "3", "4", "5"], rows[1..].Select(r => r.Elements<Cell>().ElementAt(3).InnerText));
        decimal Sum(string head) => rows[1..5].Sum(r => r.Elements<Cell>().ElementAt(rows[0].Elements<Cell>().TakeWhile(c => c.InnerText != head).Count()).Number());
        Assert.Equal((3, 2, 2, 3, 2, 1), (Sum("应回复"), Sum("按时回复"), Sum("按时办结"), Sum("有效回访"), Sum("满意"), Sum("基本满意")));
        Assert.Equal("已批准剔除，不计入", rows.Under("说明", "T-4").InnerText);
        // 17:30 in Shanghai on 2026-10-12, as Excel counts days.
        Assert.Equal(46307 + (17.5m / 24), rows.Under("回复期限", "T-1").Number(), 8);
        Assert.DoesNotContain(book.Rows("工单明细"), r => r.InnerText.Contains("不一致", StringComparison.Ordinal));
    }

    [Fact]
    public void TicketsThatDoNotAddUp_AreSaidSo()
    {
        var table = Bulletins.Table([("DG", "东关派出所", Counts(3, 2, 2, 2, 1))]);
        var tickets = BulletinTicketRules.Listed(table, table.Rows, [Bulletins.Ticket("DG", "1")]);

        Assert.StartsWith("派出所：东关派出所的工单明细与排名表的数字不一致", Assert.Single(BulletinTicketRules.Differences(table, table.Rows, tickets)), StringComparison.Ordinal);
    }

    [Fact]
    public void BasisSheet_NamesPolicyRevisionHashAndCutoff()
    {
        using var book = OfficeReading.Book(FiguresXlsx.Bytes(Bulletins.Of(Bulletins.Stations(), Bulletins.Table([], tier: LeagueTier.Brigade, revision: 0)), Bulletins.NoTickets));

        var rows = book.Rows("依据");
        Cell[] Line(string name) => [.. rows.Single(r => r.Elements<Cell>().First().InnerText == name).Elements<Cell>().Skip(1)];
        Assert.Equal([Bulletins.Hash, ""], Line("内容校验值（SHA-256）").Select(c => c.InnerText));
        Assert.Equal([1m, 0m], Line("公布版本").Select(c => c.Number()));
        Assert.Equal([50m, 50m], Line("权重：满意率").Select(c => c.Number()));
        Assert.Equal(46330 + (10m / 24), Line("数字截至（北京时间）")[0].Number(), 8);
        Assert.Equal("v1", Line("考核办法版本")[0].InnerText);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")")]
    [InlineData("+1+1")]
    [InlineData("-1+1")]
    [InlineData("@SUM(1)")]
    [InlineData("\t=1+1")]
    [InlineData("\r=1+1")]
    [InlineData("＝1+1")]
    public void TextThatLooksLikeAFormula_StaysText(string name)
    {
        using var book = OfficeReading.Book(FiguresXlsx.Bytes(Bulletins.Of(Bulletins.Table([("U", name, Counts(10, 10, 10, 8))])), Bulletins.NoTickets));

        var cell = book.Rows("派出所").Under("单位名称", "U");
        Assert.Equal((CellValues.InlineString, name.Replace('\r', '\n')), (cell.DataType!.Value, cell.InnerText));
        Assert.True(((CellFormat)book.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.ElementAt((int)cell.StyleIndex!.Value)).QuotePrefix!.Value);
        Assert.Empty(book.WorkbookPart.WorksheetParts.SelectMany(w => w.Worksheet!.Descendants<CellFormula>()));
    }

    [Theory]
    [InlineData("_x0041_派出所", "_x005F_x0041_派出所")]
    [InlineData("坏\u0001", "坏\uFFFD")]
    [InlineData("平常_x", "平常_x")]
    public void StoredText_IsReadBackAsItWas(string text, string stored) => Assert.Equal(stored, XlsxFile.Stored(text));

    [Fact]
    public void HalfAPair_IsReplaced_AndAWholeOneKept() => Assert.Equal("坏\uFFFD\uFFFD好\U00020BB7", XlsxFile.Stored("坏" + (char)0xDC00 + (char)0xD83D + "好\U00020BB7"));

    [Fact]
    public void EndlessText_FitsACell() => Assert.InRange(XlsxFile.Stored(new string('长', 100_000)).Length, 30_000, 32_767);

    [Fact]
    public void Draft_And_Correction_AreMarkedOnTheirSheets()
    {
        using var draft = OfficeReading.Book(FiguresXlsx.Bytes(Bulletins.Of(Bulletins.Stations(0)), Bulletins.NoTickets));
        using var corrected = OfficeReading.Book(FiguresXlsx.Bytes(Bulletins.Of(Bulletins.Stations(2)), Bulletins.NoTickets));

        Assert.All(draft.SheetNames(), sheet => Assert.Contains(draft.Rows(sheet), r => r.InnerText == Bulletin.DraftMark));
        Assert.Equal(["派出所", "更正前后对照", "工单明细", "依据"], corrected.SheetNames());
        Assert.Equal((2m, 1m), (corrected.Rows("更正前后对照").Under("更正前名次", "DG").Number(), corrected.Rows("更正前后对照").Under("更正后名次", "DG").Number()));
        Assert.Contains(corrected.Rows("派出所"), r => r.InnerText.Contains("更正原因：核实后认定两件工单的回访结果登记有误。", StringComparison.Ordinal));
    }

    [Fact]
    public void SameFigures_GiveTheSameBytes() => Assert.Equal(
        FiguresXlsx.Bytes(Bulletins.Of(Bulletins.Stations(2)), Bulletins.NoTickets), FiguresXlsx.Bytes(Bulletins.Of(Bulletins.Stations(2)), Bulletins.NoTickets));

    [Fact]
    public void ThreeThousandUnitsAndFiftyThousandTickets_StayWithinBounds()
    {
        var table = Bulletins.Table(Enumerable.Range(0, 3_000).Select(i => ($"U{i:0000}", $"第{i}派出所", Counts(20, 20, 20, 10))));
        var tickets = BulletinTicketRules.Listed(table, table.Rows,
            Enumerable.Range(0, BulletinTicketReader.MostListed).Select(i => Bulletins.Ticket($"U{i % 3000:0000}", $"JN-{i}")));
        var clock = Stopwatch.StartNew();

        var file = FiguresXlsx.Bytes(Bulletins.Of(table), new(tickets, []));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
        Assert.InRange(file.Length, 100_000, 20_000_000);
        TestContext.Current.SendDiagnosticMessage($"{clock.Elapsed.TotalSeconds:0.0} s, {file.Length} bytes");
    }
}
