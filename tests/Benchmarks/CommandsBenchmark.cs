using System.Text.Json;
using Hotline.Benchmarks.Compare;

namespace Hotline.Benchmarks;

/// <summary>
/// Durable commands through HTTP with 32 connections, each ticket walked from register to closed, in alternating rounds with what they are
/// compared to. Everything shares the machine's cores.
/// </summary>
internal static class CommandsBenchmark
{
    private const int Connections = 32;

    public static async Task<Outcome> Measure(Run run)
    {
        var (results, figures) = (new List<object>(), new List<Figure>());
        foreach (var engine in run.Engines.Reverse())
        {
            var (result, own) = engine == "PostgreSQL" ? await OnPostgres(run) : await OnSqlite(run);
            results.Add(result);
            figures.AddRange(own);
        }
        return new(new { connections = Connections, run.Options.Rounds, run.Options.Seconds, results }, figures);
    }

    private static async Task<(object Result, IReadOnlyList<Figure> Figures)> OnPostgres(Run run)
    {
        var (server, options) = (await run.Postgres(), run.Options);
        var own = await run.NewStore("PostgreSQL", "hotline");
        // The first start makes the schema; the copies are made before anything is in it.
        await using (await own.Start())
        {
        }
        await server.CreateDatabase("plain", "hotline");
        await server.CreateDatabase("bench", "hotline");
        await using var silo = await own.Start();
        await Prepare(silo);
        await using var store = await own.Open();
        var steps = await StepRows.Capture(silo, store);
        var pgbench = await Pgbench.Prepare(server, "bench", steps);
        var templates = Path.Combine(Places.Folder("templates"), "steps.json");
        await File.WriteAllTextAsync(templates, JsonSerializer.Serialize(steps));
        var port = Places.FreePort();
        await using var plain = ChildProcess.Start("dotnet",
            [typeof(PlainEndpoint).Assembly.Location, "plain", $"http://127.0.0.1:{port}", server.Connection("plain"), templates]);
        await UntilListening(port);

        var (ours, theirs, bare) = (new Series("silo"), new Series("plain endpoint + Npgsql"), new Series("pgbench, one statement"));
        await new LoadRound(silo.Port, Connections, "warm").Run(WarmUp(options));
        await new LoadRound(port, Connections, "warm").Run(WarmUp(options));
        await Pgbench.Run(server, pgbench, Math.Min(2, options.Seconds));
        for (var round = 0; round < options.Rounds; round++)
        {
            await Measured(ours, () => new LoadRound(silo.Port, Connections, $"r{round}").Run(TimeSpan.FromSeconds(options.Seconds)), silo.Process, server);
            await Measured(theirs, () => new LoadRound(port, Connections, $"r{round}").Run(TimeSpan.FromSeconds(options.Seconds)), plain, server);
            await Measured(bare, () => Pgbench.Run(server, pgbench, options.Seconds), null, server);
        }
        Print("PostgreSQL", steps, ours, theirs, bare);
        var p99 = Series.Median(ours.P99s.Zip(theirs.P99s, (a, b) => a / b));
        return (Result("postgresql", steps, ours, theirs, bare),
        [
            Rate("PostgreSQL", ours, bare, 1.0), Rate("PostgreSQL", ours, theirs, 1.75),
            new("PostgreSQL", "commands, p99", ours.P99, "ms") { ComparedWith = theirs.Name, Ratio = p99, Target = "≤ 1.00 ×", Met = p99 <= 1 },
        ]);
    }

    private static async Task<(object Result, IReadOnlyList<Figure> Figures)> OnSqlite(Run run)
    {
        var (own, options) = (await run.NewStore("SQLite", "hotline"), run.Options);
        await using var silo = await own.Start();
        await Prepare(silo);
        await using var store = await own.Open(readOnly: true);
        var steps = await StepRows.Capture(silo, store);
        await store.CloseAsync();
        using var loop = new BareSqlite(own.File, steps);

        var (ours, bare) = (new Series("silo"), new Series("bare loop, one commit each"));
        await new LoadRound(silo.Port, Connections, "warm").Run(WarmUp(options));
        loop.Run(TimeSpan.FromSeconds(1));
        for (var round = 0; round < options.Rounds; round++)
        {
            await Measured(ours, () => new LoadRound(silo.Port, Connections, $"r{round}").Run(TimeSpan.FromSeconds(options.Seconds)), silo.Process, null);
            bare.Add(loop.Run(TimeSpan.FromSeconds(options.Seconds)));
        }
        Print("SQLite, synchronous=FULL", steps, ours, bare);
        return (Result("sqlite", steps, ours, bare), [Rate("SQLite", ours, bare, 2.0)]);
    }

