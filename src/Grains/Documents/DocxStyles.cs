using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Hotline.Documents;

/// <summary>The paragraph styles of an official document (公文, GB/T 9704-2012): sizes in points, lines of 28.95 pt so that a page holds 22 of them.</summary>
internal static class DocxStyles
{
    public const string Body = "Body";
    public const string Plain = "Plain";
    public const string RedHead = "RedHead";
    public const string Number = "Number";
    public const string RedLine = "RedLine";
    public const string Title = "DocTitle";
    public const string Head = "Head1";
    public const string Draft = "Draft";
    public const string Signature = "Signature1";
    public const string Cell = "Cell";
    public const string CellHead = "CellHead";
    public const string CellName = "CellName";
    public const string Caption = "Caption1";
    public const string Small = "Small";

    private const string Song = "方正小标宋简体";
    private const string Fang = "仿宋_GB2312";
    private const string Hei = "黑体";
    private const string Red = "FF0000";
    private const string Line = "579";

    public static Styles Sheet() => new(
        new DocDefaults(new RunPropertiesDefault(new RunPropertiesBaseStyle(Fonts(Fang), Size(16), SizeComplex(16), new Languages { Val = "en-US", EastAsia = "zh-CN" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(Spacing(Line)))),
        Style("Normal", "Normal", Fang, 16, new(), isDefault: true),
        Style(Body, "公文正文", Fang, 16, new() { Indent = 2 }),
        Style(Plain, "公文顶格", Fang, 16, new()),
        Style(RedHead, "发文机关标志", Song, 42, new() { Align = JustificationValues.Center, Before = 1000, LineHeight = null, Colour = Red, OffGrid = true }),
        Style(Number, "发文字号", Fang, 16, new() { Align = JustificationValues.Center, Before = 579 }),
        Style(RedLine, "红色分隔线", Fang, 5, new() { Rule = true, LineHeight = "227", After = 579 }),
        Style(Title, "公文标题", Song, 22, new() { Align = JustificationValues.Center, LineHeight = "640", After = 300 }),
        Style(Head, "一级标题", Hei, 16, new() { Indent = 2, Keep = true }),
        Style(Draft, "草稿或更正标记", Hei, 16, new() { Align = JustificationValues.Center, After = 200, Colour = "C00000" }),
        Style(Signature, "落款", Fang, 16, new() { Align = JustificationValues.Right, Keep = true, RightIndent = 4 }),
        Style(Caption, "表题", Hei, 14, new() { Align = JustificationValues.Center, Before = 120, Keep = true, LineHeight = "440", OffGrid = true }),
        Style(CellHead, "表头", Hei, 10.5m, new() { Align = JustificationValues.Center, LineHeight = null, OffGrid = true }),
        Style(Cell, "表内数字", Fang, 10.5m, new() { Align = JustificationValues.Center, LineHeight = null, OffGrid = true }),
        Style(CellName, "表内文字", Fang, 10.5m, new() { Align = JustificationValues.Left, LineHeight = null, OffGrid = true }),
        Style(Small, "表注", Fang, 10.5m, new() { Align = JustificationValues.Left, LineHeight = "320", OffGrid = true }));

    /// <summary>For machines without the fonts of official documents: what to take instead.</summary>
    public static DocumentFormat.OpenXml.Wordprocessing.Fonts Table() => new(
        Named(Song, "FZXiaoBiaoSong-B05S,小标宋,华文中宋,STZhongsong,SimSun,Noto Serif CJK SC"),
        Named(Fang, "仿宋,FangSong,华文仿宋,STFangsong,Noto Serif CJK SC"),
        Named(Hei, "SimHei,Noto Sans CJK SC"),
        Named("宋体", "SimSun,Noto Serif CJK SC"));

    public static SpacingBetweenLines Spacing(string? line, int before = 0, int after = 0)
    {
        var spacing = new SpacingBetweenLines
        {
            Before = before.ToString(CultureInfo.InvariantCulture),
            After = after.ToString(CultureInfo.InvariantCulture),
            Line = line ?? "240",
            LineRule = line is null ? LineSpacingRuleValues.Auto : LineSpacingRuleValues.Exact,
        };
        return spacing;
    }

    public static RunFonts Fonts(string font) => new() { EastAsia = font, Ascii = font == Hei ? "Arial" : "Times New Roman", HighAnsi = font == Hei ? "Arial" : "Times New Roman" };

    public static FontSize Size(decimal points) => new() { Val = HalfPoints(points) };

    private static FontSizeComplexScript SizeComplex(decimal points) => new() { Val = HalfPoints(points) };

    private static string HalfPoints(decimal points) => ((int)(points * 2)).ToString(CultureInfo.InvariantCulture);

    private static Font Named(string name, string instead) => new(new AltName { Val = instead }, new FontCharSet { Val = "86" }) { Name = name };

    private static Style Style(string id, string name, string font, decimal size, ParagraphForm form, bool isDefault = false)
    {
        var style = new Style { Type = StyleValues.Paragraph, StyleId = id, Default = isDefault ? true : null, CustomStyle = isDefault ? null : true };
        style.AddChild(new StyleName { Val = name });
        if (!isDefault)
        {
            style.AddChild(new BasedOn { Val = "Normal" });
        }

        style.AddChild(new PrimaryStyle());
        style.AddChild(Paragraph(form));
        var run = new StyleRunProperties();
        run.AddChild(Fonts(font));
        if (form.Colour is { } colour)
        {
            run.AddChild(new Color { Val = colour });
        }

        run.AddChild(Size(size));
        run.AddChild(SizeComplex(size));
        style.AddChild(run);
        return style;
    }

    private static StyleParagraphProperties Paragraph(ParagraphForm form)
    {
        var properties = new StyleParagraphProperties();
        if (form.Keep)
        {
            properties.AddChild(new KeepNext());
        }

        if (form.Rule)
        {
            properties.AddChild(new ParagraphBorders(new BottomBorder { Val = BorderValues.Single, Color = Red, Size = 18, Space = 1 }));
        }

        if (form.OffGrid)
        {
            properties.AddChild(new SnapToGrid { Val = false });
        }

        properties.AddChild(Spacing(form.LineHeight, form.Before, form.After));
        if (form.Indent > 0 || form.RightIndent > 0)
        {
            properties.AddChild(form.Indent > 0
                ? new Indentation { FirstLineChars = form.Indent * 100, FirstLine = Characters(form.Indent) }
                : new Indentation { RightChars = form.RightIndent * 100, Right = Characters(form.RightIndent) });
        }

        properties.AddChild(new Justification { Val = form.Align ?? JustificationValues.Both });
        return properties;
    }

    /// <summary>The width of so many characters of 16 pt.</summary>
    private static string Characters(int count) => (count * 320).ToString(CultureInfo.InvariantCulture);

    /// <summary>How a paragraph stands: indents in characters, distances in twentieths of a point.</summary>
    private sealed record ParagraphForm
    {
        public JustificationValues? Align { get; init; }
        public int Indent { get; init; }
        public int RightIndent { get; init; }
        public int Before { get; init; }
        public int After { get; init; }
        public string? LineHeight { get; init; } = Line;
        public string? Colour { get; init; }
        public bool Keep { get; init; }
        public bool Rule { get; init; }
        /// <summary>Lines as close as the text needs, not one to each line of the page.</summary>
        public bool OffGrid { get; init; }
    }
}
