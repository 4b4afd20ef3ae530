using System.Diagnostics;
using Hotline.WorkCalendar;

namespace Hotline.Silo.Demo;

/// <summary>From an empty store to a branch with a year behind it: units, tickets, what happened just now, published tables.</summary>
internal sealed class DemoStory(CalendarSource calendars, TimeProvider clock, DemoReplay replay, DemoToday today, DemoPublication publication, DemoAwards awards)
{
    private const int Seed = 12345;
    private const int ProgressStep = 2000;

    public async Task Tell(CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var now = clock.GetUtcNow();
        var history = DemoHistory.Generate(Seed, now, await calendars.Refresh());
        var total = history.Tickets.Count;
        Console.WriteLine($"演示数据：{history.Branch.Units.Count} 个单位、{total + history.Waiting.Count} 件工单（{history.First} 至今），正在后台载入……");
        await replay.Units(history);
        await replay.Tickets(history, done => Progress(done, total, watch), stop);
        await today.Play(history, now);
        var tables = await publication.Publish(history, stop);
        var (issued, lists) = await awards.Give(history, stop);
        Console.WriteLine($"演示数据就绪：{tables} 张月度排名表已公布，{issued} 份通报已签发，{lists} 份季度优秀单位名单已批准，用时 {watch.Elapsed.TotalSeconds:0.0} 秒。"
            + $"可先看 {history.Running.Previous} 月派出所排名：/api/v1/league-tables/{history.Running.Previous}?tier=station");
    }

    private static void Progress(int done, int total, Stopwatch watch)
    {
        if (done % ProgressStep == 0 || done == total)
        {
            Console.WriteLine($"  已载入 {done}/{total} 件（{done / watch.Elapsed.TotalSeconds:0} 件/秒）");
        }
    }
}
