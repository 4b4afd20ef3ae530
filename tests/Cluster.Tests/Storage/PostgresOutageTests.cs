using Npgsql;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>A lost connection is said to be what it is, and the next command finds its way.</summary>
public sealed class PostgresOutageTests(PostgresServer server)
{
    [Fact]
    public async Task Write_WhoseConnectionIsCutUnderWay_IsUnknown_AndTheNextOneWorks()
    {
        await using var lab = await Open(PostgreSql, server);
        await lab.Store.Done(Command("T-1", 0));
        await lab.Execute("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(4); RETURN NULL; END $$; "
            + "CREATE TRIGGER slow AFTER UPDATE ON ticket_index FOR EACH ROW EXECUTE FUNCTION slow()");
        const string busy = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";

        var cut = lab.Store.Write(Command("T-1", 1));
        while (await lab.Scalar<long>("SELECT count(*) " + busy) == 0)
        {
            await Task.Delay(10);
        }
        await lab.Scalar<bool>("SELECT pg_terminate_backend(pid) " + busy);

        Assert.Equal(WriteOutcome.Unknown, await cut);
        await lab.Execute("DROP TRIGGER slow ON ticket_index");
        await lab.Store.Done(Command("T-1", 1));
    }

    [Fact]
    public async Task Write_WithoutADatabase_IsUnavailable()
    {
        var options = new StorageOptions(Path.GetTempPath(), await server.NewDatabase());
        await using var database = Database.Open(options);
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x;Database=x");
        await using var writer = new PostgresTicketWriter(nowhere);
        await using var store = new TicketStore(database, writer, Microsoft.Extensions.Logging.Abstractions.NullLogger<TicketStore>.Instance);
        store.Start();

        Assert.Equal(WriteOutcome.Unavailable, await store.Write(Command("T-1", 0)));
        Assert.Equal(WriteOutcome.Unavailable, await store.Write(Command("T-1", 0)));
    }
}
