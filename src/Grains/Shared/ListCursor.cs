using System.Globalization;
using System.Text;

namespace Hotline.Shared;

/// <summary>Where a list goes on: after this row, for this filter only. Opaque to callers.</summary>
internal sealed record ListCursor(long At, string Id)
{
    private const int Longest = 800;

    /// <summary>The last row of a page, bound to what was asked for.</summary>
    public string Write(string filter) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At}|{Id}|{filter}")));

    /// <summary>Null for a text that is no cursor, or one of another filter.</summary>
    public static ListCursor? Read(string cursor, string filter)
    {
        if (cursor.Length is 0 or > Longest || cursor.Length % 2 != 0 || !cursor.All(char.IsAsciiHexDigit))
        {
            return null;
        }
        var parts = Encoding.UTF8.GetString(Convert.FromHexString(cursor)).Split('|');
        return parts.Length == 3 && parts[2] == filter && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at)
            ? new(at, parts[1])
            : null;
    }
}
