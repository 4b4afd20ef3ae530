namespace Hotline.WorkCalendar;

/// <summary>
/// The reference: walks the wall clock from minute to minute (the first step goes to the next full minute) and asks of each stretch
/// whether it is worked. Slow and simple on purpose; shares nothing with the calendar but the dates of the notices.
/// </summary>
internal sealed class NaiveCalendar(IEnumerable<HolidayYear> years)
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);
    private readonly HashSet<DateOnly> _off = [.. years.SelectMany(y => y.DaysOff)];
    private readonly HashSet<DateOnly> _worked = [.. years.SelectMany(y => y.MakeUpWorkdays)];

    public bool IsWorkingDay(DateOnly day) =>
        _worked.Contains(day) || (!_off.Contains(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    public bool IsWorking(DateTime wall)
    {
        var minute = (wall.Hour * 60) + wall.Minute;
        return IsWorkingDay(DateOnly.FromDateTime(wall)) && (minute is >= 540 and < 720 or >= 810 and < 1050);
    }

    public DateTimeOffset AfterWorkingDays(DateTimeOffset start, int days)
    {
        var wall = start.ToOffset(Zone).DateTime;
        while (!IsWorking(wall))
        {
            wall = NextMinute(wall);
        }
        var day = DateOnly.FromDateTime(wall);
        while (days > 0)
        {
            day = day.AddDays(1);
            days -= IsWorkingDay(day) ? 1 : 0;
        }
        return new DateTimeOffset(day.ToDateTime(new TimeOnly(17, 30)), Zone);
    }

    public DateTimeOffset AfterWorkingHours(DateTimeOffset start, TimeSpan hours)
    {
        var wall = start.ToOffset(Zone).DateTime;
        var left = hours;
        while (left > TimeSpan.Zero)
        {
            var next = NextMinute(wall);
            if (IsWorking(wall))
            {
                var step = next - wall < left ? next - wall : left;
                (next, left) = (wall + step, left - step);
            }
            wall = next;
        }
        return new DateTimeOffset(wall, Zone);
    }

    public TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var (wall, end, sum) = (from.ToOffset(Zone).DateTime, to.ToOffset(Zone).DateTime, TimeSpan.Zero);
        while (wall < end)
        {
            var next = NextMinute(wall) < end ? NextMinute(wall) : end;
            sum += IsWorking(wall) ? next - wall : TimeSpan.Zero;
            wall = next;
        }
        return sum;
    }

    private static DateTime NextMinute(DateTime wall) => new DateTime(wall.Year, wall.Month, wall.Day, wall.Hour, wall.Minute, 0).AddMinutes(1);
}
