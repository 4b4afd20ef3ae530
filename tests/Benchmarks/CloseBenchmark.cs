using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hotline.Benchmarks;

/// <summary>
/// A month is closed, proposed and published: 20 units with 100,000 tickets in all, then 3,000 units with 1 million. Copies are index and state rows of
/// imported tickets; each step is a call over HTTP, timed whole.
/// </summary>
internal static class CloseBenchmark
{
    private const int Imported = 10_000;
    private const string Month = "/api/v1/league-tables/2026-03";

    private static readonly (int Tickets, int Parts)[] Sizes = [(100_000, 1), (1_000_000, 150)];

    public static async Task Run(Options options)
    {
        Report.Machine();
        var results = new List<object>();
        try
        {
            foreach (var (tickets, parts) in Sizes)
            {
                if (options.Wants("sqlite"))
                {
                    results.Add(await Close("SQLite", null, tickets, parts));
                }
                if (options.Wants("postgres"))
                {
                    await using var server = await PostgresServer.Start();
                    results.Add(await Close("PostgreSQL", await server.CreateDatabase("close"), tickets, parts));
                }
            }
        }
        finally
        {
            Places.Clean();
        }
        Report.Save("close", new { cores = Environment.ProcessorCount, results });
    }

    private static async Task<object> Close(string engine, string? postgres, int tickets, int parts)
    {
        var name = $"close-{tickets}";
        await using (var first = await SiloProcess.Start(name, postgres))
        {
            await Importing.Import(first, HistoryFile.Finished(Imported, 2026, 3, "R"), "month");
            await AddUnits(first, parts);
        }
        await Fill(postgres, name, tickets, parts);
        await using var silo = await SiloProcess.Start(name, postgres);
        var steps = new List<(string Name, double Seconds)>();
        var rows = 0;
        foreach (var (step, actor) in new[] { ("close", "周主任"), ("propose-publication", "周主任"), ("approve-publication", "高副局长") })
        {
            var watch = Stopwatch.StartNew();
            var answer = await silo.Send(HttpMethod.Post, $"{Month}/{step}?tier=all", new { }, actingFor: actor);
            steps.Add((step, watch.Elapsed.TotalSeconds));
            using var table = JsonDocument.Parse(answer);
            rows = table.RootElement.GetProperty("rows").GetArrayLength();
        }
        Console.WriteLine($"{engine}, {tickets:N0} tickets, {rows:N0} units: {steps.Sum(s => s.Seconds):0.0} s in all ("
            + string.Join(", ", steps.Select(s => $"{s.Name} {s.Seconds:0.0} s")) + ")");
        return new { engine, tickets, units = rows, seconds = steps.Sum(s => s.Seconds), steps = steps.Select(s => new { s.Name, s.Seconds }) };
    }

    private static async Task AddUnits(SiloProcess silo, int parts)
    {
        for (var unit = 0; parts > 1 && unit < 20; unit++)
        {
            var (name, tier) = (HistoryFile.Unit(unit), unit < 14 ? "station" : "brigade");
            await Task.WhenAll(Enumerable.Range(0, parts).Select(part =>
                silo.Send(HttpMethod.Put, $"/api/v1/units/{Uri.EscapeDataString($"{name}-{part}")}", new { name = $"{name}-{part}", tier }, $"unit-{unit}-{part}")));
        }
    }

    private static async Task Fill(string? postgres, string name, int tickets, int parts)
    {
        await using DbConnection connection = postgres is null
            ? new SqliteConnection($"Data Source={Directory.EnumerateFiles(Places.NewFolder(name), "*.db").Single()};Pooling=False")
            : new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        var cloning = new Cloning(connection, postgres is null);
        for (var copy = 1; copy < tickets / Imported; copy++)
        {
            await cloning.Thicken(copy, parts);
        }
        await cloning.Finish();
    }
}
