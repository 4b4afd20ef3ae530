using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Hotline.Storage;

/// <summary>Connections for Orleans' AdoNet provider: each waits at the writers' gate without costing a thread,
/// sets its durability, and goes back without an open transaction.</summary>
internal sealed class SqliteGateSource(string connectionString, SemaphoreSlim gate) : DbDataSource
{
    /// <summary>FULL is durable at power loss; NORMAL in WAL mode survives the death of the process only.</summary>
    internal const string WriterPragmas = "PRAGMA busy_timeout=500; PRAGMA synchronous=FULL;";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Waits for one's turn among the writers of this process.</summary>
    /// <exception cref="StorageUnavailableException">It did not come in time; nothing was written.</exception>
    public static async Task Enter(SemaphoreSlim gate, CancellationToken cancellationToken)
    {
        if (!await gate.WaitAsync(Patience, cancellationToken).ConfigureAwait(false))
        {
            throw new StorageUnavailableException("The file is being written by others.");
        }
    }

    public override string ConnectionString => connectionString;

    protected override DbConnection CreateDbConnection() => new GatedConnection(connectionString, gate: null);

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        await Enter(gate, cancellationToken).ConfigureAwait(false);
        var connection = new GatedConnection(connectionString, gate);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            connection.LeaveGate();
            throw;
        }
    }

    private sealed class GatedConnection(string connectionString, SemaphoreSlim? gate) : SqliteConnection(connectionString)
    {
        private SemaphoreSlim? _gate = gate;

        public override void Open()
        {
            base.Open();
            using var command = CreateCommand();
            command.CommandText = WriterPragmas;
            command.ExecuteNonQuery();
        }

        public override void Close()
        {
            try
            {
                if (State == ConnectionState.Open && Handle is { } handle && SQLitePCL.raw.sqlite3_get_autocommit(handle) == 0)
                {
                    // A failed statement left its transaction open; in the pool it would poison every later use.
                    SQLitePCL.raw.sqlite3_exec(handle, "ROLLBACK");
                }
            }
            finally
            {
                base.Close();
                LeaveGate();
            }
        }

        public void LeaveGate() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}
