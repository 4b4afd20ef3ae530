using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Hotline.Documents;

/// <summary>The formats of cells, one for each <see cref="CellLook"/> in its order.</summary>
internal static class XlsxStyles
{
    private const uint WhenFormat = 164;
    private const string Font = "宋体";
    private const uint Plain = 0, Bold = 1, Large = 2, Red = 3, Grey = 4;
    private const uint NoBorder = 0, Box = 1;
    private const uint NoFill = 0, HeadFill = 2;

    public static Stylesheet Sheet() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = WhenFormat, FormatCode = "yyyy\\-mm\\-dd\\ hh:mm:ss" }) { Count = 1 },
        new Fonts(FontOf(11), FontOf(11, bold: true), FontOf(16, bold: true), FontOf(12, bold: true, colour: "FFC00000"), FontOf(10, colour: "FF595959")) { Count = 5 },
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE7E6E6" }) { PatternType = PatternValues.Solid })) { Count = 3 },
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()), Boxed()) { Count = 2 },
        new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
        new CellFormats(Formats()) { Count = (uint)Enum.GetValues<CellLook>().Length },
        new CellStyles(new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }) { Count = 1 });

    private static IEnumerable<CellFormat> Formats() => Enum.GetValues<CellLook>().Order().Select(look => look switch
    {
        CellLook.Integer => Format(1, Plain, Box),
        CellLook.Number => Format(0, Plain, Box),
        CellLook.Score => Format(2, Plain, Box),
        CellLook.Rate => Format(10, Plain, Box),
        CellLook.When => Format(WhenFormat, Plain, Box),
        CellLook.Head => Format(0, Bold, Box, HeadFill, Aligned(HorizontalAlignmentValues.Center, wrap: true)),
        CellLook.Title => Format(0, Large, NoBorder),
        CellLook.Remark => Format(0, Grey, NoBorder),
        CellLook.Warning => Format(0, Red, NoBorder),
        CellLook.Quoted => WithQuote(Format(49, Plain, Box, NoFill, Aligned(HorizontalAlignmentValues.Left, wrap: false))),
        _ => Format(49, Plain, Box, NoFill, Aligned(HorizontalAlignmentValues.Left, wrap: false)),
    });

    private static CellFormat Format(uint number, uint font, uint border, uint fill = NoFill, Alignment? alignment = null) =>
        new(alignment ?? new Alignment { Vertical = VerticalAlignmentValues.Center })
        {
            NumberFormatId = number, FontId = font, FillId = fill, BorderId = border, FormatId = 0,
            ApplyNumberFormat = true, ApplyFont = true, ApplyFill = true, ApplyBorder = true, ApplyAlignment = true,
        };

    private static CellFormat WithQuote(CellFormat format)
    {
        format.QuotePrefix = true;
        return format;
    }

    private static Alignment Aligned(HorizontalAlignmentValues horizontal, bool wrap) =>
        new() { Horizontal = horizontal, Vertical = VerticalAlignmentValues.Center, WrapText = wrap, Indent = horizontal == HorizontalAlignmentValues.Left ? 1u : null };

    private static Font FontOf(double size, bool bold = false, string? colour = null)
    {
        var font = new Font();
        if (bold)
        {
            font.AddChild(new Bold());
        }

        font.AddChild(new FontSize { Val = size });
        if (colour is not null)
        {
            font.AddChild(new Color { Rgb = colour });
        }

        font.AddChild(new FontName { Val = Font });
        return font;
    }

    private static Border Boxed()
    {
        static T Side<T>() where T : BorderPropertiesType, new()
        {
            var side = new T { Style = BorderStyleValues.Thin };
            side.AddChild(new Color { Rgb = "FFBFBFBF" });
            return side;
        }

        return new Border(Side<LeftBorder>(), Side<RightBorder>(), Side<TopBorder>(), Side<BottomBorder>(), new DiagonalBorder());
    }
}
