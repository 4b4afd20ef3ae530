using System.Buffers;
using System.Text;
using Hotline.Shared;

namespace Hotline.Imports;

/// <summary>Cells as text: composed (NFC), without outer blanks, line breaks as LF.</summary>
internal static class CellText
{
    private static readonly SearchValues<char> Invisible =
        Those(c => c is (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2060' or '\uFEFF');

    /// <summary>A text of one line. Marks that nobody sees (zero width, writing direction) are dropped: they would make two spellings of one name.</summary>
    public static string Line(string cell)
    {
        var text = Composed(cell);
        return text.AsSpan().ContainsAny(Invisible) ? string.Concat(text.Where(c => !Invisible.Contains(c))).Trim() : text;
    }

    /// <summary>A text of several lines.</summary>
    public static string Prose(string cell)
    {
        var text = Composed(cell);
        return text.Contains('\r', StringComparison.Ordinal) ? text.ReplaceLineEndings("\n") : text;
    }

    private static string Composed(string cell)
    {
        var text = cell.Trim();
        // What cannot be composed is left to the rule of its field, which refuses it.
        return Ascii.IsValid(text) || PlainText.HasNoncharacter(text) || text.IsNormalized() ? text : text.Normalize();
    }

    private static SearchValues<char> Those(Func<char, bool> belongs) => SearchValues.Create([.. Enumerable.Range(0, 0xFFFF).Select(c => (char)c).Where(belongs)]);
}
