using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>A unit's place in a table, as far as streaks need it.</summary>
/// <param name="Reason">The code of why it was not ranked.</param>
internal sealed record PastPlace(int? Rank, bool BottomThree, decimal? Score, string? Reason = null);

/// <summary>A month's table as far as streaks need it, published or computed alike.</summary>
/// <param name="Revision">0 for a table that is not published.</param>
internal sealed record PastTable(Month Month, int Revision, ScoringPolicy Policy, int RankedUnits, bool HasBottomThree, IReadOnlyDictionary<string, PastPlace> Places)
{
    public static PastTable Of(Month month, LeagueRanking ranking, ScoringPolicy policy) =>
        new(month, 0, policy, ranking.RankedUnits, ranking.HasBottomThree, ranking.Rows.ToDictionary(
            row => row.Entry.Unit.Code, row => new PastPlace(row.Rank, row.IsBottomThree, LeagueBodyRules.Shown(row.Entry.Score.Score),
                row.Reason is { } reason ? LeagueBodyRules.CodeOf(reason) : null), StringComparer.Ordinal));

    public static PastTable Of(LeagueBody body, int revision) =>
        new(body.Month, revision, body.Policy, body.RankedUnits, body.HasBottomThree, body.Rows.ToDictionary(
            row => row.Unit.Code, row => new PastPlace(row.Rank, row.BottomThree, row.Score, row.NotRankedReason), StringComparer.Ordinal));

    public static PastTable Of(LeagueTable table) =>
        new(table.Month, table.Revision, table.Policy, table.RankedUnits, HasEnough(table), table.Rows.ToDictionary(
            row => row.Unit.Code, row => new PastPlace(row.Rank, row.BottomThree, row.Score, row.NotRankedReason), StringComparer.Ordinal));

    private static bool HasEnough(LeagueTable table) => table.RankedUnits >= table.Policy.MinRankedForBottomThree;

    /// <summary>What the month did to a streak. A unit without a row was not ranked.</summary>
    public BottomOutcome OutcomeOf(string unit) => (HasBottomThree, Places.GetValueOrDefault(unit)) switch
    {
        (true, { Rank: not null, BottomThree: true }) => BottomOutcome.Inside,
        (true, { Rank: not null }) => BottomOutcome.Outside,
        _ => BottomOutcome.NotRanked,
    };

    public StreakTrail Continue(StreakTrail trail, string unit)
    {
        var outcome = OutcomeOf(unit);
        var place = outcome == BottomOutcome.Inside ? Places[unit] : null;
        return StreakRules.Earlier(trail, outcome, place is null ? null : new(Month, place.Rank!.Value, RankedUnits, place.Score!.Value, Revision), Policy);
    }
}
