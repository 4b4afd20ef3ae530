using System.Globalization;
using System.Text;

namespace Hotline.Shared;

/// <summary>What all spellings of one name have in common. Width, case, blanks, marks, dots, what cannot be seen, and letters that look like others do not tell
/// people apart.</summary>
internal static class NameFold
{
    /// <summary>Letters of other scripts beside the Latin letter that they look like, and digits beside letters.</summary>
    private const string Alike =
        "АAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSԚQԜWԌGԀDҮYҺHӀIΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹC0O1ILI〇O○O";

    /// <summary>Parts of characters that stand alone, beside the character that they look like (NFKC joins most others).</summary>
    private const string Radicals = "⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟";

    private static readonly Dictionary<int, int> Same = Pairs(Alike).Concat(Pairs(Radicals)).ToDictionary(p => p.From, p => p.To);

    /// <summary>The common form; empty for a name of which nothing can be seen.</summary>
    public static string Of(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var rune in name.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (IsSeen(rune))
            {
                var upper = Rune.ToUpperInvariant(rune);
                folded.Append(new Rune(Same.GetValueOrDefault(upper.Value, upper.Value)).ToString());
            }
        }

        return folded.ToString().Normalize(NormalizationForm.FormKC);
    }

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.DashPunctuation)
        // Fillers that count as letters or symbols, and the dots inside names of several words.
        && rune.Value is not (0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x00B7 or 0x2022 or 0x2027 or 0x30FB or 0x2219 or 0x22C5 or '.' or '_' or '\'' or 0x2019);

    private static IEnumerable<(int From, int To)> Pairs(string text)
    {
        var runes = text.EnumerateRunes().Select(r => r.Value).ToArray();
        for (var i = 0; i + 1 < runes.Length; i += 2)
        {
            yield return (runes[i], runes[i + 1]);
        }
    }
}
