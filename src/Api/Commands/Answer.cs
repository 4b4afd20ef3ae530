using System.Globalization;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>How endpoints answer. <c>Answer.Of(result, unit => Answer.Ok(unit, unit.Version))</c></summary>
internal static class Answer
{
    /// <summary>The refusal as a problem, or what the value becomes.</summary>
    public static IResult Of<T>(Result<T> result, Func<T, IResult> done) where T : class =>
        result.Rejection is { } rejection ? Refusal.Of(rejection) : done(result.Value!);

    /// <summary>200 with the version as ETag.</summary>
    public static IResult Ok<T>(T value, long? version = null) => new Versioned<T>(200, value, version, null);

    /// <summary>201 with the new thing's address.</summary>
    public static IResult Created<T>(string location, T value, long? version = null) => new Versioned<T>(201, value, version, location);

    /// <summary>202 with the address where the progress can be read.</summary>
    public static IResult Accepted<T>(string location, T value) => new Versioned<T>(202, value, null, location);

    /// <summary>The value, or 404 when there is none.</summary>
    public static IResult Found<T>(T? value, Func<T, long> version) where T : class => value is null ? Refusal.NotFound : Ok(value, version(value));

    private sealed class Versioned<T>(int status, T value, long? version, string? location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            if (version is { } number)
            {
                response.Headers.ETag = "\"" + number.ToString(CultureInfo.InvariantCulture) + "\"";
            }
            if (location is not null)
            {
                response.Headers.Location = location;
            }
            return response.WriteAsJsonAsync(value, ApiJson.Options, "application/json; charset=utf-8", httpContext.RequestAborted);
        }
    }
}
