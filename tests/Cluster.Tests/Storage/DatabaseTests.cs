using Microsoft.Data.Sqlite;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>What is refused at start, and what the database itself refuses ever after.</summary>
public sealed class DatabaseTests(PostgresServer server)
{
    private const string Revision = "INTO revision (kind, period, tier, number, content_hash, body, proposed_by, approved_by, cutoff_at, at, row_hash)"
        + " VALUES ('table', '2026-10', 'station', 1, 'h', '{}', 'p', 'a', 1, 1, 'r')";

    [Fact]
    public async Task Open_OfPostgreSqlThatWouldNotFlush_FlushesAllTheSame()
    {
        await using var opened = Database.Open(new StorageOptions(Path.GetTempPath(), await server.NewDatabase("synchronous_commit = off")));

        await opened.Write(async (connection, transaction) =>
            Assert.Equal("on", await Dapper.SqlMapper.ExecuteScalarAsync<string>(connection, "SHOW synchronous_commit", transaction: transaction)), default);
    }

    [Theory]
    [InlineData("PRAGMA synchronous=NORMAL", "synchronous=1")]
    [InlineData("PRAGMA synchronous=OFF", "synchronous=0")]
    [InlineData("PRAGMA journal_mode=DELETE", "journal_mode=delete")]
    public async Task Demand_OfSqliteThatDoesNotFlush_IsRefused(string pragma, string named)
    {
        var folder = Directory.CreateTempSubdirectory("hotline-data-").FullName;
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "x.db")};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {pragma};";
            await command.ExecuteNonQueryAsync();

            var refused = Assert.Throws<StorageStartException>(() => Durability.Demand(connection, StorageEngine.Sqlite));

            Assert.Equal("storage.unsafe-settings", refused.Code);
            Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Open_OfSqlite_WritesWithFullSync()
    {
        await using var lab = await Open(Sqlite, server);
        await using var source = new SqliteGateSource(lab.Database.SqliteWriteString, lab.Database.Gate);
        await using (var gated = await source.OpenConnectionAsync())
        {
            Durability.Demand(gated, StorageEngine.Sqlite);
        }
        await lab.Database.Write((connection, _) => { Durability.Demand(connection, StorageEngine.Sqlite); return Task.CompletedTask; }, default);
        Durability.Demand(((SqliteTicketWriter)lab.Writer).Connection, StorageEngine.Sqlite);
    }

    [Fact]
    public async Task Open_OfFolderInUse_IsRefusedUntilItIsFree()
    {
        await using (var lab = await Open(Sqlite, server))
        {
            var refused = Assert.Throws<StorageStartException>(() => Database.Open(lab.Options));
            Assert.Equal("storage.folder-in-use", refused.Code);
            Assert.Contains("正被另一个进程使用", refused.Message, StringComparison.Ordinal);
            Assert.Contains(lab.Options.DataFolder, refused.Message, StringComparison.Ordinal);
        }
        var options = new StorageOptions(Directory.CreateTempSubdirectory("hotline-data-").FullName);
        await using (Database.Open(options))
        {
        }
        await using (Database.Open(options))
        {
        }
        Directory.Delete(options.DataFolder, recursive: true);
    }

    [Fact]
    public async Task Open_OfOneEmptyPostgreSql_ByThreeSilosAtOnce_Works()
    {
        var options = new StorageOptions(Path.GetTempPath(), await server.NewDatabase());

        var silos = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Database.Open(options))));

        var secrets = await Task.WhenAll(silos.Select(s => s.InstanceSecret("callers", default)));
        Assert.All(secrets, secret => Assert.Equal(secrets[0], secret));
        foreach (var silo in silos)
        {
            await silo.DisposeAsync();
        }
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task InstanceSecret_IsMadeOnceAndKept(string engine)
    {
        await using var lab = await Open(engine, server);

        var first = await lab.Database.InstanceSecret("callers", default);

        Assert.Equal(32, first.Length);
        Assert.Equal(first, await lab.Database.InstanceSecret("callers", default));
        Assert.NotEqual(first, await lab.Database.InstanceSecret("texts", default));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Write_ThatThrows_LeavesNothing(string engine)
    {
        await using var lab = await Open(engine, server);

        await Assert.ThrowsAsync<InvalidOperationException>(() => lab.Database.Write(async (connection, transaction) =>
        {
            await Dapper.SqlMapper.ExecuteAsync(connection, "INSERT " + Revision, transaction: transaction);
            throw new InvalidOperationException();
        }, default));

        Assert.Equal(0, await lab.Scalar<long>("SELECT count(*) FROM revision"));
        await lab.Execute("INSERT " + Revision);
        Assert.Equal(1, await lab.Scalar<long>("SELECT count(*) FROM revision"));
    }

    [Theory]
    [InlineData(Sqlite, "UPDATE revision SET body = 'x'")]
    [InlineData(Sqlite, "UPDATE OR REPLACE revision SET body = 'x'")]
    [InlineData(Sqlite, "DELETE FROM revision")]
    [InlineData(Sqlite, "INSERT OR REPLACE " + Revision)]
    [InlineData(Sqlite, "REPLACE " + Revision)]
    [InlineData(Sqlite, "INSERT " + Revision + " ON CONFLICT DO UPDATE SET body = 'x'")]
    [InlineData(PostgreSql, "UPDATE revision SET body = 'x'")]
    [InlineData(PostgreSql, "DELETE FROM revision")]
    [InlineData(PostgreSql, "TRUNCATE revision")]
    [InlineData(PostgreSql, "SET LOCAL session_replication_role = replica; DELETE FROM revision")]
    [InlineData(PostgreSql, "INSERT " + Revision + " ON CONFLICT (kind, tier, period, number) DO UPDATE SET body = 'x'")]
    public async Task Revision_OncePublished_IsNeverChanged(string engine, string change)
    {
        await using var lab = await Open(engine, server);
        await lab.Execute("INSERT " + Revision);

        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => lab.Execute(change));

        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.Equal("{}", await lab.Scalar<string>("SELECT body FROM revision"));
        await lab.Execute("INSERT " + Revision.Replace("'station', 1", "'station', 2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Sqlite, "UPDATE ticket_event SET body = 'x'")]
    [InlineData(Sqlite, "DELETE FROM ticket_event")]
    [InlineData(Sqlite, "INSERT OR REPLACE INTO ticket_event (ticket_id, seq, type, at, actor, client, body, hash) VALUES ('T-1', 1, 'x', 1, 'x', 'x', 'x', 'x')")]
    [InlineData(Sqlite, "INSERT OR REPLACE INTO ticket_event VALUES (1, 'T-9', 1, 'x', 1, 'x', 'x', 'x', 'x')")]
    [InlineData(PostgreSql, "UPDATE ticket_event SET body = 'x'")]
    [InlineData(PostgreSql, "DELETE FROM ticket_event")]
    [InlineData(PostgreSql, "TRUNCATE ticket_event")]
    public async Task TicketEvent_OnceWritten_IsNeverChanged(string engine, string change)
    {
        await using var lab = await Open(engine, server);
        await lab.Store.Write(Command("T-1", 0));

        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => lab.Execute(change));

        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Command("T-1", 0).Events, await lab.Reads.Events("T-1", 0, 10));
    }
}
