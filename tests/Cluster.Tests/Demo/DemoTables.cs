using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Silo.Demo;
using Hotline.Tickets;
using Hotline.WorkCalendar;

namespace Hotline.Cluster.Tests.Demo;

/// <summary>The tables of a generated history, counted straight from its rows.</summary>
internal sealed class DemoTables(DemoHistory history)
{
    public LeagueRanking Rank(UnitTier tier, int monthsAgo)
    {
        var month = history.Running;
        for (var i = 0; i < monthsAgo; i++)
        {
            month = month.Previous;
        }
        var entries = history.Branch.Units.Where(u => u.Tier == tier).Select(u => Entry(u, month));
        return LeagueTableRules.Rank(entries, ScoringPolicy.V1);
    }

    private LeagueEntry Entry(DemoUnit unit, Month month)
    {
        var rows = history.Tickets.Select(t => t.Row).Where(r => r.Unit == unit.Code && r.ExclusionReason is null).ToList();
        var due = rows.Select(r => (Row: r, Reply: Promise(r, unit))).Where(r => !r.Reply.Compressed && ShanghaiTime.MonthOf(r.Reply.DueAt) == month).ToList();
        var called = rows.Where(r => r.CalledBackAt is { } at && ShanghaiTime.MonthOf(at) == month).ToList();
        int With(HistoryResult result) => called.Count(r => r.Result == result);
        var answers = new AnswerCounts(With(HistoryResult.Satisfied), With(HistoryResult.BasicallySatisfied), With(HistoryResult.Dissatisfied));
        var reply = new DueCounts(
            due.Count,
            due.Count(r => r.Row.RepliedAt <= r.Reply.DueAt),
            due.Count(r => r.Row.RepliedAt <= r.Reply.DueAt && r.Row.ReviewedAt is not null));
        var counts = new UnitCounts(new CountSet(reply, answers, answers, new UnreachedCounts(With(HistoryResult.Unreachable), With(HistoryResult.Refused), 0, 0)), default);
        return new LeagueEntry(new LeagueUnit(unit.Code, unit.Name, unit.Tier, null, null), counts, ScoreRules.Score(counts.Counted, ScoringPolicy.V1));
    }

    private static Promise Promise(HistoryRecord row, DemoUnit unit) => DeadlineRules.For(
        Clock.Reply, row.Nature, row.Urgency, unit.Tier, row.DispatchedAt, row.UpstreamDueAt, WorkingCalendar.Shipped, DeadlinePolicy.V1)!;
}
