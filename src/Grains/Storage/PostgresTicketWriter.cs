using Npgsql;
using NpgsqlTypes;

namespace Hotline.Storage;

/// <summary>PostgreSQL: one <see cref="NpgsqlBatch"/> of single-row statements a batch, in one implicit transaction and one round trip.
/// (One statement over arrays of tickets was five times slower on a table without statistics.) The item that fails leaves the batch, and the rest is
/// sent again as a batch: a row that somebody else holds costs its own ticket, not the others.</summary>
internal sealed class PostgresTicketWriter(NpgsqlDataSource source) : ITicketBatchWriter
{
    /// <summary>Longer than another silo's batch, shorter than a caller's patience.</summary>
    private const string Limits = "SET lock_timeout = '250ms'; SET statement_timeout = '3s'";

    /// <summary>A server that does not answer within these seconds leaves the outcome open.</summary>
    private const int AnswerSeconds = 4;

    /// <summary>So often a batch waits for somebody's lock; then whole tables are held, and all that is left is refused.</summary>
    private const int MostWaits = 3;

    private const int MostHeld = 1000;

    /// <summary>Which of these stored tickets somebody else is writing. It waits for nobody.</summary>
    private const string Held = """
        WITH free AS MATERIALIZED (SELECT ticket_id FROM ticket_index WHERE ticket_id = ANY ($1) FOR NO KEY UPDATE SKIP LOCKED)
        SELECT ticket_id FROM ticket_index WHERE ticket_id = ANY ($1) EXCEPT SELECT ticket_id FROM free
        """;

    private readonly Dictionary<TicketShape, List<PostgresTicketCommand>> _commands = PostgresTicketSql.Shapes.ToDictionary(s => s, _ => new List<PostgresTicketCommand>());
    private readonly Dictionary<TicketShape, int> _used = [];
    private readonly List<NpgsqlBatchCommand> _sent = [];
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private NpgsqlConnection? _connection;

    public Task<IDisposable?> Turn() => Task.FromResult<IDisposable?>(null);

    public async ValueTask<ItemOutcome[]> Write(IReadOnlyList<TicketWrite> items)
    {
        var batch = new Batch(items);
        await Settle(batch, InOrder(items));
        return batch.Outcomes;
    }

    public async ValueTask DisposeAsync() => await Drop();

    /// <summary>Sends until every item has its outcome; each failure takes at least one out.</summary>
    private async Task Settle(Batch batch, List<int> left)
    {
        while (left.Count > 0)
        {
            try
            {
                if (_held.Count > 0)
                {
                    await LeaveHeld(batch, left, i => _held.Contains(batch.Items[i].TicketId));
                }
                await Send(batch, left);
                return;
            }
            catch (Exception fault)
            {
                await TakeOut(batch, left, fault);
            }
        }
    }

    private async Task TakeOut(Batch batch, List<int> left, Exception fault)
    {
        var outcome = ItemOutcome.Of(fault);
        if (outcome.Outcome is WriteOutcome.Unknown or WriteOutcome.Unavailable or WriteOutcome.Full
            || (outcome.Outcome == WriteOutcome.Busy && ++batch.Waits >= MostWaits))
        {
            batch.End(left, outcome);
            left.Clear();
            await (outcome.Outcome == WriteOutcome.Unknown ? Drop() : Task.CompletedTask);
            return;
        }
        var culprit = left.Count == 1 ? 0 : fault is PostgresException { BatchCommand: { } command } ? _sent.IndexOf(command) : -1;
        if (culprit < 0)
        {
            // A value that cannot even be sent; nothing names it, so each half is tried.
            await Settle(batch, left[..(left.Count / 2)]);
            left.RemoveRange(0, left.Count / 2);
            return;
        }
        batch.Outcomes[left[culprit]] = outcome;
        var ticket = batch.Items[left[culprit]].TicketId;
        left.RemoveAt(culprit);
        if (outcome.Outcome == WriteOutcome.Busy && _held.Count < MostHeld)
        {
            // Whoever holds one row often holds several: better known at once than one wait each.
            _held.Add(ticket);
            batch.AskAll = true;
        }
    }

