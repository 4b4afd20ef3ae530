using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Hotline.Storage;

/// <summary>Which history the store lives in. A restored store begins a new one, so that what others remember of the old one (cursors of the feed,
/// transaction numbers) is never taken for its own.</summary>
internal static class StoreEpoch
{
    private const string Now = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

    /// <summary>The server, the database in it, and its timeline: a copy by dump differs in the first two, a recovery to an earlier moment in the last.</summary>
    private const string Fingerprint = """
        SELECT concat_ws('/', (SELECT system_identifier FROM pg_control_system()), (SELECT oid FROM pg_database WHERE datname = current_database()),
            substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))
        """;

    private const string Last = "SELECT fingerprint FROM store_epoch ORDER BY epoch DESC LIMIT 1";

    /// <summary>The running one, as SQL.</summary>
    public const string Running = "(SELECT max(epoch) FROM store_epoch)";

    /// <summary>Begins a new epoch if the store is new or was restored. For a connection that writes, at the opening of the store, one process at a time.</summary>
    /// <exception cref="StorageStartException"><c>storage.epoch-failed</c></exception>
    public static void Confirm(DbConnection connection, StorageEngine engine)
    {
        try
        {
            var here = engine == StorageEngine.Sqlite ? "here" : (string)Scalar(connection, Fingerprint)!;
            var last = Scalar(connection, Last) as string;
            if (here != last)
            {
                using var transaction = connection.BeginTransaction();
                Begin(connection, transaction, here, last);
                transaction.Commit();
            }
        }
        catch (DbException fault)
        {
            throw new StorageStartException("storage.epoch-failed",
                $"无法开始存储的新世代，请确认没有其他会话占用 ticket_event 表后再启动。 A new epoch of the store cannot begin: {fault.Message}", fault);
        }
    }

    private static void Begin(DbConnection connection, DbTransaction transaction, string here, string? last)
    {
        if (connection is SqliteConnection)
        {
            Scalar(connection, $"""
                INSERT INTO store_epoch (epoch, position, fingerprint) SELECT max(coalesce(max(epoch), 0) + 1, {Now}),
                    (SELECT coalesce(max(position), 0) + 1 FROM ticket_event), '{here}' FROM store_epoch
                """, transaction);
            return;
        }
        // Altering the default waits for those who still write into the epoch before, and for nobody without end.
        Scalar(connection, "SET LOCAL lock_timeout = '15s'; LOCK TABLE ticket_event", transaction);
        var epoch = Scalar(connection, $"""
            INSERT INTO store_epoch (epoch, fingerprint) SELECT greatest(coalesce(max(epoch), 0) + 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint),
                '{here}' FROM store_epoch RETURNING epoch
            """, transaction);
        Scalar(connection, $"ALTER TABLE ticket_event ALTER COLUMN epoch SET DEFAULT {epoch}", transaction);
        if (last?.StartsWith(here[..here.LastIndexOf('/')], StringComparison.Ordinal) != true)
        {
            // In another database than before: the silos written down here run there, and would be sought by those that start here.
            Scalar(connection, "DELETE FROM OrleansMembershipTable; DELETE FROM OrleansMembershipVersionTable", transaction);
        }
    }

    /// <summary>Marks a copy: whoever opens it begins a new epoch.</summary>
    public static void Forget(DbConnection connection) => Scalar(connection, "UPDATE store_epoch SET fingerprint = ''");

    private static object? Scalar(DbConnection connection, string sql, DbTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command.ExecuteScalar();
    }
}
