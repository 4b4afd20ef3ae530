using System.Data.Common;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Benchmarks.Load;

/// <summary>Makes a store big: writes copies of its tickets, straight into the database, while no silo runs. A grown store is as sound
/// as the one it grew from.</summary>
internal sealed class Growth
{
    private const int Workers = 2;

    /// <summary>Tickets made at once, while those before are written.</summary>
    private const int Batch = 2_000;

    private readonly DbConnection _connection;
    private readonly bool _isSqlite;

    private Growth(DbConnection connection, bool isSqlite) => (_connection, _isSqlite) = (connection, isSqlite);

    /// <summary>Adds so many copies of each of the shapes' tickets; none leaves the store as it is, swept and with fresh statistics.</summary>
    public static async Task Grow(Store store, int copies, params Copies[] shapes)
    {
        await using var connection = await store.Open();
        var growth = new Growth(connection, store.IsSqlite);
        if (copies > 0)
        {
            await growth.Add(copies, shapes);
        }
        await growth.Execute(store.IsSqlite ? "PRAGMA wal_checkpoint(TRUNCATE)" : "VACUUM ANALYZE");
    }

    private async Task Add(int copies, IReadOnlyList<Copies> shapes)
    {
        // Ids are hashes: each ticket touches pages all over. On SQLite they are changed in memory and written once, at the end.
        await Execute(_isSqlite
            ? "PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF; PRAGMA cache_size=-1000000; PRAGMA temp_store=MEMORY; BEGIN"
            : "SET synchronous_commit = off; SET maintenance_work_mem = '512MB'");
        var indexes = await Indexes();
        foreach (var (name, _) in indexes)
        {
            await Execute($"DROP INDEX {name}");
        }
        foreach (var shape in shapes)
        {
            await Copy(shape, copies);
        }
        foreach (var (_, sql) in indexes)
        {
            await Execute(sql);
        }
        if (_isSqlite)
        {
            await Execute("COMMIT; PRAGMA journal_mode=WAL");
        }
    }

    private async Task Copy(Copies shape, int copies)
    {
        var patterns = await Patterns(shape.Numbers);
        var secret = await Read("SELECT value FROM instance_secret WHERE name = 'texts'", row => (byte[])row.GetValue(0));
        var (hasher, now) = (new TextHasher(secret.Single()), TimeProvider.System.GetUtcNow());
        var written = Task.CompletedTask;
        foreach (var (copy, batch) in Enumerable.Range(1, copies).SelectMany(_ => patterns.Chunk(Batch), (copy, batch) => (copy, batch)))
        {
            var difference = shape.Nth(copy);
            var made = await Task.Run(() => batch.AsParallel().AsOrdered().WithDegreeOfParallelism(Workers)
                .Select(pattern => pattern.Copy(copy, difference, hasher, now)).ToList());
            await written;
            written = Task.Run(() => Write(made));
        }
        await written;
    }

    private async Task Write(IReadOnlyList<TicketRows> tickets)
    {
        await (_isSqlite ? Task.CompletedTask : Execute("BEGIN"));
        await BulkRows.Write(_connection, tickets);
        await (_isSqlite ? Task.CompletedTask : Execute("COMMIT"));
    }

    /// <summary>The tickets with these external numbers (LIKE), in their order.</summary>
    private async Task<List<TicketPattern>> Patterns(string numbers)
    {
        string Of(string table) =>
            $"JOIN ticket_index i ON i.ticket_id = {table}.ticket_id WHERE i.external_no LIKE '{numbers}' ORDER BY i.external_no";
        var texts = (await Read($"SELECT t.ticket_id, t.slot, t.text FROM ticket_text t {Of("t")}",
            row => (Id: row.GetString(0), Text: new TicketText(row.GetString(1), row.GetString(2), "")))).ToLookup(t => t.Id, t => t.Text);
        var columns = $"i.ticket_id, i.source, i.external_no, {TicketStoreReads.EventColumns}";
        var events = await Read($"SELECT {columns} FROM ticket_event e {Of("e")}, e.seq", row =>
            (Ticket: (Id: row.GetString(0), Source: row.GetString(1), Number: row.GetString(2)), Event: TicketStoreReads.Event(row, 3)));
        return [.. events.GroupBy(e => e.Ticket, e => e.Event)
            .Select(ticket => new TicketPattern(ticket.Key.Source, ticket.Key.Number, ticket, texts[ticket.Key.Id]))];
    }

    /// <summary>Those that keep no rule: made anew at the end, which is much faster than row by row.</summary>
    private Task<List<(string Name, string Sql)>> Indexes()
    {
        var names = string.Join(", ", BulkRows.Tables.Select(t => $"'{t}'"));
        return Read(_isSqlite
            ? $"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%' AND tbl_name IN ({names})"
            : $"SELECT indexname, indexdef FROM pg_indexes WHERE indexdef NOT LIKE 'CREATE UNIQUE%' AND tablename IN ({names})",
            row => (row.GetString(0), row.GetString(1)));
    }

    private async Task<List<T>> Read<T>(string sql, Func<DbDataReader, T> map)
    {
        await using var command = _connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(map(reader));
        }
        return rows;
    }

    private async Task Execute(string sql)
    {
        await using var command = _connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        await command.ExecuteNonQueryAsync();
    }
}
