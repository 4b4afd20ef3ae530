using System.Diagnostics;
using Dapper;
using Hotline.Tickets;
using Npgsql;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>Connections by purpose: whoever floods one pool holds up no other, and all together fit a stock server.</summary>
public sealed class PoolTests(PostgresServer server, ITestOutputHelper output)
{
    /// <summary>max_connections less those kept for superusers.</summary>
    private const int StockServer = 100 - 3;

    /// <summary>For a backup, a person with psql, a silo that is just starting.</summary>
    private const int Spare = 10;

    [Fact]
    public void ThreeSilosAndAGateway_FitAStockServer_WithRoomToSpare()
    {
        output.WriteLine($"3 x {PostgresPools.OfSilo} + {PostgresPools.OfGateway} = {(3 * PostgresPools.OfSilo) + PostgresPools.OfGateway}");
        Assert.InRange((3 * PostgresPools.OfSilo) + PostgresPools.OfGateway, 1, StockServer - Spare);
    }

    [Fact]
    public async Task AFloodedProcess_OpensNoMoreThanIsCounted()
    {
        await using var lab = await Open(PostgreSql, server);
        // Everybody sleeps at once in every pool; the rest is told within the connect time-out.
        Func<ValueTask<System.Data.Common.DbConnection>>[] doors =
            [() => lab.Database.OpenRead(default), () => lab.Database.OpenCommand(default), () => lab.Database.OpenSweep(default)];
        var crowd = doors.SelectMany(door => Enumerable.Repeat(door, 40)).Select(async door =>
        {
            await using var connection = await door();
            await connection.ExecuteAsync("SELECT pg_sleep(1.5)");
        }).Concat(Enumerable.Range(0, 40).Select(async _ => { await lab.Database.Searches.Run(Sleep, default); })).ToList();
        await Task.Delay(1000);

        await using var outside = new NpgsqlConnection(lab.Options.PostgreSql + ";Pooling=false");
        var open = await outside.ExecuteScalarAsync<int>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        Assert.InRange(open, PostgresPools.OfSilo - PostgresPools.MembershipConnections - 1, PostgresPools.OfSilo - PostgresPools.MembershipConnections);
        await Task.WhenAll(crowd.Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default)));
    }

    [Fact]
    public async Task SixtySearches_HoldUpNeitherTheSweepNorCommands_AndAreGivenUp()
    {
        await using var lab = await Open(PostgreSql, server);
        await lab.Store.Done(Command("T-0", 0));
        var searches = Enumerable.Range(0, 60).Select(_ => lab.Database.Searches.Run(connection => Sleep(connection, 30), default)).ToList();
        await Task.Delay(300);

        var watch = Stopwatch.StartNew();
        var due = await new DueTickets(lab.Database).Page(new(0, 1), false, DateTimeOffset.UtcNow, DueTicket.First, 256, default);
        await lab.Store.Done(Command("T-1", 0));
        output.WriteLine($"sweep and a command beside 60 searches: {watch.Elapsed.TotalSeconds:0.000} s");

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 1);
        Assert.NotEmpty(due);
        Assert.All(await Task.WhenAll(searches), s => Assert.Equal("search.timeout", s.Rejection?.Code));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, PostgresPools.SearchSeconds + 5);
    }

    [Fact]
    public async Task SixtySearchesOnSqlite_LeaveThreadsForTheSweep_AndAreGivenUp()
    {
        await using var lab = await Open(Sqlite, server);
        await lab.Store.Done(Command("T-0", 0));
        var searches = Enumerable.Range(0, 60).Select(_ => Task.Run(() => lab.Database.Searches.Run(Endless, default))).ToList();
        await Task.Delay(500);

        var watch = Stopwatch.StartNew();
        var due = await Task.Run(() => new DueTickets(lab.Database).Page(new(0, 1), false, DateTimeOffset.UtcNow, DueTicket.First, 256, default));
        await lab.Store.Done(Command("T-1", 0));
        output.WriteLine($"sweep and a command beside 60 searches: {watch.Elapsed.TotalSeconds:0.000} s");

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 1.5);
        Assert.NotEmpty(due);
        Assert.All(await Task.WhenAll(searches), s => Assert.Equal("search.timeout", s.Rejection?.Code));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, (2 * PostgresPools.SearchSeconds) + 3);
        Assert.Equal(1L, await lab.Scalar<long>("SELECT 1"));
    }

    private static Task<string> Sleep(System.Data.Common.DbConnection connection) => Sleep(connection, 1.5);

    private static async Task<string> Sleep(System.Data.Common.DbConnection connection, double seconds) =>
        (await connection.ExecuteScalarAsync<string>("SELECT pg_sleep(@seconds)::text", new { seconds }))!;

    private static async Task<string> Endless(System.Data.Common.DbConnection connection) =>
        (await connection.ExecuteScalarAsync<string>("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT CAST(max(i) AS TEXT) FROM n"))!;
}
