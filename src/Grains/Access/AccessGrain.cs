using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Access;

internal sealed class AccessGrain([PersistentState("access", StorageHosting.Records)] IPersistentState<AccessState> store, TimeProvider time) : Grain, IAccessGrain
{
    public async Task<bool> Bootstrap(string hash)
    {
        if (store.State.Keys.Count > 0)
        {
            return store.State.Keys[0].Hash == hash;
        }
        await store.WriteOrRestore(AccessRules.Bootstrap(store.State, hash, time.GetUtcNow()));
        return true;
    }

    public async Task<Result<ApiKey>> Create(CreateApiKey command)
    {
        if (command.Stamp is not null && store.State.Keys.FirstOrDefault(k => k.Stamp == command.Stamp) is { } made)
        {
            return made.Key;
        }
        return await Save(AccessRules.Create(store.State, command, time.GetUtcNow()), state => state.Keys[^1].Key);
    }

    public Task<Result<ApiKey>> Revoke(string id, Actor by) =>
        Save(AccessRules.Revoke(store.State, id, by, time.GetUtcNow()), state => state.Keys.First(k => k.Key.Id == id).Key);

    public Task<IReadOnlyList<ApiKey>> List() => Task.FromResult<IReadOnlyList<ApiKey>>(store.State.Keys.Select(k => k.Key).ToArray());

    public Task<KeyRing?> Changes(long knownVersion) =>
        Task.FromResult(knownVersion == store.State.Version ? null : AccessRules.Ring(store.State));

    private async Task<Result<ApiKey>> Save(Result<AccessState> decided, Func<AccessState, ApiKey> answer)
    {
        if (decided.IsDone && !ReferenceEquals(decided.Value, store.State))
        {
            await store.WriteOrRestore(decided.Value!);
        }
        return decided.Map(answer);
    }
}
