using System.Diagnostics;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>An error answer before it is written. The one place where refusals of the domain become HTTP.</summary>
internal sealed record Refusal(int Status, string Code, string Detail) : IResult
{
    public IReadOnlyList<FieldError>? Errors { get; init; }

    public IReadOnlyList<string>? AllowedActions { get; init; }

    /// <summary>Seconds after which a repeat makes sense, or null.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>A refusal of the domain.</summary>
    public static Refusal Of(Rejection rejection)
    {
        var status = StatusOf(rejection);
        return new(status, rejection.Code, rejection.Detail)
        {
            Errors = rejection.Faults is { } faults ? [.. faults.Select(f => new FieldError(f.Pointer, rejection.Code, f.Message))]
                : rejection.Pointer is { } pointer ? [new(pointer, rejection.Code, rejection.Detail)] : null,
            AllowedActions = rejection.AllowedActions ?? (rejection.Kind == RejectionKind.State ? [] : null),
            RetryAfter = status is 503 or 429 || rejection.Code == "idempotency.running" ? 1 : null,
        };
    }

    /// <summary>Input of the wrong shape; the first error names the whole.</summary>
    public static Refusal OfInput(IReadOnlyList<FieldError> errors) => new(400, errors[0].Code, errors[0].Message) { Errors = errors };

    public static Refusal NotFound { get; } = new(404, "not-found", "没有找到，或无权查看。");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        var traceId = Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier;
        var problem = new Problem("urn:hotline:problem:" + Code, TitleOf(Status), Status, Detail, httpContext.Request.Path, Code, traceId, Errors, AllowedActions);
        return response.WriteAsJsonAsync(problem, ApiJson.Options, "application/problem+json", httpContext.RequestAborted);
    }

    private static int StatusOf(Rejection rejection) => rejection switch
    {
        { Code: "precondition.required" } => 428,
        { Code: "auth.required" } => 401,
        { Code: "file.too-large" } => 413,
        { Kind: RejectionKind.Rule } => 422,
        { Kind: RejectionKind.State } => 409,
        { Kind: RejectionKind.NotFound } => 404,
        { Kind: RejectionKind.Stale } => 412,
        { Kind: RejectionKind.Forbidden } => 403,
        { Kind: RejectionKind.Shape } => 400,
        { Kind: RejectionKind.Unavailable } => 503,
        { Kind: RejectionKind.StorageFull } => 507,
        { Kind: RejectionKind.Gone } => 410,
        { Kind: RejectionKind.TooMany } => 429,
        _ => 500,
    };

    /// <summary>What people call this status.</summary>
    public static string TitleOf(int status) => status switch
    {
        400 => "请求格式有误",
        401 => "未通过身份认证",
        403 => "无权进行此操作",
        404 => "没有找到",
        405 => "不支持此请求方法",
        406 => "不支持所要求的回应格式",
        408 => "请求超时",
        409 => "与当前状态冲突",
        410 => "已不存在",
        412 => "版本已变化",
        413 => "请求内容过大",
        415 => "不支持此内容类型",
        422 => "违反业务规则",
        428 => "需要注明所依据的版本",
        429 => "请求过于频繁",
        503 => "服务暂不可用",
        507 => "存储空间已满",
        >= 500 => "系统内部错误",
        _ => "请求未被接受",
    };
}
