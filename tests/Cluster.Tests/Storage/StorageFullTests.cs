using Dapper;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>A full disk refuses commands, loses nothing, and needs no repair.</summary>
public sealed class StorageFullTests(PostgresServer server)
{
    [Fact]
    public async Task Write_OnFullSqlite_IsRefusedAndWorksAgainWithSpace()
    {
        await using var lab = await Open(Sqlite, server);
        await lab.Store.Write(Command("T-1", 0));
        await Limit(lab, await lab.Scalar<long>("PRAGMA page_count"));
        var large = new string('长', 20_000);

        Assert.Equal(WriteOutcome.Full, await lab.Store.Write(Command("T-2", 0) with { Texts = [new TicketText("content", large, "")] }));
        var several = await Task.WhenAll(Enumerable.Range(3, 10).Select(i =>
            lab.Store.Write(Command($"T-{i}", 0) with { Texts = [new TicketText("content", large, "")] })));

        Assert.All(several, outcome => Assert.Equal(WriteOutcome.Full, outcome));
        Assert.Equal(1, await lab.Scalar<long>("SELECT count(*) FROM ticket_index"));
        await Limit(lab, 1_000_000);
        await lab.Store.Done(Command("T-2", 0) with { Texts = [new TicketText("content", large, "")] });
        await lab.Store.Done(Command("T-1", 1));
        Assert.Equal("ok", await lab.Scalar<string>("PRAGMA integrity_check"));
    }

    private static async Task Limit(StoreLab lab, long pages)
    {
        await lab.Database.Gate.WaitAsync();
        try
        {
            await ((SqliteTicketWriter)lab.Writer).Connection.ExecuteAsync($"PRAGMA max_page_count = {pages}");
        }
        finally
        {
            lab.Database.Gate.Release();
        }
    }
}
