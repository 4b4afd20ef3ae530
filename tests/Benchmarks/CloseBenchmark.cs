using System.Text.Json;

namespace Hotline.Benchmarks;

/// <summary>A month is closed, proposed and published, with 20 units and with very many; each step is a call over HTTP, timed whole.</summary>
internal static class CloseBenchmark
{
    private const string Month = "/api/v1/league-tables/2026-03";

    public static async Task<Outcome> Measure(Run run)
    {
        var (results, figures) = (new List<object>(), new List<Figure>());
        foreach (var (tickets, parts) in run.Size.Closed)
        {
            var most = parts == 1 ? 10 : 60;
            foreach (var engine in run.Engines)
            {
                var store = await run.NewStore(engine, $"close-{tickets}", await run.Pattern(engine));
                if (parts > 1)
                {
                    await using var before = await store.Start();
                    await AddUnits(before, parts);
                }
                await Growth.Grow(store, (tickets / run.Size.Month) - 1, Copies.InTheMonth(parts));
                var (steps, units) = await Close(store);
                var seconds = steps.Sum(s => s.Seconds);
                Console.WriteLine($"  {engine,-11} {tickets:N0} tickets, {units:N0} units: {seconds:0.0} s ("
                    + string.Join(", ", steps.Select(s => $"{s.Name} {s.Seconds:0.0} s")) + ")");
                results.Add(new { engine, tickets, units, seconds, steps = steps.Select(s => new { s.Name, s.Seconds }) });
                figures.Add(new(engine, $"month close, {units:N0} units, {tickets:N0} tickets", seconds, "s")
                    { Target = $"< {most} s", Met = seconds < most, OfLargeSize = true });
            }
        }
        return new(new { results }, figures);
    }

    private static async Task<(IReadOnlyList<(string Name, double Seconds)> Steps, int Units)> Close(Store store)
    {
        await using var silo = await store.Start();
        var (steps, units) = (new List<(string, double)>(), 0);
        foreach (var (step, actor) in new[] { ("close", "周主任"), ("propose-publication", "周主任"), ("approve-publication", "高副局长") })
        {
            var watch = Stopwatch.StartNew();
            var answer = await silo.Send(HttpMethod.Post, $"{Month}/{step}?tier=all", new { }, actingFor: actor);
            steps.Add((step, watch.Elapsed.TotalSeconds));
            using var table = JsonDocument.Parse(answer);
            units = table.RootElement.GetProperty("rows").GetArrayLength();
        }
        return (steps, units);
    }

    private static async Task AddUnits(SiloProcess silo, int parts)
    {
        for (var unit = 0; unit < 20; unit++)
        {
            var (name, tier) = (HistoryFile.Unit(unit), unit < 14 ? "station" : "brigade");
            await Task.WhenAll(Enumerable.Range(0, parts).Select(part =>
                silo.Send(HttpMethod.Put, $"/api/v1/units/{Uri.EscapeDataString($"{name}-{part}")}", new { name = $"{name}-{part}", tier }, $"unit-{unit}-{part}")));
        }
    }
}
