using System.Text;
using Hotline.Tickets;

namespace Hotline.Imports;

public sealed class TableSurveyTests
{
    private const string Header = "工单编号,诉求性质,标题,登记时间,承办单位,派单时间\n";

    private static TableSurvey Of(string text, ImportKind kind = ImportKind.History) =>
        TableSurvey.Of(TableFile.Rows(new MemoryStream(Encoding.UTF8.GetBytes(text)), TableFile.Utf8), kind, ImportTable.Now, unit => unit.StartsWith('新'));

    private static string Row(string no, string unit, string at) => $"{no},投诉,标题,{at},{unit},{at}\n";

    [Fact]
    public void Survey_CountsRowsAndFindsEachUnitsFirstDay()
    {
        var survey = Of(Header + Row("1", "甲派出所", "2025-03-02 10:00:00") + "\n,,,,,\n" + Row("2", "甲派出所", "2025-03-01 00:00:00") + Row("3", "乙大队", "2025-03-05 23:59:59"));
        Assert.Equal(3, survey.TotalRows);
        Assert.Equal([("乙大队", new DateOnly(2025, 3, 5)), ("甲派出所", new DateOnly(2025, 3, 1))],
            survey.Units.Select(p => (p.Key, p.Value.FirstDay)).OrderBy(p => p.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void TicketsAreNotedOfNewUnitsOnly()
    {
        var survey = Of(Header + Row("1", "新设派出所", "2025-03-02 10:00:00") + Row("2", "甲派出所", "2025-03-01 00:00:00") + Row("3", "新设派出所", "2025-03-05 10:00:00"));
        Assert.Equal([TicketIdentity.KeyOf("12345", "1"), TicketIdentity.KeyOf("12345", "3")], survey.Units["新设派出所"].Tickets);
        Assert.Empty(survey.Units["甲派出所"].Tickets);
    }

    [Fact]
    public void RefusedRows_BringNoUnit() => Assert.Empty(Of(Header + Row("", "幽灵派出所", "2025-03-02 10:00:00")).Units);

    [Fact]
    public void IgnoredColumns_AreToldOnce()
    {
        var survey = Of(Header.Replace("标题", "标题,备注,经办人", StringComparison.Ordinal) + "1,投诉,题,x,y,2025-03-02 10:00:00,甲,2025-03-02 10:00:00\n");
        Assert.Contains("备注、经办人", Assert.Single(survey.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "file.empty")]
    [InlineData("\n\n", "file.empty")]
    [InlineData(Header, "file.no-rows")]
    [InlineData(Header + "\n,,\n", "file.no-rows")]
    [InlineData("标题\nx\n", "column.missing")]
    public void FileWithoutRows_IsRefused(string text, string code)
    {
        var survey = Of(text);
        Assert.Null(survey.Map);
        Assert.Equal((1, code), (survey.Faults[0].Row, survey.Faults[0].Code));
    }

    [Fact]
    public void FileThatBreaksOff_IsRefusedWhole()
    {
        var survey = Of(Header + Row("1", "甲派出所", "2025-03-02 10:00:00") + "2,\"投诉");
        Assert.Null(survey.Map);
        Assert.Equal((3, "csv.unclosed-quote"), (survey.Faults[0].Row, survey.Faults[0].Code));
    }
}
