using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Hotline.Benchmarks.Compare;

/// <summary>
/// The comparison written by hand: a minimal API with Npgsql that writes the same rows as one command in one prepared batch, one
/// round trip, one commit. It is spared authentication, validation, the ticket's rules, idempotency look-up and forming the answer.
/// </summary>
internal static class PlainEndpoint
{
    public static async Task Serve(string url, string connection, string templates)
    {
        var steps = JsonSerializer.Deserialize<List<StepRows>>(await File.ReadAllTextAsync(templates))!;
        var writes = steps.Select(step => new PlainWrite(step)).ToDictionary(w => w.Label);
        await using var source = NpgsqlDataSource.Create(connection);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        await using var app = builder.Build();
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapPost("/api/v1/tickets", async (RegisterBody body, HttpContext http) =>
        {
            var id = "T-" + body.ExternalNo;
            return await writes["register"].Run(source, id, KeyOf(http)) ? Json(writes["register"], id, 201) : Results.Conflict();
        });
        app.MapPost("/api/v1/tickets/{id}/{command}", async (string id, string command, CommandBody body, HttpContext http) =>
            writes.TryGetValue(command, out var write) && await write.Run(source, id, KeyOf(http)) ? Json(write, id, 200) : Results.Conflict());
        await app.RunAsync();
    }

    private static string KeyOf(HttpContext http) => http.Request.Headers["Idempotency-Key"].ToString();

    private static IResult Json(PlainWrite write, string id, int status) => Results.Text(write.AnswerFor(id), "application/json", statusCode: status);

    internal sealed record RegisterBody(string Source, string ExternalNo, string Nature, string Urgency, string Title, string? Content, string? Place,
        DateTimeOffset ReceivedAt);

    internal sealed record CommandBody(string? LeadUnit, string? Officer, string? Channel, bool? Reached, string? Note, string? Finding, string? Measures,
        string? Outcome, string? Text, bool? Contacted, bool? Solved, string? Satisfaction);
}

/// <summary>One command's rows as a batch of plain statements.</summary>
internal sealed class PlainWrite(StepRows step)
{
    private readonly IReadOnlyList<string> _columns = step.Columns();
    private readonly string _answerTail = step.Answer[(step.Answer.IndexOf("\"id\":\"", StringComparison.Ordinal) + 6)..];

    public string Label => step.Label;

    /// <summary>The silo's answer with this ticket's id.</summary>
    public string AnswerFor(string id) => string.Concat("{\"id\":\"", id, _answerTail.AsSpan(_answerTail.IndexOf('"', StringComparison.Ordinal)));

    public async Task<bool> Run(NpgsqlDataSource source, string id, string key)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Index(id));
        for (var i = 0; i < step.Events.Count; i++)
        {
            var e = step.Events[i];
            batch.BatchCommands.Add(Command(
                "INSERT INTO ticket_event (ticket_id, seq, type, at, actor, client, body, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", id,
                step.Before + i + 1, e.Type, e.At, e.Actor, e.Client, e.Body, e.Hash));
        }
        foreach (var text in step.Texts)
        {
            batch.BatchCommands.Add(Command("INSERT INTO ticket_text (ticket_id, slot, text, hash) VALUES ($1, $2, $3, $4)",
                id, text.Slot, text.Text, text.Hash));
        }
        foreach (var scored in step.Scored)
        {
            var numbers = string.Join(", ", Enumerable.Range(2, scored.Cells.Count).Select(n => $"${n}"));
            batch.BatchCommands.Add(Command($"{scored.Insertion} VALUES ($1, {numbers}) {scored.OrElse}", [id, .. scored.Cells.Select(Value)]));
        }
        batch.BatchCommands.Add(Command("INSERT INTO command_key (ticket_id, client, key, body_hash, seq, at, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            id, step.Key.Client, key, step.Key.BodyHash, step.Key.Seq, step.Key.At, step.Key.Hash));
        return await batch.ExecuteNonQueryAsync() == step.Rows;
    }

    private NpgsqlBatchCommand Index(string id)
    {
        var (names, values) = (string.Join(", ", _columns), _columns.Select(c => Value(step.Index[c])));
        string Numbers(int first) => string.Join(", ", Enumerable.Range(first, _columns.Count).Select(n => $"${n}"));
        return step.Before == 0
            ? Command($"INSERT INTO ticket_index (ticket_id, external_no, {names}) VALUES ($1, $1, {Numbers(2)})", [id, .. values])
            : Command($"UPDATE ticket_index SET ({names}) = ROW({Numbers(3)}) WHERE ticket_id = $1 AND seq = $2", [id, step.Before, .. values]);
    }

    private static object? Value(object? cell) => cell is JsonElement json
        ? json.ValueKind switch
        {
            JsonValueKind.Number => json.GetInt64(),
            JsonValueKind.Null => null,
            _ => json.GetString(),
        }
        : cell;

    private static NpgsqlBatchCommand Command(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value switch
            {
                long n => new NpgsqlParameter<long> { TypedValue = n },
                int n => new NpgsqlParameter<int> { TypedValue = n },
                string s => new NpgsqlParameter<string> { TypedValue = s },
                _ => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Unknown },
            });
        }
        return command;
    }
}
