using Dapper;
using Microsoft.Data.Sqlite;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>What a failing file says of a write: only a commit that failed on the disk leaves its outcome open.</summary>
public sealed class SqliteFaultTests(PostgresServer server)
{
    [Fact]
    public async Task CommitThatFailsOnTheDisk_IsUnknown_AndTheNextOneWorks()
    {
        await using var lab = await Open(Sqlite, server);
        await lab.Store.Done(Command("T-1", 0));

        using (new FailingDisk(lab.Options.SqliteFile))
        {
            Assert.Equal(WriteOutcome.Unknown, await lab.Store.Write(Command("T-1", 1)));
        }

        var version = (await lab.Reads.History("T-1")).Seq!.Value;
        await lab.Store.Done(Command("T-1", version));
        Assert.Equal("ok", await lab.Scalar<string>("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task FileLockedByAnotherProgram_IsUnavailable_InUnderTwoSeconds()
    {
        await using var lab = await Open(Sqlite, server);
        await using var other = new SqliteConnection($"Data Source={lab.Options.SqliteFile};Pooling=false");
        await other.OpenAsync();
        await other.ExecuteAsync("BEGIN IMMEDIATE");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.Equal(WriteOutcome.Unavailable, await lab.Store.Write(Command("T-1", 0)));

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
        await other.ExecuteAsync("ROLLBACK");
        await lab.Store.Done(Command("T-1", 0));
    }

    [Theory]
    [InlineData(SQLitePCL.raw.SQLITE_IOERR, WriteOutcome.Unknown)]
    [InlineData(SQLitePCL.raw.SQLITE_BUSY, WriteOutcome.Unavailable)]
    [InlineData(SQLitePCL.raw.SQLITE_LOCKED, WriteOutcome.Unavailable)]
    [InlineData(SQLitePCL.raw.SQLITE_FULL, WriteOutcome.Full)]
    public void FaultsOfTheFile_AreOutcomes(int code, object outcome) =>
        Assert.Equal((WriteOutcome)outcome, WriteOutcomes.Of(new InvalidOperationException("wrapped", new SqliteException("planted", code))));
}
