using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Silo.Demo;
using Hotline.Tickets;
using Hotline.WorkCalendar;

namespace Hotline.Cluster.Tests.Demo;

/// <summary>The generated branch shows what it is meant to show, whenever it is generated.</summary>
public sealed class DemoHistoryTests
{
    public static TheoryData<string> Instants => ["2026-11-22T16:40:00Z", "2026-03-02T01:00:00Z", "2026-08-31T15:59:59Z", "2027-01-01T02:00:00Z"];

    private static DemoHistory At(string instant, int seed = 1) =>
        DemoHistory.Generate(seed, DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), WorkingCalendar.Shipped);

    [Theory, MemberData(nameof(Instants))]
    public void Generate_StaysUnderTenThousand_AndNeverInTheFuture(string instant)
    {
        var now = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
        var history = At(instant);

        Assert.InRange(history.Tickets.Count + history.Waiting.Count, 7_000, 10_000);
        Assert.All(history.Tickets, t => Assert.All(Known(t.Row), at => Assert.True(at < now)));
        Assert.All(history.Waiting, w => Assert.True(w.ReceivedAt < now));
        Assert.Equal(history.Tickets.Count, history.Tickets.Select(t => (t.Row.Source, t.Row.ExternalNo)).Distinct().Count());
    }

    [Theory, MemberData(nameof(Instants))]
    public void Rows_KeepTheOrderOfAHistoryFile(string instant) => Assert.All(At(instant).Tickets, t =>
    {
        var known = Known(t.Row).ToList();
        Assert.Equal(known.Order(), known);
        Assert.Equal(t.Row.CalledBackAt is null, t.Row.Result is null);
        Assert.True(t.Row.CalledBackAt is null || t.Row.ReviewedAt is not null);
        Assert.True(t.Row.ReviewedAt is null || t.Row.RepliedAt is not null);
        Assert.DoesNotContain('{', t.Row.Title + t.Row.Content + t.Row.ReplyText);
        Assert.True(t.Row.Caller is null || t.Row.Caller.Phone!.StartsWith("1990000", StringComparison.Ordinal));
    });

    [Fact]
    public void Generate_SameSeedAndInstant_GivesTheSameHistory()
    {
        var (first, second) = (At("2026-11-22T16:40:00Z"), At("2026-11-22T16:40:00Z"));

        Assert.Equal(first.Tickets, second.Tickets);
        Assert.Equal(first.Waiting, second.Waiting);
        Assert.NotEqual(first.Tickets, At("2026-11-22T16:40:00Z", seed: 2).Tickets);
    }

    [Theory, MemberData(nameof(Instants))]
    public void BottomThree_OfEveryPastMonth_IsTheScriptedOne(string instant)
    {
        var tables = new DemoTables(At(instant));
        for (var ago = 1; ago <= DemoScript.Months; ago++)
        {
            var bottom = tables.Rank(UnitTier.Station, ago).Rows.Where(r => r.IsBottomThree).Select(r => r.Entry.Unit.Code).Order(StringComparer.Ordinal);
            Assert.Equal(DemoScript.BottomThree(ago).Order(StringComparer.Ordinal), bottom);
        }
    }

    [Theory, MemberData(nameof(Instants))]
    public void LastMonths_ShowFullMarks_Ties_AndAUnitBelowTheMinimum(string instant)
    {
        var tables = new DemoTables(At(instant));
        var third = tables.Rank(UnitTier.Station, 3).Rows;
        LeagueRow Of(string code) => third.Single(r => r.Entry.Unit.Code == code);

        Assert.Equal(1, Of("WC").Rank);
        Assert.Equal(Fraction.Hundred, Of("WC").Entry.Score.Score);
        Assert.Equal(Of("TY").Rank, Of("SQ").Rank);
        Assert.NotEqual(Fraction.Hundred, Of("TY").Entry.Score.Score);
        Assert.Equal(NotRanked.TooFewCallbacks, tables.Rank(UnitTier.Station, 2).Rows.Single(r => r.Entry.Unit.Code == "YK").Reason);
        Assert.All(Enumerable.Range(1, DemoScript.Months), ago => Assert.False(tables.Rank(UnitTier.Brigade, ago).HasBottomThree));
    }

    [Fact]
    public void Months_ShowTheSummerPeak_AndTheKindsThatScoringTellsApart()
    {
        var rows = At("2026-11-22T16:40:00Z").Tickets.Select(t => t.Row).ToList();
        int Noise(params int[] months) => rows.Count(r => r.Topic == "社会生活噪声" && months.Contains(ShanghaiTime.MonthOf(r.ReceivedAt).Number));

        Assert.True(Noise(6, 7, 8) > 2 * Noise(2, 3, 4));
        Assert.InRange(rows.Count(r => r.Urgency == Urgency.Urgent), 100, 400);
        Assert.InRange(rows.Count(r => r.ExclusionReason is not null), 20, 300);
        Assert.InRange(rows.Count(r => r.Result == HistoryResult.Dissatisfied), 100, 900);
        Assert.Contains(rows, r => r.UpstreamDueAt is not null && ShanghaiTime.DateOf(r.UpstreamDueAt.Value) == ShanghaiTime.DateOf(r.DispatchedAt));
        Assert.True(rows.Select(r => r.Title).Distinct().Count() > 1_000);
    }

    [Fact]
    public void RecentTickets_StandInManyStages()
    {
        var history = At("2026-11-20T06:00:00Z");
        var open = history.Tickets.Where(t => t.KeepOpen).Select(t => t.Row).ToList();

        Assert.Contains(open, r => r.AcceptedAt is null);
        Assert.Contains(open, r => r.AcceptedAt is not null && r.ContactedAt is null);
        Assert.Contains(open, r => r.ContactedAt is not null && r.RepliedAt is null);
        Assert.Contains(open, r => r.RepliedAt is not null && r.ReviewedAt is null);
        Assert.Contains(open, r => r.ReviewedAt is not null && r.CalledBackAt is null);
        Assert.Contains(open, r => r.Result == HistoryResult.Dissatisfied);
        Assert.NotEmpty(history.Waiting);
    }

    private static IEnumerable<DateTimeOffset> Known(HistoryRecord r) =>
        new[] { r.ReceivedAt, r.DispatchedAt, r.AcceptedAt, r.ContactedAt, r.RepliedAt, r.ReviewedAt, r.CalledBackAt }.OfType<DateTimeOffset>();
}
