using System.Data.Common;

namespace Hotline.Storage;

/// <summary>An event with its ticket, as the feed shows it.</summary>
/// <param name="Cursor">Continues after this very event.</param>
internal sealed record FeedEvent(string TicketId, EventRow Event, string Cursor);

/// <summary>A piece of the feed. <paramref name="Next"/> continues after it; it is the given cursor again when nothing is new.</summary>
internal sealed record FeedPage(IReadOnlyList<FeedEvent> Events, string? Next);

/// <summary>A ticket as it is stored.</summary>
/// <param name="Payload">Its state as UTF-8 JSON.</param>
internal sealed record StoredTicket(byte[] Payload, long Version);

/// <summary>Reads of what the ticket store wrote, beside the lists.</summary>
internal sealed class TicketStoreReads(Database database)
{
    private const string EventColumns = "seq, type, at, actor, body, hash";

    /// <summary>Each of these reads a few rows by their key: a server that does not answer this soon does not answer.</summary>
    private const int Seconds = 3;

    /// <summary>The ticket, or null when there is none.</summary>
    public async Task<StoredTicket?> Find(string ticketId, CancellationToken cancellationToken = default) =>
        (await Read("SELECT payload, version FROM ticket_state WHERE ticket_id = @id", [("id", ticketId)],
            row => new StoredTicket(row.GetFieldValue<byte[]>(0), row.GetInt64(1)), cancellationToken, forCommand: true)).SingleOrDefault();

    /// <summary>What was answered to this client's key, or null when the key is free.</summary>
    public async Task<CommandKey?> FindKey(string client, string key, CancellationToken cancellationToken = default)
    {
        var found = await Read("SELECT body_hash, status, answer, at FROM command_key WHERE client = @client AND key = @key",
            [("client", client), ("key", key)],
            row => new CommandKey(client, key, row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetInt64(3)), cancellationToken, forCommand: true);
        return found.SingleOrDefault();
    }

    /// <summary>The ticket's personal and free texts, by slot.</summary>
    public async Task<IReadOnlyList<PrivateText>> PrivateTexts(string ticketId, CancellationToken cancellationToken = default) =>
        await Read("SELECT slot, text FROM ticket_private WHERE ticket_id = @id ORDER BY slot", [("id", ticketId)],
            row => new PrivateText(row.GetString(0), row.GetString(1)), cancellationToken);

    /// <summary>The ticket's history after an event, oldest first.</summary>
    public async Task<IReadOnlyList<EventRow>> Events(string ticketId, int afterSeq, int limit, CancellationToken cancellationToken = default) =>
        await Read($"SELECT {EventColumns} FROM ticket_event WHERE ticket_id = @id AND seq > @after ORDER BY seq LIMIT @limit",
            [("id", ticketId), ("after", afterSeq), ("limit", limit)], row => Event(row, 0), cancellationToken);

    /// <summary>All tickets' events in an order in which none is ever skipped. Null when the cursor is not one of ours.</summary>
    /// <param name="cursor">Where the last page ended; null for the beginning.</param>
    public async Task<FeedPage?> Feed(string? cursor, int limit, CancellationToken cancellationToken = default)
    {
        if (FeedCursor.Parse(cursor) is not { } after)
        {
            return null;
        }
        var rows = database.Engine == StorageEngine.Sqlite
            ? await Read($"SELECT position, ticket_id, {EventColumns} FROM ticket_event WHERE position > @position ORDER BY position LIMIT @limit",
                [("position", (long)after.Position), ("limit", limit)], FeedRow, cancellationToken)
            // Only below the oldest transaction still running: a later commit can never add to what was read.
            : await Read($"SELECT xid::text::bigint, ticket_id, {EventColumns} FROM ticket_event"
                + " WHERE xid < pg_snapshot_xmin(pg_current_snapshot())"
                + " AND (xid, ticket_id, seq) > (@position::text::xid8, @ticket, @seq) ORDER BY xid, ticket_id, seq LIMIT @limit",
                [("position", after.Position), ("ticket", after.TicketId), ("seq", after.Seq), ("limit", limit)], FeedRow, cancellationToken);
        return new FeedPage([.. rows.Select(r => r.Item)], rows.Count == 0 ? cursor : rows[^1].Place.ToString());
    }

    private static (FeedCursor Place, FeedEvent Item) FeedRow(DbDataReader row)
    {
        var (ticket, e) = (row.GetString(1), Event(row, 2));
        var place = new FeedCursor(row.GetInt64(0), ticket, e.Seq);
        return (place, new FeedEvent(ticket, e, place.ToString()));
    }

    private static EventRow Event(DbDataReader row, int at) =>
        new(row.GetInt32(at), row.GetString(at + 1), row.GetInt64(at + 2), row.GetString(at + 3), row.GetString(at + 4), row.GetString(at + 5));

    private async Task<List<T>> Read<T>(string sql, IReadOnlyList<(string Name, object Value)> values, Func<DbDataReader, T> map,
        CancellationToken cancellationToken, bool forCommand = false)
    {
        await using var connection = await (forCommand ? database.OpenCommand(cancellationToken) : database.OpenRead(cancellationToken));
        await using var command = connection.CreateCommand();
        command.CommandTimeout = Seconds;
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(map(reader));
        }
        return rows;
    }
}
