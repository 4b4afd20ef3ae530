using Hotline.Shared;

namespace Hotline.Api;

/// <summary>Path parts and query parameters hold text as bodies do: no control characters, nothing that is no character. A parameter that
/// the endpoint does not know is refused, for whoever misspells one would take the answer for that to another question.</summary>
internal sealed class AddressCheck(RequestDelegate next)
{
    /// <summary>How long each may be is its endpoint's business.</summary>
    private static readonly ProseAttribute AnyText = new(int.MaxValue);

    public Task InvokeAsync(HttpContext http)
    {
        var parts = http.Request.RouteValues.Select(p => (Pointer: "/" + p.Key, Text: p.Value as string));
        var parameters = http.Request.Query.SelectMany(p => p.Value.Append(p.Key).Select(text => (Pointer: PointerTo(p.Key), Text: text)));
        foreach (var (pointer, text) in parts.Concat(parameters))
        {
            if (text is not null && AnyText.Check(text) is { } fault)
            {
                return Refusal.OfInput([new(pointer, fault.Code, fault.Message)]).ExecuteAsync(http);
            }
        }
        return http.Request.QueryString.HasValue
            && http.GetEndpoint()?.Metadata.GetMetadata<QueryNames>()?.Check(http.Request.QueryString.Value) is { Count: > 0 } faults
            ? Refusal.OfInput(faults).ExecuteAsync(http)
            : next(http);
    }

    private static string PointerTo(string parameter) => AnyText.Check(parameter) is null ? "?" + parameter : "?";
}
