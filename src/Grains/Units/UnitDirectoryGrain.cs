using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Units;

internal sealed class UnitDirectoryGrain([PersistentState("unit-roll", StorageHosting.Records)] IPersistentState<UnitRollState> store) : Grain, IUnitDirectoryGrain
{
    public async Task<Result<Unit>> Enter(Unit unit)
    {
        if (UnitRules.Rival(store.State.Units, unit) is not null)
        {
            return new Rejection("unit.name-taken", "单位代码、名称或别名已被另一单位使用。", RejectionKind.State, "/name");
        }
        var units = store.State.Units.Where(u => u.Code != unit.Code).Append(unit).OrderBy(u => u.Code, StringComparer.Ordinal).ToArray();
        await store.WriteOrRestore(store.State with { Version = store.State.Version + 1, Units = units });
        return unit;
    }

    public Task<Unit?> Find(string code) => Task.FromResult(store.State.Units.FirstOrDefault(u => u.Code == code));

    public Task<UnitRoll?> Changes(long knownVersion) =>
        Task.FromResult(knownVersion == store.State.Version ? null : new UnitRoll(store.State.Version, store.State.Units));
}
