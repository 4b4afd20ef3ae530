using Hotline.Shared;
using Hotline.Tickets;
using Hotline.WorkCalendar;

namespace Hotline.Imports;

public sealed class ImportRulesTests
{
    private static DateTimeOffset Wall(int month, int day, int hour, int minute) => ShanghaiTime.At(new DateOnly(2025, month, day), new TimeOnly(hour, minute));

    [Fact]
    public void WholeRow_SaysWhatItsCellsSay()
    {
        var row = ImportTable.Parse(ImportTable.Whole());
        var expected = new HistoryRecord("12345", "C-1", Nature.Complaint, Urgency.Ordinary, "噪音", "夜间噪音", "第一行\n第二行", "宾谷街", new Caller("费女士", "13800000000"),
            Wall(9, 8, 10, 0), ShanghaiTime.At(new DateOnly(2027, 1, 1), TimeOnly.MinValue), "东关派出所", Wall(9, 8, 10, 30), Wall(9, 8, 11, 0), Wall(9, 8, 15, 0),
            Wall(9, 12, 17, 0), "已处理", OutcomeType.Solved, Wall(9, 12, 17, 30), Wall(9, 15, 9, 0), HistoryResult.Satisfied, "重复评价");
        Assert.Empty(row.Errors);
        Assert.Equal(expected, row.History);
        Assert.Equal(TicketIdentity.KeyOf("12345", "C-1"), row.Ticket);
    }

    [Fact]
    public void RowOfRequiredCells_IsEnough()
    {
        var row = ImportTable.Parse(new()
        {
            ["工单编号"] = "C-1", ["诉求性质"] = "praise", ["标题"] = "谢谢", ["登记时间"] = "2025-09-08 10:00", ["承办单位"] = "DG", ["派单时间"] = "2025-09-08 10:00",
        });
        Assert.Empty(row.Errors);
        Assert.Equal(("12345", Nature.Praise, Urgency.Ordinary), (row.History!.Source, row.History.Nature, row.History.Urgency));
        Assert.Null(row.History.Caller);
        Assert.Null(row.History.RepliedAt);
    }

    [Theory]
    [InlineData("工单编号")]
    [InlineData("诉求性质")]
    [InlineData("标题")]
    [InlineData("登记时间")]
    [InlineData("承办单位")]
    [InlineData("派单时间")]
    public void RequiredCell_LeftEmpty_IsRefused(string column) => Assert.Equal([(column, "value.required")], ImportTable.Errors((column, " 　")));

    [Theory]
    [InlineData("诉求性质")]
    [InlineData("紧急程度")]
    [InlineData("办理结果")]
    [InlineData("回访结果")]
    public void UnknownWord_IsRefused(string column) => Assert.Equal([(column, "value.unknown")], ImportTable.Errors((column, "说不清")));

    [Theory]
    [InlineData("登记时间")]
    [InlineData("上级截止时间")]
    [InlineData("派单时间")]
    [InlineData("签收时间")]
    [InlineData("首次联系时间")]
    [InlineData("答复时间")]
    [InlineData("审核时间")]
    [InlineData("回访时间")]
    public void TextThatIsNoInstant_IsRefused(string column) => Assert.Equal([(column, "date.invalid")], ImportTable.Errors((column, "2025-02-30 10:00:00")));

    [Theory]
    [InlineData("回访时间", "2026-11-23 12:05:01")]
    [InlineData("登记时间", "1979-12-31 23:00:00")]
    [InlineData("上级截止时间", "2099-01-01 00:00:00")]
    public void InstantOutOfRange_IsRefused(string column, string cell) => Assert.Equal([(column, "date.out-of-range")], ImportTable.Errors((column, cell)));

    [Fact]
    public void ClocksMayDifferByFiveMinutes() => Assert.Empty(ImportTable.Errors(("回访时间", "2026-11-23 12:05:00")));

    [Theory]
    [InlineData("标题", "a\u0007b")]
    [InlineData("标题", "a\nb")]
    [InlineData("内容", "a\0b")]
    [InlineData("工单编号", "a\tb")]
    [InlineData("承办单位", "东关\u2028派出所")]
    public void ControlCharacter_IsRefused(string column, string cell) => Assert.Equal([(column, "text.control-char")], ImportTable.Errors((column, cell)));

    [Theory]
    [InlineData("标题", 200)]
    [InlineData("工单编号", 64)]
    [InlineData("联系电话", 32)]
    [InlineData("内容", 20_000)]
    [InlineData("剔除原因", 2_000)]
    public void TextsHaveALongestLength_CountedInCharacters(string column, int longest)
    {
        Assert.Empty(ImportTable.Errors((column, string.Concat(Enumerable.Repeat("𠮷", longest)))));
        Assert.Equal([(column, "text.too-long")], ImportTable.Errors((column, string.Concat(Enumerable.Repeat("𠮷", longest + 1)))));
    }

    [Fact]
    public void MegabyteCell_IsRefusedAsTooLong() => Assert.Equal([("内容", "text.too-long")], ImportTable.Errors(("内容", new string('噪', 1 << 20))));

    [Fact]
    public void InvisibleMarks_DoNotMakeTwoTicketsOfOne()
    {
        var plain = ImportTable.Parse(ImportTable.Whole());
        var marked = ImportTable.Parse(ImportTable.WholeWith(("工单编号", "\uFEFFC-\u200B1 ")));
        Assert.Empty(marked.Errors);
        Assert.Equal(plain.Ticket, marked.Ticket);
    }

