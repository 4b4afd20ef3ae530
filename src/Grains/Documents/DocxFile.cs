using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Hotline.Documents;

/// <summary>Writes an official document as a Word file: A4 with the margins of GB/T 9704-2012 (text area 156 mm × 225 mm), page numbers outside, different on
/// odd and even pages, and a mark at the head of every page where it is a draft or a correction.</summary>
internal static class DocxFile
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string PartType = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    public const string Main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const int OddFooter = 3, EvenFooter = 4, OddHeader = 5, EvenHeader = 6;

    /// <param name="mark">Stands at the head of every page; null for a document that is neither draft nor correction.</param>
    /// <param name="body">Writes the text.</param>
    public static byte[] Bytes(string? mark, Action<DocxBody> body)
    {
        var main = new OfficePart("word/document.xml", PartType + "document.main+xml", "officeDocument", xml =>
        {
            xml.WriteStartElement("w", "document", Main);
            xml.WriteAttributeString("xmlns", "r", null, Relationships);
            xml.WriteStartElement("body", Main);
            body(new DocxBody(xml));
            Page().WriteTo(xml);
            xml.WriteEndElement();
            xml.WriteEndElement();
        });
        return OfficePackage.Bytes(main,
        [
            OfficePart.Of("word/styles.xml", PartType + "styles+xml", "styles", DocxStyles.Sheet()),
            OfficePart.Of("word/settings.xml", PartType + "settings+xml", "settings", Settings()),
            OfficePart.Of("word/fontTable.xml", PartType + "fontTable+xml", "fontTable", DocxStyles.Table()),
            OfficePart.Of("word/footer1.xml", PartType + "footer+xml", "footer", new Footer(PageNumber(isOdd: true))),
            OfficePart.Of("word/footer2.xml", PartType + "footer+xml", "footer", new Footer(PageNumber(isOdd: false))),
            OfficePart.Of("word/header1.xml", PartType + "header+xml", "header", new Header(Mark(mark))),
            OfficePart.Of("word/header2.xml", PartType + "header+xml", "header", new Header(Mark(mark))),
        ]);
    }

    private static SectionProperties Page() => new(
        new HeaderReference { Type = HeaderFooterValues.Default, Id = OfficePackage.IdOf(OddHeader) },
        new HeaderReference { Type = HeaderFooterValues.Even, Id = OfficePackage.IdOf(EvenHeader) },
        new FooterReference { Type = HeaderFooterValues.Default, Id = OfficePackage.IdOf(OddFooter) },
        new FooterReference { Type = HeaderFooterValues.Even, Id = OfficePackage.IdOf(EvenFooter) },
        new PageSize { Width = 11906, Height = 16838 },
        new PageMargin { Top = 2098, Bottom = 1984, Left = 1588, Right = 1474, Header = 1000, Footer = 1380, Gutter = 0 },
        new DocGrid { Type = DocGridValues.Lines, LinePitch = 579 });

    private static Settings Settings() => new(
        new EvenAndOddHeaders(),
        new CharacterSpacingControl { Val = CharacterSpacingValues.CompressPunctuation },
        new Compatibility(new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }),
        new ThemeFontLanguages { Val = "en-US", EastAsia = "zh-CN" });

    private static Paragraph Mark(string? mark) => new(
        new ParagraphProperties(DocxStyles.Spacing("360"), new Justification { Val = JustificationValues.Right }),
        new Run(new RunProperties(DocxStyles.Fonts("黑体"), new Color { Val = "C00000" }, DocxStyles.Size(10.5m)), new Text(OfficeText.Line(mark ?? ""))));

    /// <summary>— 1 —, one character in from the outer edge.</summary>
    private static Paragraph PageNumber(bool isOdd)
    {
        var indent = isOdd ? new Indentation { RightChars = 100, Right = "280" } : new Indentation { LeftChars = 100, Left = "280" };
        return new(new ParagraphProperties(DocxStyles.Spacing("360"), indent, new Justification { Val = isOdd ? JustificationValues.Right : JustificationValues.Left }),
            Number(new Text("— ") { Space = SpaceProcessingModeValues.Preserve }),
            Number(new FieldChar { FieldCharType = FieldCharValues.Begin }),
            Number(new FieldCode(" PAGE ") { Space = SpaceProcessingModeValues.Preserve }),
            Number(new FieldChar { FieldCharType = FieldCharValues.Separate }),
            Number(new Text("1")),
            Number(new FieldChar { FieldCharType = FieldCharValues.End }),
            Number(new Text(" —") { Space = SpaceProcessingModeValues.Preserve }));
    }

    private static Run Number(OpenXmlElement content) => new(new RunProperties(DocxStyles.Fonts("宋体"), DocxStyles.Size(14)), content);
}