    /// <summary>Refuses the tickets that somebody else is writing, without waiting for one of them: those that were held before, and after a wait any.</summary>
    private async Task LeaveHeld(Batch batch, List<int> left, Predicate<int> wasHeld)
    {
        var asked = (batch.AskAll ? left : left.FindAll(wasHeld)).ConvertAll(i => batch.Items[i].TicketId);
        batch.AskAll = false;
        if (asked.Count == 0)
        {
            return;
        }
        _held.ExceptWith(asked);
        await using var command = new NpgsqlCommand(Held, await Connection()) { CommandTimeout = AnswerSeconds };
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = asked.ToArray() });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            _held.Add(reader.GetString(0));
        }
        batch.End(left.FindAll(wasHeld), WriteOutcome.Busy);
        left.RemoveAll(wasHeld);
    }

    private async Task Send(Batch batch, List<int> left)
    {
        if (left.Count == 0)
        {
            return;
        }
        await using var statements = new NpgsqlBatch(await Connection()) { Timeout = AnswerSeconds };
        _used.Clear();
        _sent.Clear();
        foreach (var i in left)
        {
            var command = Reuse(PostgresTicketSql.Of(batch.Items[i]));
            command.Fill(batch.Items[i]);
            _sent.Add(command.Command);
            statements.BatchCommands.Add(command.Command);
        }
        await using var reader = await statements.ExecuteReaderAsync();
        foreach (var i in left)
        {
            await reader.ReadAsync();
            batch.Outcomes[i] = reader.GetInt32(0) switch
            {
                0 => WriteOutcome.Stale,
                -1 => WriteOutcome.KeyTaken,
                _ => WriteOutcome.Written,
            };
            // The last one comes back after the commit.
            await reader.NextResultAsync();
        }
    }

    /// <summary>Batches of several silos take their row locks in the same order, so they do not deadlock.</summary>
    private static List<int> InOrder(IReadOnlyList<TicketWrite> items)
    {
        var order = Enumerable.Range(0, items.Count).ToList();
        order.Sort((a, b) => string.CompareOrdinal(items[a].TicketId, items[b].TicketId) is var c && c != 0 ? c : a.CompareTo(b));
        return order;
    }

    private PostgresTicketCommand Reuse(TicketShape shape)
    {
        var (commands, used) = (_commands[shape], _used.GetValueOrDefault(shape));
        _used[shape] = used + 1;
        if (used == commands.Count)
        {
            commands.Add(new PostgresTicketCommand(shape));
        }
        return commands[used];
    }

    /// <summary>One connection is kept, with all statements prepared before their first use: when a batch fails while Npgsql is preparing
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
            await using var limits = new NpgsqlCommand(Limits, _connection);
            await limits.ExecuteNonQueryAsync();
            await using var all = new NpgsqlBatch(_connection);
            foreach (var shape in PostgresTicketSql.Shapes)
            {
                all.BatchCommands.Add(new PostgresTicketCommand(shape).Command);
            }
            await all.PrepareAsync();
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

    /// <summary>A batch on its way.</summary>
    private sealed class Batch(IReadOnlyList<TicketWrite> items)
    {
        public IReadOnlyList<TicketWrite> Items => items;

        public ItemOutcome[] Outcomes { get; } = new ItemOutcome[items.Count];

        /// <summary>How often it has waited for somebody's lock in vain.</summary>
        public int Waits { get; set; }

        /// <summary>Before it is sent again every ticket is asked for, not only those that were held before.</summary>
        public bool AskAll { get; set; }

        public void End(List<int> some, ItemOutcome outcome) => some.ForEach(i => Outcomes[i] = outcome);
    }
}
