using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hotline.Benchmarks;

/// <summary>
/// 10,000 red cards due within one minute among 1 million open tickets: how late each was recorded, and what the sweep costs while nothing
/// is due, with few and with many open tickets.
/// </summary>
internal static class SweepBenchmark
{
    private const int Due = 10_000;
    private const int OpenTickets = 1_000_000;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    public static async Task Run(Options options)
    {
        Report.Machine();
        var results = new List<object>();
        try
        {
            if (options.Wants("sqlite"))
            {
                results.Add(await One("SQLite", null));
            }
            if (options.Wants("postgres"))
            {
                await using var server = await PostgresServer.Start();
                results.Add(await One("PostgreSQL", await server.CreateDatabase("sweep")));
            }
        }
        finally
        {
            Places.Clean();
        }
        Report.Save("sweep", new { cores = Environment.ProcessorCount, due = Due, openTickets = OpenTickets, results });
    }

    private static async Task<object> One(string engine, string? postgres)
    {
        TimeSpan importing;
        double idleFew;
        await using (var silo = await SiloProcess.Start("sweep", postgres))
        {
            importing = await Importing.Import(silo, HistoryFile.Waiting(Due, TimeProvider.System.GetUtcNow().AddHours(2), TimeSpan.FromMinutes(1), "O"), "open", keepOpen: true);
            idleFew = await IdleCost(silo);
        }
        await using (var connection = await Open(postgres))
        {
            var cloning = new Cloning(connection, postgres is null);
            for (var copy = 0; copy < (OpenTickets / Due) - 1; copy++)
            {
                await cloning.Copy(copy, open: true);
            }
            await cloning.Finish();
        }
        await using var big = await SiloProcess.Start("sweep", postgres);
        var idleMany = await IdleCost(big);
        var firstDue = TimeProvider.System.GetUtcNow() + (importing * 1.5) + TimeSpan.FromSeconds(25);
        firstDue = DateTimeOffset.FromUnixTimeSeconds(firstDue.ToUnixTimeSeconds());
        await Importing.Import(big, HistoryFile.Waiting(Due, firstDue, TimeSpan.FromMinutes(1), "D"), "due", keepOpen: true);
        var early = firstDue - TimeProvider.System.GetUtcNow();
        if (early < TimeSpan.Zero)
        {
            throw new InvalidOperationException("The machine was too slow: tickets were due before they were all stored.");
        }
        await Task.Delay(early + TimeSpan.FromSeconds(60 + 45));
        return await Judge(engine, postgres, firstDue, idleFew, idleMany);
    }

    private static async Task<object> Judge(string engine, string? postgres, DateTimeOffset firstDue, double idleFew, double idleMany)
    {
        await using var connection = await Open(postgres);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT ticket_id, at, body FROM ticket_event WHERE type = 'alarmFired' AND at >= {firstDue.ToUnixTimeMilliseconds()}";
        var late = new List<int>();
        var tickets = new HashSet<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            using var body = JsonDocument.Parse(reader.GetString(2));
            tickets.Add(reader.GetString(0));
            late.Add((int)((reader.GetInt64(1) - Milliseconds(body.RootElement.GetProperty("armedAt"))) * 1000));
        }
        late.Sort();
        Console.WriteLine($"{engine}: {late.Count:N0} red cards on {tickets.Count:N0} tickets of {Due:N0} due within a minute among {OpenTickets:N0} open");
        Report.Table(["", "earliest", "p50", "p99", "last"],
            [["late, s", .. new[] { 0, 0.5, 0.99, 1 }.Select(p => Report.Number(LoadFigures.Percentile(late, p) / 1000))]]);
        Console.WriteLine($"  idle silo: {idleFew:0.0} ms of processor time a second with {Due:N0} open, {idleMany:0.0} ms with {OpenTickets:N0}");
        return new
        {
            engine, fired = late.Count, tickets = tickets.Count, earliestMs = LoadFigures.Percentile(late, 0), p50Ms = LoadFigures.Percentile(late, 0.5),
            p99Ms = LoadFigures.Percentile(late, 0.99), lastMs = LoadFigures.Percentile(late, 1), idleFewMsPerSecond = idleFew, idleManyMsPerSecond = idleMany,
        };
    }

    private static long Milliseconds(JsonElement instant) => instant.ValueKind == JsonValueKind.Number
        ? instant.GetInt64()
        : instant.GetDateTimeOffset().ToUnixTimeMilliseconds();

    private static async Task<double> IdleCost(SiloProcess silo)
    {
        await Task.Delay(TimeSpan.FromSeconds(10));
        var before = silo.Process.Cpu;
        await Task.Delay(Idle);
        return (silo.Process.Cpu - before).TotalMilliseconds / Idle.TotalSeconds;
    }

    private static async Task<DbConnection> Open(string? postgres)
    {
        DbConnection connection = postgres is null
            ? new SqliteConnection($"Data Source={Directory.EnumerateFiles(Places.NewFolder("sweep"), "*.db").Single()};Pooling=False")
            : new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        return connection;
    }
}
