using System.Data.Common;
using Dapper;
using Hotline.Shared;

namespace Hotline.Storage;

/// <summary>An event with its ticket, as the feed shows it.</summary>
/// <param name="Epoch">The store's epoch in which it was written. After a restore the same ticket may have another event with the same number.</param>
/// <param name="Cursor">Continues after this very event.</param>
internal sealed record FeedEvent(string TicketId, EventRow Event, long Epoch, string Cursor);

/// <summary>A piece of the feed.</summary>
/// <param name="Next">Continues after it; the given place again when nothing is new.</param>
/// <param name="Lag">How long the oldest event has waited that is written but cannot be shown yet; zero when there is none, or when more can be read at once.</param>
internal sealed record FeedPage(IReadOnlyList<FeedEvent> Events, string Next, TimeSpan Lag);

/// <summary>All tickets' events in an order in which none is ever skipped, whoever writes beside the reader, and whatever the store was restored from.</summary>
internal sealed class EventFeed(Database database)
{
    private const string EventColumns = $"e.ticket_id, {TicketStoreReads.EventColumns}";

    /// <summary>On SQLite the last commit has the last position.</summary>
    private const string SqlitePage = $"""
        SELECT (SELECT max(epoch) FROM store_epoch s WHERE s.position <= e.position), e.position, {EventColumns} FROM ticket_event e
        WHERE e.position > @position ORDER BY e.position LIMIT @limit
        """;

    /// <summary>The oldest transaction that may still add events. Its number could stand before what others have committed, so nothing after it is shown.
    /// Transactions seen to run in another database of the server cannot, and hold nobody up.</summary>
    private const string Oldest = """
        SELECT x.xid, a.xact_start AS since FROM pg_snapshot_xip(pg_current_snapshot()) AS x (xid)
        LEFT JOIN pg_stat_activity a ON a.backend_xid = x.xid::xid
        WHERE a.datname IS NULL OR a.datname = current_database() ORDER BY x.xid LIMIT 1
        """;

    /// <summary>On PostgreSQL: the first transaction number that may still get events.</summary>
    public const string Horizon = $"coalesce((SELECT xid FROM ({Oldest}) AS oldest), pg_snapshot_xmax(pg_current_snapshot()))";

    private const string PostgresPage = $"""
        SELECT e.epoch, e.xid::text::bigint, {EventColumns} FROM ticket_event e
        WHERE (e.epoch, e.xid) < (@store, {Horizon})
            AND (e.epoch, e.xid, e.ticket_id, e.seq) > (@epoch, @position::text::xid8, @ticket, @seq)
        ORDER BY e.epoch, e.xid, e.ticket_id, e.seq LIMIT @limit
        """;

    /// <summary>An event's own instant may lie years back (imports); it was not written before the transaction began that holds it up.</summary>
    private const string PostgresLag = $"""
        WITH oldest AS ({Oldest})
        SELECT extract(epoch FROM clock_timestamp() - greatest(to_timestamp(e.at / 1000.0), oldest.since))::float8
        FROM oldest, LATERAL (
            SELECT at FROM ticket_event WHERE (epoch, xid) >= ({StoreEpoch.Running}, oldest.xid) ORDER BY epoch, xid LIMIT 1) AS e
        """;

    private static readonly Rejection Invalid = new("cursor.invalid", "位置标记无效。", RejectionKind.Shape, "?after");

    private static readonly Rejection Restored = new("feed.restored",
        "系统已从备份恢复，原来的位置不再有效。请不带 after（及 Last-Event-ID）从头读取；epoch 与序号都已读过的事件可以跳过，备份之后、恢复之前的事件已不存在。", RejectionKind.Gone);

    /// <summary>A page after a place; refused when the place is not one of ours (<c>cursor.invalid</c>) or of the time before a restore (<c>feed.restored</c>).</summary>
    /// <param name="cursor">Where the last page ended; null for the beginning.</param>
    public async Task<Result<FeedPage>> Read(string? cursor, int limit, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        var store = await connection.ExecuteScalarAsync<long>(new CommandDefinition($"SELECT {StoreEpoch.Running}", cancellationToken: cancellationToken));
        if ((cursor is null ? FeedCursor.Beginning(store) : FeedCursor.Parse(cursor)) is not { } after)
        {
            return Invalid;
        }
        if (after.Store != store)
        {
            return Restored;
        }
        var (events, last) = (new List<FeedEvent>(), after);
        await using (var reader = await connection.ExecuteReaderAsync(new CommandDefinition(database.Engine == StorageEngine.Sqlite ? SqlitePage : PostgresPage,
            new { store, epoch = after.Epoch, position = after.Position, ticket = after.TicketId, seq = after.Seq, limit }, cancellationToken: cancellationToken)))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                last = new FeedCursor(store, reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetInt32(3));
                events.Add(new(last.TicketId, TicketStoreReads.Event(reader, 3), last.Epoch, last.ToString()));
            }
        }
        return new FeedPage(events, last.ToString(), events.Count < limit ? await Lag(connection, cancellationToken) : TimeSpan.Zero);
    }

    /// <summary>How long the oldest event has waited that is written but cannot be shown yet, because a transaction stands open that may still write an
    /// earlier one. Zero when every event can be read.</summary>
    public async Task<TimeSpan> Lag(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        return await Lag(connection, cancellationToken);
    }

    private async Task<TimeSpan> Lag(DbConnection connection, CancellationToken cancellationToken)
    {
        var seconds = database.Engine == StorageEngine.Sqlite ? null
            : await connection.ExecuteScalarAsync<double?>(new CommandDefinition(PostgresLag, cancellationToken: cancellationToken));
        return TimeSpan.FromSeconds(Math.Max(0, seconds ?? 0));
    }
}
