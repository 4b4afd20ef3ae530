using Hotline.Shared;

namespace Hotline.Access;

/// <summary>Who may hold which key.</summary>
internal static class AccessRules
{
    public static AccessState Bootstrap(AccessState state, string hash, DateTimeOffset now) =>
        Add(state, new(Id(state), ReservedNames.Bootstrap, Enum.GetValues<Role>(), null, Actor.System.Id, now, null, null), hash);

    public static Result<AccessState> Create(AccessState state, CreateApiKey wanted, Actor by, DateTimeOffset now)
    {
        if (RoleDuties.Check(wanted.Roles, wanted.Unit) is { } duties)
        {
            return duties;
        }
        if (ReservedNames.Has(wanted.Name))
        {
            return new Rejection("key.name-reserved", "该名称由系统保留。", Pointer: "/name");
        }
        if (wanted.Person is null && state.Keys.Any(k => k.Key.Person is null && k.Key.Name != wanted.Name && NameFold.Of(k.Key.Name) == NameFold.Of(wanted.Name)))
        {
            return new Rejection("key.name-taken", "已有名称读起来相同的密钥。", RejectionKind.State, "/name");
        }
        if (wanted.ExpiresAt <= now)
        {
            return new Rejection("key.expiry-past", "有效期必须晚于现在。", Pointer: "/expiresAt");
        }
        if (state.Keys.Any(k => k.Hash == wanted.Hash))
        {
            return new Rejection("key.secret-known", "该密钥已存在。", RejectionKind.State);
        }
        var roles = wanted.Roles.Distinct().Order().ToArray();
        return Add(state, new(Id(state), wanted.Name, roles, wanted.Unit, by.Id, now, wanted.ExpiresAt, null, wanted.Person), wanted.Hash);
    }

    public static Result<AccessState> Revoke(AccessState state, string id, Actor by, DateTimeOffset now)
    {
        var stored = state.Keys.FirstOrDefault(k => k.Key.Id == id);
        if (stored is null)
        {
            return new Rejection("not-found", "没有这个密钥。", RejectionKind.NotFound);
        }
        if (by.Client == id)
        {
            return new Rejection("key.own", "不能吊销正在使用的密钥，请用另一个管理员密钥操作。");
        }
        if (stored.Key.RevokedAt is not null)
        {
            return state;
        }
        if (IsLastingAdministrator(stored.Key) && !state.Keys.Any(k => k.Key.Id != id && IsLastingAdministrator(k.Key)))
        {
            return new Rejection("key.last-administrator", "这是最后一个长期有效的系统管理员密钥，请先建立另一个。", RejectionKind.State);
        }
        var revoked = stored with { Key = stored.Key with { RevokedAt = now } };
        return state with { Version = state.Version + 1, Keys = state.Keys.Select(k => k.Key.Id == id ? revoked : k).ToArray() };
    }

    /// <summary>The keys in use. Expiry is judged at the door, by the clock of the moment.</summary>
    public static KeyRing Ring(AccessState state) =>
        new(state.Version, state.Keys.Where(k => k.Key.RevokedAt is null)
            .Select(k => new KeyOnRing(k.Hash, new Actor(k.Key.Person ?? k.Key.Name, k.Key.Id, k.Key.Roles, k.Key.Unit, !k.Key.Roles.Contains(Role.CommandSystem)),
                k.Key.ExpiresAt, k.Key.Person)).ToArray());

    private static bool IsLastingAdministrator(ApiKey key) => key is { RevokedAt: null, ExpiresAt: null } && key.Roles.Contains(Role.Administrator);

    private static string Id(AccessState state) => $"key-{state.Keys.Count + 1}";

    private static AccessState Add(AccessState state, ApiKey key, string hash) =>
        state with { Version = state.Version + 1, Keys = state.Keys.Append(new StoredKey(key, hash)).ToArray() };
}
