using System.Net.Sockets;
using Hotline.Shared;
using Microsoft.Data.Sqlite;
using Npgsql;
using Orleans.Storage;

namespace Hotline.Storage;

/// <summary>What became of a write. Everything but <see cref="Written"/> makes the grain forget what it held.</summary>
internal enum WriteOutcome
{
    /// <summary>Committed and flushed.</summary>
    Written = 1,
    /// <summary>Decided on a version that is no longer the stored one; nothing was written.</summary>
    Stale = 2,
    /// <summary>The idempotency key belongs to another command; nothing was written.</summary>
    KeyTaken = 3,
    /// <summary>Too much waits, or somebody else holds what is to be written; nothing was written.</summary>
    Busy = 4,
    /// <summary>The database cannot be reached; nothing was written.</summary>
    Unavailable = 5,
    /// <summary>No space left; nothing was written.</summary>
    Full = 6,
    /// <summary>The connection or the disk failed at the commit: written or not, nobody knows.</summary>
    Unknown = 7,
}

/// <summary>The one switch over outcomes, and what a database's fault says of the write in which it occurred.</summary>
internal static class WriteOutcomes
{
    /// <summary>What the caller is told; null when it is written. A taken key is for its grain to look up first.</summary>
    public static Rejection? Refusal(this WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Written => null,
        WriteOutcome.Stale => new("storage.conflict", "数据刚被另一处修改，本次操作没有生效，请重试。", RejectionKind.Unavailable),
        WriteOutcome.KeyTaken => new("idempotency.mismatch", "该 Idempotency-Key 已用于内容不同的请求，请换用新的键。"),
        WriteOutcome.Busy => new("storage.busy", "系统繁忙，本次操作没有生效，请稍后重试。", RejectionKind.Unavailable),
        WriteOutcome.Unavailable => new("storage.unavailable", "存储暂时不可用，本次操作没有生效，请稍后重试。", RejectionKind.Unavailable),
        WriteOutcome.Full => new("storage.full", "存储空间已满，本次操作没有生效，请联系管理员。", RejectionKind.StorageFull),
        WriteOutcome.Unknown => new("outcome.unknown", "本次操作是否生效尚不确定，请用同一个 Idempotency-Key 重试以得知结果。", RejectionKind.Unavailable),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>The outcome of a write that ended in this fault; null when the fault is none of the database's (it is thrown on).</summary>
    public static WriteOutcome? Of(Exception? fault) => fault switch
    {
        null => null,
        InconsistentStateException => WriteOutcome.Stale,
        StorageUnavailableException => WriteOutcome.Unavailable,
        SqliteException sqlite => OfSqlite(sqlite.SqliteErrorCode),
        PostgresException server => OfServer(server),
        NpgsqlException or SocketException or IOException or TimeoutException => WriteOutcome.Unknown,
        _ => Of(fault.InnerException),
    };

    private static WriteOutcome? OfSqlite(int code) => code switch
    {
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => WriteOutcome.Unavailable,
        SQLitePCL.raw.SQLITE_FULL => WriteOutcome.Full,
        SQLitePCL.raw.SQLITE_IOERR => WriteOutcome.Unknown,
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_NOMEM => WriteOutcome.Unavailable,
        _ => null,
    };

    /// <summary>The server's own errors roll back, but for those with which it ends the session: they may come after the commit.</summary>
    private static WriteOutcome? OfServer(PostgresException fault) => fault.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation when fault.TableName == "command_key" => WriteOutcome.KeyTaken,
        PostgresErrorCodes.DiskFull => WriteOutcome.Full,
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.SerializationFailure => WriteOutcome.Busy,
        PostgresErrorCodes.IoError => WriteOutcome.Unknown,
        // No resources, or a server that only reads, as after a failover; or this session was ended while its transaction idled.
        ['5', '3', ..] or PostgresErrorCodes.ReadOnlySqlTransaction or "25P03" => WriteOutcome.Unavailable,
        ['0', '8', ..] or ['5', '7', 'P', ..] => WriteOutcome.Unknown,
        _ => null,
    };
}
