using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace Hotline.Rules.Tests.Documents;

/// <summary>Reads files back as an Office program does, and lets the Open XML validator judge them.</summary>
internal static class OfficeReading
{
    public static WordprocessingDocument Word(byte[] file)
    {
        var document = WordprocessingDocument.Open(new MemoryStream(file), false);
        Valid(document);
        return document;
    }

    public static SpreadsheetDocument Book(byte[] file)
    {
        var document = SpreadsheetDocument.Open(new MemoryStream(file), false);
        Valid(document);
        return document;
    }

    /// <summary>The paragraphs' texts, cells included, in order.</summary>
    public static string[] Lines(this WordprocessingDocument document) =>
        [.. document.MainDocumentPart!.Document!.Descendants<DocumentFormat.OpenXml.Wordprocessing.Paragraph>().Select(p => p.InnerText)];

    /// <summary>A sheet's rows.</summary>
    public static Row[] Rows(this SpreadsheetDocument book, string sheet)
    {
        var found = book.WorkbookPart!.Workbook!.Descendants<Sheet>().Single(s => s.Name == sheet);
        return [.. ((WorksheetPart)book.WorkbookPart.GetPartById(found.Id!)).Worksheet!.Descendants<Row>()];
    }

    public static string[] SheetNames(this SpreadsheetDocument book) => [.. book.WorkbookPart!.Workbook!.Descendants<Sheet>().Select(s => s.Name!.Value!)];

    /// <summary>The cell under this head in the row whose cells hold this text.</summary>
    public static Cell Under(this Row[] rows, string head, string having)
    {
        var heads = rows.First(r => r.Elements<Cell>().Any(c => c.InnerText == head));
        var column = heads.Elements<Cell>().TakeWhile(c => c.InnerText != head).Count();
        return rows.First(r => r.RowIndex! > heads.RowIndex! && r.Elements<Cell>().Any(c => c.InnerText == having)).Elements<Cell>().ElementAt(column);
    }

    /// <summary>A cell's number; fails when it is no number.</summary>
    public static decimal Number(this Cell cell)
    {
        Assert.True(cell.DataType is null && cell.CellValue is not null, $"{cell.CellReference}: {cell.OuterXml}");
        return decimal.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture);
    }

    /// <summary>The number format that the cell shows its number in.</summary>
    public static uint Format(this SpreadsheetDocument book, Cell cell) =>
        ((CellFormat)book.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.ElementAt((int)cell.StyleIndex!.Value)).NumberFormatId!.Value;

    private static void Valid(OpenXmlPackage document) =>
        Assert.Equal("", string.Join('\n', new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document)
            .Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}")));
}
