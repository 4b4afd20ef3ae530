using Npgsql;

namespace Hotline.Storage;

/// <summary>PostgreSQL: one <see cref="NpgsqlBatch"/> of single-row statements a batch, in one implicit transaction and one round trip.
/// (One statement over arrays of tickets was five times slower on a table without statistics.)</summary>
internal sealed class PostgresTicketWriter(NpgsqlDataSource source) : ITicketBatchWriter
{
    private readonly List<PostgresTicketCommand> _new = [];
    private readonly List<PostgresTicketCommand> _next = [];
    private NpgsqlConnection? _connection;

    public async ValueTask<Exception?[]> Write(IReadOnlyList<TicketWrite> items)
    {
        var connection = await Connection();
        try
        {
            return await Run(connection, items);
        }
        catch (Exception fault) when (!IsLost(fault))
        {
            if (IsFull(fault))
            {
                throw Full(fault);
            }
            return items.Count == 1 ? [Refusal(fault, items[0])] : await OneByOne(items);
        }
        catch (Exception lost)
        {
            throw await Unknown(lost);
        }
    }

    public async ValueTask DisposeAsync() => await Drop();

    /// <summary>After a failed batch: every item in a transaction of its own, so that a bad one fails alone.</summary>
    private async Task<Exception?[]> OneByOne(IReadOnlyList<TicketWrite> items)
    {
        var outcomes = new Exception?[items.Count];
        for (var i = 0; i < items.Count; i++)
        {
            outcomes[i] = await Alone(items[i]);
        }
        return outcomes;
    }

    private async Task<Exception?> Alone(TicketWrite item)
    {
        try
        {
            return (await Run(await Connection(), [item]))[0];
        }
        catch (StorageUnavailableException unavailable)
        {
            return unavailable;
        }
        catch (Exception fault) when (!IsLost(fault))
        {
            return IsFull(fault) ? Full(fault) : Refusal(fault, item);
        }
        catch (Exception lost)
        {
            return await Unknown(lost);
        }
    }

    private async Task<Exception?[]> Run(NpgsqlConnection connection, IReadOnlyList<TicketWrite> items)
    {
        var order = InOrder(items);
        await using var batch = new NpgsqlBatch(connection) { Timeout = 10 };
        var (used, usedNew) = (0, 0);
        foreach (var i in order)
        {
            var command = items[i].ExpectedVersion == 0
                ? Reuse(_new, usedNew++, PostgresTicketSql.New)
                : Reuse(_next, used++, PostgresTicketSql.Next);
            command.Fill(items[i]);
            batch.BatchCommands.Add(command.Command);
        }
        var outcomes = new Exception?[items.Count];
        await using var reader = await batch.ExecuteReaderAsync();
        foreach (var i in order)
        {
            await reader.ReadAsync();
            outcomes[i] = reader.GetInt64(0) switch
            {
                0 => TicketFaults.Stale(items[i]),
                -1 => TicketFaults.KeyTaken(items[i]),
                _ => null,
            };
            // The last one comes back after the commit.
            await reader.NextResultAsync();
        }
        return outcomes;
    }

    /// <summary>Batches of several silos take their row locks in the same order, so they do not deadlock.</summary>
    private static int[] InOrder(IReadOnlyList<TicketWrite> items)
    {
        var order = Enumerable.Range(0, items.Count).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(items[a].TicketId, items[b].TicketId) is var c && c != 0 ? c : a.CompareTo(b));
        return order;
    }

    private static PostgresTicketCommand Reuse(List<PostgresTicketCommand> commands, int index, string sql)
    {
        if (index == commands.Count)
        {
            commands.Add(new PostgresTicketCommand(sql));
        }
        return commands[index];
    }

    /// <summary>One connection is kept, with both statements prepared before their first use: when a batch fails while Npgsql is preparing
    /// inside it, Npgsql and the server disagree afterwards about what is prepared. A broken connection is replaced.</summary>
    private async Task<NpgsqlConnection> Connection()
    {
        if (_connection is { State: System.Data.ConnectionState.Open })
        {
            return _connection;
        }
        await Drop();
        try
        {
            _connection = await source.OpenConnectionAsync();
            await using var both = new NpgsqlBatch(_connection);
            both.BatchCommands.Add(new PostgresTicketCommand(PostgresTicketSql.New).Command);
            both.BatchCommands.Add(new PostgresTicketCommand(PostgresTicketSql.Next).Command);
            await both.PrepareAsync();
            return _connection;
        }
        catch (Exception fault)
        {
            await Drop();
            throw new StorageUnavailableException("The database cannot be reached.", fault);
        }
    }

    private async Task Drop()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
            _connection = null;
        }
    }

    private async Task<OutcomeUnknownException> Unknown(Exception lost)
    {
        await Drop();
        return new OutcomeUnknownException("The connection was lost while the transaction was under way.", lost);
    }

    /// <summary>The server's own errors roll back; the connection's errors leave the outcome open. A value that cannot be sent leaves the
    /// connection as it was.</summary>
    private bool IsLost(Exception fault) => fault switch
    {
        PostgresException server => server.SqlState.StartsWith("08", StringComparison.Ordinal) || server.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException => true,
        _ => _connection is not { State: System.Data.ConnectionState.Open },
    };

    /// <summary>Another transaction put the key in while this one ran.</summary>
    private static Exception Refusal(Exception fault, TicketWrite item) =>
        fault is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "command_key" } ? TicketFaults.KeyTaken(item) : fault;

    private static bool IsFull(Exception fault) => fault is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    private static StorageFullException Full(Exception fault) => new("The disk is full; nothing was written.", fault);
}
