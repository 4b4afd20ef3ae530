using System.Data.Common;
using System.Diagnostics;
using Hotline.Shared;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hotline.Storage;

/// <summary>Reads that may take long: few at a time, and each given up after <see cref="PostgresPools.SearchSeconds"/>, so that they starve nobody else.</summary>
/// <param name="pool">Null on SQLite, whose reads hold a thread each: some are left for the others.</param>
internal sealed class Searches(Database database, NpgsqlDataSource? pool) : IDisposable
{
    private const int StepsBetweenLooks = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(PostgresPools.SearchSeconds);

    private readonly SemaphoreSlim _turns = new(Math.Clamp(Environment.ProcessorCount - 1, 1, 3));

    /// <summary>Runs a search; <c>search.timeout</c> when it takes too long, or its turn did not come.</summary>
    public async Task<Result<T>> Run<T>(Func<DbConnection, Task<T>> search, CancellationToken cancellationToken) where T : class
    {
        try
        {
            return pool is null ? await OnFile(search, cancellationToken) : await OnServer(pool, search, cancellationToken);
        }
        catch (Exception late) when (IsLate(late))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new Rejection("search.timeout", "查找用时过长，已停止，请缩小范围后再试。", RejectionKind.Unavailable);
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<T> OnServer<T>(NpgsqlDataSource server, Func<DbConnection, Task<T>> search, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(server, cancellationToken);
        return await search(connection);
    }

    private async Task<T> OnFile<T>(Func<DbConnection, Task<T>> search, CancellationToken cancellationToken)
    {
        if (!await _turns.WaitAsync(Patience, cancellationToken))
        {
            throw new TimeoutException();
        }
        try
        {
            await using var connection = (SqliteConnection)await database.OpenRead(cancellationToken);
            var since = Stopwatch.GetTimestamp();
            SQLitePCL.raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks,
                _ => Stopwatch.GetElapsedTime(since) > Patience || cancellationToken.IsCancellationRequested ? 1 : 0, null);
            try
            {
                return await search(connection);
            }
            finally
            {
                // The connection goes back to a pool that others use.
                SQLitePCL.raw.sqlite3_progress_handler(connection.Handle, 0, null, null);
            }
        }
        finally
        {
            _turns.Release();
        }
    }

    private static bool IsLate(Exception? fault) => fault switch
    {
        null => false,
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_INTERRUPT } or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => true,
        TimeoutException => true,
        _ => IsLate(fault.InnerException),
    };
}
