using Dapper;
using Hotline.Api;
using Hotline.Scorecards;
using Npgsql;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>The event feed: every event once, each ticket's in order, whoever writes beside the reader.</summary>
public sealed class FeedTests(PostgresServer server)
{
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Feed_ReadWhileSeveralStoresWrite_MissesNothing(string engine)
    {
        await using var lab = await Open(engine, server);
        TicketStore[] stores = [lab.Store, lab.Another(), lab.Another()];
        var writing = Task.WhenAll(stores.SelectMany((store, s) => Enumerable.Range(0, 20).Select(t => Work(store, $"T-{s}-{t}"))));
        var seen = new List<FeedEvent>();
        string? cursor = null;

        async Task ReadOn()
        {
            FeedPage page;
            do
            {
                page = (await lab.Feed.Read(cursor, 37)).Value!;
                seen.AddRange(page.Events);
                cursor = page.Next;
            }
            while (page.Events.Count > 0);
        }

        while (!writing.IsCompleted)
        {
            await ReadOn();
            await Task.Yield();
        }
        await writing;
        await ReadOn();

        Assert.Equal(600, seen.Count);
        Assert.Equal(600, seen.Select(e => (e.TicketId, e.Event.Seq)).Distinct().Count());
        Assert.All(seen.GroupBy(e => e.TicketId), ticket => Assert.Equal(Enumerable.Range(1, 10), ticket.Select(e => e.Event.Seq)));
    }

    [Fact]
    public async Task Feed_OnPostgreSql_WaitsForAnOlderTransactionStillRunning()
    {
        await using var lab = await Open(PostgreSql, server);
        await using var connection = await lab.Database.Postgres!.OpenConnectionAsync();
        await using (var running = await connection.BeginTransactionAsync())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO ticket_event (ticket_id, seq, type, at, actor, client, body, hash) VALUES ('T-slow', 1, 't', 1, 'a', 'c', '{}', 'h')";
            await command.ExecuteNonQueryAsync();
            await lab.Store.Write(Command("T-fast", 0));

            Assert.Empty((await lab.Feed.Read(null, 10)).Value!.Events);
            await running.CommitAsync();
        }
        Assert.Equal(["T-slow", "T-fast"], (await lab.Feed.Read(null, 2)).Value!.Events.Select(e => e.TicketId));
    }

    [Fact]
    public async Task Feed_OnPostgreSql_IsNotHeldUpByAnotherDatabase()
    {
        await using var lab = await Open(PostgreSql, server);
        await using var elsewhere = NpgsqlDataSource.Create(await server.NewDatabase());
        await using var connection = await elsewhere.OpenConnectionAsync();
        await using var forgotten = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("SELECT pg_current_xact_id()::text");
        await lab.Store.Write(Command("T-1", 0));
        await lab.Store.Write(Command("T-2", 0));

        var page = (await lab.Feed.Read(null, 10)).Value!;

        Assert.Equal(["T-1", "T-2"], page.Events.Select(e => e.TicketId));
        Assert.Equal(TimeSpan.Zero, page.Lag);
    }

    [Fact]
    public async Task Feed_BehindAForgottenTransaction_SaysHowLong()
    {
        await using var lab = await Open(PostgreSql, server);
        await using var connection = await lab.Database.Postgres!.OpenConnectionAsync();
        await using (var forgotten = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync("SELECT pg_current_xact_id()::text");
            Assert.Equal(TimeSpan.Zero, await lab.Feed.Lag(default));
            await Task.Delay(1200);
            await lab.Store.Write(Command("T-1", 0));

            var page = (await lab.Feed.Read(null, 10)).Value!;

            Assert.Empty(page.Events);
            Assert.InRange(page.Lag, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
            Assert.InRange(await lab.Feed.Lag(default), page.Lag, TimeSpan.FromSeconds(60));
            Assert.Equal("feed.lagging", await new FeedReadiness(lab.Feed) { Limit = TimeSpan.FromSeconds(1) }.WhyNot(default));
            Assert.Null(await new FeedReadiness(lab.Feed).WhyNot(default));
        }
        Assert.Single((await lab.Feed.Read(null, 10)).Value!.Events);
        Assert.Equal(TimeSpan.Zero, await lab.Feed.Lag(default));
    }

    /// <summary>A younger server counts its transactions anew: a number below the old snapshot is no sign of having been there.</summary>
    [Fact]
    public async Task WhatWasKnownAtACutoff_StaysSoAfterARestore()
    {
        await using var lab = await Open(PostgreSql, server);
        await lab.Store.Write(Command("T-1", 0));
        string known;
        await using (var moment = await ReadSnapshot.Open(lab.Database, default))
        {
            known = moment.Events;
        }
        await using (var connection = await lab.Database.Postgres!.OpenConnectionAsync())
        {
            StoreEpoch.Forget(connection);
            StoreEpoch.Confirm(connection, StorageEngine.PostgreSql);
        }
        await lab.Execute("INSERT INTO ticket_event (ticket_id, seq, type, at, actor, client, body, hash, xid) VALUES ('T-2', 1, 't', 1, 'a', 'c', '{}', 'h', '3')");

        var history = new KnownHistory(DateTimeOffset.UnixEpoch.AddDays(1), known);
        await using var now = await ReadSnapshot.Open(lab.Database, default);
        var query = history.Bind(new ListQuery($"SELECT e.ticket_id FROM ticket_event e WHERE {history.Condition(StorageEngine.PostgreSql)}"));

        Assert.Equal(["T-1"], await query.Read<string>(lab.Database, now, default));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Feed_WithNothingNew_KeepsItsPlace(string engine)
    {
        await using var lab = await Open(engine, server);
        await lab.Store.Write(Command("T-1", 0));
        var page = (await lab.Feed.Read(null, 1)).Value!;

        var again = (await lab.Feed.Read(page.Next, 10)).Value!;

        Assert.Empty(again.Events);
        Assert.Equal(page.Next, again.Next);
        Assert.Equal(Command("T-1", 0).Events[0], Assert.Single(page.Events).Event);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("%00")]
    [InlineData("MSAyIDM0NTY3ODkwMTIzNDU2Nzg5")]
    [InlineData("LTEgVCAx")]
    [InlineData("MSAxIC0xIFQgMQ")]
    public async Task Feed_FromNoCursorOfOurs_IsRefused(string cursor)
    {
        await using var lab = await Open(Sqlite, server);

        Assert.Equal("cursor.invalid", (await lab.Feed.Read(cursor, 10)).Rejection!.Code);
    }

    private static async Task Work(TicketStore store, string id)
    {
        for (var version = 0; version < 10; version++)
        {
            await store.Write(Command(id, version));
        }
    }
}
