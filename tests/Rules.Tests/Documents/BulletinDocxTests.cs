using System.Diagnostics;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Hotline.Documents;
using Hotline.Policies;
using Hotline.Scorecards;
using static Hotline.Rules.Tests.Scorecards.Samples;

namespace Hotline.Rules.Tests.Documents;

public class BulletinDocxTests
{
    [Fact]
    public void Bulletin_HoldsHeadRankingNoticesSignatureAndSource()
    {
        using var word = OfficeReading.Word(BulletinDocx.Bytes(Bulletins.Of(Bulletins.Stations())));

        var lines = word.Lines();
        Assert.Equal(["测试公安分局文件", "热线通报〔2026〕10号", "", "关于2026年10月派出所12345热线工单办理情况的通报", "各派出所："], lines[..5]);
        Assert.Contains("派出所：东关派出所（有效回访20件全部满意），满意率100%，予以通报表扬。", lines);
        Assert.Contains(lines, l => l.StartsWith("派出所：五里派出所（综合分", StringComparison.Ordinal) && l.Contains("予以通报批评", StringComparison.Ordinal));
        Assert.Contains("五里派出所（连续3个月列后三位：2026年8月第12名、2026年9月第13名、2026年10月第7名）。责成上述单位在分局一把手会议上作检查报告，说明原因和整改措施。", lines);
        Assert.Contains("小北派出所：有效回访2件，不足5件，不参加排名。", lines);
        Assert.Equal(["测试公安分局", "2026年11月5日"], lines.SkipWhile(l => l != "测试公安分局").Take(2));
        Assert.Contains("内容校验值（SHA-256）：" + Bulletins.Hash, lines);
        Assert.DoesNotContain(lines, l => l.Contains("草稿", StringComparison.Ordinal) || l.Contains("更正", StringComparison.Ordinal));
    }

    [Fact]
    public void RankingTable_ShowsTiesAndPooledTotal_AsTheTableHasThem()
    {
        var table = Bulletins.Stations();
        using var word = OfficeReading.Word(BulletinDocx.Bytes(Bulletins.Of(table)));

        string[][] rows = [.. word.MainDocumentPart!.Document!.Descendants<Table>().Single().Elements<TableRow>().Select(r => r.Elements<TableCell>().Select(c => c.InnerText).ToArray())];
        Assert.Equal(["名次", "1", "2", "2", "4", "5", "6", "7", "—", ""], rows.Select(r => r[0]));
        Assert.Equal(table.Rows.Select(r => OfficeText.Score(r.Score)).Append(OfficeText.Score(table.Total.Score)), rows.Skip(1).Select(r => r[2]));
        Assert.Equal(["南门派出所", "西关派出所"], rows[2..4].Select(r => r[1]));
        Assert.Equal("通报批评、连续3个月后三位", rows[7][7]);
    }

    [Fact]
    public void Page_IsA4WithTheMarginsOfOfficialDocuments_AndNumbered()
    {
        using var word = OfficeReading.Word(BulletinDocx.Bytes(Bulletins.Of(Bulletins.Stations())));

        var page = word.MainDocumentPart!.Document!.Descendants<SectionProperties>().Single();
        var (size, margin) = (page.GetFirstChild<PageSize>()!, page.GetFirstChild<PageMargin>()!);
        Assert.Equal((11906u, 16838u), (size.Width!.Value, size.Height!.Value));
        // 156 mm x 225 mm of text, 37 mm above it and 28 mm left of it, to the half millimetre.
        static decimal Millimetres(long twips) => twips * 25.4m / 1440;
        Assert.InRange(Millimetres(11906 - margin.Left!.Value - margin.Right!.Value), 155.5m, 156.5m);
        Assert.InRange(Millimetres(16838 - margin.Top!.Value - margin.Bottom!.Value), 224.5m, 225.5m);
        Assert.InRange(Millimetres(margin.Top!.Value), 36m, 38m);
        Assert.Equal(2, word.MainDocumentPart.FooterParts.Count(f => f.Footer!.InnerText.Contains("PAGE", StringComparison.Ordinal)));
        Assert.Equal("仿宋_GB2312", word.MainDocumentPart.StyleDefinitionsPart!.Styles!.Descendants<Style>().Single(s => s.StyleId == "Body").Descendants<RunFonts>().Single().EastAsia!.Value);
    }

    [Fact]
    public void Draft_SaysSoOnEveryPageAndHasNoNumberAndNoDate()
    {
        using var word = OfficeReading.Word(BulletinDocx.Bytes(Bulletins.Of(Bulletins.Stations(), Bulletins.Stations(0))));

        var lines = word.Lines();
        Assert.Contains(Bulletin.DraftMark, lines);
        Assert.Equal("热线通报〔2026〕　号", lines[1]);
        Assert.Contains("（公布日期待定）", lines);
        Assert.All(word.MainDocumentPart!.HeaderParts, h => Assert.Equal(Bulletin.DraftMark, h.Header!.InnerText));
        Assert.Equal(2, word.MainDocumentPart.HeaderParts.Count());
    }

