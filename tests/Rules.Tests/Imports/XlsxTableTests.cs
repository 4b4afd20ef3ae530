using System.IO.Compression;
using MiniExcelLibs;

namespace Hotline.Imports;

public sealed class XlsxTableTests
{
    private static List<TableRow> Read(byte[] file) => [.. TableFile.Rows(new MemoryStream(file), TableFile.Utf8)];

    private static UnreadableTableException Refused(byte[] file) => Assert.Throws<UnreadableTableException>(() => Read(file));

    private static byte[] Workbook(string rows, string properties = "") => XlsxFile.Of(rows, properties: properties);

    [Fact]
    public void DatesNumbersAndTexts_BecomeTheirText()
    {
        using var file = new MemoryStream();
        MiniExcel.SaveAs(file, new[]
        {
            new Dictionary<string, object?> { ["工单编号"] = 185986L, ["登记时间"] = new DateTime(2025, 9, 15, 17, 30, 1), ["标题"] = "=1+1", ["内容"] = "两\n行" },
            new Dictionary<string, object?> { ["工单编号"] = "A-1", ["登记时间"] = "2025-09-15 17:30:01", ["标题"] = null, ["内容"] = "𠮷" },
        });
        var rows = Read(file.ToArray());
        Assert.Equal(["工单编号", "登记时间", "标题", "内容"], rows[0].Cells);
        Assert.Equal(["185986", "2025-09-15 17:30:01", "=1+1", "两\n行"], rows[1].Cells);
        Assert.Equal(["A-1", "2025-09-15 17:30:01", "", "𠮷"], rows[2].Cells);
    }

    /// <summary>A day fraction is never exact: the second that stands in the cell must come out, not its neighbour.</summary>
    [Fact]
    public void EverySecondOfAnHour_ComesOutAsItWentIn()
    {
        var first = new DateTime(2024, 2, 29, 17, 0, 0);
        using var file = new MemoryStream();
        MiniExcel.SaveAs(file, Enumerable.Range(0, 3600).Select(s => new Dictionary<string, object?> { ["t"] = first.AddSeconds(s) }));
        Assert.Equal(Enumerable.Range(0, 3600).Select(s => first.AddSeconds(s).ToString("yyyy-MM-dd HH:mm:ss")), Read(file.ToArray()).Skip(1).Select(r => r.Cells[0]));
    }

    [Fact]
    public void RowsThatAreLeftOut_KeepTheirNumbers()
    {
        var rows = Read(Workbook("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>h</t></is></c></row><row r=\"4\"><c r=\"B4\" t=\"inlineStr\"><is><t>x</t></is></c></row>"));
        Assert.Equal([(1, "h"), (4, "x")], rows.Where(r => !r.IsBlank).Select(r => (r.Number, string.Concat(r.Cells))));
    }

    [Fact]
    public void NumberBeyondFifteenDigits_ShowsThatItWasRounded() =>
        Assert.Equal("1.2345678901234568E+17", Read(Workbook("<row r=\"1\"><c r=\"A1\"><v>123456789012345678</v></c></row>"))[0].Cells[0]);

    [Fact]
    public void EmptySheet_HasNoRow() => Assert.Empty(Read(Workbook("")));

    [Fact]
    public void DatesFrom1904_AreRefused() => Assert.Equal("file.date-1904", Refused(Workbook("<row r=\"1\"/>", "<workbookPr date1904=\"1\"/>")).Code);

    [Fact]
    public void SheetThatBreaksOff_IsRefused() => Assert.Equal("file.corrupt", Refused(Workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c")).Code);

    [Fact]
    public void PackageThatIsNoWorkbook_IsRefused()
    {
        using var bytes = new MemoryStream();
        using (var package = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            package.CreateEntry("readme.txt");
        }

        Assert.Equal("file.corrupt", Refused(bytes.ToArray()).Code);
    }

    [Theory]
    [InlineData("<c r=\"A1\" t=\"s\"><v>1</v></c>", "读音不算, 合在一起")]
    [InlineData("<c r=\"A1\" t=\"s\"><v>2</v></c>", "a\rb")]
    [InlineData("<c r=\"A1\" t=\"str\"><f>B1</f><v>公式</v></c>", "公式")]
    [InlineData("<c r=\"A1\" s=\"1\"><v>45915.729178240741</v></c>", "2025-09-15 17:30:01")]
    [InlineData("<c r=\"A1\" s=\"2\"><v>45915.5</v></c>", "2025-09-15 12:00:00")]
    [InlineData("<c r=\"A1\" s=\"3\"><v>45915.5</v></c>", "45915.5")]
    [InlineData("<c r=\"A1\"><v>0.1</v></c>", "0.1")]
    [InlineData("<c r=\"A1\" t=\"d\"><v>2025-09-15T17:30:01</v></c>", "2025-09-15T17:30:01")]
    [InlineData("<c><v>7</v></c>", "7")]
    [InlineData("<c t=\"inlineStr\"><is><t/></is></c><c t=\"inlineStr\"><is><t xml:space=\"preserve\">  </t><r><t>x</t></r></is></c>", "|  x")]
    public void Cells_BecomeTheirText(string cells, string expected)
    {
        var file = XlsxFile.Of($"<row>{cells}</row>",
            "<si><t/></si><si><r><t>读音不算</t></r><rPh sb=\"0\" eb=\"1\"><t>du</t></rPh><r><t xml:space=\"preserve\">, 合在一起</t></r></si><si><t>a_x000D_b</t></si>",
            "<numFmts><numFmt numFmtId=\"170\" formatCode=\"[$-804]yyyy&quot;年&quot;m&quot;月&quot;;@\"/><numFmt numFmtId=\"171\" formatCode=\"[Red]0.00&quot;days&quot;\\d\"/></numFmts>"
            + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs>");
        Assert.Equal(expected, string.Join('|', Read(file)[0].Cells));
    }

    [Theory]
    [InlineData("\uFFFE")]
    [InlineData("\uFFFF")]
    [InlineData("_xFFFE_")]
    [InlineData("_xD800_")]
    [InlineData("\U0001FFFF")]
    public void WhatIsNoCharacter_IsAFaultOfItsCell_NotOfTheFile(string text)
    {
        var title = Read(Workbook($"<row><c t=\"inlineStr\"><is><t>标题{text}</t></is></c></row>"))[0].Cells[0];
        Assert.Equal([("标题", "text.noncharacter")], ImportTable.Errors(("标题", title)));
    }

    [Fact]
    public void HeaderThatIsNotInTheFirstRow_LeavesAnEmptyFirstRow() =>
        Assert.Equal([1, 3], Read(Workbook("<row r=\"3\"><c><v>1</v></c></row>")).Select(r => r.Number));

    [Theory]
    [InlineData("<row r=\"2\"><c><v>1</v></c></row><row r=\"2\"/>")]
    [InlineData("<row r=\"x\"/>")]
    [InlineData("<row r=\"1\"><c r=\"1A\"><v>1</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"XFE1\"/></row>")]
    [InlineData("<row r=\"1\"><c t=\"s\"><v>0</v></c></row>")]
    public void PlacesThatCannotBe_AreCorrupt(string rows) => Assert.Equal("file.corrupt", Refused(Workbook(rows)).Code);

    [Fact]
    public void EntitiesAreNotExpanded()
    {
        var file = Workbook("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&x;</t></is></c></row>");
        Assert.Equal("file.corrupt", Refused(file).Code);
    }
}
