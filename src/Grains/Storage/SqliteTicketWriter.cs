using Microsoft.Data.Sqlite;

namespace Hotline.Storage;

/// <summary>SQLite: one connection of its own, prepared statements, one <c>BEGIN IMMEDIATE</c> a batch, under the gate of all writers.</summary>
internal sealed class SqliteTicketWriter : ITicketBatchWriter
{
    private readonly Database _database;
    private readonly List<SqliteStatement> _statements = [];
    private readonly SqliteStatement _begin, _commit, _rollback, _savepoint, _rollbackItem, _release;
    private readonly SqliteStatement _keyExists, _insertIndex, _updateIndex, _insertKey, _event, _text, _obligation, _answer;

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
        _keyExists = Prepare("SELECT 1 FROM command_key WHERE client = ?1 AND key = ?2");
        var columns = TicketColumns.All.Count;
        _insertIndex = Prepare($"INSERT INTO ticket_index (ticket_id, {TicketColumns.Names}) VALUES ({Numbers(columns + 1)}) ON CONFLICT DO NOTHING");
        _updateIndex = Prepare($"UPDATE ticket_index SET ({TicketColumns.Changing}) = ({Numbers(TicketColumns.OfChange.Count, 3)}) WHERE ticket_id = ?1 AND seq = ?2");
        _insertKey = Prepare($"INSERT INTO command_key (client, key, body_hash, ticket_id, seq, at, hash) VALUES ({Numbers(7)})");
        _event = Prepare($"INSERT INTO ticket_event (ticket_id, seq, type, at, actor, client, body, hash) VALUES ({Numbers(8)})");
        _text = Prepare($"INSERT INTO ticket_text (ticket_id, slot, text, hash) VALUES ({Numbers(4)})"
            + " ON CONFLICT (ticket_id, slot) DO UPDATE SET text = excluded.text, hash = excluded.hash");
        _obligation = Prepare($"INSERT INTO ticket_obligation (ticket_id, {TicketColumns.OfObligation}) VALUES ({Numbers(11)}) "
            + TicketColumns.Replacing(TicketColumns.OfObligation, "unit", "support"));
        _answer = Prepare($"INSERT INTO ticket_answer (ticket_id, {TicketColumns.OfAnswer}) VALUES ({Numbers(8)}) "
            + TicketColumns.Replacing(TicketColumns.OfAnswer, "unit"));
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
        if (!(item.ExpectedSeq == 0 ? _insertIndex.Run(Cells(item, TicketColumns.All)) : _updateIndex.Run(Cells(item, TicketColumns.OfChange, item.ExpectedSeq))))
        {
            return WriteOutcome.Stale;
        }
        if (item.Key is { } key)
        {
            _insertKey.Run(key.Client, key.Key, key.BodyHash, key.TicketId, key.Seq, key.At, key.Hash);
        }
        WriteRows(item);
        return WriteOutcome.Written;
    }

    /// <summary>The ticket, what else the statement asks for, and the columns.</summary>
    private static object?[] Cells(TicketWrite item, IReadOnlyList<TicketColumn> columns, params ReadOnlySpan<object?> also) =>
        [item.TicketId, .. also, .. columns.Select(c => c.Value(item.Index))];

    private void WriteRows(TicketWrite item)
    {
        foreach (var e in item.Events)
        {
            _event.Run(item.TicketId, e.Seq, e.Type, e.At, e.Actor, e.Client, e.Body, e.Hash);
        }
        foreach (var text in item.Texts)
        {
            _text.Run(item.TicketId, text.Slot, text.Text, text.Hash);
        }
        foreach (var o in item.Scored.Obligations)
        {
            _obligation.Run(item.TicketId, o.Unit, o.Support, o.Month, o.DueAt, o.RepliedAt, o.OnTime, o.Completed, o.Ending, o.Excluded, o.Owed);
        }
        foreach (var a in item.Scored.Answers)
        {
            _answer.Run(item.TicketId, a.Unit, a.Month, a.At, a.Answer, a.FirstAnswer, a.Excluded, a.Blameless);
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

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(Connection, sql);
        _statements.Add(statement);
        return statement;
    }

    private sealed class AtGate(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }

    private static string Numbers(int count, int first = 1) => string.Join(", ", Enumerable.Range(first, count).Select(i => $"?{i}"));
}
