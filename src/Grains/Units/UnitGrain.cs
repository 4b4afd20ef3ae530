using Hotline.Shared;

namespace Hotline.Units;

/// <summary>One unit's way to its entry in the roll.</summary>
internal sealed class UnitGrain : Grain, IUnitGrain
{
    private string Code => UnitKeys.CodeOf(this.GetPrimaryKeyString());

    private IUnitDirectoryGrain Roll => GrainFactory.GetGrain<IUnitDirectoryGrain>(UnitKeys.Roll);

    public Task<Unit?> Get() => Roll.Find(Code);

    public Task<Result<UnitOutcome>> Describe(DescribeUnit command, CallContext call) => Roll.Describe(Code, command, call);

    public Task<Result<Unit>> ApproveChange(CallContext call) => Roll.ApproveChange(Code, call);

    public Task<Result<Unit>> RefuseChange(string? reason, CallContext call) => Roll.RefuseChange(Code, reason, call);

    public Task<IReadOnlyList<DecidedRollChange>> DecidedChanges() => Roll.DecidedChanges(Code);

    public Task<Result<Unit>> EnsureImported(DateOnly firstDay) => Roll.EnsureImported(Code, firstDay);
}
