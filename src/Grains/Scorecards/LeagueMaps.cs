using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>Many months at once, for dashboards: read with few statements, published months as they were published.</summary>
internal sealed class LeagueMaps(LeagueReckoner reckoner, LeagueTables tables, PastTables past, StreakReader streaks, TimeProvider clock)
{
    /// <summary>The heat map.</summary>
    /// <param name="status">Where a table stands that is not published.</param>
    public async Task<HeatMap> Map(Month from, Month to, LeagueTier tier, Func<Month, Task<LeagueStatus>> status, CancellationToken cancellationToken)
    {
        var with = await reckoner.Now(clock.GetUtcNow());
        var months = MonthsOf(from, to);
        var read = await past.Whole([from.Previous, .. months], tier, with, cancellationToken);
        var shown = months.Select(m => read[m]).ToArray();
        var statuses = await Task.WhenAll(shown.Select(async t =>
            (t.Month, Status: t.Revision switch { 0 => await status(t.Month), 1 => LeagueStatus.Published, _ => LeagueStatus.Corrected })));
        var before = await streaks.Read(Widened(read[from.Previous], HeatMapRules.UnitsOf(shown)), tier, with, cancellationToken);
        return HeatMapRules.Map(tier, shown, statuses.ToDictionary(s => s.Month, s => s.Status),
            with.Units.ToDictionary(u => u.Code, u => u.Name, StringComparer.Ordinal), before.ToDictionary(b => b.Key, b => b.Value.Length, StringComparer.Ordinal));
    }

    /// <summary>The pooled figures by month and year.</summary>
    public async Task<TotalSeries> Series(Month from, Month to, LeagueTier tier, CancellationToken cancellationToken)
    {
        var with = await reckoner.Now(clock.GetUtcNow());
        var totals = await tables.Totals(from.Year > 1 ? new(from.Year - 1, from.Number) : from, to, tier, cancellationToken);
        return SeriesRules.Of(tier, from, to, totals.ToDictionary(t => t.Month, t => new PooledMonth(t.Month, t.Revision, PlaceRules.CountsOf(t.Total),
            with.Policies.FirstOrDefault(p => p.Version == t.PolicyVersion) ?? with.PolicyOf(t.Month))));
    }

    private static List<Month> MonthsOf(Month from, Month to)
    {
        List<Month> months = [];
        for (var month = from; month <= to; month = month.Next)
        {
            months.Add(month);
        }

        return months;
    }

    /// <summary>The same table with a place for every unit of the map, so that streaks are read for all of them.</summary>
    private static PastTable Widened(PastTable table, IEnumerable<string> units) => table with
    {
        Places = units.Union(table.Places.Keys).ToDictionary(u => u, u => table.Places.GetValueOrDefault(u) ?? new(null, false, null), StringComparer.Ordinal),
    };
}
