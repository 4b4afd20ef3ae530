using System.Diagnostics;
using Hotline.Api;
using Hotline.Integrity;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Silo.Operations;

/// <summary><c>check</c>, also while the service runs, and <c>rebuild</c>: the same as the API's works, without a service.</summary>
internal static class Upkeep
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Answers whether the store is sound; what is not is said.</summary>
    /// <exception cref="StartRefusedException"><c>store.none</c></exception>
    public static async Task<bool> Check(StorageOptions store, Action<string> say)
    {
        DemandStore(store);
        await using var database = store.PostgreSql is { } postgres ? Database.ForReading(postgres) : Database.ForReading(store);
        var check = await StoreCheck.Of(database);
        var figures = new StoreFigures(0, 0, 0, 0);
        await Run(database, async readings => figures = await check.Run(store.Engine, readings, CancellationToken.None), () => check.Done, say);
        return Backup.Report(figures, check.Wrong, store.PostgreSql is null ? store.DataFolder : "PostgreSQL", say);
    }

    /// <summary>Answers whether everything could be made right; what could not is said. On SQLite the service must not run.</summary>
    /// <exception cref="StartRefusedException"><c>store.none</c></exception>
    public static async Task<bool> Rebuild(StorageOptions store, Action<string> say)
    {
        DemandStore(store);
        await using var database = Database.Open(store);
        var rebuild = new StoreRebuild(database, new TextHasher(await database.InstanceSecret("texts", CancellationToken.None)), () => { });
        await Run(database, readings => rebuild.Run(readings, CancellationToken.None), () => rebuild.Done, say);
        foreach (var line in rebuild.Wrong)
        {
            say("WRONG  " + line);
        }
        say($"{rebuild.Done:N0} tickets looked at, the rows of {rebuild.Mended:N0} made again");
        return rebuild.Wrong.Count == 0;
    }

    private static async Task Run(Database database, Func<IReadOnlyList<Reading>, Task> work, Func<long> done, Action<string> say)
    {
        await using var readings = await Readings.Open(database, CancellationToken.None);
        var watch = Stopwatch.StartNew();
        var running = work(readings.All);
        while (await Task.WhenAny(running, Task.Delay(Every)) != running)
        {
            say($"{done():N0} tickets");
        }
        await running;
        say($"{done():N0} tickets in {watch.Elapsed.TotalSeconds:0.0} s, {done() / Math.Max(0.001, watch.Elapsed.TotalSeconds):N0} tickets/s");
    }

    private static void DemandStore(StorageOptions store)
    {
        if (store.Engine == StorageEngine.Sqlite && !File.Exists(store.SqliteFile))
        {
            throw new StartRefusedException("store.none", $"{store.DataFolder} 中没有数据。 There is no store in {store.DataFolder}.");
        }
    }
}
