using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hotline.Api;

/// <summary>The request's body as <see cref="CommandGate"/> read and checked it.</summary>
internal sealed class CheckedJson
{
    private readonly ReadOnlyMemory<byte> _json;

    private CheckedJson(ReadOnlyMemory<byte> json) => _json = json;

    /// <summary>For whoever binds it: at once from the bytes (<see cref="Body{T}"/>), or as a stream.</summary>
    public static void Set(HttpContext http, ReadOnlyMemory<byte> json)
    {
        http.Features.Set(new CheckedJson(json));
        http.Request.Body = MemoryMarshal.TryGetArray(json, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(json.ToArray(), writable: false);
    }

    /// <exception cref="BadHttpRequestException">The serializer refuses what the check let pass.</exception>
    public T Read<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(_json.Span, ApiJson.Options) ?? throw new JsonException();
        }
        catch (JsonException refused)
        {
            throw new BadHttpRequestException("The body does not fit.", StatusCodes.Status400BadRequest, refused);
        }
    }
}

/// <summary>A JSON body that an endpoint takes, made from the bytes that were checked, without another copy and another reader.</summary>
internal sealed record Body<T>(T Value) : IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider
{
    public static ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(new Body<T>(context.Features.GetRequiredFeature<CheckedJson>().Read<T>()));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: false));
}
