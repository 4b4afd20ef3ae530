using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>Which months' figures are fixed: one of their tables is proposed for publication, or published.</summary>
internal sealed class FixedMonths(IGrainFactory grains, Revisions revisions) : IFixedMonths
{
    public async Task<IReadOnlyCollection<int>> Of(IReadOnlyCollection<int> months)
    {
        var isFixed = new List<int>();
        foreach (var key in months)
        {
            isFixed.AddRange(await IsFixed(new(key)) ? [key] : []);
        }

        return isFixed;
    }

    private async Task<bool> IsFixed(Month month)
    {
        foreach (var tier in Enum.GetValues<LeagueTier>())
        {
            if (await revisions.Table(month, tier, null, CancellationToken.None) is not null
                || (await grains.GetGrain<ILeagueTableGrain>(LeagueKeys.Of(month, tier)).Standing()).Proposal is not null)
            {
                return true;
            }
        }

        return false;
    }
}
