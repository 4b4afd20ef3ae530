namespace Hotline.Benchmarks;

/// <summary>History import into an empty store: rows a second, upload included.</summary>
internal static class ImportBenchmark
{
    public static async Task<Outcome> Measure(Run run)
    {
        var rates = run.Engines.ToDictionary(e => e, _ => new List<double>());
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            foreach (var engine in run.Engines)
            {
                await using var silo = await (await run.NewStore(engine, $"import-{round}")).Start();
                rates[engine].Add(await One(silo, engine, run.Size.ImportedRows));
            }
        }
        var figures = rates.Select(r => (r.Key, Rate: Series.Median(r.Value), Least: r.Key == "SQLite" ? 4_000 : 3_000))
            .Select(r => new Figure(r.Key, "history import", r.Rate, "rows/s") { Target = $"≥ {r.Least:N0}", Met = r.Rate >= r.Least });
        return new(new { rows = run.Size.ImportedRows, rowsPerSecond = rates }, [.. figures]);
    }

    private static async Task<double> One(SiloProcess silo, string engine, int rows)
    {
        var took = await Importing.Import(silo, HistoryFile.Finished(rows, 2026, 3, HistoryFile.FinishedPrefix), "history");
        var rate = rows / took.TotalSeconds;
        var cost = silo.Process.Cpu.TotalMilliseconds / rows;
        Console.WriteLine($"  {engine,-11} {rows} rows in {took.TotalSeconds:0.0} s: {rate:N0}/s, "
            + $"{cost:0.00} ms of the silo's processor time a row, start included");
        return rate;
    }
}
