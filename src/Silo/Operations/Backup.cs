using Hotline.Api;
using Hotline.Integrity;
using Hotline.Storage;
using Npgsql;

namespace Hotline.Silo.Operations;

/// <summary><c>backup FOLDER</c>, while the service runs: one moment of the store, checked before it is called a backup.</summary>
internal static class Backup
{
    /// <summary>Answers whether what was saved is sound; what is not is said.</summary>
    /// <exception cref="StartRefusedException"><c>backup.folder-not-empty</c>, <c>backup.no-store</c>, <c>backup.tools-missing</c></exception>
    public static async Task<bool> Run(StorageOptions store, string target, Action<string> say)
    {
        if (store.Engine == StorageEngine.Sqlite && !File.Exists(store.SqliteFile))
        {
            throw new StartRefusedException("backup.no-store", $"{store.DataFolder} 中没有数据。 There is no store in {store.DataFolder}.");
        }
        var folder = BackupFolder.Create(target);
        folder.TakeImports(store.DataFolder);
        say("Copying the database");
        var (figures, wrong) = store.PostgreSql is { } postgres ? await Postgres(postgres, folder, say) : await Sqlite(store.SqliteFile, folder, say);
        folder.TakeImports(store.DataFolder);
        folder.Seal(store.Engine, figures);
        return Report(figures, wrong, target, say);
    }

    /// <summary>The last lines of a backup and of a restore.</summary>
    public static bool Report(StoreFigures figures, IReadOnlyList<string> wrong, string where, Action<string> say)
    {
        foreach (var line in wrong)
        {
            say("WRONG  " + line);
        }
        say($"{(wrong.Count == 0 ? "Verified" : "NOT SOUND")}: {where}, {figures.Tickets:N0} tickets, {figures.Events:N0} events, "
            + $"{figures.Armed:N0} alarms armed, {figures.Publications:N0} publications");
        return wrong.Count == 0;
    }

    private static async Task<(StoreFigures, IReadOnlyList<string>)> Sqlite(string source, BackupFolder folder, Action<string> say)
    {
        SqliteCopy.Take(source, folder.AsStore.SqliteFile, say);
        say("Checking the copy");
        await using var copy = Database.ForReading(folder.AsStore);
        await using var connection = await copy.OpenRead(CancellationToken.None);
        var check = await StoreCheck.Of(copy);
        var figures = await check.Run(StorageEngine.Sqlite, [new(connection, null)], CancellationToken.None);
        if (check.Wrong.Count == 0)
        {
            await check.Feed(new EventFeed(copy), figures);
        }
        return (figures, check.Wrong);
    }

    /// <summary>What is saved and what is checked is the same moment: both see one snapshot.</summary>
    private static async Task<(StoreFigures, IReadOnlyList<string>)> Postgres(string postgres, BackupFolder folder, Action<string> say)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false, CommandTimeout = 0 });
        await using var connection = await source.OpenConnectionAsync();
        await using var moment = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var export = new NpgsqlCommand("SELECT pg_export_snapshot()", connection, moment);
        PostgresCopy.Dump(postgres, (string)(await export.ExecuteScalarAsync())!, folder.DumpFile, say);
        say("Checking what was copied");
        await using var store = Database.ForReading(postgres);
        var check = await StoreCheck.Of(store);
        return (await check.Run(StorageEngine.PostgreSql, [new(connection, moment)], CancellationToken.None), check.Wrong);
    }
}
