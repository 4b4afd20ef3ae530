using System.Globalization;

namespace Hotline.Imports;

/// <summary>Which styles of a workbook show a number as a date or a time.</summary>
internal static class XlsxStyles
{
    /// <summary>More than any program allows.</summary>
    private const int MostStyles = 65_536;

    /// <summary>By the style's place.</summary>
    public static IReadOnlyList<bool> Dates(XlsxPackage package)
    {
        if (package.Styles is not { } name)
        {
            return [];
        }

        using var part = package.Open(name);
        var own = new Dictionary<int, bool>();
        var styles = new List<bool>();
        var inCells = false;
        while (part.Read())
        {
            if (styles.Count + own.Count > MostStyles)
            {
                throw XlsxPackage.Corrupt();
            }

            inCells = part.IsStart("cellXfs") || (inCells && !part.IsEnd("cellXfs"));
            if (part.IsStart("numFmt"))
            {
                own[Number(part.Attribute("numFmtId"))] = IsDate(part.Attribute("formatCode") ?? "");
            }
            else if (inCells && part.IsStart("xf"))
            {
                var format = Number(part.Attribute("numFmtId"));
                styles.Add(own.TryGetValue(format, out var isDate) ? isDate : IsBuiltInDate(format));
            }
        }

        return styles;
    }

    /// <summary>Numbers of formats that no file spells out; 27 to 36 and 50 to 58 are the Chinese ones.</summary>
    private static bool IsBuiltInDate(int format) => format is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    /// <summary>Whether a letter for year, month, day, hour or second stands outside of quotes, brackets (other than elapsed time) and after no escape.</summary>
    internal static bool IsDate(string format)
    {
        for (var i = 0; i < format.Length; i++)
        {
            switch (format[i])
            {
                case '"':
                    i = EndOf(format, '"', i);
                    break;
                case '[' when i + 1 < format.Length && format[i + 1] is not ('h' or 'H' or 'm' or 's' or 'S'):
                    i = EndOf(format, ']', i);
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H' or 's' or 'S':
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    private static int EndOf(string format, char end, int start) => format.IndexOf(end, start + 1) is >= 0 and var at ? at : format.Length;

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
