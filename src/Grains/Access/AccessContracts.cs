using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Access;

/// <summary>An API key as its administrators see it: never the secret, never its hash.</summary>
/// <param name="Id">E.g. <c>key-3</c>: stands in events and scopes idempotency keys.</param>
/// <param name="Name">The owner: the name under which a key acts that is no person's. Separation of duties compares it.</param>
/// <param name="Unit">The unit the owner belongs to, or null.</param>
/// <param name="Person">The code of the person to whom the key belongs: it acts as that person, as long as the register says so.</param>
[GenerateSerializer, Immutable, Alias("hotline.ApiKey")]
public sealed record ApiKey(string Id, string Name, IReadOnlyList<Role> Roles, string? Unit, string CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, string? Person = null);

/// <summary>Creates a key. The secret is made by the caller and only its hash is sent here.</summary>
/// <param name="Hash">SHA-256 of the secret, hex.</param>
[GenerateSerializer, Immutable, Alias("hotline.CreateApiKey")]
public sealed record CreateApiKey(string Name, IReadOnlyList<Role> Roles, string? Unit, DateTimeOffset? ExpiresAt, string Hash, string? Person = null);

/// <summary>What a process needs to tell who is calling.</summary>
/// <param name="Version">Changes with every key created or revoked.</param>
[GenerateSerializer, Immutable, Alias("hotline.KeyRing")]
public sealed record KeyRing(long Version, IReadOnlyList<KeyOnRing> Keys);

/// <summary>One usable key: the hash of its secret and whom it stands for.</summary>
[GenerateSerializer, Immutable, Alias("hotline.KeyOnRing")]
public sealed record KeyOnRing(string Hash, Actor Actor, DateTimeOffset? ExpiresAt, string? Person = null);

/// <summary>All API keys. Key <c>A-keys</c>.</summary>
[Alias("hotline.IAccessGrain")]
public interface IAccessGrain : IGrainWithStringKey
{
    /// <summary>Makes this the first key, with every role; does nothing when any key was ever stored. Answers whether the first key is this one: also when
    /// an earlier try of the same caller stored it unheard.</summary>
    [Alias("Bootstrap")]
    Task<bool> Bootstrap(string hash);

    /// <summary>Errors: <c>roles.*</c>, <c>key.name-reserved</c>, <c>key.name-taken</c>, <c>key.expiry-past</c>, <c>key.secret-known</c>.</summary>
    [Alias("Create")]
    Task<Result<ApiKey>> Create(CreateApiKey command, CallContext call);

    /// <summary>Takes the key out of use, for good, within a second everywhere; revoking twice changes nothing.
    /// Errors: <c>not-found</c>, <c>key.own</c>, <c>key.last-administrator</c>.</summary>
    [Alias("Revoke")]
    Task<Result<ApiKey>> Revoke(string id, CallContext call);

    /// <summary>All keys ever made, the newest last.</summary>
    [Alias("List"), Reads]
    Task<IReadOnlyList<ApiKey>> List();

    /// <summary>The keys in use, or null when the caller knows this version already.</summary>
    [Alias("Changes"), Reads]
    Task<KeyRing?> Changes(long knownVersion);
}
