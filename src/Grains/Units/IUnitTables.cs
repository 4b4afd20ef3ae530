using Hotline.Shared;

namespace Hotline.Units;

/// <summary>What the keeper of the tables says before a unit's place among them changes.</summary>
internal interface IUnitTables
{
    /// <summary>The first month that has any figures; null while there are none.</summary>
    Task<Month?> FirstMonth();

    /// <summary>The first of these months that has a published table in which the unit would stand otherwise; null when there is
    /// none.</summary>
    Task<Month?> FirstPublished(IReadOnlyList<SeatMove> moves);
}