    [Fact]
    public void Correction_SaysItsRevisionReasonAndBeforeAndAfter()
    {
        using var word = OfficeReading.Word(BulletinDocx.Bytes(Bulletins.Of(Bulletins.Stations(2))));

        var lines = word.Lines();
        Assert.Contains("更正第 2 版", lines);
        Assert.Contains("派出所排名表更正第 2 版，取代第 1 版。更正原因：核实后认定两件工单的回访结果登记有误。", lines);
        string[][] rows = [.. word.MainDocumentPart!.Document!.Descendants<Table>().First().Elements<TableRow>().Select(r => r.Elements<TableCell>().Select(c => c.InnerText).ToArray())];
        Assert.Equal(["东关派出所", "更正前", "2", "90.00", "100.00%", "96.67%", "90.00%", "否"], rows[1]);
        Assert.Equal(["", "更正后", "1", "91.00", "100.00%", "100.00%", "90.00%", "是（1个月）"], rows[2]);
        Assert.Equal("无此行", rows[3][2]);
    }

    [Fact]
    public void AdvisoryPolicy_CriticisesNobody()
    {
        var units = Enumerable.Range(1, 8).Select(i => ($"U{i}", $"第{i}派出所", Counts(20, 20 - i, 20 - i, 12 - i, 0, i)));
        using var word = OfficeReading.Word(BulletinDocx.Bytes(Bulletins.Of(Bulletins.Table(units, V1 with { Penalties = Penalties.Advisory }))));

        Assert.Contains(word.Lines(), l => l.Contains("第8派出所", StringComparison.Ordinal) && l.EndsWith("考核办法规定排名仅供参考，不作通报批评。", StringComparison.Ordinal));
        Assert.DoesNotContain(word.Lines(), l => l.Contains("予以通报批评", StringComparison.Ordinal));
    }

    [Fact]
    public void GoodLastPlace_IsSparedWithTheReason()
    {
        var units = Enumerable.Range(1, 8).Select(i => ($"U{i}", $"第{i}派出所", Counts(100, 100, i == 8 ? 99 : 100, 20)));
        using var word = OfficeReading.Word(BulletinDocx.Bytes(Bulletins.Of(Bulletins.Table(units))));

        Assert.Contains(word.Lines(), l => l.Contains("第8派出所", StringComparison.Ordinal)
            && l.EndsWith("分数不低于95分且与中位数相差不超过2分，依考核办法不作通报批评。", StringComparison.Ordinal));
    }

    [Fact]
    public void EmptyTable_IsStillADocument()
    {
        using var word = OfficeReading.Word(BulletinDocx.Bytes(Bulletins.Of(Bulletins.Table([]))));

        Assert.Contains("派出所：本月没有在册的单位。", word.Lines());
    }

    [Theory]
    [InlineData("坏\u0001名\u001f派出所", "坏\uFFFD名\uFFFD派出所")]
    [InlineData("整个\uD83D\uDE00派出所", "整个\uD83D\uDE00派出所")]
    [InlineData("<w:p/>&\"'", "<w:p/>&\"'")]
    [InlineData("一\t二\r\n三", "一 二 三")]
    [InlineData("{ PAGE } \uFFFE", "{ PAGE } \uFFFD")]
    public void AnyName_IsText(string name, string shown)
    {
        using var word = OfficeReading.Word(BulletinDocx.Bytes(Bulletins.Of(Bulletins.Table([("U", name, Counts(10, 10, 10, 8))]))));

        Assert.Contains(shown, word.Lines());
    }

    [Fact]
    public void HalfAPair_IsReplaced()
    {
        using var word = OfficeReading.Word(BulletinDocx.Bytes(Bulletins.Of(Bulletins.Table([("U", "半个" + (char)0xD83D + "派出所", Counts(10, 10, 10, 8))]))));

        Assert.Contains("半个\uFFFD派出所", word.Lines());
    }

    [Fact]
    public void SameBulletin_GivesTheSameBytes()
    {
        var bulletin = Bulletins.Of(Bulletins.Stations(2), Bulletins.Stations(0));
        var first = BulletinDocx.Bytes(bulletin);

        Thread.Sleep(2_100); // A zip entry's time counts in steps of two seconds.

        Assert.Equal(first, BulletinDocx.Bytes(Bulletins.Of(Bulletins.Stations(2), Bulletins.Stations(0))));
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(first));
        Assert.All(zip.Entries, e => Assert.Equal(1980, e.LastWriteTime.Year));
    }

    [Fact]
    public void ThreeThousandUnitsWithLongNames_StayWithinBounds()
    {
        var name = string.Concat(Enumerable.Repeat("第一派出所长安街道办事处警务室", 4));
        var table = Bulletins.Table(Enumerable.Range(0, 3_000).Select(i => ($"U{i:0000}", name + i, Counts(20, 20, i % 20, 10, 0, i % 7))));
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var file = BulletinDocx.Bytes(Bulletins.Of(table));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400_000_000);
        Assert.InRange(file.Length, 10_000, 3_000_000);
        using var word = WordprocessingDocument.Open(new MemoryStream(file), false);
        Assert.Equal(3_002, word.MainDocumentPart!.Document!.Descendants<TableRow>().Count());
    }
}
