using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hotline.Shared;

/// <summary>The last row of a page: where the next page of a list begins. Written as an opaque cursor that fits only the question it was given for.</summary>
/// <param name="At">The first thing by which the list is ordered.</param>
/// <param name="Id">The second.</param>
/// <param name="Tie">The third: tells rows of one id apart.</param>
internal sealed record ListPlace(long At, string Id, int Tie)
{
    /// <param name="question">Everything that was asked for.</param>
    public string Write(string question) => Convert.ToHexStringLower(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At}|{Tie}|{Id}|{Fingerprint(question)}")));

    /// <summary>The place after which the page begins: null, the beginning, without a cursor. False for a text that is no cursor of this question.</summary>
    public static bool TryRead(string? cursor, string question, out ListPlace? after)
    {
        after = string.IsNullOrEmpty(cursor) ? null : Parse(cursor, question);
        return after is not null || string.IsNullOrEmpty(cursor);
    }

    /// <summary>What a list answers to a cursor that is not its own.</summary>
    public static Rejection Invalid { get; } = new("cursor.invalid", "翻页标记无效，或与当前筛选条件不符。", RejectionKind.Shape, "?cursor");

    private static ListPlace? Parse(string cursor, string question)
    {
        if (cursor.Length > 400 || cursor.Length % 2 != 0 || !cursor.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Convert.FromHexString(cursor)).Split('|');
        return parts.Length == 4 && parts[3] == Fingerprint(question) && !parts[2].Contains('\0', StringComparison.Ordinal)
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var tie)
                ? new(at, parts[2], tie)
                : null;
    }

    private static string Fingerprint(string question) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)).AsSpan(0, 6));
}
