using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Hotline.Storage;

/// <summary>One moment of the store, for reads that must fit together: whatever is committed meanwhile is not seen. One reader at a time.</summary>
internal sealed class ReadSnapshot : IAsyncDisposable
{
    private ReadSnapshot(DbConnection connection, DbTransaction transaction, string events) => (Connection, Transaction, Events) = (connection, transaction, events);

    public DbConnection Connection { get; }

    public DbTransaction Transaction { get; }

    /// <summary>How far the history of tickets goes in this moment: SQLite's last position, PostgreSQL's epoch and snapshot.</summary>
    public string Events { get; }

    public static async Task<ReadSnapshot> Open(Database database, CancellationToken cancellationToken)
    {
        var connection = await database.OpenRead(cancellationToken);
        try
        {
            var transaction = connection is SqliteConnection sqlite
                ? sqlite.BeginTransaction(deferred: true)
                : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = database.Engine == StorageEngine.Sqlite
                ? "SELECT CAST(COALESCE(MAX(position), 0) AS TEXT) FROM ticket_event"
                : $"SELECT {StoreEpoch.Running} || ' ' || pg_current_snapshot()::text";
            return new(connection, transaction, (string)(await command.ExecuteScalarAsync(cancellationToken))!);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
