using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Scorecards;

/// <summary>Tells the roll of units which tables a change would touch.</summary>
internal sealed class UnitTables(ScorecardIndex index, Revisions revisions) : IUnitTables
{
    public Task<Month?> FirstMonth() => index.FirstMonth(CancellationToken.None);

    public async Task<Month?> FirstPublished(IReadOnlyList<SeatMove> moves)
    {
        var published = await revisions.PublishedOf(moves.Select(m => m.Month), CancellationToken.None);
        return moves.Where(m => UnitTrialRules.TablesOf(m).Any(tier => published.Contains((m.Month, tier)))).Select(m => (Month?)m.Month)
            .FirstOrDefault();
    }
}
