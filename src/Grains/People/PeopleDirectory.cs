using Hotline.Shared;

namespace Hotline.People;

/// <summary>The register as every process knows it: a copy, at most a second old. One per process.</summary>
internal sealed class PeopleDirectory(IGrainFactory grains)
{
    private readonly Recent<Index> _roll = new(held => Load(grains, held));

    /// <summary>All people, in the order of their codes, ordinal.</summary>
    public async ValueTask<IReadOnlyList<Person>> All() => (await _roll.Get()).People;

    /// <summary>Nobody is registered yet.</summary>
    public async ValueTask<bool> IsEmpty() => (await _roll.Get()).People.Count == 0;

    /// <summary>The person with this code, or null. A code the copy does not know is asked for once more at the source, while there is a register at all.</summary>
    public async ValueTask<Person?> Find(string code)
    {
        var copy = await _roll.Get();
        return copy.Find(code) is { } person ? person : copy.People.Count == 0 ? null : (await _roll.GetNewest()).Value.Find(code);
    }

    /// <summary>The register in force, for decisions.</summary>
    public async Task<Person?> FindNewest(string code) => (await _roll.GetNewest()).Value.Find(code);

    /// <summary>The next read asks the source: for changes made through this process.</summary>
    public void Forget() => _roll.Forget();

    private static async Task<Index> Load(IGrainFactory grains, Index? held)
    {
        var changed = await grains.GetGrain<IPeopleGrain>(IPeopleGrain.Key).Changes(held?.Version ?? -1);
        return changed is null ? held! : new Index(changed);
    }

    private sealed class Index(PeopleRoll roll)
    {
        private readonly Dictionary<string, Person> _byCode = roll.People.ToDictionary(p => p.Code, StringComparer.Ordinal);

        public long Version => roll.Version;

        public IReadOnlyList<Person> People => roll.People;

        public Person? Find(string code) => _byCode.GetValueOrDefault(code);
    }
}
