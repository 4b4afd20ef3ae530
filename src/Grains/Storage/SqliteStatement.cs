using Microsoft.Data.Sqlite;

namespace Hotline.Storage;

/// <summary>A prepared statement with parameters ?1, ?2, …</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteCommand _command;

    public SqliteStatement(SqliteConnection connection, string sql, int parameters = 0)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
        {
            _command.Parameters.Add(new SqliteParameter($"?{i}", SqliteType.Text));
        }
        _command.Prepare();
    }

    /// <summary>Runs it and returns the number of rows written.</summary>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>Runs it and tells whether there was a row.</summary>
    public bool Any(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteScalar() is not null;
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = _command.Parameters[i];
            parameter.ResetSqliteType();
            parameter.Value = values[i] ?? DBNull.Value;
        }
    }
}
