using Hotline.Shared;
using Hotline.Storage;
using Hotline.WorkCalendar;

namespace Hotline.Units;

using Described = Result<Change<UnitRollState, UnitOutcome>>;

/// <summary>The roll is the units' one record: names are claimed and profiles kept in the same write.</summary>
internal sealed class UnitDirectoryGrain(RecordStore records, UnitDirectory copy, IEnumerable<IUnitTables> tables, TimeProvider clock)
    : RecordGrain<UnitRollState>(records, "unit-roll"), IUnitDirectoryGrain
{
    private Month ThisMonth => ShanghaiTime.MonthOf(clock.GetUtcNow());

    public Task<Result<UnitOutcome>> Describe(string code, DescribeUnit command, CallContext call) => Enter(call, async roll =>
    {
        var current = roll.Find(code);
        var described = UnitRules.Describe(current, code, command with { ExpectedVersion = call.IfMatch ?? command.ExpectedVersion },
            ThisMonth);
        return described.Value is not { } wanted ? described.Rejection!
            : UnitRules.Rival(roll.Units, wanted) is not null ? NameTaken
            : current is null or { Imported: true } ? InForce(roll, wanted)
            : await Weighed(roll, current, wanted, call.Actor);
    });

    public Task<Result<Unit>> ApproveChange(string code, CallContext call) => Enter<Unit>(call, async roll =>
    {
        var current = roll.Find(code);
        var approved = RollChangeRules.Approve(current, call.Actor, call.IfMatch, ThisMonth);
        return approved.Value is not { } next ? approved.Rejection!
            : await Published(await Moves(current!, next)) is { } published ? published
            : Decided(roll, current!, next, null, null, call.Actor);
    });

    public Task<Result<Unit>> RefuseChange(string code, string? reason, CallContext call) => Enter<Unit>(call, roll =>
    {
        var current = roll.Find(code);
        var refused = RollChangeRules.Refuse(current, call.IfMatch);
        return Task.FromResult<Result<Change<UnitRollState, Unit>>>(refused.Value is not { } next ? refused.Rejection!
            : Decided(roll, current!, next, TwoPersonDecision.EndBy(current!.Waiting!.ProposedBy, call.Actor), reason, call.Actor));
    });

    public Task<Result<Unit>> EnsureImported(string name, DateOnly firstDay) => Enter<Unit>(Actor.Import("units"), roll =>
    {
        var imported = UnitRules.Import(roll.Find(name), name, firstDay);
        return Task.FromResult<Result<Change<UnitRollState, Unit>>>(imported.Value is not { } unit ? imported.Rejection!
            : UnitRules.Rival(roll.Units, unit) is not null ? NameTaken
            : new Change<UnitRollState, Unit>(roll.With(unit), unit));
    });

    public Task<Unit?> Find(string code) => Task.FromResult(Record.Find(code));

    public Task<IReadOnlyList<DecidedRollChange>> DecidedChanges(string code) =>
        Task.FromResult<IReadOnlyList<DecidedRollChange>>([.. Record.Decided.Where(d => d.Code == code)]);

    public Task<UnitRoll?> Changes(long knownVersion) =>
        Task.FromResult(knownVersion == Record.Version ? null : new UnitRoll(Record.Version, Record.Units));

    private static Rejection NameTaken { get; } = new("unit.name-taken", "单位代码、名称或别名已被另一单位使用。", RejectionKind.State, "/name");

    private async Task<Result<TAnswer>> Enter<TAnswer>(CallContext call,
        Func<UnitRollState, Task<Result<Change<UnitRollState, TAnswer>>>> decide) where TAnswer : class
    {
        var entered = await Decide(call, decide);
        copy.Forget();
        return entered;
    }

    /// <summary>In force at once, or, where a table of this month or an earlier one would have another row, proposed.</summary>
    private async Task<Described> Weighed(UnitRollState roll, Unit current, Unit wanted, Actor by)
    {
        var moves = await Moves(current, wanted);
        if (moves.Count == 0)
        {
            return InForce(roll, wanted);
        }

        if (await Published(moves) is { } published)
        {
            return published;
        }

        var proposed = RollChangeRules.Propose(current, wanted, by, clock.Instant());
        return new Change<UnitRollState, UnitOutcome>(roll.With(proposed), new(proposed, true));
    }

    private static Change<UnitRollState, UnitOutcome> InForce(UnitRollState roll, Unit unit) => new(roll.With(unit), new(unit, false));

    private Change<UnitRollState, Unit> Decided(UnitRollState roll, Unit before, Unit after, ProposalEnd? end, string? reason, Actor by) =>
        new(roll.With(after, new(before.Code, before.Waiting!, end, by.Id, clock.Instant(), reason)), after);

    private async Task<IReadOnlyList<SeatMove>> Moves(Unit before, Unit after)
    {
        var (first, thisMonth) = ((Month?)null, ThisMonth);
        if (RollChangeRules.IsSeated(before, after))
        {
            return [];
        }

        foreach (var keeper in tables)
        {
            first ??= await keeper.FirstMonth();
        }
        return RollChangeRules.Moves(before, after, first ?? thisMonth, thisMonth);
    }

    private async Task<Rejection?> Published(IReadOnlyList<SeatMove> moves)
    {
        foreach (var keeper in tables)
        {
            if (await keeper.FirstPublished(moves) is { } month)
            {
                return RollChangeRules.Published(month);
            }
        }
        return null;
    }
}