    [Fact]
    public void ComposedAndDecomposedNames_AreOne() =>
        Assert.Equal(ImportTable.Parse(ImportTable.WholeWith(("工单编号", "\u00C9-1"))).Ticket, ImportTable.Parse(ImportTable.WholeWith(("工单编号", "E\u0301-1"))).Ticket);

    [Theory]
    [InlineData("1.23457E+17")]
    [InlineData("2E+15")]
    public void NumberThatASpreadsheetRounded_IsRefused(string cell) => Assert.Equal([("工单编号", "value.rounded")], ImportTable.Errors(("工单编号", cell)));

    [Theory]
    [InlineData("派单时间", "2025-09-08 09:59:59")]
    [InlineData("答复时间", "2025-09-08 10:29:59")]
    [InlineData("审核时间", "2025-09-12 16:59:59")]
    [InlineData("回访时间", "2025-09-12 17:29:59")]
    public void InstantBeforeItsPredecessor_IsRefused(string column, string cell) => Assert.Equal([(column, "row.order")], ImportTable.Errors((column, cell)));

    [Fact]
    public void EqualInstants_AreInOrder() => Assert.Empty(ImportTable.Errors(
        ("派单时间", "2025-09-08 10:00:00"), ("答复时间", "2025-09-08 10:00:00"), ("审核时间", "2025-09-08 10:00:00"), ("回访时间", "2025-09-08 10:00:00")));

    [Fact]
    public void OrderIsCheckedAcrossMissingInstants() => Assert.Equal([("审核时间", "row.order"), ("答复时间", "row.incomplete")],
        ImportTable.Errors(("答复时间", ""), ("审核时间", "2025-09-08 10:00:00")));

    [Theory]
    [InlineData("签收时间", "2025-09-13 09:00:00")]
    [InlineData("首次联系时间", "2025-09-13 09:00:00")]
    public void AcceptanceOrContactAfterTheReply_IsNoError(string column, string cell) => Assert.Empty(ImportTable.Errors((column, cell)));

    [Theory]
    [InlineData("回访结果")]
    [InlineData("回访时间")]
    [InlineData("审核时间")]
    [InlineData("答复时间")]
    public void StepWithoutTheOneItNeeds_IsRefusedAtTheMissingCell(string column) => Assert.Equal([(column, "row.incomplete")], ImportTable.Errors((column, "")));

    [Fact]
    public void AllFaultsOfARow_AreToldTogether() => Assert.Equal(
        [("工单编号", "value.required"), ("登记时间", "date.invalid"), ("承办单位", "value.required"), ("派单时间", "value.required")],
        ImportTable.Errors(("工单编号", ""), ("登记时间", "not a date"), ("承办单位", ""), ("派单时间", "")));

    [Fact]
    public void Messages_NeverRepeatTheValue()
    {
        const string secret = "张三13800000000";
        var row = ImportTable.Parse(ImportTable.Whole().ToDictionary(p => p.Key, p => p.Key is "标题" or "内容" ? p.Value : secret + "\u0007"));
        Assert.NotEmpty(row.Errors);
        Assert.All(row.Errors, e => Assert.DoesNotContain(secret, e.Message + e.Column, StringComparison.Ordinal));
    }

    [Fact]
    public void MoreCellsThanColumns_IsRefused_UnlessTheyAreEmpty()
    {
        var map = ImportTable.MapOf([.. ImportTable.Whole().Keys]);
        var cells = ImportTable.Whole().Values.ToArray();
        Assert.Equal("row.too-many-cells", Assert.Single(ImportRules.Parse(map, new TableRow(2, [.. cells, "x"]), ImportKind.History, ImportTable.Now).Errors).Code);
        Assert.Empty(ImportRules.Parse(map, new TableRow(2, [.. cells, "", " "]), ImportKind.History, ImportTable.Now).Errors);
        Assert.Empty(ImportRules.Parse(map, new TableRow(2, cells[..14]), ImportKind.History, ImportTable.Now).Errors);
    }

    [Fact]
    public void MalformedRecord_IsRefusedWhole() => Assert.Equal("csv.quote", Assert.Single(ImportRules.Parse(ImportTable.MapOf([.. ImportTable.Whole().Keys]),
        new TableRow(2, [.. ImportTable.Whole().Values], Malformed: true), ImportKind.History, ImportTable.Now).Errors).Code);

    [Fact]
    public void ErrorsNameTheColumnAsTheFileDoes()
    {
        var map = ImportTable.MapOf("externalNo", "Nature ", "title", "receivedAt*", "unit", "dispatchedAt");
        var row = ImportRules.Parse(map, new TableRow(7, ["1", "x", "t", "y", "u", "2025-09-08 10:00:00"]), ImportKind.History, ImportTable.Now);
        Assert.Equal([(7, "Nature", "value.unknown"), (7, "receivedAt", "date.invalid")], row.Errors.Select(e => (e.Row, e.Column, e.Code)));
    }

    [Fact]
    public void IntakeRow_TakesTheFirstBlockOnly()
    {
        string[] header = ["工单编号", "诉求性质", "紧急程度", "标题", "登记时间", "承办单位", "答复时间"];
        var map = HeaderRules.Map(header, ImportKind.Intake).Map!;
        var row = ImportRules.Parse(map, new TableRow(2, ["N-1", "举报", "紧急", "聚众", "2026-11-23 11:00:00", "某单位", "不是时间"]), ImportKind.Intake, ImportTable.Now);
        Assert.Empty(row.Errors);
        Assert.Null(row.History);
        Assert.Equal((Nature.Report, Urgency.Urgent, "12345"), (row.Intake!.Nature, row.Intake.Urgency, row.Intake.Source));
    }
}
