using System.Text.Json;

namespace Hotline.Faults;

/// <summary>A ticket on which all callers write remarks at the same time.</summary>
internal sealed record SharedTicket(string Id, string Subject);

/// <summary>One caller of the load: leads tickets of its own through their life, now and then writes a remark on one that all share, and sends whatever
/// has an open outcome again, elsewhere, with the same key.</summary>
internal sealed class LoadClient(int number, Recorder recorder, IReadOnlyList<Node> nodes, IReadOnlyList<SharedTicket> shared, string source, int seed)
{
    private const int Tickets = 12;

    /// <summary>How long an operation is sent again before its outcome stays open.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, (string Subject, string Status)> _mine = [];
    private int _keys;
    private int _registered;
    private int _turn = seed & 0xFFFF;

    public static string Registration(string source, string subject, DateTimeOffset? upstreamDueAt = null) => JsonSerializer.Serialize(new
    {
        source,
        externalNo = subject,
        nature = "complaint",
        urgency = "ordinary",
        title = "夜间施工噪音 " + subject,
        content = "工地夜间施工，影响休息。",
        caller = new { name = "王女士", phone = "13800001234" },
        receivedAt = "2026-10-09T09:30:00+08:00",
        upstreamDueAt,
    });

    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Step();
        }
    }

    /// <summary>Sends until the outcome is known; the last attempt.</summary>
    public async Task<Attempt> Perform(Command command)
    {
        var until = recorder.Now + (long)Patience.TotalMilliseconds;
        while (true)
        {
            var attempt = await recorder.Send(nodes[_turn++ % nodes.Count], command);
            if (attempt.Outcome != Outcome.Unknown || recorder.Now > until)
            {
                return attempt;
            }
            await Task.Delay(_random.Next(50, 200));
        }
    }

    private async Task Step()
    {
        if (shared.Count > 0 && _random.Next(5) == 0)
        {
            var ticket = shared[_random.Next(shared.Count)];
            await Perform(New(ticket.Subject, "annotate", ticket.Id, new { text = "共同备注" }, "liaison"));
            return;
        }
        if (_mine.Count < Tickets && (_mine.Count == 0 || _random.Next(4) == 0))
        {
            await Register();
            return;
        }
        await Advance(_mine.Keys.ElementAt(_random.Next(_mine.Count)));
    }

    private async Task Register()
    {
        var subject = $"{source}-{number}-{++_registered}";
        var command = new Command(NewKey(), subject, "register", "/api/v1/tickets", Registration(source, subject), "intake");
        if (await Perform(command) is { Outcome: Outcome.Done } done)
        {
            Note(done);
        }
    }

    private async Task Advance(string id)
    {
        var (subject, status) = _mine[id];
        var command = _random.Next(4) == 0
            ? New(subject, _random.Next(2) == 0 ? "annotate" : "chase", id, new { text = "请尽快办理。" }, "liaison")
            : Next(subject, status, id);
        if (await Perform(command) is { Outcome: Outcome.Done } done)
        {
            Note(done);
        }
        else
        {
            // Its state is not known any more; the checker judges it.
            _mine.Remove(id);
        }
    }

    private Command Next(string subject, string status, string id) => status switch
    {
        "triage" => New(subject, "dispatch", id, new { leadUnit = "DG" }, "dispatcher"),
        "awaitingAcceptance" => New(subject, "accept", id, new { }, "handler"),
        "awaitingContact" => New(subject, "contact", id, new { channel = "phone", reached = true }, "handler"),
        "inProgress" => New(subject, "reply", id,
            new { finding = "true", measures = "责令施工单位停工", outcome = "solved", text = "民警当晚到场核查属实，已责令施工单位夜间停工并告知诉求人。", channel = "phone" }, "handler"),
        "awaitingReview" => New(subject, "approve-reply", id, new { }, "reviewer"),
        "awaitingCallback" => New(subject, "callback", id,
            new { outcome = "answered", contacted = true, solved = true, satisfaction = "satisfied" }, "officer"),
        _ => New(subject, "annotate", id, new { text = "归档前备注" }, "liaison"),
    };

    private void Note(Attempt done)
    {
        using var ticket = JsonDocument.Parse(done.Answer!);
        var id = ticket.RootElement.GetProperty("id").GetString()!;
        var status = ticket.RootElement.GetProperty("status").GetString()!;
        if (status == "closed")
        {
            _mine.Remove(id);
        }
        else
        {
            _mine[id] = (done.Subject, status);
        }
    }

    private Command New(string subject, string name, string id, object body, string actor) =>
        new(NewKey(), subject, name, $"/api/v1/tickets/{id}/{name}", JsonSerializer.Serialize(body), actor);

    private string NewKey() => $"{source}-{number}-{++_keys}";
}
