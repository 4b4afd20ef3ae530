using Hotline.Reminders;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>A month that is over.</summary>
/// <param name="Published">All its tables are.</param>
internal sealed record FinishedMonth(Month Month, bool Published);

/// <summary>季末、年末: once every table of a quarter is published, the list of excellent units (季度优秀单位名单) is due for approval; of a year, the
/// reward list (年度奖励名单). Months before the first live ticket are not waited for.</summary>
internal static class PeriodReminderRules
{
    /// <summary>Working days from the reminder to the approval (to be confirmed by the branch, 待分局确认).</summary>
    public const int ApprovalDays = 5;

    /// <summary>Nobody is reminded of a period that ended longer ago; the board remembers for longer that it was reminded of.</summary>
    private static readonly TimeSpan Lapse = TimeSpan.FromDays(366);

    private static readonly string[] Quarters = ["一", "二", "三", "四"];

    /// <summary>The lists that wait for approval by now.</summary>
    /// <param name="finished">The finished months from the first live one on, in order.</param>
    public static IReadOnlyList<Reminder> Due(IReadOnlyList<FinishedMonth> finished, WorkingCalendar calendar, DateTimeOffset now)
    {
        var by = calendar.AfterWorkingDays(now, ApprovalDays).At;
        return
        [
            .. finished.Where(m => m.Month.Number % 3 == 0 && !IsLapsed(m.Month, now) && AllPublished(finished, m.Month, 3)).Select(m => new Reminder(
                ReminderKind.QuarterListDue, QuarterSubject(m.Month), MonthCloseRules.Keepers,
                $"{m.Month.Year}年第{Quarters[(m.Month.Number / 3) - 1]}季度各月排名表均已公布，请于{MonthCloseRules.Day(by)}前核对并批准季度优秀单位名单。", now, by)),
            .. finished.Where(m => m.Month.Number == 12 && !IsLapsed(m.Month, now) && AllPublished(finished, m.Month, 12)).Select(m => new Reminder(
                ReminderKind.YearListDue, YearSubject(m.Month.Year), MonthCloseRules.Keepers,
                $"{m.Month.Year}年各月排名表均已公布，请于{MonthCloseRules.Day(by)}前核对并批准年度奖励名单。", now, by)),
        ];
    }

    /// <summary>The subjects that are too old to remind of.</summary>
    public static IReadOnlyList<string> Lapsed(IReadOnlyList<FinishedMonth> finished, DateTimeOffset now) =>
        [.. finished.Where(m => m.Month.Number % 3 == 0 && IsLapsed(m.Month, now))
            .SelectMany(m => m.Month.Number == 12 ? [QuarterSubject(m.Month), YearSubject(m.Month.Year)] : new[] { QuarterSubject(m.Month) })];

    /// <summary>Under what a quarter's reminder is known: <c>quarter/2026-Q3</c>, by any of its months. Whoever approves the list settles it.</summary>
    public static string QuarterSubject(Month month) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"quarter/{month.Year:0000}-Q{((month.Number - 1) / 3) + 1}");

    /// <summary>Under what a year's reminder is known: <c>year/2026</c>.</summary>
    public static string YearSubject(int year) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"year/{year:0000}");

    private static bool AllPublished(IReadOnlyList<FinishedMonth> finished, Month last, int months) =>
        finished.Where(m => m.Month <= last && m.Month.Year == last.Year && m.Month.Number > last.Number - months).All(m => m.Published);

    private static bool IsLapsed(Month last, DateTimeOffset now) => now - ShanghaiTime.EndOf(last) > Lapse;
}
