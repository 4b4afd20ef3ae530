using System.Diagnostics;
using Hotline.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hotline.Silo.Operations;

/// <summary>Copies the SQLite file while the service writes it: one moment of it, page by page.</summary>
internal static class SqliteCopy
{
    private const int PagesAtOnce = 4096;

    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(2);

    public static void Take(string source, string target, Action<string> say)
    {
        using var from = Open(source, SqliteOpenMode.ReadWrite);
        using var to = Open(target, SqliteOpenMode.ReadWriteCreate);
        // The moment is held: without that each write of the service would make the copy begin again.
        using (from.BeginTransaction(deferred: true))
        {
            Execute(from, "SELECT count(*) FROM sqlite_master");
            Copy(from, to, say);
        }
        // One file that is whole by itself, and that begins a new history when it is opened, also when it is put into place by hand.
        Execute(to, "PRAGMA journal_mode=DELETE");
        StoreEpoch.Forget(to);
    }

    private static void Copy(SqliteConnection from, SqliteConnection to, Action<string> say)
    {
        var last = Stopwatch.GetTimestamp();
        using var backup = raw.sqlite3_backup_init(to.Handle, "main", from.Handle, "main");
        var step = backup.IsInvalid ? raw.sqlite3_errcode(to.Handle) : raw.SQLITE_OK;
        while (step == raw.SQLITE_OK)
        {
            step = raw.sqlite3_backup_step(backup, PagesAtOnce);
            if (Stopwatch.GetElapsedTime(last) > ReportEvery)
            {
                last = Stopwatch.GetTimestamp();
                var pages = raw.sqlite3_backup_pagecount(backup);
                say($"  {pages - raw.sqlite3_backup_remaining(backup):N0} of {pages:N0} pages");
            }
        }
        if (step != raw.SQLITE_DONE)
        {
            throw new IOException($"SQLite could not copy its file: {raw.sqlite3_errstr(step).utf8_to_string()}");
        }
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteScalar();
    }
}
