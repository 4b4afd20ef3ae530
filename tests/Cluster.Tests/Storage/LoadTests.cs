using System.Diagnostics;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>Many callers at once. The rate is printed for orientation; nothing is asserted on time.</summary>
public sealed class LoadTests(PostgresServer server, ITestOutputHelper output)
{
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Writes_ByManyCallers_AreAllStoredWhenAcknowledged(string engine)
    {
        await using var lab = await Open(engine, server);
        var watch = Stopwatch.StartNew();

        var acknowledged = await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(() => Work(lab.Store, caller, watch))));

        output.WriteLine($"{engine}: {acknowledged.Sum() / watch.Elapsed.TotalSeconds:F0} commands/s");
        Assert.Equal(acknowledged.Sum(), await lab.Scalar<long>("SELECT sum(seq) FROM ticket_index"));
        Assert.Equal(acknowledged.Sum(), await lab.Scalar<long>("SELECT count(*) FROM ticket_event"));
        Assert.Equal(acknowledged.Sum(), await lab.Scalar<long>("SELECT count(*) FROM command_key"));
    }

    private static async Task<long> Work(TicketStore store, int caller, Stopwatch watch)
    {
        var written = 0;
        while (watch.ElapsedMilliseconds < 1000)
        {
            var (ticket, version) = (written % 8, written / 8);
            await store.Done(Command($"T-{caller}-{ticket}", version, $"m{version}", Key($"k-{caller}-{written}")));
            written++;
        }
        return written;
    }
}
