using DocumentFormat.OpenXml.Spreadsheet;
using Hotline.Documents;
using Hotline.Notices;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Rules.Tests.Documents;

public class AwardDocumentTests
{
    private static readonly Quarter Third = new(2026, 3);
    private static readonly DateTimeOffset Approved = new(2026, 10, 20, 1, 0, 0, TimeSpan.Zero);

    private static AwardStage Stage(AwardStatus status, int revision = 0, bool outdated = false) => new(status, revision, revision == 0 ? null : Bulletins.Hash, true, outdated,
        null, revision == 0 ? null : "director", revision == 0 ? null : "leader", revision == 0 ? null : Approved, revision > 1 ? "七月排名已更正。" : null);

    private static QuarterCandidate Candidate(int? rank, string code, string name, AwardOutcome outcome, decimal? score) => new(rank, new(code, name), outcome, "整季合计" + name + "。",
        new(score, new(90, 100, 0.9m), new(80, 100, 0.8m), new(18.9m, 20, 0.945m), 18, 1, 1, 5), [Third.First], [], null, null);

    private static QuarterList List(AwardStage stage, params string[] winners) => new(Third, LeagueTier.Station, stage, "v1", AwardTerms.Default,
        [new(new(2026, 7), LeagueStatus.Corrected, 2, Bulletins.Hash), new(new(2026, 8), LeagueStatus.Published, 1, Bulletins.Hash), new(new(2026, 9), LeagueStatus.Live, 0, null)],
        [.. winners.Select(w => new LeagueUnitName(w, w + "派出所"))],
        [
            .. winners.Select((w, i) => Candidate(i + 1, w, w + "派出所", AwardOutcome.Won, 99.5m - i)), Candidate(null, "否", "=否决派出所", AwardOutcome.Vetoed, 98m),
            Candidate(null, "空", "空白派出所", AwardOutcome.NoMeasure, null) with { ActiveTo = new(2026, 8, 31), SucceededBy = "东" },
        ]);

    private static QuarterPaper Paper(QuarterList list, params QuarterList[] before) => new("测试公安分局", null, new(Third, [list]), before);

    private static YearPaper Year(AwardStage stage) => new("测试公安分局", null, new(2026, stage, "v1", 3, [new(Third, LeagueTier.Station, 1, Bulletins.Hash)],
        [new("东", "东派出所")], [new(new("东", "东派出所"), [new(2026, 1), new(2026, 2), Third], true, "三次获评。", null, null), new(new("西", "西派出所"), [Third], false, "一次获评。", null, null)]), null);

    [Fact]
    public void QuarterPaper_NamesWinnersTermsPlacesAndSource()
    {
        using var word = OfficeReading.Word(AwardDocx.Bytes(Paper(List(Stage(AwardStatus.Approved, 1), "东", "西"))));

        var lines = word.Lines();
        Assert.Equal(["测试公安分局文件", "热线季报〔2026〕3号", "", "关于2026年第三季度派出所12345热线工单办理优秀单位的通报"], lines[..4]);
        Assert.Contains("派出所（2个）：东派出所、西派出所。", lines);
        Assert.Contains("空白派出所：2026年8月31日停用，由东承接，数字不转入。", lines);
        Assert.Contains("派出所名单：第1版。所依据的排名表：2026年7月第2版、2026年8月第1版、2026年9月（未公布）。", lines);
        Assert.Contains("2026年10月20日", lines);
        Assert.Equal(["1", "东派出所", "99.50", "90.00%", "80.00%", "94.50%", "20", "获评"], lines.SkipWhile(l => l != "结果").Skip(1).Take(8));
        Assert.DoesNotContain(lines, l => l.Contains("草稿", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(AwardStatus.Preview)]
    [InlineData(AwardStatus.Proposed)]
    public void UnapprovedList_IsADraftOnEveryPage(AwardStatus status)
    {
        using var word = OfficeReading.Word(AwardDocx.Bytes(Paper(List(Stage(status), "东"))));
        using var year = OfficeReading.Word(AwardDocx.Bytes(Year(Stage(status))));

        Assert.All(word.MainDocumentPart!.HeaderParts.Concat(year.MainDocumentPart!.HeaderParts), h => Assert.Equal("草稿（未批准）", h.Header!.InnerText));
        Assert.Equal(("热线季报〔2026〕　号", "热线年报〔2026〕　号"), (word.Lines()[1], year.Lines()[1]));
    }

    [Fact]
    public void CorrectedList_SaysReasonAndWhoCameAndWent()
    {
        using var word = OfficeReading.Word(AwardDocx.Bytes(Paper(List(Stage(AwardStatus.Corrected, 2), "东", "西"), List(Stage(AwardStatus.Approved, 1), "东", "北"))));

        Assert.Contains("更正第 2 版", word.Lines());
        Assert.Contains("派出所名单更正第 2 版，取代第 1 版。更正原因：七月排名已更正。　更正前：东派出所、北派出所；更正后：东派出所、西派出所。新列入：西派出所；不再列入：北派出所。", word.Lines());
    }

    [Fact]
    public void OutdatedList_SaysSo()
    {
        using var word = OfficeReading.Word(AwardDocx.Bytes(Paper(List(Stage(AwardStatus.Approved, 1, outdated: true), "东"))));

        Assert.Contains("所依据的排名已更正，名单尚未更正", word.Lines());
    }

    [Fact]
    public void QuarterFigures_AreNumbers_AndNamesAreText()
    {
        var paper = Paper(List(Stage(AwardStatus.Approved, 1), "东"));
        using var book = OfficeReading.Book(AwardXlsx.Bytes(paper));

        var rows = book.Rows("派出所");
        Assert.Equal((99.5m, 0.945m, 18.9m, 20m), (rows.Under("综合分", "东").Number(), rows.Under("满意率", "东").Number(), rows.Under("满意折算", "东").Number(), rows.Under("有效回访", "东").Number()));
        Assert.Null(rows.Under("综合分", "空").CellValue);
        Assert.Equal(CellValues.InlineString, rows.Under("单位名称", "否").DataType!.Value);
        Assert.Contains(book.Rows("依据"), r => r.InnerText.Contains(Bulletins.Hash, StringComparison.Ordinal));
        Assert.Equal(AwardXlsx.Bytes(paper), AwardXlsx.Bytes(paper));
        Assert.Equal(AwardDocx.Bytes(paper), AwardDocx.Bytes(paper));
    }

    [Fact]
    public void YearPaper_NamesRewardedUnitsAndAllWhoWonOnce()
    {
        var paper = Year(Stage(AwardStatus.Approved, 1));
        using var word = OfficeReading.Word(AwardDocx.Bytes(paper));
        using var book = OfficeReading.Book(AwardXlsx.Bytes(paper));

        Assert.Contains("列入奖励名单的单位（1个）：东派出所。", word.Lines());
        Assert.Equal(["西派出所", "1", "第三季度", "次数不足"], word.Lines().SkipWhile(l => l != "西派出所").Take(4));
        Assert.Equal((3m, "是"), (book.Rows("奖励名单").Under("获评次数", "东").Number(), book.Rows("奖励名单").Under("列入奖励名单", "东").InnerText));
    }

    [Fact]
    public void EmptyLists_AreStillDocuments()
    {
        var list = List(Stage(AwardStatus.Preview)) with { Candidates = [] };
        using var word = OfficeReading.Word(AwardDocx.Bytes(Paper(list)));
        using var book = OfficeReading.Book(AwardXlsx.Bytes(Paper(list)));

        Assert.Contains("派出所：本季度没有获评的单位。", word.Lines());
    }
}
