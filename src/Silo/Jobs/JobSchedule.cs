using Hotline.Api;
using Hotline.WorkCalendar;
using Quartz;

namespace Hotline.Silo;

/// <summary>Every schedule of the system. Quartz runs on every silo with its triggers in memory: what is due, closed or reminded stands in the database,
/// so a lost trigger loses nothing and two silos that run the same job do its work once.</summary>
internal static class JobSchedule
{
    /// <summary>How often tickets with a due alarm are looked for.</summary>
    public static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(2);

    /// <summary>What the jobs call, without any schedule.</summary>
    public static IServiceCollection AddJobServices(this IServiceCollection services) =>
        services.AddSingleton<SiloShare>().AddSingleton<Backoff>().AddSingleton<AlarmSweep>();

    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddJobServices();
        services.AddSingleton<Pulse>().AddHostedService(s => s.GetRequiredService<Pulse>());
        services.AddSingleton<IReadiness, JobReadiness>();
        services.AddQuartz(quartz =>
        {
            quartz.UseInMemoryStore();
            quartz.ConfigureScheduler(o => o.DefaultTimeZone = ShanghaiTime.Zone);
            quartz.ScheduleJob<SweepJob>(t => t.WithIdentity("sweep").StartNow().WithSimpleSchedule(s => s.WithInterval(SweepEvery).RepeatForever()));
            Ranking(quartz);
            quartz.ScheduleJob<HolidayCheckJob>(t => t.WithIdentity("holiday-check").StartNow().WithSimpleSchedule(s => s.WithInterval(TimeSpan.FromHours(1)).RepeatForever()));
            quartz.ScheduleJob<PromiseMovesJob>(t => t.WithIdentity("promise-moves").StartNow().WithSimpleSchedule(s => s.WithInterval(TimeSpan.FromMinutes(10)).RepeatForever()));
            quartz.ScheduleJob<SealJob>(t => t.WithIdentity("seal").StartNow().WithSimpleSchedule(s => s.WithInterval(TimeSpan.FromMinutes(1)).RepeatForever()));
            quartz.ScheduleJob<KeyPruningJob>(t => t.WithIdentity("key-pruning").StartNow().WithSimpleSchedule(s => s.WithInterval(TimeSpan.FromHours(1)).RepeatForever()));
        });
        return services.AddQuartzHostedService(o => (o.AwaitApplicationStarted, o.WaitForJobsToComplete) = (true, true));
    }

    /// <summary>On the 1st at 00:10, and from the start on every ten minutes, so that a first of the month spent powered off is caught up.</summary>
    private static void Ranking(IQuartzBuilder quartz)
    {
        var ranking = new JobKey("ranking");
        quartz.AddJob<RankingJob>(j => j.WithIdentity(ranking));
        quartz.AddTrigger<RankingJob>(t => t.WithIdentity("month-begins").ForJob(ranking).WithCronSchedule("0 10 0 1 * ?", c => c.InTimeZone(ShanghaiTime.Zone)));
        quartz.AddTrigger<RankingJob>(t => t.WithIdentity("ranking-again").ForJob(ranking).StartNow()
            .WithSimpleSchedule(s => s.WithInterval(TimeSpan.FromMinutes(10)).RepeatForever()));
    }
}
