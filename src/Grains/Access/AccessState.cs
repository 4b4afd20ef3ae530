using Hotline.Shared;

namespace Hotline.Access;

/// <summary>All keys as stored.</summary>
internal sealed record AccessState
{
    public long Version { get; init; }
    public IReadOnlyList<StoredKey> Keys { get; init; } = [];
}

/// <summary>A key as stored: what is shown of it, and the hash of its secret.</summary>
internal sealed record StoredKey(ApiKey Key, string Hash);
