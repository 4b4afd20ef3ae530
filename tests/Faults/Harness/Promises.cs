using System.Text.Json;
using Dapper;
using Npgsql;

namespace Hotline.Faults;

/// <summary>Tickets whose replies fall due a few seconds ahead: the upstream platform's due lies there and leaves the unit no other.</summary>
internal sealed class Promises(string source, Recorder recorder, IReadOnlyList<Node> nodes)
{
    private const int Callers = 12;

    /// <summary>From the first to the last due.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(2);

    private readonly LoadClient[] _callers = [.. Enumerable.Range(1, Callers).Select(n => new LoadClient(n, recorder, nodes, [], source, Settings.Seed + n))];
    private int _keys;

    /// <summary>Dispatches so many tickets, due from <paramref name="first"/> on; every third is replied to at once.</summary>
    /// <returns>The dues that are still owed.</returns>
    public async Task<IReadOnlyList<Due>> Make(string round, int tickets, DateTimeOffset first)
    {
        var owed = new Due?[tickets];
        await Task.WhenAll(_callers.Select(async (caller, c) =>
        {
            for (var n = c; n < tickets; n += Callers)
            {
                owed[n] = await Make(caller, $"{source}-{round}-{n}", first + (Spread * n / tickets), isReplied: n % 3 == 0);
            }
        }));
        return [.. owed.OfType<Due>()];
    }

    /// <summary>The red cards of the replies in all tickets' histories.</summary>
    public async Task<IReadOnlyList<Fired>> Cards(string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        var alarms = await connection.QueryAsync<(string Ticket, long At, string Body)>(
            "SELECT e.ticket_id, e.at, e.body FROM ticket_event e JOIN ticket_index i ON i.ticket_id = e.ticket_id WHERE i.source = @source AND e.type = 'alarmFired'",
            new { source });
        return [.. alarms.Select(a => (a.Ticket, a.At, Body: JsonSerializer.Deserialize<JsonElement>(a.Body)))
            .Where(a => a.Body.GetProperty("clock").GetString() == "reply" && a.Body.GetProperty("level").GetString() == "red")
            .Select(a => new Fired(a.Ticket, a.Body.GetProperty("dueAt").GetDateTimeOffset().ToUnixTimeMilliseconds(), a.At))];
    }

    private async Task<Due?> Make(LoadClient caller, string subject, DateTimeOffset due, bool isReplied)
    {
        var made = await Do(caller, new(NewKey(), subject, "register", "/api/v1/tickets", LoadClient.Registration(source, subject, due), "intake"));
        var id = made.GetProperty("id").GetString()!;
        var ticket = await Do(caller, New(subject, "dispatch", id, new { leadUnit = "DG" }, "dispatcher"));
        if (!isReplied)
        {
            var promise = ticket.GetProperty("deadlines").EnumerateArray().Single(d => d.GetProperty("clock").GetString() == "reply");
            Assert.True(promise.GetProperty("compressed").GetBoolean());
            return new(id, promise.GetProperty("dueAt").GetDateTimeOffset().ToUnixTimeMilliseconds());
        }
        await Do(caller, New(subject, "accept", id, new { }, "handler"));
        await Do(caller, New(subject, "contact", id, new { channel = "phone", reached = true }, "handler"));
        await Do(caller, New(subject, "reply", id,
            new { finding = "true", measures = "责令施工单位停工", outcome = "solved", text = "民警当晚到场核查属实，已责令施工单位夜间停工并告知诉求人。", channel = "phone" }, "handler"));
        return null;
    }

    private static async Task<JsonElement> Do(LoadClient caller, Command command)
    {
        var done = await caller.Perform(command);
        Assert.True(done.Outcome == Outcome.Done, $"{command.Name}: {done.Status} {done.Code}");
        return JsonSerializer.Deserialize<JsonElement>(done.Answer!);
    }

    private Command New(string subject, string name, string id, object body, string actor) =>
        new(NewKey(), subject, name, $"/api/v1/tickets/{id}/{name}", JsonSerializer.Serialize(body), actor);

    private string NewKey() => $"{source}-{Interlocked.Increment(ref _keys)}";
}
