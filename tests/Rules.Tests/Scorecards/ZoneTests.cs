using System.Text;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Tickets;
using Hotline.WorkCalendar;

namespace Hotline.Rules.Tests.Scorecards;

/// <summary>From a ticket's events to the published bytes, wherever the process believes to be.</summary>
public sealed class ZoneTests
{
    [Theory, InlineData("America/New_York"), InlineData("Pacific/Kiritimati"), InlineData("Asia/Shanghai")]
    public void PublishedBytes_DoNotDependOnTheProcessesTimeZone(string zone)
    {
        var before = Environment.GetEnvironmentVariable("TZ");
        try
        {
            // Due in the last second of October in Shanghai, answered in the first of November.
            var due = ShanghaiTime.EndOf(new Month(2026, 10)).AddSeconds(-1);
            var expected = Published(due);
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
            Assert.Equal(zone, TimeZoneInfo.Local.Id);
            Assert.Equal(expected, Published(due));
            Assert.Equal((202610, 202611), (expected.Reply, expected.Answer));
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", before);
            TimeZoneInfo.ClearCachedData();
        }
    }

    private static (int? Reply, int? Answer, string Hash) Published(DateTimeOffset due)
    {
        var start = due.AddDays(-3);
        var journal = new TicketJournal("T-aaaa", null, new TextHasher(new byte[32]));
        journal.Record(new Registered("12345", "1", Nature.Help, Urgency.Ordinary, null, null, start, null, null, false, null, []), start, "me");
        journal.Record(new Dispatched("A", [], [new(Clock.Reply, start, due, null, null, false, false, "v1", "1")]), start, "me");
        journal.Record(new Replied(Finding.True, OutcomeType.Solved, Channel.Phone, null, []), due, "unit");
        journal.Record(new ReplyApproved([]), due, "reviewer");
        journal.Record(new CalledBack(CallOutcome.Answered, true, true, Satisfaction.Satisfied, true, []), due.AddSeconds(1), "centre");
        var scored = TicketProjection.Scored(journal.State!);
        var counts = CountRow.Of(scored, due.ToUnixTimeMilliseconds()).Where(c => c.Month == 202610).Aggregate(UnitCounts.None, (sum, c) => sum + c.Counts);
        var policy = ScoringPolicy.V1;
        var entry = new LeagueEntry(new("A", "甲所", UnitTier.Station, null, null), counts, ScoreRules.Score(counts.Counted, policy));
        var body = LeagueBodyRules.Body(new(2026, 10), LeagueTier.Station, LeagueTableRules.Rank([entry], policy), policy, new Dictionary<string, StreakTrail>());
        return (scored.Obligations[0].Month, scored.Answers[0].Month, Revision.Hash(Encoding.UTF8.GetString(LeagueCanon.Bytes(body))));
    }
}
