using Dapper;
using Hotline.Integrity;
using Hotline.Jobs;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static Hotline.Storage.StoreLab;

namespace Hotline.Silo.Operations;

/// <summary>A store saved while it is written, and put back somewhere else: nothing is missing, and what is damaged is named.</summary>
public sealed class BackupTests(PostgresServer server) : IDisposable
{
    private const string Hash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"; // of {}

    private readonly string _folder = Directory.CreateTempSubdirectory("hotline-backup-").FullName;
    private readonly List<string> _said = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Restore_IntoAnotherPlace_KeepsEverything_AndTheFeedGoesOn(string engine)
    {
        await using var lab = await Busy(engine);
        var cursor = (await lab.Of<EventFeed>().Read(null, 100)).Value!.Next;
        var figures = await Figures(lab.Of<Database>());
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(lab.Options.DataFolder, "imports")).FullName, "I-waits.import"), "行");
        // As a running import holds it.
        using (File.Open(Path.Combine(lab.Options.DataFolder, "imports", "I-waits.import"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.True(await Backup.Run(lab.Options, Target, _said.Add), Said);
        }
        await lab.Register("afterwards");

        await using var second = new PostgresServer();
        var elsewhere = new StorageOptions(Path.Combine(_folder, "elsewhere"), engine == Sqlite ? null : await second.NewDatabase());
        Assert.True(await Restore.Run(elsewhere, Target, _said.Add), Said);

        await using var database = Database.Open(elsewhere);
        Assert.Equal(figures, await Figures(database));
        Assert.Equal("行", File.ReadAllText(Path.Combine(elsewhere.DataFolder, "imports", "I-waits.import")));
        await Delivers(database, cursor, figures.Events);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task SameBackup_RestoredTwice_IsTwoHistories(string engine)
    {
        await using var lab = await Busy(engine);
        Assert.True(await Backup.Run(lab.Options, Target, _said.Add), Said);
        async Task<Database> Restored(string name)
        {
            var options = new StorageOptions(Path.Combine(_folder, name), engine == Sqlite ? null : await server.NewDatabase());
            Assert.True(await Restore.Run(options, Target, _said.Add), Said);
            return Database.Open(options);
        }

        await using var first = await Restored("first");
        await using var second = await Restored("second");
        var cursor = (await new EventFeed(first).Read(null, 1)).Value!.Next;

        Assert.True((await new EventFeed(first).Read(cursor, 1)).IsDone);
        Assert.Equal("feed.restored", (await new EventFeed(second).Read(cursor, 1)).Rejection!.Code);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task WhatIsInTheWay_IsRefusedAndLeftAlone(string engine)
    {
        await using var lab = await Busy(engine);
        await Backup.Run(lab.Options, Target, _said.Add);
        var before = await Figures(lab.Of<Database>());
        var other = engine == Sqlite ? new StorageOptions(_folder + "/pg", "Host=127.0.0.1") : new StorageOptions(_folder + "/lite");

        Assert.Equal("backup.folder-not-empty", (await Refused(() => Backup.Run(lab.Options, Target, _said.Add))).Code);
        Assert.Equal("restore.not-empty", (await Refused(() => Restore.Run(lab.Options, Target, _said.Add))).Code);
        Assert.Equal("restore.other-engine", (await Refused(() => Restore.Run(other, Target, _said.Add))).Code);
        Assert.Equal("restore.no-backup", (await Refused(() => Restore.Run(lab.Options, _folder, _said.Add))).Code);
        Assert.Equal("backup.no-store", (await Refused(() => Backup.Run(new(_folder + "/none"), _folder + "/x", _said.Add))).Code);
        Assert.Equal(before, await Figures(lab.Of<Database>()));
    }

    [Theory, InlineData(Sqlite, "hotline.db"), InlineData(PostgreSql, "hotline.dump")]
    public async Task DamagedBackup_IsNamed_AndNothingRestored(string engine, string file)
    {
        await using var lab = await Busy(engine);
        await Backup.Run(lab.Options, Target, _said.Add);
        using (var bytes = File.Open(Path.Combine(Target, file), FileMode.Open))
        {
            bytes.Position = bytes.Length / 2;
            var flipped = (byte)(bytes.ReadByte() ^ 4);
            bytes.Position--;
            bytes.WriteByte(flipped);
        }
        var elsewhere = new StorageOptions(Path.Combine(_folder, "elsewhere"), engine == Sqlite ? null : await server.NewDatabase());

        Assert.False(await Restore.Run(elsewhere, Target, _said.Add));

        Assert.Contains(_said, line => line.StartsWith("WRONG  " + file, StringComparison.Ordinal));
        Assert.False(File.Exists(elsewhere.SqliteFile));
    }

    [Theory]
    [InlineData("ticket_event", "body = replace(body, 'DG', 'XB')", "chain of events is broken at 2")]
    [InlineData("ticket_event", "seq = seq + 7", "chain of events is broken at")]
    [InlineData("revision", "body = '{ }'", "revision table/2026-09/station/1: the content does not have its hash")]
    [InlineData("revision", "body = '{ }'", "revision quarter/2026-Q3/station/1: the content does not have its hash")]
    [InlineData("revision", "approved_by = 'x'", "revision table/2026-09/station/1: the content does not have its hash")]
    [InlineData("revision", "basis = 'x'", "revision table/2026-09/station/1: the content does not have its hash")]
    [InlineData("OrleansStorage", "PayloadBinary = CAST('{\"schema\":1,\"hash\":\"x\",\"record\":{}}' AS BYTES)", "it is not what was written")]
    [InlineData("ticket_index", "next_alarm_at = NULL", "the index row is not what its events make it")]
    public async Task DamagedStore_IsNamedByItsBackup(string table, string edit, string named)
    {
        foreach (var engine in new[] { Sqlite, PostgreSql })
        {
            await using var lab = await Busy(engine);
            var guards = engine == Sqlite ? $"DROP TRIGGER IF EXISTS {table}_no_update;" : $"ALTER TABLE {table} DISABLE TRIGGER USER;";
            await lab.Execute($"{guards} UPDATE {table} SET {edit.Replace("AS BYTES", engine == Sqlite ? "AS BLOB" : "AS bytea", StringComparison.Ordinal)}");

            Assert.False(await Backup.Run(lab.Options, Target + engine, _said.Add));

            Assert.Contains(_said, line => line.StartsWith("WRONG", StringComparison.Ordinal) && line.Contains(named, StringComparison.Ordinal));
            Assert.Contains(_said, line => line.StartsWith("NOT SOUND", StringComparison.Ordinal));
            _said.Clear();
        }
    }

    [Fact]
    public async Task SqliteFileThatLostAPage_IsNamed()
    {
        await using var lab = await Busy(Sqlite);
        Assert.True(await Backup.Run(lab.Options, Target, _said.Add), Said);
        var file = Path.Combine(Target, "hotline.db");
        using (var bytes = File.Open(file, FileMode.Open))
        {
            bytes.Position = 4096 * 3;
            bytes.Write(new byte[4096]);
        }

        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        var check = await StoreCheck.Of(lab.Of<Database>());
        await check.Run(StorageEngine.Sqlite, [new(connection, null)], CancellationToken.None);

        Assert.NotEmpty(check.Wrong);
    }

    /// <summary>What somebody does by hand, without the verbs.</summary>
    [Fact]
    public async Task DumpPutIntoAYoungerServerByHand_BeginsANewHistory()
    {
        await using var lab = await Busy(PostgreSql);
        await using (var burn = await lab.Of<Database>().Postgres!.OpenConnectionAsync())
        {
            await burn.ExecuteAsync("DO $$ BEGIN FOR i IN 1..20000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$", commandTimeout: 120);
        }
        await lab.Register("late");
        await lab.Execute("INSERT INTO OrleansMembershipVersionTable VALUES ('hotline', 7, now())");
        var (cursor, events) = ((await lab.Of<EventFeed>().Read(null, 100)).Value!.Next, await lab.Scalar<long>("SELECT count(*) FROM ticket_event"));
        var file = Path.Combine(_folder, "by-hand.sql");
        await using var second = new PostgresServer();
        var target = await second.NewDatabase();

        Assert.Null(Tool.Run(Tool.Postgres("pg_dump"), ["-f", file, "-d", Uri(lab.Options.PostgreSql!)], new Dictionary<string, string>(), _said.Add));
        Assert.Null(Tool.Run(Tool.Postgres("psql"), ["-q", "-o", "/dev/null", "-v", "ON_ERROR_STOP=1", "-f", file, "-d", Uri(target)], new Dictionary<string, string>(), _said.Add));

        await using var database = Database.Open(new(_folder, target));
        Assert.Equal(0, await Scalar(database, "SELECT count(*) FROM OrleansMembershipVersionTable"));
        await Delivers(database, cursor, events);
    }

    private string Target => Path.Combine(_folder, "backup");

    private string Said => string.Join("\n", _said);

    /// <summary>Tickets with alarms armed, a published table and an approved list.</summary>
    private async Task<ClusterLab> Busy(string engine)
    {
        var lab = await ClusterLab.Start(engine, server);
        await lab.Register("E1");
        await lab.Do("E1", new Dispatch("DG"));
        await lab.Do("E1", new Accept(), ClusterLab.Handler);
        await lab.Register("E2");
        await lab.Do("E2", new Withdraw(WithdrawnBy.Caller, "误录，诉求人撤回"));
        await lab.Do("E2", new ConfirmWithdrawal(), ClusterLab.Second);
        foreach (var (kind, period) in new[] { (RevisionKind.Table, "2026-09"), (RevisionKind.Quarter, "2026-Q3") })
        {
            var one = DateTimeOffset.FromUnixTimeMilliseconds(1);
            var row = new Revision(kind, period, LeagueTier.Station, 1, Hash, "{}", "p", "a", null, one, one).HashOfRow();
            await lab.Execute("INSERT INTO revision (kind, period, tier, number, content_hash, body, proposed_by, approved_by, cutoff_at, at, row_hash) "
                + $"VALUES ('{Codes.Of(kind)}', '{period}', 'station', 1, '{Hash}', '{{}}', 'p', 'a', 1, 1, '{row}')");
        }
        return lab;
    }

    /// <summary>All of the past from the beginning, a definite answer for a place of before, and then what is new.</summary>
    private static async Task Delivers(Database database, string cursorOfBefore, long events)
    {
        var feed = new EventFeed(database);
        Assert.Equal("feed.restored", (await feed.Read(cursorOfBefore, 100)).Rejection!.Code);
        var whole = (await feed.Read(null, 100)).Value!;
        Assert.Equal(events, whole.Events.Count);
        await using var store = TicketStore.Create(database, NullLogger<TicketStore>.Instance);
        store.Start();
        await store.Write(Command("T-new", 0));

        var added = Assert.Single((await feed.Read(whole.Next, 100)).Value!.Events);

        Assert.Equal("T-new", added.TicketId);
        Assert.All(whole.Events, e => Assert.True(e.Epoch < added.Epoch));
        Assert.Equal(events + 1, (await feed.Read(null, 100)).Value!.Events.Count);
    }

    private static async Task<StoreFigures> Figures(Database database)
    {
        await using var moment = await ReadSnapshot.Open(database, CancellationToken.None);
        var check = await StoreCheck.Of(database);
        var figures = await check.Run(database.Engine, [new(moment.Connection, moment.Transaction)], CancellationToken.None);
        Assert.Empty(check.Wrong);
        Assert.True(figures is { Tickets: 2, Armed: > 0, Publications: 2 }, figures.ToString());
        return figures;
    }

    private static async Task<long> Scalar(Database database, string sql)
    {
        await using var connection = await database.OpenRead(CancellationToken.None);
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    private static string Uri(string postgres)
    {
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(postgres);
        return $"postgresql://{settings.Username}@{settings.Host}:{settings.Port}/{settings.Database}";
    }

    private static Task<Api.StartRefusedException> Refused(Func<Task> work) => Assert.ThrowsAsync<Api.StartRefusedException>(work);
}
