namespace Hotline.Units;

/// <summary>The roll as stored, in the order of codes, ordinal.</summary>
internal sealed record UnitRollState
{
    public long Version { get; init; }

    public IReadOnlyList<Unit> Units { get; init; } = [];

    public Unit? Find(string code) => Units.FirstOrDefault(u => u.Code == code);

    /// <summary>The same roll when it holds the unit as it is.</summary>
    public UnitRollState With(Unit unit) => ReferenceEquals(Find(unit.Code), unit) ? this : this with
    {
        Version = Version + 1,
        Units = [.. Units.Where(u => u.Code != unit.Code).Append(unit).OrderBy(u => u.Code, StringComparer.Ordinal)],
    };
}
