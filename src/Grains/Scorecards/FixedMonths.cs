using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>Whether a month's figures are fixed: one of its tables is proposed for publication, or published.</summary>
internal sealed class FixedMonths(IGrainFactory grains, Revisions revisions) : IFixedMonths
{
    public async Task<bool> AnyOf(IReadOnlyCollection<int> months)
    {
        foreach (var month in months.Select(m => new Month(m)))
        {
            foreach (var tier in Enum.GetValues<LeagueTier>())
            {
                var isFixed = await revisions.Table(month, tier, null, CancellationToken.None) is not null
                    || (await grains.GetGrain<ILeagueTableGrain>(LeagueKeys.Of(month, tier)).Standing()).Proposal is not null;
                if (isFixed)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
