using System.Security.Cryptography;
using System.Text;
using Hotline.Jobs;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Hotline.Units;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static Hotline.Storage.StoreLab;

namespace Hotline.Imports;

/// <summary>History files on both engines, from the bytes to the tickets.</summary>
public sealed class ImportTests(PostgresServer server) : IDisposable
{
    private const string Header = "工单编号,诉求性质,标题,登记时间,承办单位,派单时间,答复时间,审核时间,回访时间,回访结果";

    private readonly string _folder = Directory.CreateTempSubdirectory("hotline-imports-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task HistoryFile_MakesItsUnitsAndTickets_AndASecondTimeChangesNothing(string engine)
    {
        await using var lab = await Start(engine);
        var file = $"{Header}\n{string.Concat(Enumerable.Range(1, 450).Select(n => Row(n, n % 3 == 0 ? "甲派出所" : "乙大队")))}";

        var first = await Import(lab, "one", file);
        Assert.Equal((ImportStatus.Completed, 450, 450, 0), (first.Status, first.Accepted, first.Changed, first.Rejected));
        Assert.Equal(450, await lab.Scalar<long>("SELECT count(*) FROM ticket_index WHERE status = 'closed'"));
        var events = await lab.Scalar<long>("SELECT count(*) FROM ticket_event");

        var second = await Import(lab, "two", file);
        Assert.Equal((ImportStatus.Completed, 450, 0, 0), (second.Status, second.Accepted, second.Changed, second.Rejected));
        Assert.Equal(events, await lab.Scalar<long>("SELECT count(*) FROM ticket_event"));
        Assert.Equal((UnitTier.Station, UnitTier.Brigade), (await Tier(lab, "甲派出所"), await Tier(lab, "乙大队")));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task FileWhoseRowsAllContradictTheirTickets_MakesNoUnit(string engine)
    {
        await using var lab = await Start(engine);
        await Import(lab, "one", $"{Header}\n{Row(1, "甲派出所")}{Row(2, "甲派出所")}");

        var second = await Import(lab, "two", $"{Header}\n{Row(1, "错写派出所")}{Row(2, "错写派出所")}");

        Assert.Equal((0, 2), (second.Accepted, second.Rejected));
        Assert.All(second.Errors, e => Assert.Equal("row.conflict", e.Code));
        Assert.Null(await lab.Of<UnitDirectory>().Resolve("错写派出所"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task NewUnitWithOneNewTicket_IsMade_ThoughItsOtherRowsContradict(string engine)
    {
        await using var lab = await Start(engine);
        await Import(lab, "one", $"{Header}\n{Row(1, "甲派出所")}");

        var second = await Import(lab, "two", $"{Header}\n{Row(1, "新设派出所")}{Row(2, "新设派出所")}");

        Assert.Equal((1, 1), (second.Accepted, second.Rejected));
        Assert.NotNull(await lab.Of<UnitDirectory>().Resolve("新设派出所"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task FaultWhileLookingThroughTheFile_IsTriedAgain(string engine)
    {
        await using var lab = await Start(engine);
        await lab.Execute("ALTER TABLE ticket_index RENAME TO ticket_index_away");
        var import = await Begin(lab, "one", $"{Header}\n{Row(1, "新派出所")}");
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.Equal(ImportStatus.Running, (await import.Read())!.Status);

        await lab.Execute("ALTER TABLE ticket_index_away RENAME TO ticket_index");

        Assert.Equal((ImportStatus.Completed, 1), (await Ended(import)) is var view ? (view.Status, view.Accepted) : default);
    }

    /// <summary>The start, each step and the end of an import, with a fault before and after every one of their writes.</summary>
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task ImportWhoseRecordsBreakOff_RunsOnce_AndEndsInTheList(string engine)
    {
        var faults = new RecordFaults();
        await using var lab = await ClusterLab.Start(engine, server, more: services => faults.Install(services.AddImports(_folder), StorageHosting.Records));
        foreach (var (fault, told) in new[] { (Fault.Before, "storage.unavailable"), (Fault.After, "outcome.unknown") })
        {
            var name = fault.ToString();
            faults.Arm(fault, "import");
            Assert.Equal(told, (await Sent(lab, name, $"{Header}\n{Row(1, "甲派出所")}")).Rejection!.Code);
            Assert.True(faults.Struck);
            Assert.Equal(fault == Fault.After, (await Sent(lab, name, $"{Header}\n{Row(1, "甲派出所")}")).Value!.Replayed);
            faults.Arm(fault, "import-list");
            Assert.Equal((ImportStatus.Completed, 1), (await Ended(Grain(lab, name))) is var view ? (view.Status, view.Accepted) : default);
            faults.Disarm();
        }

        Assert.Equal(1, await lab.Scalar<long>("SELECT count(*) FROM ticket_index"));
        for (var i = 0; (await lab.Grains.GetGrain<IImportListGrain>(ImportKeys.List).Latest()).Any(s => s.Status != ImportStatus.Completed) && i < 100; i++)
        {
            await Task.Delay(100);
        }
        Assert.All(await lab.Grains.GetGrain<IImportListGrain>(ImportKeys.List).Latest(), s => Assert.Equal(ImportStatus.Completed, s.Status));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "imports")));
    }

    [Fact]
    public async Task FaultThatNeverEnds_EndsTheImport_AndOthersGoOnMeanwhile()
    {
        await using var lab = await Start(Sqlite);
        await lab.Execute("ALTER TABLE ticket_index RENAME TO ticket_index_away");
        var import = await Begin(lab, "one", $"{Header}\n{Row(1, "新派出所")}");

        Assert.Equal("file.no-rows", (await Import(lab, "two", Header)).Failure!.Code);
        var ended = await Ended(import);

        Assert.Equal((ImportStatus.Failed, "import.fault"), (ended.Status, ended.Failure!.Code));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "imports")));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task FileOverWhichThreeProcessesDied_IsGivenUp(string engine)
    {
        // Without a runner: the test is each of them.
        await using var lab = await ClusterLab.Start(engine, server, more: services => services.AddSingleton(new ImportFiles(_folder)).AddSingleton<ImportQueue>());
        var import = await Begin(lab, "one", Header);
        Assert.NotNull(await import.Begin("a"));
        Assert.NotNull(await import.Begin("a"));
        Assert.NotNull(await import.Begin("b"));
        await import.Pause("b");
        Assert.NotNull(await import.Begin("c"));
        Assert.NotNull(await import.Begin("d"));

        Assert.Null(await import.Begin("e"));

        var view = (await import.Read())!;
        Assert.Equal((ImportStatus.Failed, "import.crashed"), (view.Status, view.Failure!.Code));
        Assert.Equal(ImportStatus.Failed, Assert.Single(await lab.Grains.GetGrain<IImportListGrain>(ImportKeys.List).Latest()).Status);
    }

    [Fact]
    public async Task ProcessesThatStopInGoodOrder_DoNotCountAsDead()
    {
        await using var lab = await Start(Sqlite);
        await Begin(lab, "one", $"{Header}\n{string.Concat(Enumerable.Range(1, 40_000).Select(n => Row(n, "甲派出所")))}");
        for (var stopped = 0; stopped < ImportStatusRules.MostRuns + 1; stopped++)
        {
            while (await Grain(lab, "one").Read() is { Status: ImportStatus.Running, Rows: 0 })
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
            Assert.Equal(ImportStatus.Running, (await Grain(lab, "one").Read())!.Status);
            await lab.Restart();
        }

        Assert.Equal((ImportStatus.Completed, 40_000), (await Ended(Grain(lab, "one"))) is var view ? (view.Status, view.Accepted) : default);
    }

    [Fact]
    public async Task FileThatIsReadForTooLong_IsRefused()
    {
        await using var lab = await Start(Sqlite);
        var around = lab.Of<ImportSurroundings>();
        var order = new ImportOrder(ImportKind.History, TableFile.Utf8, false, "slow.csv", 1, "00", Actor.Import("test"));
        var tally = new ImportTally();
        using var run = new ImportRun(order, tally, new RowImporter(around.Grains, order, tally, NullLogger.Instance), around) { LongestSurvey = TimeSpan.FromMilliseconds(1) };
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Header + "\n" + string.Concat(Enumerable.Range(1, 100_000).Select(n => Row(n, "甲派出所")))));

        Assert.Equal("file.too-slow", (await run.Run(file, CancellationToken.None))!.Code);
    }

    [Fact]
    public async Task FilesBeyondTheSpaceForThem_AreRefused()
    {
        var files = new ImportFiles(_folder, most: 300_000);
        await using var lab = await ClusterLab.Start(Sqlite, server, more: services => services.AddSingleton(files).AddSingleton<ImportQueue>());
        await Begin(lab, "one", Header + new string('\n', 200_000));

        var second = await new FileSender(Grain(lab, "two"), "two").Send(new MemoryStream(new byte[200_000]), CancellationToken.None);

        Assert.Equal(("import.space-taken", RejectionKind.TooMany), (second.Rejection!.Code, second.Rejection.Kind));
        Assert.Single(Directory.GetFiles(_folder));
    }

    private static string Row(int number, string unit) =>
        $"H{number},投诉,夜间施工噪声,2025-06-03 09:00:00,{unit},2025-06-03 09:30:00,2025-06-03 15:00:00,2025-06-03 16:00:00,2025-06-04 10:00:00,满意\n";

    private Task<ClusterLab> Start(string engine) => ClusterLab.Start(engine, server, more: services => services.AddImports(_folder));

    private static async Task<UnitTier?> Tier(ClusterLab lab, string name) => (await lab.Of<UnitDirectory>().Resolve(name))?.Tier;

    private static async Task<ImportView> Import(ClusterLab lab, string id, string text) => await Ended(await Begin(lab, id, text));

    private static IImportGrain Grain(ClusterLab lab, string id) => lab.Grains.GetGrain<IImportGrain>(ImportKeys.Of(ImportKeys.IdFor("test", id)));

    private static async Task<IImportGrain> Begin(ClusterLab lab, string id, string text)
    {
        Assert.True((await Sent(lab, id, text)).IsDone);
        return Grain(lab, id);
    }

    private static async Task<Result<ImportReceipt>> Sent(ClusterLab lab, string id, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var sent = (await new FileSender(Grain(lab, id), id).Send(new MemoryStream(bytes), CancellationToken.None)).Value!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), sent.Sha256);
        return await Grain(lab, id).Start(new(ImportKind.History, TableFile.Utf8, false, id + ".csv", sent.Size, sent.Sha256, Actor.Import("test")));
    }

    private static async Task<ImportView> Ended(IImportGrain import)
    {
        for (var asked = 0; asked < 600; asked++)
        {
            if (await import.Read() is { Status: not ImportStatus.Running } view)
            {
                return view;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException("The import did not end within a minute.");
    }
}
