using System.Globalization;
using Hotline.Api;
using Hotline.Storage;
using Npgsql;

namespace Hotline.Silo.Operations;

/// <summary>Saves a PostgreSQL database by its own tools, and puts it into an empty one, of this server or another.</summary>
internal static class PostgresCopy
{
    private const string Relations =
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

    /// <param name="snapshot">The exported snapshot whose moment is saved.</param>
    public static void Dump(string postgres, string snapshot, string file, Action<string> say)
    {
        // Which silos run is not part of what is saved: in another place they would be sought there.
        Run("pg_dump", postgres, ["--format=custom", "--no-owner", "--no-privileges", "--verbose", "--snapshot=" + snapshot,
            "--exclude-table-data=orleansmembership*", "--file=" + file], say);
        // Read whole once: what cannot be unpacked is no backup.
        Run("pg_restore", postgres, ["--file=/dev/null", file], say);
    }

    /// <exception cref="StartRefusedException"><c>restore.not-empty</c></exception>
    public static void Restore(string postgres, string file, Action<string> say)
    {
        using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false });
        using var connection = source.OpenConnection();
        using (var command = new NpgsqlCommand(Relations, connection))
        {
            if ((long)command.ExecuteScalar()! > 0)
            {
                throw new StartRefusedException("restore.not-empty",
                    $"数据库 {connection.Database} 不是空的，只能恢复到空库。 The database {connection.Database} is not empty; restore into an empty one.");
            }
        }
        Run("pg_restore", postgres, ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", "--verbose",
            "--dbname=" + connection.Database, file], say);
        StoreEpoch.Forget(connection);
    }

    private static void Run(string name, string postgres, IReadOnlyList<string> arguments, Action<string> say)
    {
        void Progress(string line)
        {
            if (line.Contains("contents of table", StringComparison.Ordinal) || line.Contains("processing data for table", StringComparison.Ordinal)
                || line.Contains("creating INDEX", StringComparison.Ordinal))
            {
                say("  " + line);
            }
        }

        if (Tool.Run(Tool.Postgres(name), arguments, Settings(new(postgres)), Progress) is { } fault)
        {
            throw new IOException(fault);
        }
    }

    /// <summary>By the environment: a password on the command line could be read by everybody on the machine.</summary>
    private static Dictionary<string, string> Settings(NpgsqlConnectionStringBuilder postgres)
    {
        (string Name, string? Value)[] settings =
        [
            ("PGHOST", postgres.Host), ("PGPORT", postgres.Port.ToString(CultureInfo.InvariantCulture)), ("PGUSER", postgres.Username),
            ("PGPASSWORD", postgres.Password), ("PGPASSFILE", postgres.Passfile), ("PGDATABASE", postgres.Database ?? postgres.Username),
            ("PGSSLMODE", postgres.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() }),
            ("PGSSLROOTCERT", postgres.RootCertificate), ("LC_ALL", "C"),
        ];
        return settings.Where(s => !string.IsNullOrEmpty(s.Value)).ToDictionary(s => s.Name, s => s.Value!);
    }
}
