using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using Npgsql;

namespace Hotline.Storage;

/// <summary>Brings a database up to this version's schema: plain SQL, one folder per engine, each script once.</summary>
internal static class Migrations
{
    /// <summary>Any fixed number: silos that start at once on one database wait for each other here.</summary>
    private const long AdvisoryLock = 12345_0001;

    public static void RunSqlite(string connectionString) =>
        Run(DeployChanges.To.SqliteDatabase(connectionString), "sqlite");

    public static void RunPostgres(NpgsqlConnection guard, string connectionString)
    {
        Execute(guard, $"SELECT pg_advisory_lock({AdvisoryLock})");
        try
        {
            Run(DeployChanges.To.PostgresqlDatabase(connectionString), "postgres");
        }
        finally
        {
            Execute(guard, $"SELECT pg_advisory_unlock({AdvisoryLock})");
        }
    }

    private static void Run(UpgradeEngineBuilder builder, string folder)
    {
        var result = builder.WithScripts(Scripts(folder)).WithVariablesDisabled().WithTransactionPerScript().LogToNowhere().Build().PerformUpgrade();
        if (!result.Successful)
        {
            throw new StorageStartException("storage.migration-failed",
                $"数据库结构升级失败（{result.ErrorScript?.Name}）。 The database migration {result.ErrorScript?.Name} failed: {result.Error.Message}",
                result.Error);
        }
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

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        command.ExecuteNonQuery();
    }
}
