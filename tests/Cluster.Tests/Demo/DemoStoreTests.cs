using Hotline.Notices;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Silo;
using Hotline.Silo.Demo;
using Hotline.Api;
using Hotline.Units;
using Hotline.WorkCalendar;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hotline.Cluster.Tests.Demo;

/// <summary>The demo in a real silo on an empty SQLite store.</summary>
public sealed class DemoStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hotline-demo").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task PublishedTables_OfAReplayedMonth_SayWhatCountingTheRowsSays()
    {
        await using var app = Host(demo: false);
        await app.StartAsync();
        var history = LastMonthOf(DemoHistory.Generate(1, TimeProvider.System.GetUtcNow(), WorkingCalendar.Shipped));
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        var replay = new DemoReplay(grains, app.Services.GetRequiredService<UnitDirectory>());

        await replay.Units(history);
        await replay.Tickets(history, _ => { }, CancellationToken.None);
        await new DemoPublication(grains).Publish(history, CancellationToken.None);

        foreach (var (tier, units) in new[] { (LeagueTier.Station, UnitTier.Station), (LeagueTier.Brigade, UnitTier.Brigade) })
        {
            var table = (await grains.GetGrain<ILeagueTablesGrain>(LeagueKeys.Tables).Get(history.First, tier, null)).Value!;
            var counted = new DemoTables(history).Rank(units, monthsAgo: 1);
            Assert.Equal(LeagueStatus.Published, table.Status);
            Assert.Equal(counted.Rows.Select(Line), table.Rows.Select(Line));
        }
        await app.StopAsync();
    }

    [Fact]
    public async Task Demo_OnAStoreThatHasAUnit_RefusesToStart()
    {
        await using (var first = Host(demo: false))
        {
            await first.StartAsync();
            var unit = new DescribeUnit("东关派出所", UnitTier.Station, null, null, null, null, null, null);
            Assert.True((await first.Services.GetRequiredService<IGrainFactory>().GetGrain<IUnitGrain>(UnitKeys.Of("DG")).Describe(unit, Actor.System)).IsDone);
            await first.StopAsync();
        }

        await using var second = Host(demo: true);
        var refused = await Assert.ThrowsAsync<StartRefusedException>(second.DemandEmptyStore);
        Assert.Equal("demo.not-empty", refused.Code);
    }

    [Fact]
    public async Task WholeStory_LeavesIssuedNotices_ReportsGivenAndOwed_DraftsOfTheLastMonth_AndListsOfFinishedQuarters()
    {
        await using var app = Host(demo: true);
        await app.StartAsync();
        await app.Services.GetServices<IHostedService>().OfType<DemoFill>().Single().ExecuteTask!;

        var grains = app.Services.GetRequiredService<IGrainFactory>();
        var running = ShanghaiTime.MonthOf(TimeProvider.System.GetUtcNow());
        var notices = (await grains.GetGrain<INoticesGrain>(INoticesGrain.Key).List(new(), 200, null, false)).Value!.Items;
        var (last, past) = (notices.Where(n => n.Month == running.Previous).ToList(), notices.Where(n => n.Month < running.Previous).ToList());
        Assert.NotEmpty(last);
        Assert.All(last, n => Assert.Equal(NoticeStatus.Drafted, n.Status));
        Assert.All(past, n => Assert.Equal((NoticeStatus.Issued, DemoPeople.Leader.Name), (n.Status, n.IssuedBy)));
        Assert.Equal([NoticeKind.Commend, NoticeKind.Criticise, NoticeKind.BottomThreeStreak], past.Select(n => n.Kind).Distinct().Order());
        Assert.Contains(past, n => n.Task is { DeliveredOn: not null });
        Assert.Contains(past, n => n.OwesReport && n.Month == running.Previous.Previous);

        // Twelve past months hold three whole quarters at least; the one that is running is not among them.
        var quarter = Quarter.Of(running);
        for (var i = 0; i < 3; i++)
        {
            quarter = Quarter.Of(quarter.First.Previous);
            var lists = (await grains.GetGrain<IQuarterGrain>(AwardKeys.Of(quarter)).Lists(null, null, false)).Value!.Lists;
            Assert.All(lists, l => Assert.Equal((AwardStatus.Approved, 1, DemoPeople.Leader.Name), (l.Stage.Status, l.Stage.Revision, l.Stage.ApprovedBy)));
            Assert.All(lists, l => Assert.InRange(l.Units.Count, 1, 5));
        }
        await app.StopAsync();
    }

    private WebApplication Host(bool demo) => Silo.Program.Build(WebApplication.CreateSlimBuilder(),
        new SiloOptions("http://127.0.0.1:0", _folder, null, "test-bootstrap-key-0123456789") { Demo = demo });

    /// <summary>Only what the last full month's tables are made of.</summary>
    private static DemoHistory LastMonthOf(DemoHistory history)
    {
        var month = history.Running.Previous;
        return history with
        {
            First = month,
            Tickets = [.. history.Tickets.Where(t => ShanghaiTime.MonthOf(t.Row.ReceivedAt) == month || t.Row.CalledBackAt is { } at && ShanghaiTime.MonthOf(at) == month
                || ShanghaiTime.MonthOf(t.Row.DispatchedAt.AddDays(12)) == month)],
            Waiting = [],
        };
    }

    private static string Line(LeagueRow row) => FormattableString.Invariant(
        $"{row.Rank} {row.Entry.Unit.Code} {row.Entry.Score.Score?.Rounded(2)} reply {row.Entry.Score.Reply.Numerator}/{row.Entry.Score.Reply.Denominator} completion {row.Entry.Score.Completion.Numerator} satisfaction {row.Entry.Score.Satisfaction.Numerator:0.0}/{row.Entry.Score.Satisfaction.Denominator} {row.IsBottomThree}");

    private static string Line(LeagueTableRow row) => FormattableString.Invariant(
        $"{row.Rank} {row.Unit.Code} {row.Score} reply {row.ReplyRate.Numerator}/{row.ReplyRate.Denominator} completion {row.CompletionRate.Numerator} satisfaction {row.SatisfactionRate.Numerator:0.0}/{row.SatisfactionRate.Denominator} {row.BottomThree}");
}
