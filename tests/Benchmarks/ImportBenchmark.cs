namespace Hotline.Benchmarks;

/// <summary>History import into an empty store: rows a second, upload included.</summary>
internal static class ImportBenchmark
{
    private const int Rows = 20_000;

    public static async Task Run(Options options)
    {
        Report.Machine();
        var results = new Dictionary<string, List<double>>();
        try
        {
            await using var server = options.Wants("postgres") ? await PostgresServer.Start() : null;
            for (var round = 0; round < options.Rounds; round++)
            {
                if (options.Wants("sqlite"))
                {
                    await using var silo = await SiloProcess.Start($"import-{round}");
                    await One(silo, "SQLite", results);
                }
                if (server is not null)
                {
                    await using var silo = await SiloProcess.Start($"import-pg-{round}", await server.CreateDatabase($"import{round}"));
                    await One(silo, "PostgreSQL", results);
                }
            }
        }
        finally
        {
            Places.Clean();
        }
        Report.Table(["import", "rows/s (median)", "slowest", "fastest"],
            results.Select(r => (IReadOnlyList<string>)[r.Key, Report.Number(Series.Median(r.Value)), Report.Number(r.Value.Min()), Report.Number(r.Value.Max())]));
        Report.Save("import", new { cores = Environment.ProcessorCount, rows = Rows, rowsPerSecond = results });
    }

    private static async Task One(SiloProcess silo, string engine, Dictionary<string, List<double>> results)
    {
        var took = await Importing.Import(silo, HistoryFile.Finished(Rows, 2026, 3, "R"), "history");
        var rate = Rows / took.TotalSeconds;
        var cost = silo.Process.Cpu.TotalMilliseconds / Rows;
        Console.WriteLine($"  {engine,-11} {Rows} rows in {took.TotalSeconds:0.0} s: {rate:N0}/s, {cost:0.00} ms of the silo's processor time a row, start included");
        (results.TryGetValue(engine, out var list) ? list : results[engine] = []).Add(rate);
    }
}
