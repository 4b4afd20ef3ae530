using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>热力图: every unit's place in every month, with the streak as it grew.</summary>
internal static class HeatMapRules
{
    /// <summary>The map. Streaks grow forwards from those before the first month.</summary>
    /// <param name="tables">The tables of all these months, oldest first.</param>
    /// <param name="statuses">Where each table stands.</param>
    /// <param name="names">Names by code.</param>
    /// <param name="before">Streaks at the end of the month before the first.</param>
    public static HeatMap Map(LeagueTier tier, IReadOnlyList<PastTable> tables, IReadOnlyDictionary<Month, LeagueStatus> statuses,
        IReadOnlyDictionary<string, string> names, IReadOnlyDictionary<string, int> before) => new(tier,
            [.. tables.Select(t => new HeatMonth(t.Month, statuses[t.Month], t.Revision, t.RankedUnits, t.HasBottomThree))],
            [.. UnitsOf(tables).Select(unit => new HeatRow(new(unit, names.GetValueOrDefault(unit, unit)), Cells(unit, tables, statuses, before.GetValueOrDefault(unit))))]);

    /// <summary>The units that have a row in any of the tables, in the order of their codes.</summary>
    public static IReadOnlyList<string> UnitsOf(IEnumerable<PastTable> tables) =>
        [.. tables.SelectMany(t => t.Places.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The streak after one more month.</summary>
    public static int Next(int streak, BottomOutcome outcome, ScoringPolicy policy) => outcome switch
    {
        BottomOutcome.Inside => streak + 1,
        BottomOutcome.Outside => 0,
        _ => policy.UnrankedMonth == UnrankedMonth.Skip ? streak : 0,
    };

    /// <summary>What a code says to people.</summary>
    public static string ReasonOf(string? code) => code switch
    {
        "too-few-callbacks" => "有效回访不足",
        "no-measure" => "没有考核指标",
        _ => "不在本月的排名表中",
    };

    private static HeatCell[] Cells(string unit, IReadOnlyList<PastTable> tables, IReadOnlyDictionary<Month, LeagueStatus> statuses, int streak)
    {
        var cells = new HeatCell[tables.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            var table = tables[i];
            streak = Next(streak, table.OutcomeOf(unit), table.Policy);
            var place = table.Places.GetValueOrDefault(unit);
            cells[i] = new(place?.Rank, table.RankedUnits, place?.Score, place is { BottomThree: true }, streak, statuses[table.Month],
                place?.Rank is null ? ReasonOf(place?.Reason) : null);
        }

        return cells;
    }
}
