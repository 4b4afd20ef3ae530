using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Reminders;

/// <summary>放假通知: the State Council publishes next year's in November. Until it is imported, due times that reach into that year are provisional.</summary>
internal static class HolidayNoticeRules
{
    private const int NoticeMonth = 11;

    /// <summary>What to import: this year's notice when it is missing, and from November on next year's.</summary>
    public static IReadOnlyList<Reminder> Due(WorkingCalendar calendar, DateTimeOffset now) =>
        [.. Wanted(now).Where(year => !calendar.IsLoaded(year)).Select(year => Missing(year, now))];

    /// <summary>The subjects of the years that are loaded.</summary>
    public static IReadOnlyList<string> Settled(WorkingCalendar calendar, DateTimeOffset now) =>
        [.. Wanted(now).Where(calendar.IsLoaded).Select(Subject)];

    private static IEnumerable<int> Wanted(DateTimeOffset now)
    {
        var today = ShanghaiTime.DateOf(now);
        return today.Month >= NoticeMonth ? [today.Year, today.Year + 1] : [today.Year];
    }

    private static Reminder Missing(int year, DateTimeOffset now) => new(ReminderKind.HolidayNoticeMissing, Subject(year), [Role.Administrator],
        $"{year}年放假通知尚未导入，跨入该年的时限暂按周末计算。请在国务院办公厅公布后导入工作日历，导入后系统自动重算这些时限。", now,
        ShanghaiTime.StartOf(new Month(year, 1)));

    private static string Subject(int year) => $"calendar/{year}";
}
