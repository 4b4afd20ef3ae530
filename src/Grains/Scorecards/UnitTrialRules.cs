using Hotline.Policies;
using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Scorecards;

/// <summary>Two rankings of one table side by side, before and after a unit has another place.</summary>
internal static class UnitTrialRules
{
    /// <summary>The tables whose rows a move changes.</summary>
    public static IEnumerable<LeagueTier> TablesOf(SeatMove move) =>
        Enum.GetValues<LeagueTier>().Where(tier => Reckoning.Plays(move.Before, tier) != Reckoning.Plays(move.After, tier));

    /// <summary>Of those, the tables by which the month's units are judged.</summary>
    public static IEnumerable<LeagueTier> JudgedOf(SeatMove move, ScoringPolicy policy) =>
        TablesOf(move).Where(tier => tier == LeagueTier.All == (policy.Tables == TableForm.Single));

    public static MovedTable Compare(Month month, LeagueTier tier, LeagueRanking before, LeagueRanking after)
    {
        var (old, next) = (Places(before), Places(after));
        var units = after.Rows.Concat(before.Rows).Select(row => row.Entry.Unit).DistinctBy(unit => unit.Code)
            .Select(unit => new MovedUnit(new(unit.Code, unit.Name), old.GetValueOrDefault(unit.Code), next.GetValueOrDefault(unit.Code)))
            .Where(unit => unit.Before != unit.After);
        return new(month, tier, before.RankedUnits, after.RankedUnits, [.. units]);
    }

    private static Dictionary<string, MovedPlace> Places(LeagueRanking ranking) =>
        ranking.Rows.ToDictionary(row => row.Entry.Unit.Code, row => new MovedPlace(row.Rank, row.IsBottomThree, row.IsLast));
}
