namespace Hotline.WorkCalendar;

/// <summary>One working day's intervals as arithmetic.</summary>
internal sealed class WorkingDayShape(WorkingHours hours)
{
    private readonly WorkingInterval[] _intervals = [.. hours.Intervals];

    /// <summary>Working ticks of a whole day.</summary>
    public long Length { get; } = hours.Intervals.Sum(i => (i.End - i.Start).Ticks);

    /// <summary>The end of work.</summary>
    public TimeOnly End { get; } = hours.Intervals[^1].End;

    /// <summary>Working ticks of the day before a time.</summary>
    public long TicksBefore(TimeOnly time)
    {
        var sum = 0L;
        foreach (var interval in _intervals)
        {
            sum += Math.Clamp(time.Ticks - interval.Start.Ticks, 0, interval.End.Ticks - interval.Start.Ticks);
        }
        return sum;
    }

    /// <summary>The first time by which so many working ticks of the day have run; more than there are gives the end of work.</summary>
    public TimeOnly TimeAfter(long ticks)
    {
        foreach (var interval in _intervals)
        {
            var length = interval.End.Ticks - interval.Start.Ticks;
            if (ticks <= length)
            {
                return new TimeOnly(interval.Start.Ticks + ticks);
            }
            ticks -= length;
        }
        return End;
    }
}
