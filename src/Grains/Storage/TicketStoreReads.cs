using System.Data.Common;

namespace Hotline.Storage;

/// <summary>Reads of what the ticket store wrote, beside the lists.</summary>
internal sealed class TicketStoreReads(Database database)
{
    /// <summary>Each of these reads a few rows by their key: a server that does not answer this soon does not answer.</summary>
    private const int Seconds = 3;

    /// <summary>The ticket's events so far, and the version that its index row tells. Without events and row there is no such ticket; with only one of both
    /// it is damaged.</summary>
    public async Task<(IReadOnlyList<EventRow> Events, int? Seq)> History(string ticketId, CancellationToken cancellationToken = default)
    {
        int? seq = null;
        var rows = await Read($"SELECT {EventColumns}, i.seq FROM ticket_event e LEFT JOIN ticket_index i ON i.ticket_id = e.ticket_id WHERE e.ticket_id = @id ORDER BY e.seq",
            [("id", ticketId)], row =>
            {
                seq = row.IsDBNull(7) ? null : row.GetInt32(7);
                return Event(row, 0);
            }, cancellationToken, forCommand: true);
        var bare = rows.Count > 0 ? null : await Read("SELECT seq FROM ticket_index WHERE ticket_id = @id", [("id", ticketId)], row => row.GetInt32(0), cancellationToken,
            forCommand: true);
        return (rows, bare is { Count: > 0 } ? bare[0] : seq);
    }

    /// <summary>What this client's key did, or null when the key is free.</summary>
    public async Task<CommandKey?> FindKey(string client, string key, CancellationToken cancellationToken = default)
    {
        var found = await Read("SELECT body_hash, ticket_id, seq, at, hash FROM command_key WHERE client = @client AND key = @key",
            [("client", client), ("key", key)],
            row => new CommandKey(client, key, row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.GetString(4)), cancellationToken, forCommand: true);
        return found.SingleOrDefault();
    }

    /// <summary>The ticket's personal and free texts, by slot.</summary>
    public async Task<IReadOnlyList<TicketText>> Texts(string ticketId, CancellationToken cancellationToken = default) =>
        await Read("SELECT slot, text, hash FROM ticket_text WHERE ticket_id = @id ORDER BY slot", [("id", ticketId)],
            row => new TicketText(row.GetString(0), row.GetString(1), row.GetString(2)), cancellationToken);

    /// <summary>The ticket's history after an event, oldest first.</summary>
    public async Task<IReadOnlyList<EventRow>> Events(string ticketId, int afterSeq, int limit, CancellationToken cancellationToken = default) =>
        await Read($"SELECT {EventColumns} FROM ticket_event e WHERE e.ticket_id = @id AND e.seq > @after ORDER BY e.seq LIMIT @limit",
            [("id", ticketId), ("after", afterSeq), ("limit", limit)], row => Event(row, 0), cancellationToken);

    /// <summary>The columns of an event <c>e</c>, in the order in which <see cref="Event"/> takes them.</summary>
    public const string EventColumns = "e.seq, e.type, e.at, e.actor, e.client, e.body, e.hash";

    /// <summary>The event whose columns begin at this place of the row.</summary>
    public static EventRow Event(DbDataReader row, int at) => new(row.GetInt32(at), row.GetString(at + 1), row.GetInt64(at + 2), row.GetString(at + 3),
        row.GetString(at + 4), row.GetString(at + 5), row.GetString(at + 6));

    /// <summary>The obligation whose columns (<see cref="TicketColumns.OfObligation"/>) begin at this place of the row.</summary>
    public static ObligationRow Obligation(DbDataReader row, int at) => new(row.GetString(at), row.GetInt64(at + 1) == 1, (int?)Number(row, at + 2),
        Number(row, at + 3), Number(row, at + 4), row.GetInt64(at + 5) == 1, row.GetInt64(at + 6) == 1,
        AreFlags(row, at + 1, at + 5, at + 6, at + 8, at + 9) ? row.GetInt32(at + 7) : NeverWritten, row.GetInt64(at + 8) == 1, row.GetInt64(at + 9) == 1);

    /// <summary>The answer whose columns (<see cref="TicketColumns.OfAnswer"/>) begin at this place of the row.</summary>
    public static AnswerRow Answer(DbDataReader row, int at) => new(row.GetString(at), row.GetInt32(at + 1), row.GetInt64(at + 2),
        AreFlags(row, at + 5, at + 6) ? row.GetInt32(at + 3) : NeverWritten, row.GetInt32(at + 4), row.GetInt64(at + 5) == 1, row.GetInt64(at + 6) == 1);

    /// <summary>The ending or answer of a row with a flag that is neither 0 nor 1: the scores add flags up, so such a row must not look like any that was written.</summary>
    private const int NeverWritten = -1;

    private static bool AreFlags(DbDataReader row, params ReadOnlySpan<int> columns)
    {
        foreach (var column in columns)
        {
            if (row.GetInt64(column) is not (0 or 1))
            {
                return false;
            }
        }

        return true;
    }

    private static long? Number(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetInt64(at);

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
