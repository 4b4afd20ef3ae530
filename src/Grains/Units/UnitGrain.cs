using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Units;

/// <summary>Writes the roll first (it keeps names unique), then its own record; after a crash between the two it takes the roll's word.</summary>
internal sealed class UnitGrain([PersistentState("unit", StorageHosting.Records)] IPersistentState<UnitState> store, UnitDirectory units) : Grain, IUnitGrain
{
    private string Code => UnitKeys.CodeOf(this.GetPrimaryKeyString());

    private IUnitDirectoryGrain Roll => GrainFactory.GetGrain<IUnitDirectoryGrain>(UnitKeys.Roll);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var entered = await Roll.Find(Code);
        if (entered is not null && entered.Version > (store.State.Unit?.Version ?? 0))
        {
            await store.WriteOrRestore(new UnitState { Unit = entered });
        }
    }

    public Task<Unit?> Get() => Task.FromResult(store.State.Unit);

    public Task<Result<Unit>> Describe(DescribeUnit command) => Enter(UnitRules.Describe(store.State.Unit, Code, command));

    public Task<Result<Unit>> EnsureImported(string name, DateOnly firstDay) => Enter(UnitRules.Import(store.State.Unit, name, firstDay));

    private async Task<Result<Unit>> Enter(Result<Unit> decided)
    {
        if (!decided.IsDone || ReferenceEquals(decided.Value, store.State.Unit))
        {
            return decided;
        }
        var entered = await Roll.Enter(decided.Value!);
        if (entered.IsDone)
        {
            await store.WriteOrRestore(new UnitState { Unit = entered.Value });
            units.Forget();
        }
        return entered;
    }
}
