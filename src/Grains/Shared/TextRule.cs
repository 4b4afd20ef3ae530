using System.Text;

namespace Hotline.Shared;

/// <summary>What is wrong with a text: a stable code and the Chinese words for it.</summary>
internal readonly record struct TextFault(string Code, string Message);

/// <summary>What a text field may hold. The one list of limits; lengths count code points.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal abstract class TextRuleAttribute(int longest, bool manyLines, int least = 0) : Attribute
{
    public int Longest => longest;

    /// <summary>So many letters, digits or characters of substance at least: a full stop is no reason.</summary>
    public int Least => least;

    /// <summary>What is wrong with the text, or null.</summary>
    public TextFault? Check(string text)
    {
        if (PlainText.HasNoncharacter(text))
        {
            return PlainText.Noncharacter;
        }
        var (length, substance, last) = (0, 0, default(Rune));
        foreach (var rune in text.EnumerateRunes())
        {
            length++;
            (substance, last) = (Rune.IsLetterOrDigit(rune) && rune != last ? substance + 1 : substance, rune);
            if (IsControl(rune.Value) && !(manyLines && rune.Value is '\n' or '\r' or '\t'))
            {
                return new("text.control-char", "文字中含有不允许的控制字符。");
            }
            if (!manyLines && IsInvisible(rune.Value))
            {
                return new("text.bidi", "文字中含有不可见字符或改变书写方向的字符。");
            }
        }
        return length > longest ? new("text.too-long", $"文字过长，最多 {longest} 个字符。")
            : substance < least ? new("text.too-thin", $"内容过于空洞：至少要有 {least} 个字（标点和连续重复的字不算）。") : null;
    }

    private static bool IsControl(int c) => c is < 0x20 or (>= 0x7F and <= 0x9F) or 0x2028 or 0x2029;

    private static bool IsInvisible(int c) => c is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or (>= 0x200B and <= 0x200F) or 0x2060 or 0xFEFF;
}

/// <summary>What every text must be, whatever field it is for.</summary>
internal static class PlainText
{
    public static TextFault Noncharacter { get; } = new("text.noncharacter", "文字中含有不是字符的编码，请删除后重试。");

    /// <summary>Whether the text holds a code point that Unicode will never assign (U+FDD0 to U+FDEF, the last two of every plane) or half
    /// a surrogate pair. .NET cannot compose U+FFFE, and XML documents cannot hold U+FFFE and U+FFFF.</summary>
    public static bool HasNoncharacter(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uFFFF'))
        {
            return false;
        }
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var isHalfPair = rune == Rune.ReplacementChar && char.IsSurrogate(text[at]);
            if (isHalfPair || rune.Value is >= 0xFDD0 and <= 0xFDEF || (rune.Value & 0xFFFE) == 0xFFFE)
            {
                return true;
            }
            at += rune.Utf16SequenceLength;
        }
        return false;
    }
}

/// <summary>A text on one line: names, titles, numbers. Also the rule of a text field that names none (200).</summary>
internal sealed class LineAttribute(int longest, int least = 0) : TextRuleAttribute(longest, manyLines: false, least)
{
    public static LineAttribute Unnamed { get; } = new(200);
}

/// <summary>A text of several lines: contents, replies, reasons. Bidirectional marks are kept; pages show them isolated.</summary>
internal sealed class ProseAttribute(int longest, int least = 0) : TextRuleAttribute(longest, manyLines: true, least);

/// <summary>How much substance a text must have, by what it is for (product.md §2: evidence has a shape). History rows are not asked for it.</summary>
internal static class Least
{
    /// <summary>A document's or record's number.</summary>
    public const int Number = 4;

    /// <summary>A reason, grounds, a basis.</summary>
    public const int Reason = 5;

    /// <summary>An answer to a citizen, a supporting unit's opinion, a list of evidence.</summary>
    public const int Reply = 20;
}

/// <summary>Lengths by kind of field.</summary>
internal static class Limits
{
    public const int Code = 64;
    public const int Name = 64;
    public const int Phone = 32;
    public const int Title = 200;
    public const int Place = 200;
    public const int Reason = 2_000;
    public const int Content = 20_000;
    public const long Body = 1 << 20;
    public const long Upload = 200L << 20;
}
