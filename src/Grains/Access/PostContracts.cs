using Hotline.Shared;

namespace Hotline.Access;

/// <summary>An answer kept for a repeat of its request.</summary>
[GenerateSerializer, Immutable, Alias("hotline.KeptAnswer")]
public sealed record KeptAnswer(int Status, string? ContentType, string Body, string? Location, string? ETag);

/// <summary>May this request run? At most one of the two is set: neither means yes.</summary>
[GenerateSerializer, Immutable, Alias("hotline.PostTurn")]
public sealed record PostTurn(KeptAnswer? Kept, Rejection? Rejection);

/// <summary>One idempotency key of one client, for requests whose effect does not keep the key itself (ticket commands do).
/// The key is <c>I-</c> and a hash of client and key. The command behind must be safe to repeat: after a crash between effect and answer it runs again.</summary>
[Alias("hotline.IPostGrain")]
public interface IPostGrain : IGrainWithStringKey
{
    /// <summary>Errors: <c>idempotency.mismatch</c> for another body, <c>idempotency.running</c> while the first request is under way.</summary>
    [Alias("Begin")]
    Task<PostTurn> Begin(string bodyHash);

    /// <summary>Keeps the answer of a request that took effect; null lets the key be used again, for nothing happened.</summary>
    [Alias("End")]
    Task End(KeptAnswer? answer);
}
