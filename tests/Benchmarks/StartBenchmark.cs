namespace Hotline.Benchmarks;

/// <summary>From the command to ready on an empty store.</summary>
internal static class StartBenchmark
{
    private const double MostSeconds = 2.5;

    public static async Task<Outcome> Measure(Run run)
    {
        var (results, figures) = (new List<object>(), new List<Figure>());
        foreach (var engine in run.Engines)
        {
            var seconds = new List<double>();
            for (var round = 0; round < run.Options.Rounds; round++)
            {
                var store = await run.NewStore(engine, $"start-{round}");
                await using var silo = await store.Start();
                seconds.Add(silo.StartUp.TotalSeconds);
                Console.WriteLine($"  {engine,-11} {silo.StartUp.TotalSeconds:0.00} s, {silo.Process.Cpu.TotalSeconds:0.00} s of processor time, "
                    + $"{silo.Process.WorkingSet >> 20} MiB");
            }
            results.Add(new { engine, seconds });
            var median = Series.Median(seconds);
            figures.Add(new(engine, "empty store to ready", median, "s") { Target = $"< {MostSeconds} s", Met = median < MostSeconds });
        }
        return new(new { results }, figures);
    }
}
