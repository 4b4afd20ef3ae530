namespace Hotline.Units;

/// <summary>A unit as stored by its grain.</summary>
internal sealed record UnitState
{
    public int Schema { get; init; } = 1;
    public Unit? Unit { get; init; }
}

/// <summary>The roll as stored.</summary>
internal sealed record UnitRollState
{
    public int Schema { get; init; } = 1;
    public long Version { get; init; }
    public IReadOnlyList<Unit> Units { get; init; } = [];
}
