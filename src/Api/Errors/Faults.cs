using System.Text.Json;
using Hotline.Shared;
using Hotline.Storage;
using Orleans.Runtime;

namespace Hotline.Api;

/// <summary>Turns exceptions and bare error statuses into problem bodies. Nothing of the exception's text reaches the caller.</summary>
internal sealed class Faults(RequestDelegate next, ILogger<Faults> log)
{
    private const string Internal = "internal";

    private readonly OncePerSecond _outages = new();

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
        // Of an outage one line a second is enough; of a fault of our own, each.
        if (refusal.Status >= 500 && (refusal.Code == Internal ? 1 : _outages.Count()) is { } count)
        {
            log.LogError(fault, "{Method} {Route} ended in {Code} ({Count} such)", http.Request.Method,
                (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, refusal.Code, count);
        }
        http.Response.Clear();
        SecurityHeaders.Set(http);
        await refusal.ExecuteAsync(http);
    }

    private static Refusal Of(HttpContext http, Exception fault) => fault switch
    {
        BadHttpRequestException { StatusCode: 400, InnerException: JsonException } => new(400, "json.malformed", "请求内容不符合接口定义。"),
        BadHttpRequestException { StatusCode: 400 } => ParameterErrors.Find(http) ?? new(400, "request.malformed", "请求不符合接口定义。"),
        BadHttpRequestException bad => OfStatus(bad.StatusCode),
        _ when Has<NewerSchemaException>(fault) => new(503, "storage.newer-schema", "这份数据由更新版本的系统写入，本版本不能读取，也不会改写。请升级后再用。"),
        _ when Has<DamagedRecordException>(fault) => new(500, "storage.damaged", "这份数据的存储内容与写入时的校验值不符，不予采用。请联系系统管理员核对存储（check）。"),
        _ when Has<DamagedTicketException>(fault) => new(500, "ticket.damaged", "这件工单的存储内容与写入时的校验值不符，不予提供，也不能办理。请联系系统管理员核对存储（check）。"),
        _ when OutcomeOf(fault) is { } outcome => HttpMethods.IsGet(http.Request.Method) ? Away : Refusal.Of(Told(http, outcome).Refusal()!),
        _ => OfStatus(500),
    };

    /// <summary>When the silo that held the grain went away or was too slow, what was done before that is not known here.</summary>
    private static WriteOutcome? OutcomeOf(Exception fault) =>
        WriteOutcomes.Of(fault) ?? (fault is OrleansMessageRejectionException or SiloUnavailableException ? WriteOutcome.Unknown : null);

    /// <summary>A grain that could not be asked has not looked the idempotency key up: an earlier try under it may have taken effect.</summary>
    private static WriteOutcome Told(HttpContext http, WriteOutcome outcome) =>
        outcome == WriteOutcome.Unavailable && http.Request.Headers.ContainsKey(CommandGate.KeyHeader) ? WriteOutcome.Unknown : outcome;

    private static bool Has<T>(Exception? fault) where T : Exception => fault is T || (fault is not null && Has<T>(fault.InnerException));

    private static Refusal Away { get; } = new(503, "service.unavailable", "服务暂不可用，请稍后重试。") { RetryAfter = 1 };

    private static Refusal OfStatus(int status) => status switch
    {
        404 => Refusal.NotFound,
        405 => new(405, "method.not-allowed", "该地址不支持此请求方法。"),
        408 => new(408, "request.timeout", "请求没有在规定时间内传完。"),
        413 => new(413, "body.too-large", "请求内容超过大小限制。"),
        415 => new(415, "media.unsupported", "不支持此内容类型，请使用 application/json（UTF-8）。"),
        >= 500 => new(status, Internal, "系统内部错误，请凭追踪号联系管理员。"),
        _ => new(status, "request.malformed", "请求不符合接口定义。"),
    };
}
