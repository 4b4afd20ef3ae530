using Hotline.Policies;

namespace Hotline.Scorecards;

/// <summary>Two tables of one month side by side.</summary>
internal static class PolicyTrialRules
{
    private const string Note = "试算结果：按现有工单以所选版本重新计算，不存入，不影响任何排名。";

    public static PolicyTrial Compare(LeagueBody before, LeagueBody after, DateTimeOffset asOf)
    {
        var old = before.Rows.ToDictionary(r => r.Unit.Code);
        return new(true, Note, after.Month, after.Tier, after.Policy.Version, before.Policy.Version, asOf, before.RankedUnits, after.RankedUnits,
            ScoringDiffRules.Changes(before.Policy, after.Policy), [.. after.Rows.Select(row => Row(old[row.Unit.Code], row))]);
    }

    private static TrialRow Row(LeagueTableRow before, LeagueTableRow after)
    {
        var isSame = (before.Rank, before.Score, before.BottomThree) == (after.Rank, after.Score, after.BottomThree) && before.Flags.SequenceEqual(after.Flags);
        return new(after.Unit, before.Rank, after.Rank, before.Score, after.Score, before.BottomThree, after.BottomThree, before.Flags, after.Flags, !isSame);
    }
}
