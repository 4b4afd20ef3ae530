namespace Hotline.Units;

/// <summary>The roll as stored, in the order of codes, ordinal.</summary>
internal sealed record UnitRollState
{
    private const int MostDecided = 20;

    public long Version { get; init; }

    public IReadOnlyList<Unit> Units { get; init; } = [];

    /// <summary>Proposed changes after their decision, the latest last.</summary>
    public IReadOnlyList<DecidedRollChange> Decided { get; init; } = [];

    public Unit? Find(string code) => Units.FirstOrDefault(u => u.Code == code);

    /// <summary>The same roll when it holds the unit as it is.</summary>
    public UnitRollState With(Unit unit) => ReferenceEquals(Find(unit.Code), unit) ? this : this with
    {
        Version = Version + 1,
        Units = [.. Units.Where(u => u.Code != unit.Code).Append(unit).OrderBy(u => u.Code, StringComparer.Ordinal)],
    };

    /// <summary>The roll with the unit after its waiting change was decided; of each unit the last decisions stay on record.</summary>
    public UnitRollState With(Unit unit, DecidedRollChange decided)
    {
        var earlier = Decided.Where(d => d.Code == decided.Code).TakeLast(MostDecided - 1).ToHashSet(ReferenceEqualityComparer.Instance);
        return With(unit) with { Decided = [.. Decided.Where(d => d.Code != decided.Code || earlier.Contains(d)), decided] };
    }
}
