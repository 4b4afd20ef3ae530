using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Hotline.Storage;

/// <summary>A place in the feed; opaque to callers.</summary>
/// <param name="Store">The store's epoch in which the cursor was given out: in another one it means nothing.</param>
/// <param name="Epoch">The epoch in which the event was written; 0 on SQLite, whose positions go on over a restore.</param>
/// <param name="Position">SQLite: the event's position. PostgreSQL: the transaction that wrote it.</param>
internal sealed record FeedCursor(long Store, long Epoch, long Position, string TicketId, int Seq)
{
    public static FeedCursor Beginning(long store) => new(store, 0, 0, "", 0);

    /// <summary>The place a cursor names; null for a text that is no cursor.</summary>
    public static FeedCursor? Parse(string cursor)
    {
        if (!Base64Url.IsValid(cursor))
        {
            return null;
        }
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ');
        return parts.Length == 5 && Number(parts[0]) is { } store && Number(parts[1]) is { } epoch && Number(parts[2]) is { } position
            && int.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            && !parts[3].Contains('\0', StringComparison.Ordinal)
                ? new FeedCursor(store, epoch, position, parts[3], seq)
                : null;
    }

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Store} {Epoch} {Position} {TicketId} {Seq}")));

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
