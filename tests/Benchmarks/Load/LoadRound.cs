using System.Text;

namespace Hotline.Benchmarks.Load;

/// <summary>What a round of load showed.</summary>
internal sealed record LoadFigures(double PerSecond, double P50Ms, double P99Ms, double MaxMs, int Commands, int Refused, TimeSpan ClientCpu,
    IReadOnlyDictionary<string, double> P50ByCommand)
{
    public static double Percentile(List<int> sortedMicroseconds, double share) =>
        sortedMicroseconds.Count == 0 ? 0 : sortedMicroseconds[(int)Math.Min(sortedMicroseconds.Count - 1, sortedMicroseconds.Count * share)] / 1000.0;
}

/// <summary>Connections that walk tickets one after the other, each command waiting for its answer.</summary>
internal sealed class LoadRound(int port, int connections, string label)
{
    public async Task<LoadFigures> Run(TimeSpan duration)
    {
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var until = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var watch = Stopwatch.StartNew();
        var walkers = await Task.WhenAll(Enumerable.Range(0, connections).Select(n => Task.Run(() => Walk(n, until))));
        var seconds = watch.Elapsed.TotalSeconds;
        var all = walkers.SelectMany(w => w.Times).ToList();
        var sorted = all.Select(t => t.Microseconds).Order().ToList();
        return new LoadFigures(
            sorted.Count / seconds,
            LoadFigures.Percentile(sorted, 0.5),
            LoadFigures.Percentile(sorted, 0.99),
            LoadFigures.Percentile(sorted, 1),
            sorted.Count,
            walkers.Sum(w => w.Refused),
            Process.GetCurrentProcess().TotalProcessorTime - cpu,
            all.GroupBy(t => t.Label).ToDictionary(g => g.Key, g => LoadFigures.Percentile([.. g.Select(t => t.Microseconds).Order()], 0.5)));
    }

    private async Task<Walker> Walk(int number, long until)
    {
        using var connection = await HttpConnection.Open(port, "X-Api-Key: " + SiloProcess.Key);
        var walker = new Walker();
        for (var ticket = 0; Stopwatch.GetTimestamp() < until; ticket++)
        {
            var name = $"{label}-{number}-{ticket}";
            if (await walker.Do(connection, TicketWalk.Register(name, Received), "", name))
            {
                var id = IdIn(connection.Body);
                for (var i = 0; i < TicketWalk.Steps.Count && await walker.Do(connection, TicketWalk.Steps[i], id, name); i++)
                {
                }
            }
        }
        return walker;
    }

    // Any past instant will do; the clocks of a live ticket start at its own commands.
    private static readonly DateTimeOffset Received = new(2026, 10, 8, 9, 30, 0, TimeSpan.FromHours(8));

    private static string IdIn(ReadOnlySpan<byte> json)
    {
        var at = json.IndexOf("\"id\":\""u8) + 6;
        return Encoding.ASCII.GetString(json.Slice(at, json[at..].IndexOf((byte)'"')));
    }

    private sealed class Walker
    {
        public List<(string Label, int Microseconds)> Times { get; } = new(100_000);

        public int Refused { get; private set; }

        public async ValueTask<bool> Do(HttpConnection connection, WalkStep step, string id, string name)
        {
            var start = Stopwatch.GetTimestamp();
            var status = await connection.Send("POST", step.Path(id), $"X-Acting-For: {step.Actor}\r\nIdempotency-Key: {name}-{step.Label}\r\n", step.Body);
            Times.Add((step.Label, (int)Stopwatch.GetElapsedTime(start).TotalMicroseconds));
            if (status is 200 or 201)
            {
                return true;
            }
            Refused++;
            if (Refused == 1)
            {
                Console.Error.WriteLine($"{step.Label}: {status} {Encoding.UTF8.GetString(connection.Body)}");
            }
            return false;
        }
    }
}
