using System.Data.Common;

namespace Hotline.Storage;

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
