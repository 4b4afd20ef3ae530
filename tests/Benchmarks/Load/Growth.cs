using System.Data.Common;

namespace Hotline.Benchmarks.Load;

/// <summary>Makes a store big: copies the rows of its tickets under new ids, straight in the database, while no silo runs.</summary>
internal sealed class Growth
{
    /// <summary>Where a ticket has rows that can be copied in the database. Its events and texts are not among them: they are sealed anew.</summary>
    private static readonly string[] Tables = ["ticket_index", "ticket_support"];

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
        await Execute(_isSqlite ? "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA temp_store=MEMORY"
            : "SET synchronous_commit = off; SET maintenance_work_mem = '512MB'");
        var columns = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var table in Tables)
        {
            columns[table] = await Columns(table);
        }
        var indexes = await Indexes();
        foreach (var (name, _) in indexes)
        {
            await Execute($"DROP INDEX {name}");
        }
        foreach (var shape in shapes)
        {
            await Copy(shape, copies, columns);
        }
        foreach (var (_, sql) in indexes)
        {
            await Execute(sql);
        }
    }

    private async Task Copy(Copies shape, int copies, Dictionary<string, IReadOnlyList<string>> tables)
    {
        foreach (var table in Tables)
        {
            await Execute($"CREATE TEMP TABLE from_{table} AS SELECT * FROM {table} "
                + $"WHERE ticket_id IN (SELECT ticket_id FROM ticket_index WHERE external_no LIKE '{shape.Numbers}')");
        }
        var histories = await CopiedHistories.Read(_connection, shape.Numbers);
        for (var copy = 1; copy <= copies; copy++)
        {
            await Execute("BEGIN");
            foreach (var (table, columns) in tables)
            {
                await Execute($"INSERT INTO {table} ({string.Join(", ", columns)}) "
                    + $"SELECT {string.Join(", ", columns.Select(c => Value(shape, copy, table, c)))} FROM from_{table}");
            }
            await histories.Write(_connection, Prefix(copy));
            await Execute("COMMIT");
        }
        foreach (var table in Tables)
        {
            await Execute($"DROP TABLE from_{table}");
        }
    }

    private static string Value(Copies shape, int copy, string table, string column) => column switch
    {
        "ticket_id" => $"'{Prefix(copy)}' || substr(ticket_id, {CopiedHistories.PrefixLength + 1})",
        "external_no" => $"external_no || '-{copy}'",
        _ when table != "ticket_index" => column,
        "topic" => $"CASE WHEN topic = '{HistoryFile.RareTopic}' THEN '{HistoryFile.FrequentTopic}' ELSE topic END",
        "unit" or "work_unit" => shape.Value(copy, column)
            ?? $"CASE WHEN {column} = '{HistoryFile.SmallUnit}' THEN '{HistoryFile.Unit(0)}' ELSE {column} END",
        _ => shape.Value(copy, column) ?? column,
    };

    /// <summary>How the ids of one copy's tickets begin, the number in four letters of those that ids are made of.</summary>
    private static string Prefix(int copy) =>
        "T-copy" + string.Concat(Enumerable.Range(0, 4).Select(place => (char)('a' + (copy / (int)Math.Pow(26, 3 - place) % 26))));

    private async Task<IReadOnlyList<string>> Columns(string table)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} LIMIT 0";
        await using var reader = await command.ExecuteReaderAsync();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    /// <summary>Those that keep no rule: made anew at the end, which is much faster than row by row.</summary>
    private async Task<List<(string Name, string Sql)>> Indexes()
    {
        var names = string.Join(", ", Tables.Concat(CopiedHistories.Tables).Select(t => $"'{t}'"));
        return await Read(_isSqlite
            ? $"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%' AND tbl_name IN ({names})"
            : $"SELECT indexname, indexdef FROM pg_indexes WHERE indexdef NOT LIKE 'CREATE UNIQUE%' AND tablename IN ({names})");
    }

    private async Task<List<(string, string)>> Read(string sql)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(string, string)>();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetString(0), reader.GetString(1)));
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
