using Hotline.Documents;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using static Hotline.Rules.Tests.Scorecards.Samples;

namespace Hotline.Rules.Tests.Documents;

/// <summary>Short ways to a month's bulletin.</summary>
internal static class Bulletins
{
    public static readonly Month October = new(2026, 10);
    public static readonly DateTimeOffset Cutoff = new(2026, 11, 4, 2, 0, 0, TimeSpan.Zero);
    public static readonly string Hash = new('a', 64);

    /// <summary>A table of units, each with a name and its counts.</summary>
    public static LeagueTable Table(IEnumerable<(string Code, string Name, CountSet Counts)> units, ScoringPolicy? policy = null, int revision = 1,
        LeagueTier tier = LeagueTier.Station, params (string Unit, StreakTrail Trail)[] streaks)
    {
        var rules = policy ?? V1;
        var ranking = LeagueTableRules.Rank(units.Select(u => new LeagueEntry(new(u.Code, u.Name, UnitTier.Station, null, null), new(u.Counts, default),
            ScoreRules.Score(u.Counts, rules))), rules);
        var body = LeagueBodyRules.Body(October, tier, ranking, rules, streaks.ToDictionary(s => s.Unit, s => s.Trail));
        return revision == 0
            ? LeagueViewRules.View(body, new LeagueStanding(1, Cutoff, null), Cutoff)
            : LeagueViewRules.View(body, new Revision(RevisionKind.Table, October.ToString(), tier, revision, Hash, "", "director", "leader", null, Cutoff, Cutoff));
    }

    /// <summary>Eight stations: the best commended, two tied, one not ranked, the last in its third month of the bottom three.</summary>
    public static LeagueTable Stations(int revision = 1) => Table(
        [
            ("DG", "东关派出所", Counts(40, 40, 40, 20)), ("XG", "西关派出所", Counts(30, 30, 29, 18, 1, 1, 5)), ("NM", "南门派出所", Counts(30, 30, 29, 18, 1, 1, 5)),
            ("BM", "北门派出所", Counts(20, 19, 18, 9, 0, 1)), ("HX", "湖西派出所", Counts(20, 18, 17, 9, 0, 2)), ("CX", "城西派出所", Counts(20, 17, 15, 8, 1, 3)),
            ("WL", "五里派出所", Counts(20, 15, 12, 6, 1, 5)), ("XB", "小北派出所", Counts(3, 2, 2, 2))
        ],
        revision: revision,
        streaks: ("WL", new StreakTrail([new(new(2026, 8), 12, 14, 88.1m, 1), new(new(2026, 9), 13, 14, 80m, 1), new(October, 7, 7, 60m, 0)], true)));

    public static Bulletin Of(params LeagueTable[] tables) =>
        new("测试公安分局", null, October, [.. tables.Select(t => new BulletinTable(t, t.Revision == 0 ? null : LineOf(t.Revision), t.Revision > 1 ? Changes(t) : null))]);

    public static BulletinTickets NoTickets { get; } = new([], []);

    /// <summary>A ticket of the unit that is due in the month and was answered.</summary>
    public static ScoredTicket Ticket(string unit, string number, bool onTime = true, int answer = 1, bool excluded = false) => new(
        "T-" + number, number, new(unit, false, October.Key, At(9, 30), At(1, 0), onTime, onTime, 0, excluded, false),
        new(unit, October.Key, At(10, 0), answer, answer, excluded, false));

    private static long At(int hour, int minute) => new DateTimeOffset(2026, 10, 12, hour, minute, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static RevisionLine LineOf(int revision) => new(revision, revision > 1 ? LeagueStatus.Corrected : LeagueStatus.Published,
        revision > 1 ? "核实后认定两件工单的回访结果登记有误。" : null, "director", "leader", Cutoff, Cutoff.AddDays(1), Hash, true);

    private static LeagueChanges Changes(LeagueTable table) => new(October, table.Tier, table.Revision, false, "登记有误",
        [
            new(table.Rows[0].Unit, new(2, 90m, new(30, 30, 1), new(29, 30, 0.9666666667m), new(9, 10, 0.9m), false, 0, []),
                new(1, 91m, new(30, 30, 1), new(30, 30, 1), new(9, 10, 0.9m), true, 1, [])),
            new(table.Rows[1].Unit, null, new(3, 80m, new(1, 1, 1), new(1, 1, 1), new(9, 10, 0.9m), false, 0, []))
        ],
        []);
}
