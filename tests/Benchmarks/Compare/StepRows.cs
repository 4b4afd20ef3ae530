using System.Data.Common;
using System.Text;
using System.Text.Json;
using Hotline.Storage;

namespace Hotline.Benchmarks.Compare;

/// <summary>An event as the silo stored it.</summary>
internal sealed record EventCells(string Type, long At, string Actor, string Client, string Body, string Hash);

/// <summary>A text as the silo stored it.</summary>
internal sealed record TextCells(string Slot, string Text, string Hash);

/// <summary>A row of what a unit owes, or of what was said of it, as the silo stored it: new, or in the place of the one before.</summary>
/// <param name="Insertion">The statement up to its values, of which the first is the ticket's id.</param>
/// <param name="OrElse">What is done when the row is there.</param>
/// <param name="Cells">Text, whole number or null.</param>
internal sealed record ScoredCells(string Insertion, string OrElse, IReadOnlyList<object?> Cells);

/// <summary>The row of an idempotency key as the silo stored it, without the key itself.</summary>
internal sealed record KeyCells(string Client, string BodyHash, int Seq, long At, string Hash);

/// <summary>
/// The rows that one command of the walk wrote, read back from a real silo's tables: what the plain endpoint, pgbench and the bare loop
/// write in the same run is the same rows of the same sizes into the same tables.
/// </summary>
/// <param name="Bytes">What these rows hold, in characters: texts and codes, not numbers.</param>
/// <param name="Index">Column and value (text, whole number or null) of the index row after the command.</param>
/// <param name="Answer">What the silo answered; nothing of it is stored.</param>
internal sealed record StepRows(string Label, int Bytes, Dictionary<string, object?> Index, IReadOnlyList<EventCells> Events,
    IReadOnlyList<TextCells> Texts, IReadOnlyList<ScoredCells> Scored, KeyCells Key, string Answer)
{
    /// <summary>Index, idempotency key, events, texts, obligations and answers.</summary>
    public int Rows => 2 + Events.Count + Texts.Count + Scored.Count;

    /// <summary>The ticket's last event before the command, on which the command depends; 0 when it begins the ticket.</summary>
    public int Before => Key.Seq - Events.Count;

    /// <summary>The columns that the command writes into the index row, each ticket's own id and number aside.</summary>
    public IReadOnlyList<string> Columns() =>
        [.. (Before == 0 ? TicketColumns.All : TicketColumns.OfChange).Select(c => c.Name).Where(c => c != "external_no")];

    /// <summary>Walks one ticket and takes down what each command left behind.</summary>
    public static async Task<IReadOnlyList<StepRows>> Capture(SiloProcess silo, DbConnection store)
    {
        var steps = new List<StepRows>();
        using var connection = await HttpConnection.Open(silo.Port, "X-Api-Key: " + SiloProcess.Key);
        var id = "";
        foreach (var step in TicketWalk.Steps.Prepend(TicketWalk.Register("template", new(2026, 10, 8, 9, 30, 0, TimeSpan.FromHours(8)))))
        {
            var status = await connection.Send("POST", step.Path(id), $"X-Acting-For: {step.Actor}\r\nIdempotency-Key: {KeyOf(step.Label)}\r\n", step.Body);
            var answer = Encoding.UTF8.GetString(connection.Body);
            if (status is not (200 or 201))
            {
                throw new InvalidOperationException($"{step.Label}: {status} {answer} {silo.Process.Output}");
            }
            id = id.Length > 0 ? id : JsonElement.Parse(answer).GetProperty("id").GetString()!;
            steps.Add(await Read(store, id, step.Label, answer, steps));
        }
        return steps;
    }

    private static async Task<StepRows> Read(DbConnection store, string id, string label, string answer, List<StepRows> before)
    {
        var index = (await Query(store, "SELECT * FROM ticket_index WHERE ticket_id = @id", id))[0];
        var events = (await Query(store, "SELECT * FROM ticket_event WHERE ticket_id = @id ORDER BY seq", id)).Skip(before.Sum(s => s.Events.Count))
            .Select(r => new EventCells(Text(r, "type"), (long)r["at"]!, Text(r, "actor"), Text(r, "client"), Text(r, "body"), Text(r, "hash"))).ToList();
        var known = before.SelectMany(s => s.Texts).Select(t => t.Slot).ToHashSet();
        var texts = (await Query(store, "SELECT * FROM ticket_text WHERE ticket_id = @id ORDER BY slot", id))
            .Select(r => new TextCells(Text(r, "slot"), Text(r, "text"), Text(r, "hash"))).Where(t => !known.Contains(t.Slot)).ToList();
        var scored = (await ScoredOf(store, id, "ticket_obligation", TicketColumns.OfObligation, "unit", "support"))
            .Concat(await ScoredOf(store, id, "ticket_answer", TicketColumns.OfAnswer, "unit"))
            .Where(now => !before.Any(s => s.Scored.Any(then => then.Insertion == now.Insertion && then.Cells.SequenceEqual(now.Cells)))).ToList();
        var row = (await Query(store, "SELECT * FROM command_key WHERE key = @id", KeyOf(label)))[0];
        var bytes = Characters(index) + Characters(row) + texts.Sum(t => t.Slot.Length + t.Text.Length + t.Hash.Length)
            + scored.SelectMany(s => s.Cells.OfType<string>()).Sum(text => text.Length)
            + events.Sum(e => e.Type.Length + e.Actor.Length + e.Client.Length + e.Body.Length + e.Hash.Length);
        return new(label, bytes, index, events, texts, scored, new(Text(row, "client"), Text(row, "body_hash"), (int)(long)row["seq"]!, (long)row["at"]!, Text(row, "hash")), answer);
    }

    private static async Task<IEnumerable<ScoredCells>> ScoredOf(DbConnection store, string id, string table, string columns, params string[] keys) =>
        (await Query(store, $"SELECT {columns} FROM {table} WHERE ticket_id = @id", id)).Select(row => new ScoredCells(
            $"INSERT INTO {table} (ticket_id, {columns})", TicketColumns.Replacing(columns, keys), [.. columns.Split(", ").Select(column => row[column])]));

    private static string KeyOf(string label) => "template-" + label;

    private static string Text(Dictionary<string, object?> row, string column) => (string)row[column]!;

    private static int Characters(Dictionary<string, object?> row) => row.Values.OfType<string>().Sum(text => text.Length);

    private static async Task<List<Dictionary<string, object?>>> Query(DbConnection store, string sql, string id)
    {
        await using var command = store.CreateCommand();
        command.CommandText = sql;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("id", id);
        command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Dictionary<string, object?>>();
        while (await reader.ReadAsync())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.GetValue(i) switch
            {
                DBNull => null,
                int n => (long)n,
                var value => value,
            }));
        }
        return rows;
    }
}
