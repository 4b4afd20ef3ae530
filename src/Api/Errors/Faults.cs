using System.Data.Common;
using System.Text.Json;
using Hotline.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;
using Orleans.Runtime;
using Orleans.Storage;

namespace Hotline.Api;

/// <summary>Turns exceptions and bare error statuses into problem bodies. Nothing of the exception's text reaches the caller.</summary>
internal sealed class Faults(RequestDelegate next, ILogger<Faults> log)
{
    /// <summary>SQLITE_FULL.</summary>
    private const int SqliteFull = 13;

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            await Answer(http, fault);
            return;
        }
        if (!http.Response.HasStarted && http.Response is { StatusCode: >= 400, ContentLength: null, ContentType: null })
        {
            await OfStatus(http.Response.StatusCode).ExecuteAsync(http);
        }
    }

    private async Task Answer(HttpContext http, Exception fault)
    {
        var refusal = Of(http, fault);
        if (refusal.Status >= 500)
        {
            log.LogError(fault, "{Method} {Route} ended in {Code}", http.Request.Method, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, refusal.Code);
        }
        http.Response.Clear();
        SecurityHeaders.Set(http);
        await refusal.ExecuteAsync(http);
    }

    /// <summary>Judged by the first cause that is known: Orleans wraps what a storage provider throws.</summary>
    private static Refusal Of(HttpContext http, Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (Known(http, cause) is { } refusal)
            {
                return refusal;
            }
        }
        return new(500, "internal", "系统内部错误，请凭追踪号联系管理员。");
    }

    private static Refusal? Known(HttpContext http, Exception fault) => fault switch
    {
        BadHttpRequestException { StatusCode: 400, InnerException: JsonException } => new(400, "json.malformed", "请求内容不符合接口定义。"),
        BadHttpRequestException { StatusCode: 400 } => ParameterErrors.Find(http) ?? new(400, "request.malformed", "请求不符合接口定义。"),
        BadHttpRequestException bad => OfStatus(bad.StatusCode),
        StorageFullException or DbException { SqlState: PostgresErrorCodes.DiskFull } or SqliteException { SqliteErrorCode: SqliteFull } =>
            new(507, "storage.full", "存储空间已满，本次操作没有生效，请联系管理员。") { RetryAfter = 10 },
        CommandKeyTakenException => new(422, "idempotency.mismatch", "该 Idempotency-Key 已用于另一请求，请换用新的键。"),
        InconsistentStateException => new(503, "storage.conflict", "数据刚被另一处修改，本次操作没有生效，请重试。") { RetryAfter = 1 },
        NewerSchemaException => new(503, "storage.newer-schema", "这份数据由更新版本的系统写入，本版本不能读取，也不会改写。请升级后再用。"),
        OutcomeUnknownException => Unknown,
        StorageUnavailableException => Away,
        // The silo that held the grain, or the database, went away or was too slow: what was done before that is not known here.
        TimeoutException or OrleansMessageRejectionException or SiloUnavailableException => HttpMethods.IsGet(http.Request.Method) ? Away : Unknown,
        DbException lost when IsLost(lost) => HttpMethods.IsGet(http.Request.Method) ? Away : Unknown,
        _ => null,
    };

    /// <summary>The database is away, is shutting down or is starting.</summary>
    private static bool IsLost(DbException fault) => fault.IsTransient || fault.SqlState?.StartsWith("57P", StringComparison.Ordinal) == true
        || fault is NpgsqlException and not PostgresException;

    private static Refusal Away { get; } = new(503, "service.unavailable", "服务暂不可用，请稍后重试。") { RetryAfter = 1 };

    private static Refusal Unknown { get; } =
        new(503, "outcome.unknown", "本次操作是否生效尚不确定，请用同一个 Idempotency-Key 重试以得知结果。") { RetryAfter = 1 };

    private static Refusal OfStatus(int status) => status switch
    {
        404 => Refusal.NotFound,
        405 => new(405, "method.not-allowed", "该地址不支持此请求方法。"),
        408 => new(408, "request.timeout", "请求没有在规定时间内传完。"),
        413 => new(413, "body.too-large", "请求内容超过大小限制。"),
        415 => new(415, "media.unsupported", "不支持此内容类型，请使用 application/json（UTF-8）。"),
        >= 500 => new(status, "internal", "系统内部错误，请凭追踪号联系管理员。"),
        _ => new(status, "request.malformed", "请求不符合接口定义。"),
    };
}