/// <summary>A column of a table.</summary>
/// <param name="Width">In twentieths of a point; a table that fills the text area has 8,844.</param>
/// <param name="IsName">A text, left in its cell; numbers stand in the middle.</param>
internal sealed record DocxColumn(string Head, int Width, bool IsName = false);

/// <summary>The text of a document, written as it comes.</summary>
internal sealed class DocxBody(XmlWriter xml)
{
    /// <summary>Points across the text area, a little less for the eye.</summary>
    private const int TextWidth = 432;
    private const int SmallestHead = 16;

    public void Paragraph(string style, string text) => Text(style, text).WriteTo(xml);

    /// <summary>A line across the page, smaller than its style when it would not fit otherwise.</summary>
    public void OneLine(string style, string text, int mostPoints)
    {
        var points = Math.Clamp(TextWidth * 2 / Math.Max(1, OfficeText.Width(text)), SmallestHead, mostPoints);
        var line = Text(style, text);
        line.GetFirstChild<Run>()!.RunProperties = new RunProperties(DocxStyles.Size(points));
        line.WriteTo(xml);
    }

    /// <summary>A title over several lines, broken where its sense allows.</summary>
    public void Lines(string style, IReadOnlyList<string> lines)
    {
        var paragraph = Text(style, lines[0]);
        foreach (var line in lines.Skip(1))
        {
            paragraph.AppendChild(new Run(new Break(), new Text(OfficeText.Line(line))));
        }

        paragraph.WriteTo(xml);
    }

    /// <summary>A table whose heads repeat on every page and whose rows are not torn apart.</summary>
    public void Table(IReadOnlyList<DocxColumn> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        xml.WriteStartElement("tbl", DocxFile.Main);
        Properties(columns).WriteTo(xml);
        new TableGrid(columns.Select(c => new GridColumn { Width = Twips(c.Width) })).WriteTo(xml);
        Row(columns, [.. columns.Select(c => c.Head)], isHead: true).WriteTo(xml);
        foreach (var row in rows)
        {
            Row(columns, row, isHead: false).WriteTo(xml);
        }

        xml.WriteEndElement();
    }

    private static TableProperties Properties(IReadOnlyList<DocxColumn> columns) => new(
        new TableWidth { Width = Twips(columns.Sum(c => c.Width)), Type = TableWidthUnitValues.Dxa },
        new TableJustification { Val = TableRowAlignmentValues.Center },
        new TableBorders(Line<TopBorder>(8), Line<LeftBorder>(4), Line<BottomBorder>(8), Line<RightBorder>(4), Line<InsideHorizontalBorder>(4), Line<InsideVerticalBorder>(4)),
        new TableLayout { Type = TableLayoutValues.Fixed },
        new TableCellMarginDefault(new TableCellLeftMargin { Width = 57, Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = 57, Type = TableWidthValues.Dxa }));

    private static T Line<T>(uint eighths) where T : BorderType, new() => new() { Val = BorderValues.Single, Size = eighths, Color = "000000", Space = 0 };

    private static TableRow Row(IReadOnlyList<DocxColumn> columns, IReadOnlyList<string> cells, bool isHead)
    {
        var properties = new TableRowProperties(new CantSplit());
        properties.AddChild(new TableRowHeight { Val = 400, HeightType = HeightRuleValues.AtLeast });
        if (isHead)
        {
            properties.AddChild(new TableHeader());
        }

        var row = new TableRow(properties);
        for (var i = 0; i < columns.Count; i++)
        {
            var style = isHead ? DocxStyles.CellHead : columns[i].IsName ? DocxStyles.CellName : DocxStyles.Cell;
            row.AppendChild(new TableCell(
                new TableCellProperties(new TableCellWidth { Width = Twips(columns[i].Width), Type = TableWidthUnitValues.Dxa },
                    new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }),
                Text(style, cells[i])));
        }

        return row;
    }

    private static Paragraph Text(string style, string text) => new(new ParagraphProperties(new ParagraphStyleId { Val = style }),
        new Run(new Text(OfficeText.Line(text)) { Space = SpaceProcessingModeValues.Preserve }));

    private static string Twips(int width) => width.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Numbers a document's sections: 一、二、三、</summary>
internal sealed class DocxSections(DocxBody doc)
{
    private int _next;

    public void Start(string name) => doc.Paragraph(DocxStyles.Head, $"{"一二三四五六七八九"[_next++]}、{name}");
}
