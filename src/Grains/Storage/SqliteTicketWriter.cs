using Microsoft.Data.Sqlite;

namespace Hotline.Storage;

/// <summary>SQLite: one connection of its own, prepared statements, one <c>BEGIN IMMEDIATE</c> a batch, under the gate of all writers.</summary>
internal sealed class SqliteTicketWriter : ITicketBatchWriter
{
    private readonly Database _database;
    private readonly List<SqliteStatement> _statements = [];
    private readonly SqliteStatement _begin, _commit, _rollback, _savepoint, _rollbackItem, _release;
    private readonly SqliteStatement _keyExists, _insertState, _updateState, _insertKey, _index, _event, _private, _clearSupport, _support;

    public SqliteTicketWriter(Database database)
    {
        _database = database;
        Connection = database.OpenSqliteWriter();
        Tune();
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _savepoint = Prepare("SAVEPOINT item");
        _rollbackItem = Prepare("ROLLBACK TO item");
        _release = Prepare("RELEASE item");
        _keyExists = Prepare("SELECT 1 FROM command_key WHERE client = ?1 AND key = ?2", 2);
        _insertState = Prepare("INSERT INTO ticket_state (ticket_id, version, payload, modified_at) VALUES (?1, ?2 + 1, CAST(?3 AS TEXT), ?4)"
            + " ON CONFLICT DO NOTHING", 4);
        _updateState = Prepare("UPDATE ticket_state SET version = ?2 + 1, payload = CAST(?3 AS TEXT), modified_at = ?4"
            + " WHERE ticket_id = ?1 AND version = ?2", 4);
        _insertKey = Prepare("INSERT INTO command_key (client, key, body_hash, status, answer, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", 6);
        var columns = TicketColumns.All.Count;
        _index = Prepare($"INSERT INTO ticket_index ({TicketColumns.Names}) VALUES ({Numbers(columns)})"
            + $" ON CONFLICT (ticket_id) DO UPDATE SET {TicketColumns.Replacements}", columns);
        _event = Prepare($"INSERT INTO ticket_event (ticket_id, seq, type, at, actor, body, hash) VALUES ({Numbers(7)})", 7);
        _private = Prepare("INSERT INTO ticket_private (ticket_id, slot, text) VALUES (?1, ?2, ?3)"
            + " ON CONFLICT (ticket_id, slot) DO UPDATE SET text = excluded.text", 3);
        _clearSupport = Prepare("DELETE FROM ticket_support WHERE ticket_id = ?1", 1);
        _support = Prepare("INSERT INTO ticket_support (ticket_id, unit, reply_month, reply_due_at, replied_at, on_time, excluded, owed)"
            + $" VALUES ({Numbers(8)})", 8);
    }

    /// <summary>Keys are hashes, so each batch touches pages all over the file: they stay in memory (64 MB), and the log is moved into the file
    /// every 32 MB instead of every 4. An import of 30,000 tickets was seen to read a fifth and to write three quarters of what it did before.</summary>
    private void Tune()
    {
        using var command = Connection.CreateCommand();
        command.CommandText = "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=8000;";
        command.ExecuteNonQuery();
    }

    /// <summary>For tests that make the file's limit smaller.</summary>
    internal SqliteConnection Connection { get; }

    public async Task<IDisposable?> Turn()
    {
        await _database.Gate.WaitAsync();
        return new AtGate(_database.Gate);
    }

    public ValueTask<ItemOutcome[]> Write(IReadOnlyList<TicketWrite> items) => new(Transact(items, alone: false));

    public async ValueTask DisposeAsync()
    {
        _statements.ForEach(statement => statement.Dispose());
        await Connection.DisposeAsync();
    }

    /// <summary>All at once; when one item cannot be written, once more, each under a savepoint of its own.</summary>
    private ItemOutcome[] Transact(IReadOnlyList<TicketWrite> items, bool alone)
    {
        var outcomes = new ItemOutcome[items.Count];
        var committing = false;
        try
        {
            _begin.Run();
            for (var i = 0; i < items.Count; i++)
            {
                outcomes[i] = alone ? ApplyAlone(items[i]) : Apply(items[i]);
            }
            committing = true;
            _commit.Run();
            return outcomes;
        }
        catch (Exception fault)
        {
            RollBack();
            var outcome = Judged(fault, committing);
            return outcome.Outcome is null && !alone && items.Count > 1 ? Transact(items, alone: true) : All(items, outcome);
        }
    }

    /// <summary>Any fault undoes this item only; the batch goes on unless SQLite gave up the whole transaction.</summary>
    private ItemOutcome ApplyAlone(TicketWrite item)
    {
        _savepoint.Run();
        try
        {
            var outcome = Apply(item);
            _release.Run();
            return outcome;
        }
        catch (Exception fault) when (InTransaction)
        {
            _rollbackItem.Run();
            _release.Run();
            return Judged(fault, committing: false);
        }
    }

    /// <summary>Both refusals are found before anything of the item is written: under <c>BEGIN IMMEDIATE</c> nobody else writes.</summary>
    private ItemOutcome Apply(TicketWrite item)
    {
        if (item.Key is { } asked && _keyExists.Any(asked.Client, asked.Key))
        {
            return WriteOutcome.KeyTaken;
        }
        var state = item.ExpectedVersion == 0 ? _insertState : _updateState;
        if (state.Run(item.TicketId, item.ExpectedVersion, item.Payload, item.Index.UpdatedAt) == 0)
        {
            return WriteOutcome.Stale;
        }
        if (item.Key is { } key)
        {
            _insertKey.Run(key.Client, key.Key, key.BodyHash, key.Status, key.Answer, key.At);
        }
        WriteRows(item);
        return WriteOutcome.Written;
    }

    private void WriteRows(TicketWrite item)
    {
        var row = new object?[TicketColumns.All.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = TicketColumns.All[i].Value(item.Index);
        }
        _index.Run(row);
        foreach (var e in item.Events)
        {
            _event.Run(item.TicketId, e.Seq, e.Type, e.At, e.Actor, e.Body, e.Hash);
        }
        foreach (var text in item.Private)
        {
            _private.Run(item.TicketId, text.Slot, text.Text);
        }
        if (item.Support is null)
        {
            return;
        }
        _clearSupport.Run(item.TicketId);
        foreach (var s in item.Support)
        {
            _support.Run(item.TicketId, s.Unit, s.ReplyMonth, s.ReplyDueAt, s.RepliedAt, s.OnTime, s.Excluded, s.Owed);
        }
    }

    private bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(Connection.Handle) == 0;

    private void RollBack()
    {
        if (InTransaction)
        {
            _rollback.Run();
        }
    }

    /// <summary>Only a commit that fails on the disk leaves the outcome open: its pages may be there or not. Whatever fails before is rolled back.</summary>
    private static ItemOutcome Judged(Exception fault, bool committing) =>
        ItemOutcome.Of(fault) is { Outcome: WriteOutcome.Unknown } && !committing ? new(WriteOutcome.Unavailable, fault) : ItemOutcome.Of(fault);

    private static ItemOutcome[] All(IReadOnlyList<TicketWrite> items, ItemOutcome outcome)
    {
        var outcomes = new ItemOutcome[items.Count];
        Array.Fill(outcomes, outcome);
        return outcomes;
    }

    private SqliteStatement Prepare(string sql, int parameters = 0)
    {
        var statement = new SqliteStatement(Connection, sql, parameters);
        _statements.Add(statement);
        return statement;
    }

    private sealed class AtGate(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }

    private static string Numbers(int count) => string.Join(", ", Enumerable.Range(1, count).Select(i => $"?{i}"));
}
