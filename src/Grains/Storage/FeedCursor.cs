using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Hotline.Storage;

/// <summary>A place in the feed; opaque to callers.</summary>
/// <param name="Position">SQLite: the event's position. PostgreSQL: the transaction that wrote it.</param>
internal sealed record FeedCursor(long Position, string TicketId, int Seq)
{
    private static readonly FeedCursor Beginning = new(0, "", 0);

    /// <summary>The place a cursor names; the beginning for null; null for a text that is no cursor.</summary>
    public static FeedCursor? Parse(string? cursor)
    {
        if (cursor is null)
        {
            return Beginning;
        }
        if (!Base64Url.IsValid(cursor))
        {
            return null;
        }
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ');
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            && !parts[1].Contains('\0', StringComparison.Ordinal)
                ? new FeedCursor(position, parts[1], seq)
                : null;
    }

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Position} {TicketId} {Seq}")));
}