    private static Figure Rate(string engine, Series ours, Series other, double least)
    {
        var ratio = ours.RatioTo(other);
        return new(engine, $"commands, {Connections} connections", ours.Rate, "/s")
            { ComparedWith = other.Name, Ratio = ratio, Target = $"≥ {Report.Number(least)} ×", Met = ratio >= least };
    }

    private static TimeSpan WarmUp(Options options) => TimeSpan.FromSeconds(Math.Min(3, options.Seconds));

    private static async Task Prepare(SiloProcess silo) =>
        await silo.Send(HttpMethod.Put, $"/api/v1/units/{TicketWalk.Unit}", new { name = "东关派出所", tier = "station", head = "刘长河", deputyChief = "高建国" });

    private static async Task UntilListening(int port)
    {
        for (var i = 0; i < 500; i++)
        {
            try
            {
                using var probe = await HttpConnection.Open(port);
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Delay(20);
            }
        }
        throw new InvalidOperationException("The plain endpoint did not start.");
    }

    private static async Task Measured(Series series, Func<Task<LoadFigures>> round, ChildProcess? process, PostgresServer? server)
    {
        var before = await Used(process, server);
        var figures = await round();
        var after = await Used(process, server);
        double PerCommand(double from, double to) => (to - from) / figures.Commands;
        var costs = new Dictionary<string, double>();
        if (process is not null)
        {
            costs["server µs"] = PerCommand(before.Process, after.Process);
            costs["client µs"] = figures.ClientCpu.TotalMicroseconds / figures.Commands;
        }
        if (server is not null)
        {
            costs["PostgreSQL µs"] = PerCommand(before.Postgres, after.Postgres);
            costs["commands/flush"] = figures.Commands / Math.Max(1.0, after.Flushes - before.Flushes);
            costs["WAL bytes"] = PerCommand(before.WalBytes, after.WalBytes);
        }
        series.Add(figures, costs);
        Console.WriteLine($"  {series.Name,-28} round {series.Count}: {figures.PerSecond:N0}/s, p99 {figures.P99Ms:0.0} ms{(figures.Refused > 0 ? $", {figures.Refused} refused" : "")}");
    }

    private static async Task<(double Process, double Postgres, double Flushes, double WalBytes)> Used(ChildProcess? process, PostgresServer? server) => (
        process?.Cpu.TotalMicroseconds ?? 0,
        server?.Cpu().TotalMicroseconds ?? 0,
        server is null ? 0 : await server.Number("postgres", "SELECT wal_sync FROM pg_stat_wal"),
        server is null ? 0 : await server.Number("postgres", "SELECT wal_bytes FROM pg_stat_wal"));

    private static void Print(string engine, IReadOnlyList<StepRows> steps, Series ours, params Series[] others)
    {
        Console.WriteLine();
        Console.WriteLine($"{engine}: {Connections} connections, {ours.Count} rounds; a command writes {steps.Average(s => s.Rows):0.0} rows and {steps.Average(s => s.Bytes):N0} characters.");
        var costs = others.Prepend(ours).SelectMany(s => s.Costs.Keys).Distinct().ToList();
        Report.Table(["", "commands/s", "p50 ms", "p99 ms", "silo is", .. costs], others.Prepend(ours).Select(s => (IReadOnlyList<string>)
        [
            s.Name, Report.Number(s.Rate), Report.Number(s.P50), Report.Number(s.P99), s == ours ? "" : $"{ours.RatioTo(s):P0}",
            .. costs.Select(c => s.Costs.TryGetValue(c, out var cost) ? Report.Number(cost) : ""),
        ]));
        Console.WriteLine("  silo p50 by command: " + string.Join(", ", ours.P50ByCommand.Select(p => $"{p.Key} {p.Value:0.0} ms")));
        Console.WriteLine();
    }

    private static object Result(string engine, IReadOnlyList<StepRows> steps, Series ours, params Series[] others) => new
    {
        engine,
        rowsPerCommand = steps.Average(s => s.Rows),
        steps = steps.Select(s => new { s.Label, s.Rows, s.Bytes }),
        series = others.Prepend(ours).Select(s => new
        {
            s.Name, perSecond = s.Rate, p50Ms = s.P50, p99Ms = s.P99, s.Refused, rounds = s.Rates, s.Costs, s.P50ByCommand,
            siloRatio = s == ours ? (double?)null : ours.RatioTo(s),
        }),
    };
}
