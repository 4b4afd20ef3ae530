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
            INSERT INTO ticket_state SELECT 'B-' || n, 1, {Text(first.Payload)}, 0 FROM generate_series(1, {Tickets}) n;
            INSERT INTO ticket_index (ticket_id, external_no, {string.Join(", ", first.Index.Keys)})
            SELECT 'B-' || n, 'B-' || n, {string.Join(", ", first.Index.Values.Select(Literal))} FROM generate_series(1, {Tickets}) n;
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
        WITH s AS (INSERT INTO ticket_state SELECT 'T-' || gen_random_uuid(), 1, {Text(step.Payload)}, 0 RETURNING ticket_id AS id, version),
        i AS (INSERT INTO ticket_index (ticket_id, external_no, {string.Join(", ", step.Index.Keys)})
            SELECT id, id, {string.Join(", ", step.Index.Values.Select(Literal))} FROM s),
        {Rest(step)}
        """.ReplaceLineEndings(" ");

    private static string Update(StepRows step) => $"\\set n random(1, {Tickets})\n" + $"""
        WITH s AS (UPDATE ticket_state SET version = version + 1, payload = {Text(step.Payload)}, modified_at = 0
            WHERE ticket_id = 'B-' || :n RETURNING ticket_id AS id, version),
        i AS (UPDATE ticket_index SET {string.Join(", ", step.Index.Where(c => c.Key != "source").Select(c => $"{c.Key} = {Literal(c.Value)}"))}
            FROM s WHERE ticket_index.ticket_id = s.id),
        {Rest(step)}
        """.ReplaceLineEndings(" ");

    private static string Rest(StepRows step)
    {
        var sql = new StringBuilder();
        foreach (var (e, n) in step.Events.Select((e, n) => (e, n)))
        {
            sql.Append(CultureInfo.InvariantCulture, $"e{n} AS (INSERT INTO ticket_event (ticket_id, seq, type, at, actor, body, hash) ")
                .Append(CultureInfo.InvariantCulture, $"SELECT id, version * 10 + {n}, {Text(e.Type)}, {e.At}, {Text(e.Actor)}, {Text(e.Body)}, {Text(e.Hash)} FROM s), ");
        }
        foreach (var (t, n) in step.Texts.Select((t, n) => (t, n)))
        {
            sql.Append(CultureInfo.InvariantCulture, $"p{n} AS (INSERT INTO ticket_text SELECT id, {Text(t.Slot)} || '/' || version, {Text(t.Text)} FROM s), ");
        }
        sql.Append("k AS (INSERT INTO command_key (client, key, body_hash, status, answer, at) ")
            .Append(CultureInfo.InvariantCulture, $"SELECT 'pgbench', gen_random_uuid()::text, {Text(step.Events[0].Hash)}, 200, {Text(step.Answer)}, {step.Events[0].At} FROM s) ");
        return sql.Append("SELECT version FROM s;\n").ToString();
    }

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
