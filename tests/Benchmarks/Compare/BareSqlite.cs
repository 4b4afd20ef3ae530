using Microsoft.Data.Sqlite;

namespace Hotline.Benchmarks.Compare;

/// <summary>The bare loop: no server, no HTTP, one connection, the same rows into the same tables, one durable commit per command.</summary>
internal sealed class BareSqlite : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<Action<string>> _steps;

    private int _ticket;

    /// <summary>A new file with the silo's own schema.</summary>
    public BareSqlite(string siloFile, IReadOnlyList<StepRows> steps)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(Places.Folder("bare"), "bare.db")};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        Schema(siloFile).ForEach(Execute);
        _steps = [.. steps.Select(Step)];
    }

    public LoadFigures Run(TimeSpan duration)
    {
        var times = new List<int>(200_000);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
        {
            var id = $"T-bare-{_ticket++:0000000000000000000}";
            foreach (var step in _steps)
            {
                var start = Stopwatch.GetTimestamp();
                step(id);
                times.Add((int)Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }
        var seconds = watch.Elapsed.TotalSeconds;
        times.Sort();
        return new LoadFigures(times.Count / seconds, LoadFigures.Percentile(times, 0.5), LoadFigures.Percentile(times, 0.99), LoadFigures.Percentile(times, 1), times.Count,
            0, Process.GetCurrentProcess().TotalProcessorTime - cpu, new Dictionary<string, double>());
    }

    public void Dispose() => _connection.Dispose();

    private static List<string> Schema(string siloFile)
    {
        using var silo = new SqliteConnection($"Data Source={siloFile};Mode=ReadOnly;Pooling=False");
        silo.Open();
        using var command = silo.CreateCommand();
        command.CommandText = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND (tbl_name LIKE 'ticket%' OR tbl_name = 'command_key') ORDER BY type = 'table' DESC";
        using var reader = command.ExecuteReader();
        var sql = new List<string>();
        while (reader.Read())
        {
            sql.Add(reader.GetString(0));
        }
        return sql;
    }

    private Action<string> Step(StepRows step)
    {
        var (columns, key) = (step.Columns(), step.Key);
        var (names, values) = (string.Join(", ", columns), columns.Select(c => step.Index[c]));
        var writes = new List<SqliteCommand>
        {
            step.Before == 0
                ? Prepare($"INSERT INTO ticket_index (ticket_id, external_no, {names}) VALUES ($id, $id, {Numbers(1, columns.Count)})", [.. values])
                : Prepare($"UPDATE ticket_index SET ({names}) = ({Numbers(2, columns.Count)}) WHERE ticket_id = $id AND seq = $1", [step.Before, .. values]),
            Prepare($"INSERT INTO command_key (ticket_id, client, key, body_hash, seq, at, hash) VALUES ($id, $1, $id || '-' || $2, {Numbers(3, 4)})",
                key.Client, step.Label, key.BodyHash, key.Seq, key.At, key.Hash),
        };
        writes.AddRange(step.Events.Select((e, i) => Prepare(
            $"INSERT INTO ticket_event (ticket_id, seq, type, at, actor, client, body, hash) VALUES ($id, {Numbers(1, 7)})",
            step.Before + i + 1, e.Type, e.At, e.Actor, e.Client, e.Body, e.Hash)));
        writes.AddRange(step.Texts.Select(t => Prepare(
            $"INSERT INTO ticket_text (ticket_id, slot, text, hash) VALUES ($id, {Numbers(1, 3)})", t.Slot, t.Text, t.Hash)));
        writes.AddRange(step.Scored.Select(s => Prepare($"{s.Insertion} VALUES ($id, {Numbers(1, s.Cells.Count)}) {s.OrElse}", [.. s.Cells])));
        var (begin, commit) = (Prepare("BEGIN IMMEDIATE"), Prepare("COMMIT"));
        return id =>
        {
            begin.ExecuteNonQuery();
            foreach (var write in writes)
            {
                write.Parameters[0].Value = id;
                if (write.ExecuteNonQuery() != 1)
                {
                    throw new InvalidOperationException($"{step.Label} of {id} did not find the ticket as the step before left it.");
                }
            }
            commit.ExecuteNonQuery();
        };
    }

    private static string Numbers(int first, int count) => string.Join(", ", Enumerable.Range(first, count).Select(n => $"${n}"));

    private SqliteCommand Prepare(string sql, params object?[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        if (sql.Contains("$id", StringComparison.Ordinal))
        {
            command.Parameters.AddWithValue("$id", "");
        }
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        }
        command.Prepare();
        return command;
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
