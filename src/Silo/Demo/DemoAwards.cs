using Hotline.Notices;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Silo.Demo;

/// <summary>Issues the notices of past months, records old reports as given, and approves the lists of finished quarters. What the last month brought is
/// left for the visitor to issue or withdraw.</summary>
internal sealed class DemoAwards(IGrainFactory grains, TimeProvider clock)
{
    private const int MostNotices = 200;

    /// <summary>How many notices went out, and how many lists were approved.</summary>
    public async Task<(int Issued, int Lists)> Give(DemoHistory history, CancellationToken stop)
    {
        var (issued, lists) = (0, 0);
        for (var month = history.First; month < history.Running.Previous; month = month.Next)
        {
            stop.ThrowIfCancellationRequested();
            issued += await Issue(month, isOld: month < history.Running.Previous.Previous);
        }

        for (var quarter = Quarter.Of(history.First); quarter.Last < history.Running; quarter = quarter.Next)
        {
            stop.ThrowIfCancellationRequested();
            lists += quarter.First < history.First ? 0 : await Approve(quarter);
        }
        return (issued, lists);
    }

    private async Task<int> Issue(Month month, bool isOld)
    {
        var drafts = Expect(await grains.GetGrain<INoticesGrain>(INoticesGrain.Key).List(new(month, Status: NoticeStatus.Drafted), MostNotices, null, false)).Items;
        foreach (var draft in drafts)
        {
            var notice = grains.GetGrain<INoticeGrain>(draft.Id);
            var issued = Expect(await notice.Issue(null, null, DemoPeople.Leader.Actor));
            if (isOld && issued.OwesReport)
            {
                Expect(await notice.Deliver(ShanghaiTime.DateOf(clock.GetUtcNow()), "已在一把手会议上作检查", DemoPeople.Director.Actor));
            }
        }
        return drafts.Count;
    }

    private async Task<int> Approve(Quarter quarter)
    {
        var grain = grains.GetGrain<IQuarterGrain>(AwardKeys.Of(quarter));
        LeagueTier[] tiers = [LeagueTier.Station, LeagueTier.Brigade];
        foreach (var tier in tiers)
        {
            Expect(await grain.Propose(tier, null, DemoPeople.Director.Actor));
            Expect(await grain.Approve(tier, DemoPeople.Leader.Actor));
        }
        return tiers.Length;
    }

    private static T Expect<T>(Result<T> step) where T : class => step.Rejection is { } rejection ? throw new DemoException(rejection) : step.Value!;
}
