using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>A ranking formed of counts, for whatever purpose: live tables, trials and sandboxes reckon with this one function.</summary>
internal static class PlaceRules
{
    public static LeagueRanking Rank(IEnumerable<(LeagueUnit Unit, UnitCounts Counts)> units, ScoringPolicy policy) =>
        LeagueTableRules.Rank(units.Select(u => new LeagueEntry(u.Unit, u.Counts, ScoreRules.Score(u.Counts.Counted, policy))), policy);

    /// <summary>The counts of a published row, from which its exact scores can be reckoned again. What was excluded is known by its rates only and left out.</summary>
    public static UnitCounts CountsOf(LeagueTableRow row) => CountsOf(row.ReplyRate, row.CompletionRate, row.SatisfactionRate, row.Obligations);

    /// <summary>The same of a table's total.</summary>
    public static UnitCounts CountsOf(LeagueTotal total) =>
        CountsOf(total.ReplyRate, total.CompletionRate, total.SatisfactionRate, total.Obligations);

    /// <summary>A table read back, to be ranked again.</summary>
    public static IReadOnlyList<(LeagueUnit Unit, UnitCounts Counts)> UnitsOf(LeagueTable table) =>
        [.. table.Rows.Select(row => (new LeagueUnit(row.Unit.Code, row.Unit.Name, table.Tier == LeagueTier.Brigade ? UnitTier.Brigade : UnitTier.Station, null, null), CountsOf(row)))];

    private static UnitCounts CountsOf(DueRate reply, DueRate completion, SatisfactionRate answers, ObligationCounts owed)
    {
        var (first, none) = (answers.FirstAnswer, answers.UnreachedBy);
        return new(new(new(reply.Denominator, reply.Numerator, completion.Numerator),
            new(answers.Satisfied, answers.BasicallySatisfied, answers.Dissatisfied),
            new(first.Satisfied, first.BasicallySatisfied, first.Dissatisfied), new(none.Unreachable, none.Refused, none.WrongNumber, none.NoNumber)), default)
        {
            Outside = new(owed.Withdrawn, owed.Recalled, owed.HandedBack, owed.Suspended, owed.Compressed, owed.Excluded, owed.Transferred, owed.Diverted,
                owed.NotNeeded, owed.NotYetDue),
            BlamelessDissatisfied = answers.BlamelessDissatisfied,
        };
    }
}
