using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Hotline.Documents;

/// <summary>Writes sheets as an Excel file. Rows are written as they come, so that memory does not grow with them.</summary>
internal static class XlsxFile
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string PartType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const int LongestCell = 32_767;
    private const int LongestLine = 255;
    private const uint A3 = 8;

    public static byte[] Bytes(IReadOnlyList<Sheet> sheets)
    {
        var parts = sheets.Select((sheet, i) => new OfficePart(
            string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{i + 1}.xml"), PartType + "worksheet+xml", "worksheet", xml => Write(xml, sheet, i == 0)));
        return OfficePackage.Bytes(OfficePart.Of("xl/workbook.xml", PartType + "sheet.main+xml", "officeDocument", Book(sheets)),
            [.. parts, OfficePart.Of("xl/styles.xml", PartType + "styles+xml", "styles", XlsxStyles.Sheet())]);
    }

    /// <summary>A cell's address: column from 0, row from 1.</summary>
    internal static string Address(int column, int row)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }

        return letters + row.ToString(CultureInfo.InvariantCulture);
    }

    private static Workbook Book(IReadOnlyList<Sheet> sheets)
    {
        var titles = sheets.Select((s, i) => (s, i)).Where(x => x.s.Heads.Count > 0).Select(x => new DefinedName
        {
            Name = "_xlnm.Print_Titles",
            LocalSheetId = (uint)x.i,
            Text = PrintTitles(x.s),
        }).ToArray();
        var book = new Workbook(new BookViews(new WorkbookView()),
            new Sheets(sheets.Select((s, i) => new DocumentFormat.OpenXml.Spreadsheet.Sheet { Name = s.Name, SheetId = (uint)(i + 1), Id = OfficePackage.IdOf(i) })));
        if (titles.Length > 0)
        {
            book.AddChild(new DefinedNames(titles));
        }

        return book;
    }

    /// <summary>Heads and frozen columns come again on every page.</summary>
    private static string PrintTitles(Sheet sheet)
    {
        var rows = string.Create(CultureInfo.InvariantCulture, $"'{sheet.Name}'!${HeadRow(sheet)}:${HeadRow(sheet)}");
        return sheet.FrozenColumns == 0 || sheet.PagesWide == 1 ? rows : $"'{sheet.Name}'!$A:${(char)('A' + sheet.FrozenColumns - 1)},{rows}";
    }

    private static int HeadRow(Sheet sheet) => sheet.Above.Count + 1;

    private static void Write(XmlWriter xml, Sheet sheet, bool isFirst)
    {
        xml.WriteStartElement("x", "worksheet", Main);
        new SheetProperties(new PageSetupProperties { FitToPage = true }).WriteTo(xml);
        new SheetViews(View(sheet, isFirst)).WriteTo(xml);
        new SheetFormatProperties { DefaultRowHeight = 15 }.WriteTo(xml);
        new Columns(sheet.Widths.Select((width, i) => new Column { Min = (uint)(i + 1), Max = (uint)(i + 1), Width = width, CustomWidth = true })).WriteTo(xml);
        var last = WriteRows(xml, sheet);
        if (sheet.Heads.Count > 0 && last > HeadRow(sheet))
        {
            new AutoFilter { Reference = $"{Address(0, HeadRow(sheet))}:{Address(sheet.Heads.Count - 1, last)}" }.WriteTo(xml);
        }

        new PageMargins { Left = 0.4, Right = 0.4, Top = 0.6, Bottom = 0.6, Header = 0.3, Footer = 0.3 }.WriteTo(xml);
        new PageSetup { PaperSize = A3, Orientation = OrientationValues.Landscape, FitToWidth = (uint)sheet.PagesWide, FitToHeight = 0 }.WriteTo(xml);
        new HeaderFooter(new OddFooter("&C第 &P 页，共 &N 页")).WriteTo(xml);
        xml.WriteEndElement();
    }

    private static SheetView View(Sheet sheet, bool isFirst)
    {
        var view = new SheetView { WorkbookViewId = 0, TabSelected = isFirst };
        if (sheet.Heads.Count > 0)
        {
            var columns = sheet.FrozenColumns;
            view.AddChild(new Pane
            {
                HorizontalSplit = columns == 0 ? null : columns,
                VerticalSplit = HeadRow(sheet),
                TopLeftCell = Address(columns, HeadRow(sheet) + 1),
                ActivePane = columns == 0 ? PaneValues.BottomLeft : PaneValues.BottomRight,
                State = PaneStateValues.Frozen,
            });
        }

        return view;
    }

    /// <summary>The number of the last row that is sorted and filtered.</summary>
    private static int WriteRows(XmlWriter xml, Sheet sheet)
    {
        var row = 0;
        xml.WriteStartElement("sheetData", Main);
        foreach (var line in sheet.Above)
        {
            Row(xml, ++row, [line], line.Look == CellLook.Title ? "26" : null);
        }

        if (sheet.Heads.Count > 0)
        {
            Row(xml, ++row, [.. sheet.Heads.Select(h => SheetCell.Of(h, CellLook.Head))], "34");
        }

        foreach (var cells in sheet.Rows)
        {
            Row(xml, ++row, cells, null);
        }

        if (sheet.Total is { } total)
        {
            Row(xml, row + 1, total, null);
        }

        xml.WriteEndElement();
        return row;
    }

    /// <summary>Without the library's objects: there may be a million cells.</summary>
    private static void Row(XmlWriter xml, int number, IReadOnlyList<SheetCell> cells, string? height)
    {
        xml.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
        if (height is not null)
        {
            xml.WriteAttributeString("ht", height);
            xml.WriteAttributeString("customHeight", "1");
        }

        for (var i = 0; i < cells.Count; i++)
        {
            Cell(xml, Address(i, number), cells[i]);
        }

        xml.WriteEndElement();
    }

    private static void Cell(XmlWriter xml, string address, SheetCell cell)
    {
        xml.WriteStartElement("c", Main);
        xml.WriteAttributeString("r", address);
        xml.WriteAttributeString("s", ((int)cell.Look).ToString(CultureInfo.InvariantCulture));
        if (cell.Text is { } text)
        {
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is", Main);
            xml.WriteStartElement("t", Main);
            xml.WriteAttributeString("xml", "space", null, "preserve");
            xml.WriteString(Stored(text));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        else if (cell.Number is { } number)
        {
            xml.WriteElementString("v", Main, number.ToString(CultureInfo.InvariantCulture));
        }

        xml.WriteEndElement();
    }

    /// <summary>Excel reads <c>_x0041_</c> as a character's number: an underscore that begins one is written as such a number itself.</summary>
    internal static string Stored(string text)
    {
        var clean = OfficeText.Clean(text);
        if (clean.Length > LongestCell - LongestLine)
        {
            clean = OfficeText.Clean(clean[..(LongestCell - LongestLine)] + "…");
        }

        return clean.Contains("_x", StringComparison.Ordinal)
            ? Regex.Replace(clean, "_(?=x[0-9A-Fa-f]{4}_)", "_x005F_")
            : clean;
    }
}
