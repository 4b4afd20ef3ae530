using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>Reads streaks backwards from a table, over published and unpublished months, only as far as some unit's streak is undecided.</summary>
internal sealed class StreakReader(ScorecardIndex index, LeagueRevisions revisions, MonthRankings rankings)
{
    private const int FirstStep = 3;
    private const int LongestStep = 24;

    /// <summary>The streak of every unit of the table.</summary>
    public async Task<IReadOnlyDictionary<string, StreakTrail>> Read(PastTable table, LeagueTier tier, Reckoning with, CancellationToken cancellationToken)
    {
        var trails = table.Places.Keys.ToDictionary(unit => unit, unit => table.Continue(StreakTrail.Start, unit), StringComparer.Ordinal);
        var first = trails.Values.All(t => t.IsDecided) ? null : await index.FirstMonth(cancellationToken);
        var (month, step) = (table.Month.Previous, FirstStep);
        while (first is not null && month >= first.Value)
        {
            string[] open = [.. trails.Where(t => !t.Value.IsDecided).Select(t => t.Key)];
            if (open.Length == 0)
            {
                break;
            }

            var months = Down(month, first.Value, step);
            var tables = await Tables(months, open, tier, with, cancellationToken);
            foreach (var earlier in months)
            {
                foreach (var unit in open)
                {
                    trails[unit] = Continue(trails[unit], unit, tables.GetValueOrDefault(earlier), with.PolicyOf(earlier));
                }
            }

            (month, step) = (months[^1].Previous, Math.Min(step * 2, LongestStep));
        }
        return trails;
    }

    /// <summary>A month whose table is not among them was not ranked for any of the open units.</summary>
    private static StreakTrail Continue(StreakTrail trail, string unit, PastTable? table, ScoringPolicy policy) =>
        table is null ? StreakRules.Earlier(trail, BottomOutcome.NotRanked, null, policy) : table.Continue(trail, unit);

    private async Task<Dictionary<Month, PastTable>> Tables(List<Month> months, string[] open, LeagueTier tier, Reckoning with, CancellationToken cancellationToken)
    {
        var published = await revisions.LatestOf(months, tier, cancellationToken);
        var tables = new Dictionary<Month, PastTable>(published);
        Month[] missing = [.. months.Where(m => !published.ContainsKey(m) && with.UnitsOf(m, tier).Count >= with.PolicyOf(m).MinRankedForBottomThree)];
        foreach (var (month, ranking) in await rankings.Rank(await Worthwhile(missing, open, with, cancellationToken), tier, with, cancellationToken))
        {
            tables[month] = PastTable.Of(month, ranking, with.PolicyOf(month));
        }

        return tables;
    }

    /// <summary>The months in which one of the open units may have been ranked. A unit that hardly works would otherwise make every read go through
    /// the whole history.</summary>
    private async Task<IReadOnlyCollection<Month>> Worthwhile(Month[] months, string[] open, Reckoning with, CancellationToken cancellationToken)
    {
        if (months.Length == 0)
        {
            return months;
        }

        var present = await index.Presence(months, open, cancellationToken);
        return present.Where(p => p.Answers >= with.PolicyOf(p.Month).MinEffectiveCallbacks).Select(p => p.Month).ToHashSet();
    }

    private static List<Month> Down(Month from, Month to, int count)
    {
        List<Month> months = [];
        for (var month = from; month >= to && months.Count < count; month = month.Previous)
        {
            months.Add(month);
        }

        return months;
    }
}
