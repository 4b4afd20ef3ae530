using System.Security.Cryptography;
using System.Text;
using Hotline.Shared;

namespace Hotline.Access;

/// <summary>The keys in use as every process knows them, at most a second old. One per process.</summary>
internal sealed class KeyRingCopy(IGrainFactory grains, TimeProvider time)
{
    public const string GrainKey = "A-keys";

    private readonly Recent<Index> ring = new(held => Load(grains, held));

    /// <summary>The key with this secret, or null: unknown, revoked and expired look alike.</summary>
    public async ValueTask<KeyOnRing?> Find(string secret)
    {
        var hash = HashOf(secret);
        var key = (await ring.Get()).Find(hash) ?? (await ring.GetNewest()).Value.Find(hash);
        return key is not null && (key.ExpiresAt is null || key.ExpiresAt > time.GetUtcNow()) ? key : null;
    }

    /// <summary>The first key, which may do everything, is still in use.</summary>
    public async ValueTask<bool> HasBootstrap() => (await ring.Get()).HasBootstrap;

    public void Forget() => ring.Forget();

    /// <summary>SHA-256, hex. Secrets made here carry 256 random bits, so a slow hash would add nothing.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static async Task<Index> Load(IGrainFactory grains, Index? held)
    {
        var changed = await grains.GetGrain<IAccessGrain>(GrainKey).Changes(held?.Version ?? -1);
        return changed is null ? held! : new Index(changed);
    }

    private sealed class Index(KeyRing ring)
    {
        private readonly Dictionary<string, KeyOnRing> byHash = ring.Keys.ToDictionary(k => k.Hash, StringComparer.Ordinal);

        public long Version => ring.Version;

        public bool HasBootstrap { get; } = ring.Keys.Any(k => k.Actor.Id == ReservedNames.Bootstrap);

        public KeyOnRing? Find(string hash) => byHash.GetValueOrDefault(hash);
    }
}
