namespace Hotline.Units;

/// <summary>A unit as stored by its grain.</summary>
internal sealed record UnitState
{
    public Unit? Unit { get; init; }
}

/// <summary>The roll as stored.</summary>
internal sealed record UnitRollState
{
    public long Version { get; init; }
    public IReadOnlyList<Unit> Units { get; init; } = [];
}
