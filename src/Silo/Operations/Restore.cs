using Hotline.Api;
using Hotline.Integrity;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Silo.Operations;

/// <summary><c>restore FOLDER</c> into an empty data folder or database: a new epoch of the store begins, and all of it is checked.</summary>
internal static class Restore
{
    private const string LockFile = ".lock";

    /// <summary>Answers whether the store is sound and whole; what is not is said.</summary>
    /// <exception cref="StartRefusedException"><c>restore.no-backup</c>, <c>restore.other-engine</c>, <c>restore.not-empty</c>, <c>backup.tools-missing</c></exception>
    public static async Task<bool> Run(StorageOptions store, string from, Action<string> say)
    {
        var (folder, manifest) = BackupFolder.Open(from);
        if (manifest.Engine != store.Engine)
        {
            throw new StartRefusedException("restore.other-engine",
                $"该备份属于 {manifest.Engine}，而当前使用 {store.Engine}。 The backup is of {manifest.Engine}, this store is on {store.Engine}.");
        }
        say("Checking the backup");
        if (folder.Damage(manifest) is { Count: > 0 } damage)
        {
            return Backup.Report(manifest.Figures, damage, from, say);
        }
        say("Restoring the database");
        if (store.PostgreSql is { } postgres)
        {
            PostgresCopy.Restore(postgres, folder.DumpFile, say);
        }
        else
        {
            PutFile(folder.AsStore.SqliteFile, store);
        }
        folder.GiveImports(store.DataFolder);
        say("Checking the store");
        return await Check(store, manifest.Figures, say);
    }

    private static async Task<bool> Check(StorageOptions store, StoreFigures saved, Action<string> say)
    {
        await using var database = Database.Open(store);
        await using var moment = await ReadSnapshot.Open(database, CancellationToken.None);
        var check = await StoreCheck.Of(database);
        var figures = await check.Run(store.Engine, [new(moment.Connection, moment.Transaction)], CancellationToken.None);
        await check.Feed(new EventFeed(database), figures);
        var wrong = figures == saved ? check.Wrong : [.. check.Wrong, $"figures: saved {saved}, restored {figures}"];
        return Backup.Report(figures, wrong, store.PostgreSql is null ? store.DataFolder : "PostgreSQL", say);
    }

    /// <summary>Under its name only when it is whole and flushed: what is left of an interrupted restore is no store.</summary>
    private static void PutFile(string copy, StorageOptions store)
    {
        if (Directory.Exists(store.DataFolder) && Directory.EnumerateFileSystemEntries(store.DataFolder).Any(f => Path.GetFileName(f) != LockFile))
        {
            throw new StartRefusedException("restore.not-empty",
                $"数据目录 {store.DataFolder} 不是空的，只能恢复到空目录。 The data folder {store.DataFolder} is not empty; restore into an empty one.");
        }
        using var held = DataFolderLock.Take(store.DataFolder);
        var arriving = store.SqliteFile + ".part";
        using (var source = File.OpenRead(copy))
        using (var target = File.Create(arriving))
        {
            source.CopyTo(target);
            target.Flush(flushToDisk: true);
        }
        File.Move(arriving, store.SqliteFile);
    }
}
