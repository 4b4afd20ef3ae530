using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Units;

/// <summary>The roll is the units' one record: names are claimed and profiles kept in the same write.</summary>
internal sealed class UnitDirectoryGrain(RecordStore records, UnitDirectory copy) : RecordGrain<UnitRollState>(records, "unit-roll"), IUnitDirectoryGrain
{
    public Task<Result<Unit>> Describe(string code, DescribeUnit command, CallContext call) =>
        Enter(call, roll => UnitRules.Describe(roll.Find(code), code, command with { ExpectedVersion = call.IfMatch ?? command.ExpectedVersion }));

    public Task<Result<Unit>> EnsureImported(string name, DateOnly firstDay) =>
        Enter(Actor.Import("units"), roll => UnitRules.Import(roll.Find(name), name, firstDay));

    public Task<Unit?> Find(string code) => Task.FromResult(Record.Find(code));

    public Task<UnitRoll?> Changes(long knownVersion) =>
        Task.FromResult(knownVersion == Record.Version ? null : new UnitRoll(Record.Version, Record.Units));

    private async Task<Result<Unit>> Enter(CallContext call, Func<UnitRollState, Result<Unit>> decide)
    {
        var entered = await Decide(call, roll => Entered(roll, decide(roll)));
        copy.Forget();
        return entered;
    }

    private static Result<Change<UnitRollState, Unit>> Entered(UnitRollState roll, Result<Unit> decided)
    {
        if (decided.Value is not { } unit)
        {
            return decided.Rejection!;
        }

        return UnitRules.Rival(roll.Units, unit) is null
            ? new Change<UnitRollState, Unit>(roll.With(unit), unit)
            : new Rejection("unit.name-taken", "单位代码、名称或别名已被另一单位使用。", RejectionKind.State, "/name");
    }
}
