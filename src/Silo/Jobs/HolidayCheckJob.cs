using Hotline.Reminders;
using Hotline.WorkCalendar;
using Quartz;

namespace Hotline.Silo;

/// <summary>Reminds the administrators of a year whose holiday notice is missing, and stops when it is there.</summary>
[DisallowConcurrentExecution]
internal sealed class HolidayCheckJob(IGrainFactory grains, CalendarSource calendars, TimeProvider clock) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var calendar = await calendars.Refresh();
        var board = grains.GetGrain<IReminderGrain>(IReminderGrain.Key);
        await board.Settle(HolidayNoticeRules.Settled(calendar, clock.GetUtcNow()));
        await board.Remind(HolidayNoticeRules.Due(calendar, clock.GetUtcNow()));
    }
}
