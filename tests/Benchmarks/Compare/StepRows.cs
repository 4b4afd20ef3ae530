using System.Data.Common;
using System.Text.Json;

namespace Hotline.Benchmarks.Compare;

/// <summary>An event as the silo stored it.</summary>
internal sealed record EventCells(string Type, long At, string Actor, string Body, string Hash);

/// <summary>A text as the silo stored it.</summary>
internal sealed record TextCells(string Slot, string Text);

/// <summary>
/// The rows that one command of the walk wrote, read back from a real silo's tables: what the plain endpoint, pgbench and the bare loop
/// write in the same run is the same rows of the same sizes into the same tables.
/// </summary>
/// <param name="Index">Column and value (text, whole number or null); without the ticket's id and external number.</param>
internal sealed record StepRows(string Label, string Payload, Dictionary<string, object?> Index, IReadOnlyList<EventCells> Events,
    IReadOnlyList<TextCells> Texts, string Answer)
{
    /// <summary>State, index, idempotency key, events, texts.</summary>
    public int Rows => 3 + Events.Count + Texts.Count;

    public int Bytes => Payload.Length + Answer.Length + Events.Sum(e => e.Body.Length) + Texts.Sum(t => t.Text.Length);

    /// <summary>Walks one ticket and takes down what each command left behind.</summary>
    public static async Task<IReadOnlyList<StepRows>> Capture(SiloProcess silo, DbConnection store)
    {
        var steps = new List<StepRows>();
        using var connection = await HttpConnection.Open(silo.Port, "X-Api-Key: " + SiloProcess.Key);
        var id = "";
        foreach (var step in TicketWalk.Steps.Prepend(TicketWalk.Register("template", new(2026, 10, 8, 9, 30, 0, TimeSpan.FromHours(8)))))
        {
            var status = await connection.Send("POST", step.Path(id), $"X-Acting-For: {step.Actor}\r\nIdempotency-Key: template-{step.Label}\r\n", step.Body);
            if (status is not (200 or 201))
            {
                throw new InvalidOperationException($"{step.Label}: {status} {System.Text.Encoding.UTF8.GetString(connection.Body)} {silo.Process.Output}");
            }
            id = id.Length > 0 ? id : JsonDocument.Parse(connection.Body.ToArray()).RootElement.GetProperty("id").GetString()!;
            steps.Add(await Read(store, id, step.Label, steps));
        }
        return steps;
    }

    private static async Task<StepRows> Read(DbConnection store, string id, string label, List<StepRows> before)
    {
        var index = (await Query(store, "SELECT * FROM ticket_index WHERE ticket_id = @id", id))[0];
        foreach (var own in new[] { "ticket_id", "external_no" })
        {
            index.Remove(own);
        }
        var payload = (await Query(store, "SELECT payload FROM ticket_state WHERE ticket_id = @id", id))[0]["payload"];
        var events = (await Query(store, "SELECT type, at, actor, body, hash FROM ticket_event WHERE ticket_id = @id ORDER BY seq", id))
            .Skip(before.Sum(s => s.Events.Count)).Select(r => new EventCells((string)r["type"]!, (long)r["at"]!, (string)r["actor"]!, (string)r["body"]!, (string)r["hash"]!));
        var known = before.SelectMany(s => s.Texts).Select(t => t.Slot).ToHashSet();
        var texts = (await Query(store, "SELECT slot, text FROM ticket_text WHERE ticket_id = @id ORDER BY slot", id))
            .Where(r => !known.Contains((string)r["slot"]!)).Select(r => new TextCells((string)r["slot"]!, (string)r["text"]!));
        var answer = (await Query(store, "SELECT answer FROM command_key WHERE key = @id", "template-" + label))[0]["answer"];
        return new StepRows(label, (string)payload!, index, [.. events], [.. texts], (string)answer!);
    }

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
