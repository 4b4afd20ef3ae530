using Hotline.Shared;

namespace Hotline.WorkCalendar;

/// <summary>What a holiday notice must be like, and what calendar follows from the stored changes.</summary>
internal static class CalendarRules
{
    // A notice may name days around New Year; the widest so far reached back to 29 December.
    private const int NeighbourDays = 14;
    private const int MaxDays = 200;
    private const int MaxNoticeLength = 200;

    /// <summary>The calendar after these changes: of several imports of one year the last counts.</summary>
    public static CalendarSnapshot SnapshotOf(IReadOnlyList<CalendarEdit> edits)
    {
        var imported = edits.Select(e => e.Year).OfType<HolidayYear>().GroupBy(y => y.Year).Select(g => g.Last()).OrderBy(y => y.Year);
        var hours = edits.Select(e => e.Hours).OfType<WorkingHours>().LastOrDefault() ?? WorkingHours.Default;
        return new CalendarSnapshot(VersionAfter(edits.Count), imported.ToArray(), hours);
    }

    /// <summary>The changes with this year's notice; the same ones when it is in force as it is.</summary>
    public static Result<CalendarState> PutYear(CalendarState state, HolidayYear year, string? expectedVersion, EditOrigin by)
    {
        var current = SnapshotOf(state.Edits).Build();
        var known = current.NoticeOf(year.Year);
        if (AreSame(known, year))
        {
            return state;
        }

        var origin = string.IsNullOrWhiteSpace(by.Reason) ? by with { Reason = year.Notice } : by;
        return (Check(year, current) ?? CheckVersion(expectedVersion, current.Version, replaces: known is not null)) is { } refused
            ? refused
            : state.With(Sorted(year), null, origin);
    }

    /// <summary>The changes with these working hours; the same ones when they are in force.</summary>
    public static Result<CalendarState> PutHours(CalendarState state, WorkingHours hours, string? expectedVersion, EditOrigin by)
    {
        var current = SnapshotOf(state.Edits);
        if (current.Hours.Intervals.SequenceEqual(hours.Intervals))
        {
            return state;
        }

        return (Check(hours) ?? CheckVersion(expectedVersion, current.Version, replaces: true)) is { } refused ? refused : state.With(null, hours, by);
    }

    /// <summary>What lies between two states of the calendar.</summary>
    public static CalendarChange Difference(CalendarState before, CalendarState after)
    {
        var (from, to) = (SnapshotOf(before.Edits), SnapshotOf(after.Edits));
        return new(from.Version, to.Version, ReferenceEquals(before, after) ? [] : ChangedDays(from.Build(), to.Build()));
    }

    /// <summary>The version after so many changes.</summary>
    public static string VersionAfter(int edits) => edits == 0 ? ShippedYears.Version : $"{ShippedYears.Version}.{edits}";

    /// <summary>Same content, whatever the order of the days.</summary>
    public static HolidayYear Sorted(HolidayYear year) =>
        year with { DaysOff = year.DaysOff.Order().ToArray(), MakeUpWorkdays = year.MakeUpWorkdays.Order().ToArray() };

    /// <summary>Why this notice cannot be put in force, or null.</summary>
    public static Rejection? Check(HolidayYear year, WorkingCalendar current)
    {
        if (year.Year is < 1 or > 9998)
        {
            return Refuse("calendar.year", "年份须在 0001 至 9998 之间。", "/year");
        }
        if (string.IsNullOrWhiteSpace(year.Notice) || year.Notice.Length > MaxNoticeLength)
        {
            return Refuse("calendar.notice", "须写明放假通知的名称或文号，不超过 200 字。", "/notice");
        }
        if (year.DaysOff.Count == 0)
        {
            return Refuse("calendar.empty", "放假通知至少要有一个放假日。", "/daysOff");
        }
        return CheckDays(year.DaysOff, year.Year, "/daysOff")
            ?? CheckDays(year.MakeUpWorkdays, year.Year, "/makeUpWorkdays")
            ?? CheckMakeUpDays(year, current);
    }

    /// <summary>Why these hours cannot be put in force, or null.</summary>
    public static Rejection? Check(WorkingHours hours) =>
        hours.IsOrdered ? null : Refuse("calendar.hours", "工作时间至少一段，各段须先后有序、互不重叠。", "/intervals");

    /// <summary>Whether the caller knows what he replaces; a first import needs no version.</summary>
    public static Rejection? CheckVersion(string? expected, string current, bool replaces) => expected switch
    {
        null when replaces => new Rejection("precondition.required", "替换已有日历须带 If-Match，注明所依据的版本。", RejectionKind.Stale),
        not null when expected != current => new Rejection("precondition.failed", "日历已被他人修改，请重新读取后再提交。", RejectionKind.Stale),
        _ => null,
    };

    public static bool AreSame(HolidayYear? a, HolidayYear b) =>
        a is not null && a.Year == b.Year && a.Notice == b.Notice
        && a.DaysOff.Order().SequenceEqual(b.DaysOff.Order()) && a.MakeUpWorkdays.Order().SequenceEqual(b.MakeUpWorkdays.Order());

    /// <summary>The days that one calendar works and the other does not, ascending.</summary>
    public static IReadOnlyList<DateOnly> ChangedDays(WorkingCalendar before, WorkingCalendar after) =>
        before.Years.Concat(after.Years).SelectMany(y => y.DaysOff.Concat(y.MakeUpWorkdays)).Distinct()
            .Where(day => before.IsWorkingDay(day) != after.IsWorkingDay(day)).Order().ToArray();

    private static Rejection? CheckDays(IReadOnlyList<DateOnly> days, int year, string pointer)
    {
        if (days.Count > MaxDays)
        {
            return Refuse("calendar.too-many", "所列日期过多，最多 200 天。", pointer);
        }
        if (days.Distinct().Count() != days.Count)
        {
            return Refuse("calendar.duplicate", "同一日期重复列出。", pointer);
        }
        var first = new DateOnly(year, 1, 1).DayNumber - NeighbourDays;
        var last = new DateOnly(year, 12, 31).DayNumber + NeighbourDays;
        return days.Any(d => d.DayNumber < first || d.DayNumber > last)
            ? Refuse("calendar.outside-year", "日期须在该年内，或在该年前后十四天内。", pointer)
            : null;
    }

    private static Rejection? CheckMakeUpDays(HolidayYear year, WorkingCalendar current)
    {
        if (year.MakeUpWorkdays.Intersect(year.DaysOff).Any())
        {
            return Refuse("calendar.contradiction", "同一日期不能既放假又上班。", "/makeUpWorkdays");
        }
        return year.MakeUpWorkdays.Any(d => IsPlainWorkday(d) && !IsOffByAnotherYear(d, year.Year, current))
            ? Refuse("calendar.not-make-up", "调休上班日须是周末，或是其他年份通知所放的假。", "/makeUpWorkdays")
            : null;
    }

    private static bool IsPlainWorkday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static bool IsOffByAnotherYear(DateOnly day, int year, WorkingCalendar current) =>
        current.Years.Any(y => y.Year != year && y.DaysOff.Contains(day));

    private static Rejection Refuse(string code, string detail, string pointer) => new(code, detail, Pointer: pointer);
}
