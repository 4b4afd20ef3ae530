using System.Diagnostics;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using Npgsql;

namespace Hotline.Storage;

/// <summary>Brings a database up to this version's schema: plain SQL, one folder per engine, each script once, in one transaction each, for as long as it takes.</summary>
internal static class Migrations
{
    /// <summary>Any fixed number: silos that start at once on one database wait for each other here.</summary>
    private const long AdvisoryLock = 12345_0001;

    /// <summary>A script that waits for somebody's lock on a table stops everybody behind it: it gives up instead.</summary>
    private const string BoundedLocks = "SET LOCAL lock_timeout = '15s'; SET LOCAL statement_timeout = 0;\n";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>How long one process waits for another's migration.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(2);

    public static void RunSqlite(string connectionString) =>
        Run(DeployChanges.To.SqliteDatabase(connectionString).WithScripts(Scripts("sqlite")));

    public static void RunPostgres(string connectionString) => RunPostgres(connectionString, Scripts("postgres"));

    /// <summary>Runs what of <paramref name="scripts"/> has not run yet.</summary>
    internal static void RunPostgres(string connectionString, IEnumerable<SqlScript> scripts) =>
        Run(DeployChanges.To.PostgresqlDatabase(connectionString).WithScripts(scripts.Select(s => new SqlScript(s.Name, BoundedLocks + s.Contents))));

    /// <summary>Runs <paramref name="work"/> while no other process does such work on this database. A failure lets go with the connection's session.</summary>
    /// <exception cref="StorageStartException"><c>storage.migration-busy</c></exception>
    public static void Alone(NpgsqlConnection guard, TimeSpan patience, Action work)
    {
        var since = Stopwatch.GetTimestamp();
        while (!Ask(guard, "pg_try_advisory_lock"))
        {
            if (Stopwatch.GetElapsedTime(since) > patience)
            {
                throw new StorageStartException("storage.migration-busy",
                    $"另一个进程正在升级数据库结构，等待 {patience.TotalSeconds:0} 秒后放弃，请稍后再启动。"
                    + $" Another process is migrating the database; gave up after {patience.TotalSeconds:0} s. Start again later.");
            }
            Thread.Sleep(Pause);
        }
        work();
        Ask(guard, "pg_advisory_unlock");
    }

    private static void Run(UpgradeEngineBuilder builder)
    {
        var result = builder.WithVariablesDisabled().WithTransactionPerScript().WithExecutionTimeout(TimeSpan.Zero).LogToNowhere().Build().PerformUpgrade();
        if (!result.Successful)
        {
            throw new StorageStartException("storage.migration-failed",
                $"数据库结构升级失败（{result.ErrorScript?.Name}）。 The database migration {result.ErrorScript?.Name} failed: {result.Error.Message}",
                result.Error);
        }
    }

    private static bool Ask(NpgsqlConnection guard, string function)
    {
        using var command = new NpgsqlCommand($"SELECT {function}({AdvisoryLock})", guard);
        return command.ExecuteScalar() is true;
    }

    private static IEnumerable<SqlScript> Scripts(string folder)
    {
        var assembly = typeof(Migrations).Assembly;
        var prefix = $"Hotline.Storage.Sql.{folder}.";
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new SqlScript(name[prefix.Length..], reader.ReadToEnd());
        }
    }
}
