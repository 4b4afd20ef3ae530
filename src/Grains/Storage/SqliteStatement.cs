using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hotline.Storage;

/// <summary>A prepared statement with parameters ?1, ?2, … Spoken to directly: the driver's command looks every parameter up by its name at every run.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Runs it and tells whether it wrote a row.</summary>
    /// <exception cref="SqliteException">As the driver throws it.</exception>
    public bool Run(params ReadOnlySpan<object?> values)
    {
        Step(values);
        return raw.sqlite3_changes(_database) > 0;
    }

    /// <summary>Runs it and tells whether there was a row.</summary>
    /// <exception cref="SqliteException">As the driver throws it.</exception>
    public bool Any(params ReadOnlySpan<object?> values) => Step(values) == raw.SQLITE_ROW;

    public void Dispose() => _statement.Dispose();

    private int Step(ReadOnlySpan<object?> values)
    {
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                Check(Bind(i + 1, values[i]));
            }
            var result = raw.sqlite3_step(_statement);
            if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            {
                Check(result);
            }
            return result;
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    private int Bind(int at, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, at),
        string text => raw.sqlite3_bind_text(_statement, at, text),
        int number => raw.sqlite3_bind_int(_statement, at, number),
        long number => raw.sqlite3_bind_int64(_statement, at, number),
        bool flag => raw.sqlite3_bind_int(_statement, at, flag ? 1 : 0),
        _ => throw new ArgumentException($"A {value.GetType().Name} cannot be stored.", nameof(value)),
    };

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }
}
