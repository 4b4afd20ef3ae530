using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hotline.Storage;

/// <summary>The branch's one database: connections, the gate of SQLite's writers, and plain transactions beside the ticket store.
/// Opening it migrates the schema, checks durability and, on SQLite, locks the data folder.</summary>
internal sealed class Database : IAsyncDisposable
{
    /// <summary>How long a writer tries while another program holds the SQLite file.</summary>
    private const int BusySeconds = 1;

    private readonly DataFolderLock? _folder;
    private readonly SqliteConnection? _writer;
    private readonly PostgresPools? _pools;

    private Database(StorageOptions options, PostgresPools? pools) => (Options, _pools, Searches) = (options, pools, new(this, pools?.Searches));

    private Database(StorageOptions options)
    {
        Options = options;
        if (options.PostgreSql is { } postgres)
        {
            _pools = OpenPostgres(postgres);
            Searches = new(this, _pools.Searches);
            return;
        }
        Searches = new(this, null);
        _folder = DataFolderLock.Take(options.DataFolder);
        try
        {
            _writer = OpenSqlite(options);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    public StorageOptions Options { get; }

    public StorageEngine Engine => Options.Engine;

    /// <summary>Whether the database answers.</summary>
    public StoreHealth Health { get; } = new(TimeProvider.System);

    /// <summary>Reads that may take long.</summary>
    public Searches Searches { get; }

    /// <summary>PostgreSQL's connections for writing; null on SQLite.</summary>
    public NpgsqlDataSource? Postgres => _pools?.Commands;

    /// <summary>Every writer of the SQLite file holds this while it writes: a second writer beside back-to-back batches would wait for its turn
    /// in the file's own lock, blindly and long.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    private string ReadString => new SqliteConnectionStringBuilder { DataSource = Options.SqliteFile, Mode = SqliteOpenMode.ReadOnly }.ToString();

    /// <summary>Connection string of writers on SQLite; their pragmas are <see cref="SqliteGateSource.WriterPragmas"/>.</summary>
    public string SqliteWriteString => WriteString(Options, pooling: true);

    /// <summary>Opens the database; throws <see cref="StorageStartException"/> when it cannot be used safely.</summary>
    public static Database Open(StorageOptions options) => new(options);

    /// <summary>For a process that only reads what the cluster's silos wrote: their PostgreSQL, taken as it is, perhaps not even there yet.</summary>
    public static Database ForReading(string postgres) => new(new StorageOptions("", postgres), new PostgresPools(postgres));

    /// <summary>A store that nobody else opens, as a backup's copy, taken as it is: nothing is migrated, locked or begun.</summary>
    public static Database ForReading(StorageOptions options) => new(options, null);

    /// <summary>A connection that only reads. On SQLite it sees the last commit and never waits for writers.</summary>
    public ValueTask<DbConnection> OpenRead(CancellationToken cancellationToken) => Open(_pools?.Reads, cancellationToken);

    /// <summary>A connection for what a command must read first: no crowd of readers holds it up.</summary>
    public ValueTask<DbConnection> OpenCommand(CancellationToken cancellationToken) => Open(_pools?.Commands, cancellationToken);

    /// <summary>A reading connection for what keeps deadlines and clocks: no crowd of other readers holds it up.</summary>
    public ValueTask<DbConnection> OpenSweep(CancellationToken cancellationToken) => Open(_pools?.Sweep, cancellationToken);

    /// <summary>Opens from a pool, or the SQLite file.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be reached, or its connections are all taken; nothing was asked of it.</exception>
    public async ValueTask<DbConnection> Open(NpgsqlDataSource? pool, CancellationToken cancellationToken)
    {
        if (pool is null)
        {
            var connection = new SqliteConnection(ReadString);
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        try
        {
            return await pool.OpenConnectionAsync(cancellationToken);
        }
        catch (NpgsqlException fault)
        {
            Health.Failed();
            throw new StorageUnavailableException("The database cannot be reached.", fault);
        }
    }

    /// <summary>Runs <paramref name="work"/> in one transaction; all or nothing. Do not write tickets from inside: on SQLite they wait for this to end.</summary>
    public async Task Write(Func<DbConnection, DbTransaction, Task> work, CancellationToken cancellationToken)
    {
        if (_pools is not null)
        {
            await using var connection = await OpenCommand(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await work(connection, transaction);
            await transaction.CommitAsync(cancellationToken);
            return;
        }
        await SqliteGateSource.Enter(Gate, cancellationToken);
        try
        {
            await using var transaction = _writer!.BeginTransaction(deferred: false);
            await work(_writer, transaction);
            await transaction.CommitAsync(cancellationToken);
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>A random key of 32 bytes that belongs to this store: made at the first asking, the same on every silo ever after.
    /// Runs beside the caller's scheduler: who waits for it while a grain is being built would otherwise wait for itself.</summary>
    public Task<byte[]> InstanceSecret(string name, CancellationToken cancellationToken) =>
        Task.Run(() => ReadOrMakeSecret(name, cancellationToken), cancellationToken);

    /// <summary>A connection for a writer of its own on the SQLite file; use it only while holding <see cref="Gate"/>.</summary>
    public SqliteConnection OpenSqliteWriter()
    {
        var connection = new SqliteConnection(WriteString(Options, pooling: false));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = SqliteGateSource.WriterPragmas;
        command.ExecuteNonQuery();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_pools is not null)
        {
            await _pools.DisposeAsync();
        }
        if (Engine == StorageEngine.Sqlite)
        {
            await (_writer?.DisposeAsync() ?? ValueTask.CompletedTask);
            using var read = new SqliteConnection(ReadString);
            SqliteConnection.ClearPool(read);
            using var write = new SqliteConnection(SqliteWriteString);
            SqliteConnection.ClearPool(write);
        }
        _folder?.Dispose();
        Searches.Dispose();
        Gate.Dispose();
    }

    private async Task<byte[]> ReadOrMakeSecret(string name, CancellationToken cancellationToken)
    {
        byte[]? secret;
        await using (var reading = await OpenCommand(cancellationToken))
        {
            await using var find = Command(reading, null, "SELECT value FROM instance_secret WHERE name = @name");
            Add(find, "name", name);
            secret = (byte[]?)await find.ExecuteScalarAsync(cancellationToken);
        }
        if (secret is not null || (Engine == StorageEngine.Sqlite && _writer is null))
        {
            // A copy that is only read and has none has nothing that was made with it.
            return secret ?? new byte[32];
        }
        await Write(async (connection, transaction) =>
        {
            await using var insert = Command(connection, transaction, "INSERT INTO instance_secret (name, value) VALUES (@name, @value) ON CONFLICT DO NOTHING");
            Add(insert, "name", name);
            Add(insert, "value", RandomNumberGenerator.GetBytes(32));
            await insert.ExecuteNonQueryAsync(cancellationToken);
            await using var select = Command(connection, transaction, "SELECT value FROM instance_secret WHERE name = @name");
            Add(select, "name", name);
            secret = (byte[]?)await select.ExecuteScalarAsync(cancellationToken);
        }, cancellationToken);
        return secret!;
    }

    private SqliteConnection OpenSqlite(StorageOptions options)
    {
        using (var first = new SqliteConnection(WriteString(options, pooling: false)))
        {
            first.Open();
            using var command = first.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL;";
            command.ExecuteNonQuery();
        }
        var writer = OpenSqliteWriter();
        try
        {
            Durability.Demand(writer, StorageEngine.Sqlite);
            Migrations.RunSqlite(WriteString(options, pooling: false));
            StoreEpoch.Confirm(writer, StorageEngine.Sqlite);
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private static PostgresPools OpenPostgres(string connectionString)
    {
        var pools = new PostgresPools(connectionString);
        try
        {
            using var connection = pools.Commands.OpenConnection();
            Durability.Demand(connection, StorageEngine.PostgreSql);
            // Outside the pools: it may take long, and leaves no connection behind.
            var alone = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
            using var guard = new NpgsqlConnection(alone);
            guard.Open();
            Migrations.Alone(guard, Migrations.Patience, () =>
            {
                Migrations.RunPostgres(alone);
                StoreEpoch.Confirm(guard, StorageEngine.PostgreSql);
            });
            return pools;
        }
        catch
        {
            pools.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    private static string WriteString(StorageOptions options, bool pooling) =>
        new SqliteConnectionStringBuilder { DataSource = options.SqliteFile, Pooling = pooling, DefaultTimeout = BusySeconds }.ToString();

    private static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
