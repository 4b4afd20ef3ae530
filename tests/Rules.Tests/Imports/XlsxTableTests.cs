using System.IO.Compression;
using MiniExcelLibs;

namespace Hotline.Imports;

public sealed class XlsxTableTests
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006/relationships";

    private static List<TableRow> Read(byte[] file) => [.. TableFile.Rows(new MemoryStream(file), TableFile.Utf8)];

    private static UnreadableTableException Refused(byte[] file) => Assert.Throws<UnreadableTableException>(() => Read(file));

    /// <summary>A workbook of one sheet, as another program may write it.</summary>
    private static byte[] Workbook(string rows, string properties = "")
    {
        using var bytes = new MemoryStream();
        using (var package = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Part(string name, string text)
            {
                using var writer = new StreamWriter(package.CreateEntry(name).Open());
                writer.Write("<?xml version=\"1.0\"?>" + text);
            }

            Part("_rels/.rels", $"<Relationships xmlns=\"{Packages}\"><Relationship Id=\"r1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Part("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\">{properties}<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
            Part("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Packages}\"><Relationship Id=\"r1\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
            Part("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>");
        }

        return bytes.ToArray();
    }

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

    [Fact]
    public void EntitiesAreNotExpanded()
    {
        var file = Workbook("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&x;</t></is></c></row>");
        Assert.Equal("file.corrupt", Refused(file).Code);
    }
}
