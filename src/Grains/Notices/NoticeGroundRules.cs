using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Notices;

/// <summary>Which notices a published table bears. The guards (enough ranked units, no last place among equals, the good last one, the effective-callback
/// rate) are those of the table's own rules; nothing is judged anew here except the last place under <c>advisory</c>, which the table does not mark.</summary>
internal static class NoticeGroundRules
{
    /// <summary>The grounds of one revision; none for a table that is only read beside the one that counts.</summary>
    /// <param name="streaks">Over the newest revisions of all months: a correction of an earlier month counts.</param>
    public static IReadOnlyList<NoticeGround> Of(LeagueBody body, int revision, string hash, IReadOnlyDictionary<string, StreakTrail> streaks)
    {
        if (!LeagueViewRules.IsOfficial(body.Tier, body.Policy))
        {
            return [];
        }

        var blamed = Blamed(body);
        List<NoticeGround> grounds = [];
        foreach (var row in body.Rows)
        {
            var trail = streaks.GetValueOrDefault(row.Unit.Code) ?? StreakTrail.Start;
            void Add(NoticeKind kind, bool advisory) =>
                grounds.Add(new(kind, body.Month, body.Tier, row.Unit, revision, advisory, Evidence(body, revision, hash, row, kind, trail)));
            var advisory = body.Policy.Penalties == Penalties.Advisory;
            if (row.Flags.Contains(FlagRules.Commended))
            {
                Add(NoticeKind.Commend, false);
            }

            if (blamed.Contains(row.Unit.Code))
            {
                Add(NoticeKind.Criticise, advisory);
            }

            if (StreakRules.IsFlagged(row.BottomThree, trail.Length, body.Policy))
            {
                Add(NoticeKind.BottomThreeStreak, advisory);
            }
        }
        return grounds;
    }

    /// <summary>The figures of a published row as counts again: exact, for scores and pools.</summary>
    public static CountSet CountsOf(LeagueTableRow row) => PlaceRules.CountsOf(row).Counted;

    private static HashSet<string> Blamed(LeagueBody body)
    {
        if (body.Policy.Penalties == Penalties.On)
        {
            return [.. body.Rows.Where(r => r.Flags.Contains(FlagRules.Criticised)).Select(r => r.Unit.Code)];
        }

        // The exemption compares exact scores, which the published row shows rounded: they are formed again from its counts.
        var ranking = LeagueTableRules.Rank(body.Rows.Select(row => new LeagueEntry(new(row.Unit.Code, row.Unit.Name, default, null, null),
            new(CountsOf(row), default), ScoreRules.Score(CountsOf(row), body.Policy))), body.Policy);
        return [.. ranking.Rows.Where(r => r.IsCriticised).Select(r => r.Entry.Unit.Code)];
    }

    private static NoticeEvidence Evidence(LeagueBody body, int revision, string hash, LeagueTableRow row, NoticeKind kind, StreakTrail trail)
    {
        var isStreak = kind == NoticeKind.BottomThreeStreak;
        return new(revision, hash, body.Policy.Version, row.Rank, body.RankedUnits, row.Score, body.Median, row.ReplyRate, row.CompletionRate, row.SatisfactionRate,
            isStreak ? trail.Length : 0,
            isStreak ? [.. trail.Places.Select(p => new StreakMonth(p.Month, p.Rank, p.RankedUnits, p.Score, p.Month == body.Month ? revision : p.Revision))] : [],
            $"/api/v1/league-tables/{body.Month}?tier={Codes.Of(body.Tier)}&revision={revision}");
    }
}
