using Hotline.Shared;
using Hotline.Storage;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>Tables as they would be if a unit had another tier or other dates. Reads only.</summary>
internal sealed class UnitTrials(LeagueReckoner reckoner, MonthRankings rankings, ScorecardIndex index, UnitDirectory units,
    Database database, TimeProvider clock)
{
    public async Task<IReadOnlyList<MovedTable>> Run(string code, CancellationToken cancellationToken)
    {
        var (now, thisMonth) = (clock.Instant(), ShanghaiTime.MonthOf(clock.GetUtcNow()));
        var unit = (await units.Newest()).Value.Roll.Units.FirstOrDefault(u => u.Code == code);
        if (unit is null || RollChangeRules.Acted(unit, thisMonth).Value is not { } changed)
        {
            return [];
        }

        await using var moment = await ReadSnapshot.Open(database, cancellationToken);
        var first = await index.FirstMonth(cancellationToken, moment) ?? thisMonth;
        var before = (await reckoner.Newest(now)).Value with { Anew = true, Moment = moment };
        var after = before.AsIf(LeagueUnit.Of(changed));
        var tables = RollChangeRules.Moves(unit, changed, first, thisMonth)
            .SelectMany(move => UnitTrialRules.JudgedOf(move, before.PolicyOf(move.Month)).Select(tier => (move.Month, Tier: tier)))
            .ToLookup(t => t.Tier, t => t.Month);
        List<MovedTable> moved = [];
        foreach (var tier in tables)
        {
            Month[] months = [.. tier];
            var (old, next) = (await rankings.Rank(months, tier.Key, before, cancellationToken),
                await rankings.Rank(months, tier.Key, after, cancellationToken));
            moved.AddRange(months.Select(month => UnitTrialRules.Compare(month, tier.Key, old[month], next[month])));
        }
        return [.. moved.OrderBy(table => table.Month).ThenBy(table => table.Tier)];
    }
}
