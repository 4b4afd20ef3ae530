using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Hotline.WorkCalendar;

/// <summary>
/// 工作日历: working days and working hours of one calendar version. Immutable; the same version gives the same instants for ever.
/// A year without its holiday notice is worked on plain weekends, and every result that needed such a year says so
/// (<see cref="Due.Complete"/>); a missing year never counts as "no holidays".
/// </summary>
public sealed class WorkingCalendar
{
    private readonly FrozenDictionary<int, HolidayYear> _years;
    private readonly WorkingDayIndex _index;
    private readonly WorkingDayShape _shape;

    private WorkingCalendar(string version, FrozenDictionary<int, HolidayYear> years, WorkingDayIndex index, WorkingHours hours)
    {
        (Version, _years, _index, Hours, _shape) = (version, years, index, hours, new WorkingDayShape(hours));
    }

    /// <summary>The years 2004–2026 that come with the program.</summary>
    public static WorkingCalendar Shipped { get; } = Create(ShippedYears.Version, ShippedYears.Read());

    public string Version { get; }

    public WorkingHours Hours { get; }

    /// <summary>The loaded notices by year, ascending.</summary>
    public IReadOnlyList<HolidayYear> Years => [.. _years.Values.OrderBy(y => y.Year)];

    /// <summary>
    /// Builds a version. Of two entries for one year the later one counts; where notices of two years name the same day, the later
    /// year's decides.
    /// </summary>
    public static WorkingCalendar Create(string version, IEnumerable<HolidayYear> years, WorkingHours? hours = null)
    {
        hours ??= WorkingHours.Default;
        if (!hours.IsOrdered)
        {
            throw new ArgumentException("Working hours must be ordered intervals.", nameof(hours));
        }
        var byYear = new Dictionary<int, HolidayYear>();
        foreach (var year in years)
        {
            byYear[year.Year] = year;
        }
        var working = new Dictionary<DateOnly, bool>();
        foreach (var year in byYear.Values.OrderBy(y => y.Year))
        {
            year.DaysOff.ToList().ForEach(day => working[day] = false);
            year.MakeUpWorkdays.ToList().ForEach(day => working[day] = true);
        }
        return new WorkingCalendar(version, byYear.ToFrozenDictionary(), new WorkingDayIndex(working), hours);
    }

    /// <summary>This calendar with another notice for one year: for previews, it keeps this version's name.</summary>
    public WorkingCalendar With(HolidayYear year) => Create(Version, Years.Append(year), Hours);

    /// <summary>The notice for a year, or null when it is not loaded.</summary>
    public HolidayYear? NoticeOf(int year) => _years.GetValueOrDefault(year);

    /// <summary>Whether the year's own notice is loaded.</summary>
    public bool IsLoaded(int year) => _years.ContainsKey(year);

    /// <summary>Whether the day is worked: a weekday that is not off, or a make-up workday (调休上班).</summary>
    public bool IsWorkingDay(DateOnly day) => _index.IsWorkingDay(day.DayNumber);

    /// <summary>
    /// Day clock: the start day is the day of the first working instant at or after the start; it is due at the end of the last
    /// working interval of the <paramref name="days"/>th working day after the start day.
    /// </summary>
    public Due AfterWorkingDays(DateTimeOffset start, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var from = ShanghaiTime.DateOf(start);
        var isTodayLeft = _index.IsWorkingDay(from.DayNumber) && ShanghaiTime.TimeOf(start) < _shape.End;
        var startRank = _index.RankOf(isTodayLeft ? from.DayNumber : from.DayNumber + 1);
        return EndOfWork(from, (long)startRank + days);
    }

    /// <summary>
    /// Hour clock: runs only inside working hours; due at the first instant by which the hours have run, which may be the end of an
    /// interval (12:00). No hours at all are due at the start itself.
    /// </summary>
    public Due AfterWorkingHours(DateTimeOffset start, TimeSpan hours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hours, TimeSpan.Zero);
        var from = ShanghaiTime.DateOf(start);
        if (hours == TimeSpan.Zero)
        {
            return new Due(start.ToUniversalTime(), IsLoaded(from.Year));
        }
        var worked = PositionOf(start);
        var target = worked + Math.Min(hours.Ticks, long.MaxValue - worked);
        var rank = (target - 1) / _shape.Length;
        var day = DateOnly.FromDayNumber(_index.DayAt(rank));
        var time = _shape.TimeAfter(target - (rank * _shape.Length));
        return new Due(ShanghaiTime.At(day, time), AreLoaded(from, day));
    }

    /// <summary>The end of work on the last working day before a day.</summary>
    public Due EndOfLastWorkingDayBefore(DateOnly day) => EndOfWorkingDayBefore(day, 1);

    /// <summary>The end of work on the <paramref name="days"/>th working day before a day, whether that day is worked or not.</summary>
    public Due EndOfWorkingDayBefore(DateOnly day, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var found = DateOnly.FromDayNumber(_index.DayAt((long)_index.RankOf(day.DayNumber) - days));
        var last = day == DateOnly.MinValue ? day : day.AddDays(-1);
        return new Due(ShanghaiTime.At(found, _shape.End), AreLoaded(found, last));
    }

    /// <summary>The end of work on the last working day before an instant's day.</summary>
    public Due EndOfLastWorkingDayBefore(DateTimeOffset instant) => EndOfLastWorkingDayBefore(ShanghaiTime.DateOf(instant));

    /// <summary>The end of work on the <paramref name="days"/>th working day after a day, whether that day is worked or not.</summary>
    public Due EndOfWorkingDayAfter(DateOnly day, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        return EndOfWork(day, _index.RankOf(day.DayNumber + 1) + days - 1L);
    }

    /// <summary>24:00 of a day.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Rules ask their calendar for every end of time, this one too.")]
    public DateTimeOffset EndOfDay(DateOnly day) => ShanghaiTime.EndOf(day);

    /// <summary>Working time from <paramref name="from"/> to <paramref name="to"/>; negative when they are the other way round.</summary>
    public TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset to) => TimeSpan.FromTicks(PositionOf(to) - PositionOf(from));

    /// <summary>Working days after <paramref name="from"/> up to and including <paramref name="to"/>; negative the other way round.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to) => _index.RankOf(to.DayNumber + 1) - _index.RankOf(from.DayNumber + 1);

    /// <summary>Whether every year from the first day's to the last day's is loaded.</summary>
    public bool AreLoaded(DateOnly first, DateOnly last)
    {
        for (var year = first.Year; year <= last.Year; year++)
        {
            if (!IsLoaded(year))
            {
                return false;
            }
        }
        return true;
    }

    private Due EndOfWork(DateOnly from, long rank)
    {
        var day = DateOnly.FromDayNumber(_index.DayAt(rank));
        return new Due(ShanghaiTime.At(day, _shape.End), AreLoaded(from, day));
    }

    // All working time since 0001-01-01, in ticks.
    private long PositionOf(DateTimeOffset instant)
    {
        var day = ShanghaiTime.DateOf(instant).DayNumber;
        var today = _index.IsWorkingDay(day) ? _shape.TicksBefore(ShanghaiTime.TimeOf(instant)) : 0;
        return (_index.RankOf(day) * _shape.Length) + today;
    }
}
