namespace Hotline.Benchmarks;

/// <summary>The live league table while the store grows: the asked month always holds as many tickets of 20 units.</summary>
internal static class TableBenchmark
{
    private const double MostMs = 10;
    private const double MostGrowth = 1.5;
    private const int MostSamples = 24;

    public static async Task<Outcome> Measure(Run run)
    {
        var (results, figures) = (new List<object>(), new List<Figure>());
        foreach (var engine in run.Engines)
        {
            var bySize = new List<AskFigures>();
            foreach (var stored in run.Size.Stored)
            {
                await using var silo = await (await run.Stored(engine, stored)).Start();
                var asked = await Asking.Ask(silo.Port, ("table", "/api/v1/league-tables/2026-03?tier=all", SiloProcess.Key),
                    Math.Min(run.Size.Samples, MostSamples), run.Size.TablePause);
                Console.WriteLine($"  {engine,-11} {stored,9:N0} stored: p50 {asked.P50:0.0} ms, p99 {asked.P99:0.0} ms");
                results.Add(new { engine, stored, startSeconds = silo.StartUp.TotalSeconds, p50Ms = asked.P50, p99Ms = asked.P99 });
                bySize.Add(asked);
            }
            var growth = bySize[^1].P50 / bySize[0].P50;
            figures.Add(new(engine, $"league table, p99 at {run.Size.Stored[^1]:N0} stored", bySize[^1].P99, "ms")
                { Target = $"< {MostMs} ms", Met = bySize[^1].P99 < MostMs, OfLargeSize = true });
            figures.Add(new(engine, $"league table, p50 at {run.Size.Stored[^1]:N0} stored", bySize[^1].P50, "ms")
            {
                ComparedWith = $"at {run.Size.Stored[0]:N0}", Ratio = growth, Target = $"≤ {MostGrowth} ×", Met = growth <= MostGrowth, OfLargeSize = true,
            });
        }
        return new(new { inMonth = run.Size.Month, results }, figures);
    }
}
