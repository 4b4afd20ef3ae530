using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hotline.Shared;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Hotline.Api;

/// <summary>Before a writing request reaches its endpoint: the idempotency key, the condition and the body are checked, once and for all endpoints.</summary>
internal sealed class CommandGate(RequestDelegate next)
{
    public const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 255;
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    public Task InvokeAsync(HttpContext http)
    {
        var method = http.Request.Method;
        var writes = HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method);
        return writes && http.GetEndpoint() is RouteEndpoint endpoint && http.Features.Get<Actor>() is { } actor ? Pass(http, endpoint, actor) : next(http);
    }

    private async Task Pass(HttpContext http, RouteEndpoint endpoint, Actor actor)
    {
        var isCondition = Condition.TryRead(http.Request, out var condition);
        if ((KeyFault(http.Request) ?? (isCondition ? null : ConditionMalformed)) is { } fault)
        {
            await fault.ExecuteAsync(http);
            return;
        }
        ReadOnlyMemory<byte> body = default;
        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { RequestType: { } type } accepts && accepts.ContentTypes.Contains("application/json"))
        {
            if (MediaFault(http.Request) is { } media)
            {
                await media.ExecuteAsync(http);
                return;
            }
            body = await ReadBody(http.Request);
            var json = WithoutMark(body);
            var errors = BodyCheck.Check(json.Span, type);
            if (errors.Count > 0)
            {
                await Refusal.OfInput(errors).ExecuteAsync(http);
                return;
            }
            CheckedJson.Set(http, json);
        }
        var key = http.Request.Headers[KeyHeader].ToString();
        http.Features.Set(new CommandContext(actor, key.Length == 0 ? null : key, Hash(http.Request, actor, body.Span), condition));
        await next(http);
    }

    private static Refusal? KeyFault(HttpRequest request)
    {
        var key = request.Headers[KeyHeader].ToString();
        if (key.Length == 0)
        {
            return HttpMethods.IsPost(request.Method) && !request.Headers.ContainsKey(KeyHeader)
                ? new(400, "idempotency.missing", "请在请求头 Idempotency-Key 中提供一个新的唯一键（例如 UUID），重试时保持不变。")
                : request.Headers.ContainsKey(KeyHeader) ? Malformed : null;
        }
        return key.Length > LongestKey || key.AsSpan().ContainsAnyExceptInRange('!', '~') ? Malformed : null;
    }

    private static Refusal Malformed { get; } = new(400, "idempotency.malformed", "Idempotency-Key 应为 1 至 255 个可见的 ASCII 字符。");

    private static Refusal ConditionMalformed { get; } = new(400, "precondition.malformed", "请求头 If-Match 应为读取时得到的 ETag，例如 \"3\"。");

    private static Refusal? MediaFault(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return new(415, "media.unsupported", "不支持此内容类型，请使用 application/json（UTF-8）。");
        }
        return type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)
            ? new(415, "charset.unsupported", "JSON 只接受 UTF-8 编码。")
            : null;
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadBody(HttpRequest request)
    {
        if (request.ContentLength is not (> 0 and <= Limits.Body and var length))
        {
            var buffer = new MemoryStream(512);
            await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
            return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        }
        var body = new byte[length];
        await request.Body.ReadExactlyAsync(body, request.HttpContext.RequestAborted);
        return body;
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith(Mark) ? body[Mark.Length..] : body;

    /// <summary>Another person behind the same API key makes another request: nobody is told what somebody else was.</summary>
    private static string Hash(HttpRequest request, Actor actor, ReadOnlySpan<byte> body)
    {
        // An upload's boundary differs from try to try, so its length stands for it.
        var upload = body.IsEmpty ? request.ContentLength ?? 0 : 0;
        var about = string.Create(CultureInfo.InvariantCulture,
            $"{request.Method}\n{request.Path}{request.QueryString}\n{upload}\n{actor.Id}\n");
        var length = Encoding.UTF8.GetMaxByteCount(about.Length) + body.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var written = Encoding.UTF8.GetBytes(about, buffer);
        body.CopyTo(buffer.AsSpan(written));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, written + body.Length), hash);
        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToHexStringLower(hash);
    }
}
