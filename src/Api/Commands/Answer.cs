using System.Globalization;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>How endpoints answer. <c>Answer.Of(result, unit => Answer.Ok(unit, unit.Version))</c></summary>
internal static class Answer
{
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>The refusal as a problem, or what the value becomes.</summary>
    public static IResult Of<T>(Result<T> result, Func<T, IResult> done) where T : class =>
        result.Rejection is { } rejection ? Refusal.Of(rejection) : result.Replayed ? new Replay(done(result.Value!)) : done(result.Value!);

    /// <summary>200 with the version as ETag.</summary>
    public static IResult Ok<T>(T value, long? version = null) => new Versioned<T>(200, value, Text(version), null);

    /// <summary>200 with an ETag that is no number.</summary>
    public static IResult Ok<T>(T value, string tag) => new Versioned<T>(200, value, tag, null);

    /// <summary>201 with the new thing's address.</summary>
    public static IResult Created<T>(string location, T value, long? version = null) => new Versioned<T>(201, value, Text(version), location);

    /// <summary>201 with an ETag that is no number.</summary>
    public static IResult Created<T>(string location, T value, string tag) => new Versioned<T>(201, value, tag, location);

    /// <summary>202 with the address where the progress can be read.</summary>
    public static IResult Accepted<T>(string location, T value, long? version = null) => new Versioned<T>(202, value, Text(version), location);

    private static string? Text(long? version) => version?.ToString(CultureInfo.InvariantCulture);

    private sealed class Versioned<T>(int status, T value, string? tag, string? location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            if (tag is not null)
            {
                response.Headers.ETag = $"\"{tag}\"";
            }
            if (location is not null)
            {
                response.Headers.Location = location;
            }
            return response.WriteAsJsonAsync(value, ApiJson.Options, "application/json; charset=utf-8", httpContext.RequestAborted);
        }
    }

    /// <summary>The first answer again, marked as such.</summary>
    private sealed class Replay(IResult first) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers[ReplayedHeader] = "true";
            return first.ExecuteAsync(httpContext);
        }
    }
}
