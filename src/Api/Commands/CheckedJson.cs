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

    /// <summary>Whether the body names this member of its own, null or not.</summary>
    public bool Gives(string member)
    {
        var name = ApiJson.Options.PropertyNamingPolicy!.ConvertName(member);
        var reader = new Utf8JsonReader(_json.Span);
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals(name))
            {
                return true;
            }
        }
        return false;
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
internal sealed record Body<T>(T Value, CheckedJson Json) : IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider
{
    /// <summary>Whether the caller named this member, so that one left out can be told from one that is null.</summary>
    public bool Gives(string member) => Json.Gives(member);

    public static ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var json = context.Features.GetRequiredFeature<CheckedJson>();
        return new(new Body<T>(json.Read<T>(), json));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: false));
}
