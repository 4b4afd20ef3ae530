using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>From figures to the table that people read: where it stands, what its notes say, and where its tickets are.</summary>
internal static class LeagueViewRules
{
    private const long VersionsBeforePublication = 1_000_000;

    /// <summary>Publication is later than any change before it.</summary>
    public static long VersionOf(Revision revision) => revision.Number * VersionsBeforePublication;

    /// <summary>A published table whose correction waits for approval.</summary>
    public static long VersionOf(Revision revision, LeagueStanding standing) => VersionOf(revision) + standing.Version;

    public static LeagueTable View(LeagueBody body, Revision revision)
    {
        var table = View(body, StatusOf(revision), revision.CutoffAt);
        return table with
        {
            Revision = revision.Number,
            Version = VersionOf(revision),
            ContentHash = revision.ContentHash,
            Rows = [.. table.Rows.Select(row => Linked(row, Then(table, row, $"&revision={revision.Number}")) with { StreakMonths = Numbered(row.StreakMonths, revision) })],
        };
    }

    /// <summary>A published table with the correction that waits for approval.</summary>
    public static LeagueTable WithProposal(LeagueTable published, LeagueStanding standing) => standing.Proposal is null
        ? published
        : published with { Version = published.Version + standing.Version, Proposal = PublicationProposal.Of(standing.Proposal) };

    public static LeagueStatus StatusOf(Revision revision) => revision.Number > 1 ? LeagueStatus.Corrected : LeagueStatus.Published;

    /// <summary>The published bytes cannot hold the number that publication gives them; whoever reads them knows it.</summary>
    private static IReadOnlyList<StreakMonth> Numbered(IReadOnlyList<StreakMonth> months, Revision revision) =>
        [.. months.Select(m => m.Month == revision.Month ? m with { Revision = revision.Number } : m)];

    public static LeagueTable View(LeagueBody body, LeagueStanding standing, DateTimeOffset asOf, DateTimeOffset? objectionsUntil = null)
    {
        var table = View(body, standing.ClosedAt is null ? LeagueStatus.Live : LeagueStatus.Provisional, asOf);
        return table with
        {
            Version = standing.Version,
            Proposal = PublicationProposal.Of(standing.Proposal),
            Rows = standing.Proposal is null ? table.Rows : [.. table.Rows.Select(row => Linked(row, Then(table, row, "")))],
            ClosedAt = standing.ClosedAt,
            ObjectionsUntil = objectionsUntil,
        };
    }

    /// <summary>A published table with the streaks as the newest revisions make them; its own figures stay.</summary>
    public static LeagueTable WithStreaks(LeagueTable table, IReadOnlyDictionary<string, StreakTrail> now) =>
        table with { Rows = [.. table.Rows.Select(row => row with { StreakNow = Now(row, now.GetValueOrDefault(row.Unit.Code), table.Policy) })] };

    private static StreakNow? Now(LeagueTableRow row, StreakTrail? trail, ScoringPolicy policy) => trail is null ? null : new(
        trail.Length, LeagueBodyRules.Months(trail), StreakRules.IsFlagged(row.BottomThree, trail.Length, policy), trail.Length != row.BottomThreeStreak);

    /// <summary>Units in the month's bottom three with a streak long enough to report, or one month short of it: as the newest revisions say.</summary>
    public static BottomThreeFlags Flags(LeagueTable table, bool atRisk)
    {
        var policy = table.Policy;
        var units = table.Rows.Select(row => (Row: row, Flag: Flag(row, table))).ToList();
        var flagged = units.Where(u => StreakRules.IsFlagged(u.Row.BottomThree, u.Flag.Streak, policy)
            || (atRisk && StreakRules.IsAtRisk(u.Row.BottomThree, u.Flag.Streak, policy)));
        var lifted = units.Where(u => StreakRules.IsFlagged(u.Row.BottomThree, u.Row.BottomThreeStreak, policy)
            && !StreakRules.IsFlagged(u.Row.BottomThree, u.Flag.Streak, policy));
        return new(table.Month, table.Tier, table.Status, policy.StreakMonths, policy.Penalties,
            [.. flagged.Select(u => u.Flag)], [.. lifted.Select(u => u.Flag)]);
    }

    private static BottomThreeFlag Flag(LeagueTableRow row, LeagueTable table) => new(row.Unit, row.StreakNow?.Streak ?? row.BottomThreeStreak,
        row.StreakNow?.Months ?? row.StreakMonths, table.Revision == 0 ? null : row.BottomThreeStreak);

    /// <summary>Whether this table counts, or is only read beside the one that counts.</summary>
    public static bool IsOfficial(LeagueTier tier, ScoringPolicy policy) => (tier == LeagueTier.All) == (policy.Tables == TableForm.Single);

    private static LeagueTable View(LeagueBody body, LeagueStatus status, DateTimeOffset asOf) => new(
        body.Month, body.Tier, status, 0, 0, asOf, body.Policy.Version, null, IsOfficial(body.Tier, body.Policy), body.Policy,
        body.RankedUnits, body.Median, [.. body.Notes.Select(code => LeagueBodyRules.Remark(code, body.Policy))], null, body.Total,
        [.. body.Rows.Select(row => Linked(row, m => $"/api/v1/tickets?scoredUnit={Uri.EscapeDataString(row.Unit.Code)}&measure={m}&month={body.Month}"))]);

    /// <summary>The tickets as they stood when fixed figures were taken.</summary>
    private static Func<string, string> Then(LeagueTable table, LeagueTableRow row, string revision) => measure =>
        $"/api/v1/league-tables/{table.Month}/units/{Uri.EscapeDataString(row.Unit.Code)}/tickets?tier={Codes.Of(table.Tier)}&measure={measure}{revision}";

    private static LeagueTableRow Linked(LeagueTableRow row, Func<string, string> link) => row with
    {
        ReplyRate = row.ReplyRate with { Tickets = link("reply") },
        CompletionRate = row.CompletionRate with { Tickets = link("completion") },
        SatisfactionRate = row.SatisfactionRate with { Tickets = link("satisfaction"), UnreachedTickets = link("unreached") },
        Obligations = row.Obligations with { Tickets = link("{count}") },
    };
}
