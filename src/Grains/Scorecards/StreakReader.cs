using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>Reads streaks backwards from a table, over published and unpublished months, only as far as some unit's streak is undecided.</summary>
internal sealed class StreakReader(ScorecardIndex index, PastTables past)
{
    private const int FirstStep = 3;
    private const int LongestStep = 24;

    /// <summary>The streak of every unit of the table.</summary>
    public async Task<IReadOnlyDictionary<string, StreakTrail>> Read(PastTable table, LeagueTier tier, Reckoning with, CancellationToken cancellationToken)
    {
        var trails = table.Places.Keys.ToDictionary(unit => unit, unit => table.Continue(StreakTrail.Start, unit), StringComparer.Ordinal);
        var first = trails.Values.All(t => t.IsDecided) ? null : await index.FirstMonth(cancellationToken, with.Moment);
        var (month, step) = (table.Month.Previous, FirstStep);
        while (first is not null && month >= first.Value)
        {
            string[] open = [.. trails.Where(t => !t.Value.IsDecided).Select(t => t.Key)];
            if (open.Length == 0)
            {
                break;
            }

            var months = Down(month, first.Value, step);
            var tables = await past.Get(months, open, tier, with, cancellationToken);
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
