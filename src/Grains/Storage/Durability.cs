using System.Data.Common;
using System.Globalization;

namespace Hotline.Storage;

/// <summary>Acknowledged means flushed: a database that would lose acknowledged writes at a power cut is refused at start.</summary>
internal static class Durability
{
    /// <summary>Checks a connection that writes; throws <c>storage.unsafe-settings</c> with what is wrong.</summary>
    public static void Demand(DbConnection connection, StorageEngine engine)
    {
        var wrong = engine == StorageEngine.Sqlite ? Sqlite(connection) : PostgreSql(connection);
        if (wrong.Count > 0)
        {
            var list = string.Join(", ", wrong);
            throw new StorageStartException("storage.unsafe-settings",
                $"数据库的持久性设置不安全（{list}），断电可能丢失已确认的数据，拒绝启动。"
                + $" Unsafe database settings ({list}): a power cut could lose acknowledged data; not started.");
        }
    }

    private static List<string> Sqlite(DbConnection connection)
    {
        var wrong = new List<string>();
        Expect(wrong, connection, "PRAGMA journal_mode", value => value == "wal", "journal_mode");
        Expect(wrong, connection, "PRAGMA synchronous", value => value is "2" or "3", "synchronous");
        return wrong;
    }

    private static List<string> PostgreSql(DbConnection connection)
    {
        var wrong = new List<string>();
        Expect(wrong, connection, "SHOW fsync", value => value == "on", "fsync");
        Expect(wrong, connection, "SHOW full_page_writes", value => value == "on", "full_page_writes");
        Expect(wrong, connection, "SHOW synchronous_commit", value => value != "off", "synchronous_commit");
        Expect(wrong, connection, "SHOW server_encoding", value => value == "UTF8", "server_encoding");
        return wrong;
    }

    private static void Expect(List<string> wrong, DbConnection connection, string query, Func<string, bool> safe, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        var value = Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
        if (!safe(value))
        {
            wrong.Add($"{name}={value}");
        }
    }
}
