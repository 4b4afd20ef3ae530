using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>A lost connection is said to be what it is, and the next command finds its way.</summary>
public sealed class PostgresOutageTests(PostgresServer server)
{
    [Fact]
    public async Task Write_WhoseConnectionIsCutUnderWay_IsUnknown_AndTheNextOneWorks()
    {
        await using var lab = await Open(PostgreSql, server);
        await lab.Store.Write(Command("T-1", 0));
        await using var blocker = await lab.Database.Postgres!.OpenConnectionAsync();
        await using var holding = await blocker.BeginTransactionAsync();
        await Dapper.SqlMapper.ExecuteAsync(blocker, "SELECT 1 FROM ticket_state WHERE ticket_id = 'T-1' FOR UPDATE");

        var blocked = lab.Store.Write(Command("T-1", 1));
        while (await lab.Scalar<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
        {
            await Task.Delay(10);
        }
        await lab.Scalar<bool>("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => blocked);
        await holding.RollbackAsync();
        Assert.Equal(2, await lab.Store.Write(Command("T-1", 1)));
    }

    [Fact]
    public async Task Write_WithoutADatabase_IsUnavailable()
    {
        var options = new StorageOptions(Path.GetTempPath(), await server.NewDatabase());
        await using var database = Database.Open(options);
        await using var nowhere = Npgsql.NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x;Database=x");
        await using var writer = new PostgresTicketWriter(nowhere);
        await using var store = new TicketStore(database, writer, Microsoft.Extensions.Logging.Abstractions.NullLogger<TicketStore>.Instance);
        store.Start();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.Write(Command("T-1", 0)));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.Write(Command("T-1", 0)));
    }
}
