using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Access;

internal sealed class AccessGrain(RecordStore records, TimeProvider time) : RecordGrain<AccessState>(records, "access"), IAccessGrain
{
    public async Task<bool> Bootstrap(string hash)
    {
        if (Record.Keys.Count > 0)
        {
            return Record.Keys[0].Hash == hash;
        }

        await Insist(state => AccessRules.Bootstrap(state, hash, time.GetUtcNow()));
        return true;
    }

    public Task<Result<ApiKey>> Create(CreateApiKey command, CallContext call) =>
        Save(call, state => AccessRules.Create(state, command, call.Actor, time.GetUtcNow()), state => state.Keys[^1].Key);

    public Task<Result<ApiKey>> Revoke(string id, CallContext call) =>
        Save(call, state => AccessRules.Revoke(state, id, call.Actor, time.GetUtcNow()), state => state.Keys.First(k => k.Key.Id == id).Key);

    public Task<IReadOnlyList<ApiKey>> List() => Task.FromResult<IReadOnlyList<ApiKey>>(Record.Keys.Select(k => k.Key).ToArray());

    public Task<KeyRing?> Changes(long knownVersion) =>
        Task.FromResult(knownVersion == Record.Version ? null : AccessRules.Ring(Record));

    private Task<Result<ApiKey>> Save(CallContext call, Func<AccessState, Result<AccessState>> decide, Func<AccessState, ApiKey> answer) =>
        Decide(call, state => decide(state).Map(next => new Change<AccessState, ApiKey>(next, answer(next))));
}
