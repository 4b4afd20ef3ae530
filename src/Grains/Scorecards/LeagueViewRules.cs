using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>From figures to the table that people read: where it stands, what its notes say, and where its tickets are.</summary>
internal static class LeagueViewRules
{
    private const long VersionsBeforePublication = 1_000_000;

    /// <summary>Publication is later than any change before it.</summary>
    public static long VersionOf(LeagueRevision revision) => revision.Number * VersionsBeforePublication;

    public static LeagueTable View(LeagueBody body, LeagueRevision revision) =>
        View(body, revision.Number > 1 ? LeagueStatus.Corrected : LeagueStatus.Published, revision.CutoffAt) with
        {
            Revision = revision.Number,
            Version = VersionOf(revision),
            ContentHash = revision.ContentHash,
        };

    public static LeagueTable View(LeagueBody body, LeagueStanding standing, DateTimeOffset asOf) =>
        View(body, standing.ClosedAt is null ? LeagueStatus.Live : LeagueStatus.Provisional, asOf) with
        {
            Version = standing.Version,
            Proposal = standing.Proposal is { } p ? new(p.ProposedBy, p.CutoffAt, p.ContentHash) : null,
        };

    /// <summary>Units in the month's bottom three with a streak long enough to report, or one month short of it.</summary>
    public static BottomThreeFlags Flags(LeagueTable table, bool atRisk)
    {
        var policy = table.Policy;
        var flagged = table.Rows.Where(row => StreakRules.IsFlagged(row.BottomThree, row.BottomThreeStreak, policy)
            || (atRisk && StreakRules.IsAtRisk(row.BottomThree, row.BottomThreeStreak, policy)));
        return new(table.Month, table.Tier, table.Status, policy.StreakMonths, policy.Penalties,
            [.. flagged.Select(row => new BottomThreeFlag(row.Unit, row.BottomThreeStreak, row.StreakMonths))]);
    }

    /// <summary>Whether this table counts, or is only read beside the one that counts.</summary>
    public static bool IsOfficial(LeagueTier tier, ScoringPolicy policy) => (tier == LeagueTier.All) == (policy.Tables == TableForm.Single);

    private static LeagueTable View(LeagueBody body, LeagueStatus status, DateTimeOffset asOf) => new(
        body.Month, body.Tier, status, 0, 0, asOf, body.Policy.Version, null, IsOfficial(body.Tier, body.Policy), body.Policy,
        body.RankedUnits, body.Median, [.. body.Notes.Select(code => LeagueBodyRules.Remark(code, body.Policy))], null, body.Total,
        [.. body.Rows.Select(row => Linked(row, body.Month))]);

    private static LeagueTableRow Linked(LeagueTableRow row, Month month)
    {
        string Link(string measure) => $"/api/v1/tickets?scoredUnit={Uri.EscapeDataString(row.Unit.Code)}&measure={measure}&month={month}";
        return row with
        {
            ReplyRate = row.ReplyRate with { Tickets = Link("reply") },
            CompletionRate = row.CompletionRate with { Tickets = Link("completion") },
            SatisfactionRate = row.SatisfactionRate with { Tickets = Link("satisfaction"), UnreachedTickets = Link("unreached") },
        };
    }
}
