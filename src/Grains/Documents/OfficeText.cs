using System.Globalization;
using System.Text;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Documents;

/// <summary>Texts and numbers as documents show them: the same in every culture, and nothing that an Office program cannot open.</summary>
internal static class OfficeText
{
    private const string Unreadable = "\uFFFD";

    /// <summary>Characters that XML cannot hold (control characters, halves of surrogate pairs) become the replacement character; line ends are one kind.</summary>
    public static string Clean(string text)
    {
        var isClean = true;
        for (var i = 0; i < text.Length && isClean; i++)
        {
            isClean = text[i] is '\t' or '\n' or (>= ' ' and < '\uD800');
        }
        if (isClean)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').EnumerateRunes())
        {
            // The enumeration itself hands out the replacement character for half a pair.
            clean.Append(rune.Value is '\t' or '\n' or (>= ' ' and <= 0xFFFD) or >= 0x10000 ? rune.ToString() : Unreadable);
        }
        return clean.ToString();
    }

    /// <summary>As one line.</summary>
    public static string Line(string text) => Clean(text).Replace('\n', ' ').Replace('\t', ' ');

    /// <summary>A text that a spreadsheet would take for a formula if somebody typed it.</summary>
    public static bool LooksLikeFormula(string text) =>
        text.AsSpan().TrimStart() is [var first, ..] && first is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠';

    /// <summary>How wide a text is, in halves of a Chinese character.</summary>
    public static int Width(string text) => text.EnumerateRunes().Sum(r => r.Value < 0x2E80 ? 1 : 2);

    /// <summary>Two decimals, or a dash.</summary>
    public static string Score(decimal? score) => score?.ToString("0.00", CultureInfo.InvariantCulture) ?? "—";

    /// <summary>Per cent with two decimals, half away from zero, or a dash.</summary>
    public static string Rate(decimal? value) =>
        value is { } v ? Math.Round(v * 100, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture) + "%" : "—";

    /// <summary>As short as it can be written.</summary>
    public static string Number(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    public static string Of(Month month) => string.Create(CultureInfo.InvariantCulture, $"{month.Year}年{month.Number}月");

    public static string Of(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");

    /// <summary>Day and time on the wall clock.</summary>
    public static string Of(DateTimeOffset instant)
    {
        var time = ShanghaiTime.TimeOf(instant);
        return Of(ShanghaiTime.DateOf(instant)) + string.Create(CultureInfo.InvariantCulture, $" {time.Hour:00}:{time.Minute:00}:{time.Second:00}");
    }
}
