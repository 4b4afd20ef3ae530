using System.Text;
using System.Text.RegularExpressions;

namespace Hotline.Benchmarks.Compare;

/// <summary>
/// pgbench with one statement a command that writes the same rows: registering inserts a new ticket, every other command updates one of
/// <see cref="Tickets"/>. The texts stand in the prepared statement, so it need not even send them.
/// </summary>
internal static partial class Pgbench
{
    private const int Tickets = 2000;

    /// <summary>Makes the tickets to update and the script files; returns pgbench's arguments.</summary>
    public static async Task<IReadOnlyList<string>> Prepare(PostgresServer server, string database, IReadOnlyList<StepRows> steps)
    {
        var folder = Places.Folder("pgbench");
        var first = steps[0];
        await server.Execute(database, $"""
            INSERT INTO ticket_index (ticket_id, external_no, {string.Join(", ", first.Columns())})
            SELECT 'B-' || n, 'B-' || n, {Cells(first, first.Columns())} FROM generate_series(1, {Tickets}) n;
            """);
        var args = new List<string>();
        foreach (var step in steps)
        {
            var file = Path.Combine(folder, step.Label + ".sql");
            await File.WriteAllTextAsync(file, step == first ? Register(step) : Update(step));
            args.AddRange(["-f", file]);
        }
        return [.. args, "-n", "-M", "prepared", "-c", "32", "-j", "2", "-r", database];
    }

    public static async Task<LoadFigures> Run(PostgresServer server, IReadOnlyList<string> args, int seconds)
    {
        var log = Path.Combine(Places.Folder("pgbench-log"), Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
        var output = await ChildProcess.Run(server.Tool("pgbench"),
            ["-T", seconds.ToString(CultureInfo.InvariantCulture), "-l", "--log-prefix", log, .. args], server.Environment);
        var perSecond = double.Parse(Tps().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        // client, transaction, microseconds, …
        var times = Directory.EnumerateFiles(Path.GetDirectoryName(log)!, Path.GetFileName(log) + ".*").SelectMany(File.ReadLines)
            .Select(line => int.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture)).Order().ToList();
        return new LoadFigures(perSecond, LoadFigures.Percentile(times, 0.5), LoadFigures.Percentile(times, 0.99), LoadFigures.Percentile(times, 1), times.Count, 0,
            TimeSpan.Zero, new Dictionary<string, double>());
    }

    private static string Register(StepRows step) => $"""
        WITH i AS (INSERT INTO ticket_index (ticket_id, external_no, {string.Join(", ", step.Columns())})
            SELECT id, id, {Cells(step, step.Columns())} FROM (SELECT 'T-' || gen_random_uuid() AS id) new RETURNING ticket_id AS id, seq),
        {Rest(step)}
        """.ReplaceLineEndings(" ");

    // Which step a ticket met last is left to chance, so its last event is counted on instead of being asked for.
    private static string Update(StepRows step)
    {
        var columns = step.Columns().Where(c => c != "seq").ToList();
        return $"\\set n random(1, {Tickets})\n" + $"""
            WITH i AS (UPDATE ticket_index SET (seq, {string.Join(", ", columns)}) = ROW(seq + {step.Events.Count}, {Cells(step, columns)})
                WHERE ticket_id = 'B-' || :n RETURNING ticket_id AS id, seq),
            {Rest(step)}
            """.ReplaceLineEndings(" ");
    }

    private static string Rest(StepRows step)
    {
        var sql = new StringBuilder();
        foreach (var (e, n) in step.Events.Select((e, n) => (e, n)))
        {
            sql.Append(CultureInfo.InvariantCulture, $"e{n} AS (INSERT INTO ticket_event (ticket_id, seq, type, at, actor, client, body, hash) ")
                .Append(CultureInfo.InvariantCulture, $"SELECT id, seq - {step.Events.Count - 1 - n}, {Text(e.Type)}, {e.At}, {Text(e.Actor)}, ")
                .Append(CultureInfo.InvariantCulture, $"{Text(e.Client)}, {Text(e.Body)}, {Text(e.Hash)} FROM i), ");
        }
        foreach (var (t, n) in step.Texts.Select((t, n) => (t, n)))
        {
            sql.Append(CultureInfo.InvariantCulture, $"p{n} AS (INSERT INTO ticket_text (ticket_id, slot, text, hash) ")
                .Append(CultureInfo.InvariantCulture, $"SELECT id, {Text(t.Slot)} || '/' || seq, {Text(t.Text)}, {Text(t.Hash)} FROM i), ");
        }
        foreach (var (s, n) in step.Scored.Select((s, n) => (s, n)))
        {
            sql.Append(CultureInfo.InvariantCulture, $"o{n} AS ({s.Insertion} SELECT id, {string.Join(", ", s.Cells.Select(Literal))} FROM i {s.OrElse}), ");
        }
        sql.Append("k AS (INSERT INTO command_key (ticket_id, client, key, body_hash, seq, at, hash) ")
            .Append(CultureInfo.InvariantCulture, $"SELECT id, {Text(step.Key.Client)}, gen_random_uuid()::text, ")
            .Append(CultureInfo.InvariantCulture, $"{Text(step.Key.BodyHash)}, seq, {step.Key.At}, {Text(step.Key.Hash)} FROM i) ");
        return sql.Append("SELECT seq FROM i;\n").ToString();
    }

    private static string Cells(StepRows step, IReadOnlyList<string> columns) => string.Join(", ", columns.Select(c => Literal(step.Index[c])));

    private static string Literal(object? cell) => cell switch
    {
        null => "NULL",
        string text => Text(text),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
    };

    // A colon before a word would be pgbench's variable, even inside quotes.
    private static string Text(string text) =>
        "E'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal).Replace(":", "\\x3A", StringComparison.Ordinal) + "'";

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps();
}
