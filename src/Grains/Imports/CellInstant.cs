using System.Globalization;
using Hotline.WorkCalendar;

namespace Hotline.Imports;

/// <summary>Instants in files: <c>2026-10-08 09:30:00</c> and its relatives mean Asia/Shanghai; RFC 3339 with an offset means what it says.</summary>
internal static class CellInstant
{
    private static readonly string[] Wall =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-M-d H:mm:ss", "yyyy-M-d H:mm", "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
    ];

    private static readonly string[] WithOffset = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd HH:mm:sszzz"];

    /// <summary>The instant in whole milliseconds, offset zero; null when the text is none (a day without a time is none).</summary>
    public static DateTimeOffset? Read(string text)
    {
        if (DateTime.TryParseExact(text, Wall, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall))
        {
            return Whole(ShanghaiTime.At(DateOnly.FromDateTime(wall), TimeOnly.FromDateTime(wall)));
        }

        return DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? Whole(instant)
            : null;
    }

    private static DateTimeOffset Whole(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
