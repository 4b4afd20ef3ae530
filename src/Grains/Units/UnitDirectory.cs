using Hotline.Shared;

namespace Hotline.Units;

/// <summary>The units as every process knows them: a copy of the roll, at most a second old. One per process.</summary>
internal sealed class UnitDirectory(IGrainFactory grains)
{
    private readonly Recent<Index> roll = new(held => Load(grains, held));

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
        if (known is not null && !(known.Imported && firstDay < known.ActiveFrom))
        {
            return known;
        }
        var code = known?.Code ?? UnitRules.Tidy(name);
        return await grains.GetGrain<IUnitGrain>(UnitKeys.Of(code)).EnsureImported(firstDay);
    }

    /// <summary>The next read asks the source: for changes made through this process.</summary>
    public void Forget() => roll.Forget();

    private static async Task<Index> Load(IGrainFactory grains, Index? held)
    {
        var changed = await grains.GetGrain<IUnitDirectoryGrain>(UnitKeys.Roll).Changes(held?.Version ?? -1);
        return changed is null ? held! : new Index(changed);
    }

    internal sealed class Index(UnitRoll roll)
    {
        private readonly Dictionary<string, Unit> byName = roll.Units
            .SelectMany(u => UnitRules.Names(u).Distinct().Select(n => (Name: n, Unit: u)))
            .ToDictionary(p => p.Name, p => p.Unit, StringComparer.Ordinal);

        public long Version => roll.Version;

        public IReadOnlyList<Unit> Units => roll.Units;

        /// <summary>By code, name or alias.</summary>
        public Unit? Find(string name) => byName.GetValueOrDefault(UnitRules.NameKey(name));
    }
}
