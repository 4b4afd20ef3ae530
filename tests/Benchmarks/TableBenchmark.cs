using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hotline.Benchmarks;

/// <summary>
/// The live league table and list pages while the store grows: the asked month always holds 10,000 tickets of 20 units, the store 10
/// thousand, 100 thousand, 1 million. Copies are index and state rows of the same sizes; the silo is restarted after each growth.
/// </summary>
internal static class TableBenchmark
{
    private const int InMonth = 10_000;
    private static readonly int[] Stored = [10_000, 100_000, 1_000_000];

    private static readonly (string Name, string Path)[] Asked =
    [
        ("table, both tiers", "/api/v1/league-tables/2026-03?tier=all"),
        ("newest tickets", "/api/v1/tickets?limit=50"),
        ("one unit's tickets", "/api/v1/tickets?unit=第1派出所&limit=50"),
        ("by number", "/api/v1/tickets?externalNo=R000777"),
        ("search", "/api/v1/tickets?q=广场舞&limit=50"),
    ];

    public static async Task Run(Options options)
    {
        Report.Machine();
        var results = new List<object>();
        try
        {
            if (options.Wants("sqlite"))
            {
                results.AddRange(await Grow("SQLite", options, null));
            }
            if (options.Wants("postgres"))
            {
                await using var server = await PostgresServer.Start();
                results.AddRange(await Grow("PostgreSQL", options, await server.CreateDatabase("tables")));
            }
        }
        finally
        {
            Places.Clean();
        }
        Report.Save("table", new { cores = Environment.ProcessorCount, inMonth = InMonth, results });
    }

    private static async Task<List<object>> Grow(string engine, Options options, string? postgres)
    {
        var results = new List<object>();
        var copies = 0;
        await using (var first = await SiloProcess.Start("table", postgres))
        {
            await Importing.Import(first, HistoryFile.Finished(InMonth, 2026, 3, "R"), "month");
        }
        foreach (var stored in Stored)
        {
            await Enlarge(postgres, copies, (stored / InMonth) - 1);
            copies = (stored / InMonth) - 1;
            await using var silo = await SiloProcess.Start("table", postgres);
            Console.WriteLine($"{engine}, {stored:N0} tickets stored:");
            var figures = new List<(string Name, double P50, double P99)>();
            foreach (var (name, path) in Asked)
            {
                figures.Add(await Ask(silo, name, path, options));
            }
            Report.Table(["", "p50 ms", "p99 ms"], figures.Select(f => (IReadOnlyList<string>)[f.Name, Report.Number(f.P50), Report.Number(f.P99)]));
            results.Add(new { engine, stored, startSeconds = silo.StartUp.TotalSeconds, figures = figures.Select(f => new { f.Name, p50Ms = f.P50, p99Ms = f.P99 }) });
        }
        return results;
    }

    /// <summary>One caller; the table a little more than a second apart, so that each time it is reckoned anew and not read from the cache.</summary>
    private static async Task<(string Name, double P50, double P99)> Ask(SiloProcess silo, string name, string path, Options options)
    {
        using var connection = await HttpConnection.Open(silo.Port, "X-Api-Key: " + SiloProcess.Key);
        var (samples, pause) = name.StartsWith("table", StringComparison.Ordinal) ? (options.Rounds * 8, 1050) : (options.Rounds * 40, 0);
        var times = new List<int>();
        for (var i = -3; i < samples; i++)
        {
            await Task.Delay(pause);
            var start = Stopwatch.GetTimestamp();
            var status = await connection.Send("GET", new Uri("http://127.0.0.1" + path).PathAndQuery);
            var took = (int)Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            if (status != 200)
            {
                Console.Error.WriteLine($"  {path}: {status}");
                break;
            }
            if (i >= 0)
            {
                times.Add(took);
            }
        }
        times.Sort();
        return (name, LoadFigures.Percentile(times, 0.5), LoadFigures.Percentile(times, 0.99));
    }

    private static async Task Enlarge(string? postgres, int have, int want)
    {
        if (have == want)
        {
            return;
        }
        await using DbConnection connection = postgres is null
            ? new SqliteConnection($"Data Source={Directory.EnumerateFiles(Places.NewFolder("table"), "*.db").Single()};Pooling=False")
            : new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        var cloning = new Cloning(connection, postgres is null);
        for (var copy = have; copy < want; copy++)
        {
            await cloning.Copy(copy, open: false);
        }
        await cloning.Finish();
    }
}
