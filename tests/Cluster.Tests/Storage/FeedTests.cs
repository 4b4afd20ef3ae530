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
                page = (await lab.Reads.Feed(cursor, 37))!;
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
        await Page(lab, 600);
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
            command.CommandText = "INSERT INTO ticket_event (ticket_id, seq, type, at, actor, body, hash) VALUES ('T-slow', 1, 't', 1, 'a', '{}', 'h')";
            await command.ExecuteNonQueryAsync();
            await lab.Store.Write(Command("T-fast", 0));

            Assert.Empty((await lab.Reads.Feed(null, 10))!.Events);
            await running.CommitAsync();
        }
        Assert.Equal(["T-slow", "T-fast"], (await Page(lab, 2)).Events.Select(e => e.TicketId));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Feed_WithNothingNew_KeepsItsPlace(string engine)
    {
        await using var lab = await Open(engine, server);
        await lab.Store.Write(Command("T-1", 0));
        var page = await Page(lab, 1);

        var again = (await lab.Reads.Feed(page.Next, 10))!;

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
    public async Task Feed_FromNoCursorOfOurs_IsNull(string cursor)
    {
        await using var lab = await Open(Sqlite, server);

        Assert.Null(await lab.Reads.Feed(cursor, 10));
    }

    /// <summary>The feed once it shows so many events: on PostgreSQL any transaction in the server (another test's) holds its end back for a moment.</summary>
    private static async Task<FeedPage> Page(StoreLab lab, int events)
    {
        FeedPage page;
        for (var tries = 0; ; tries++)
        {
            page = (await lab.Reads.Feed(null, events))!;
            if (page.Events.Count == events || tries == 400)
            {
                return page;
            }
            await Task.Delay(25);
        }
    }

    private static async Task Work(TicketStore store, string id)
    {
        for (var version = 0; version < 10; version++)
        {
            await store.Write(Command(id, version));
        }
    }
}
