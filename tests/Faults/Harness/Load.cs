using System.Text.Json;

namespace Hotline.Faults;

/// <summary>Callers at work while faults happen. One seed drives what they send; the timing is the machine's.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int SharedTickets = 5;

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _clients;

    private Load(Recorder recorder, IReadOnlyList<Node> nodes, IReadOnlyList<SharedTicket> shared, string source, int clients, int seed)
    {
        Recorder = recorder;
        Source = source;
        _clients = Task.WhenAll(Enumerable.Range(1, clients)
            .Select(n => new LoadClient(n, recorder, nodes, shared, source, unchecked((seed * 31) + n)).Run(_stop.Token)));
    }

    public Recorder Recorder { get; }

    /// <summary>Marks every ticket of this load.</summary>
    public string Source { get; }

    public static async Task<Load> Start(string source, IReadOnlyList<Node> nodes, int clients = 8)
    {
        var seed = Settings.Seed;
        var recorder = new Recorder(Path.Combine(Repository.Results, source + ".jsonl"));
        var first = new LoadClient(0, recorder, nodes, [], source, seed);
        var shared = new List<SharedTicket>();
        for (var n = 1; n <= SharedTickets; n++)
        {
            var subject = $"{source}-shared-{n}";
            var command = new Command($"{subject}-key", subject, "register", "/api/v1/tickets", LoadClient.Registration(source, subject), "intake");
            var done = await first.Perform(command);
            using var ticket = JsonDocument.Parse(done.Answer ?? throw new InvalidOperationException($"{subject} was not registered: {done.Status} {done.Code}"));
            shared.Add(new(ticket.RootElement.GetProperty("id").GetString()!, subject));
        }
        return new(recorder, nodes, shared, source, clients, seed);
    }

    /// <summary>Lets everybody finish what is under way, open outcomes included.</summary>
    public async Task<IReadOnlyList<Attempt>> Stop()
    {
        await _stop.CancelAsync();
        await _clients;
        return Recorder.Attempts;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Recorder.Dispose();
        _stop.Dispose();
    }
}
