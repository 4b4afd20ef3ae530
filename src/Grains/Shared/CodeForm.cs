using System.Text;

namespace Hotline.Shared;

/// <summary>The form of a code that people choose and that stands in addresses, keys and events.</summary>
internal static class CodeForm
{
    public const int Longest = 64;

    /// <summary>Letters, digits and Chinese characters, a dash or underscore inside, in the given normal form.</summary>
    public static bool Is(string code, NormalizationForm form)
    {
        var length = 0;
        foreach (var rune in code.EnumerateRunes())
        {
            length++;
            if (!Rune.IsLetterOrDigit(rune) && !(length > 1 && rune.Value is '-' or '_'))
            {
                return false;
            }
        }

        return length is > 0 and <= Longest && code.IsNormalized(form);
    }
}
