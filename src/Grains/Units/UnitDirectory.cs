using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Units;

/// <summary>The units as every process knows them: a copy of the roll, at most a second old. One per process.
/// Their tiers are those of this month.</summary>
internal sealed class UnitDirectory(IGrainFactory grains, TimeProvider clock)
{
    private readonly Recent<Index> roll = new(held => Load(grains, ShanghaiTime.MonthOf(clock.GetUtcNow()), held));

    /// <summary>The copy itself, for lookups that cannot wait.</summary>
    public ValueTask<Index> Current() => roll.Get();

    /// <summary>All units, in the order of their codes, ordinal.</summary>
    public async ValueTask<IReadOnlyList<Unit>> All() => (await roll.Get()).Units;

    /// <summary>The roll in force, for decisions.</summary>
    public Task<Newest<Index>> Newest() => roll.GetNewest();

    /// <summary>The unit with this code, name or alias, or null. A spelling the copy does not know is asked for once more at the source.</summary>
    public async ValueTask<Unit?> Resolve(string codeOrNameOrAlias) => (await Knowing([codeOrNameOrAlias])).Find(codeOrNameOrAlias);

    /// <summary>The copy, or the roll in force when the copy does not know one of these spellings.</summary>
    public async ValueTask<Index> Knowing(IEnumerable<string> names) =>
        await roll.Get() is var copy && names.All(n => copy.Find(n) is not null) ? copy : (await roll.GetNewest()).Value;

    /// <summary>The unit a history row names, created when nobody knows it; an imported unit is active from the earliest day seen.
    /// Cheap when nothing changes. Errors: <c>unit.code-invalid</c>.</summary>
    public async ValueTask<Result<Unit>> EnsureImported(string name, DateOnly firstDay)
    {
        var known = await Resolve(name);
        if (known is not null && !UnitRules.IsSeenEarlier(known, firstDay))
        {
            return known;
        }
        var code = known?.Code ?? UnitRules.Tidy(name);
        return await grains.GetGrain<IUnitGrain>(UnitKeys.Of(code)).EnsureImported(firstDay);
    }

    /// <summary>The next read asks the source: for changes made through this process.</summary>
    public void Forget() => roll.Forget();

    private static async Task<Index> Load(IGrainFactory grains, Month month, Index? held)
    {
        var changed = await grains.GetGrain<IUnitDirectoryGrain>(UnitKeys.Roll).Changes(held?.Version ?? -1);
        return changed is null && held!.Month == month ? held : new Index(changed ?? held!.Roll, month);
    }

    internal sealed class Index
    {
        private readonly Dictionary<string, Unit> byName;

        public Index(UnitRoll roll, Month month)
        {
            (Roll, Month) = (roll, month);
            Units = roll.Units.All(u => u.Tiers is null) ? roll.Units
                : [.. roll.Units.Select(u => u.Tiers is null ? u : u with { Tier = u.TierIn(month) })];
            byName = Units.SelectMany(u => UnitRules.Names(u).Distinct().Select(n => (Name: n, Unit: u)))
                .ToDictionary(p => p.Name, p => p.Unit, StringComparer.Ordinal);
        }

        /// <summary>As stored.</summary>
        public UnitRoll Roll { get; }

        public Month Month { get; }

        public long Version => Roll.Version;

        public IReadOnlyList<Unit> Units { get; }

        /// <summary>By code, name or alias.</summary>
        public Unit? Find(string name) => byName.GetValueOrDefault(UnitRules.NameKey(name));
    }
}
