using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>Rankings of months that are not published, straight from the index.</summary>
internal sealed class MonthRankings(ScorecardIndex index)
{
    /// <summary>Ranks these months, with one query for all.</summary>
    public async Task<IReadOnlyDictionary<Month, LeagueRanking>> Rank(IReadOnlyCollection<Month> months, LeagueTier tier, Reckoning with, CancellationToken cancellationToken)
    {
        if (months.Count == 0)
        {
            return new Dictionary<Month, LeagueRanking>();
        }

        var read = with.Facts is { } facts
            ? await facts.Read(months, with.AsOf, cancellationToken)
            : await index.Read(months, with.AsOf, cancellationToken, with.Moment);
        var counts = read.ToDictionary(c => (c.Month, c.Unit), c => c.Counts);
        return months.ToDictionary(m => m, m => Rank(m, tier, with, counts));
    }

    /// <summary>Ranks one month in several ways, from the same facts: one query for all.</summary>
    public async Task<IReadOnlyList<LeagueRanking>> RankEach(Month month, LeagueTier tier, IReadOnlyList<Reckoning> ways, CancellationToken cancellationToken)
    {
        var counts = (await index.Read([month], ways[0].AsOf, cancellationToken)).ToDictionary(c => (c.Month, c.Unit), c => c.Counts);
        return [.. ways.Select(with => Rank(month, tier, with, counts))];
    }

    private static LeagueRanking Rank(Month month, LeagueTier tier, Reckoning with, Dictionary<(Month, string), UnitCounts> counts) =>
        PlaceRules.Rank(with.UnitsOf(month, tier).Select(unit => (unit, counts.GetValueOrDefault((month, unit.Code), UnitCounts.None))), with.PolicyOf(month))
            with { Branch = counts.GetValueOrDefault((month, TicketProjection.Branch), UnitCounts.None) };
}
