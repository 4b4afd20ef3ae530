using Hotline.Shared;
using Microsoft.AspNetCore.Http.Features;

namespace Hotline.Api;

/// <summary>What a writing request brings besides its body. Endpoints take it as a parameter; it binds by itself.</summary>
/// <param name="Actor">Who acts.</param>
/// <param name="Key">The idempotency key; never null on POST, perhaps null on PUT.</param>
/// <param name="BodyHash">SHA-256 (hex) over method, path, query, person and the raw body: tells a repeat from another request.</param>
/// <param name="Condition">If-Match, or null when none was sent.</param>
internal sealed record CommandContext(Actor Actor, string? Key, string BodyHash, Condition? Condition)
{
    /// <summary>The API key's id: idempotency keys of different clients never meet.</summary>
    public string Client => Actor.Client;

    /// <summary>The version on which the caller decided, or null when none was sent (or <c>*</c>): for things that count their versions.</summary>
    public long? IfMatch => Condition?.Number;

    /// <summary>If-Match was sent.</summary>
    public bool HasCondition => Condition is not null;

    /// <summary>As grains take it.</summary>
    public CallContext Call => new(Actor, Key, BodyHash, IfMatch);

    public static ValueTask<CommandContext> BindAsync(HttpContext http) => new(http.Features.GetRequiredFeature<CommandContext>());
}
