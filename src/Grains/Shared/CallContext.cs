namespace Hotline.Shared;

/// <summary>Who commands, under which idempotency key, and on which version.</summary>
/// <param name="Key">Idempotency key, or null for calls without one.</param>
/// <param name="BodyHash">SHA-256 (hex) over method, path and body.</param>
/// <param name="IfMatch">The version the caller saw, or null.</param>
[GenerateSerializer, Immutable, Alias("hotline.CallContext")]
public sealed record CallContext(Actor Actor, string? Key = null, string? BodyHash = null, long? IfMatch = null)
{
    /// <summary>A call of the system's own, without a key.</summary>
    public static implicit operator CallContext(Actor actor) => new(actor);
}
