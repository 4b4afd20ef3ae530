using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Hotline.Api;

/// <summary>The schedule as the running host has it.</summary>
public sealed class JobScheduleTests(HotlineApp app)
{
    [Fact]
    public async Task Sweep_RunsEveryTwoSeconds_FromTheStart()
    {
        var trigger = Assert.IsAssignableFrom<ISimpleTrigger>(Assert.Single(await TriggersOf("SweepJob")));

        Assert.Equal(TimeSpan.FromSeconds(2), trigger.RepeatInterval);
        Assert.True(trigger.StartTimeUtc <= TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Ranking_RunsOnTheFirstAtTenPastMidnightInShanghai()
    {
        var trigger = Assert.Single((await TriggersOf("RankingJob")).OfType<ICronTrigger>());
        var shanghai = TimeSpan.FromHours(8);

        Assert.Equal("Asia/Shanghai", trigger.TimeZone.Id);
        var fire = trigger.GetFireTimeAfter(new DateTimeOffset(2026, 12, 5, 0, 0, 0, shanghai));
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 10, 0, shanghai), fire!.Value);
        Assert.Equal(new DateTimeOffset(2027, 2, 1, 0, 10, 0, shanghai), trigger.GetFireTimeAfter(fire)!.Value);
    }

    [Fact]
    public async Task Ranking_RunsAtStartAndEveryTenMinutes()
    {
        var trigger = Assert.Single((await TriggersOf("RankingJob")).OfType<ISimpleTrigger>());

        Assert.Equal(TimeSpan.FromMinutes(10), trigger.RepeatInterval);
        Assert.True(trigger.StartTimeUtc <= TimeProvider.System.GetUtcNow());
    }

    private async Task<IReadOnlyList<ITrigger>> TriggersOf(string job)
    {
        var scheduler = await app.Host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        foreach (var key in await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup()))
        {
            if ((await scheduler.GetJobDetail(key))!.JobType.FullName.Contains("." + job, StringComparison.Ordinal))
            {
                return [.. await scheduler.GetTriggersOfJob(key)];
            }
        }
        return [];
    }
}
