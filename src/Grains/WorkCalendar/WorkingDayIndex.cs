namespace Hotline.WorkCalendar;

/// <summary>
/// Numbers the working days of all time. The rank of a day is how many working days lie before it; plain Monday-to-Friday weeks
/// are arithmetic, and only the days that differ from them (holidays on weekdays, worked weekends) are stored, sorted.
/// </summary>
internal sealed class WorkingDayIndex
{
    private const int WeekDays = 7;
    private const int WorkDays = 5;

    private readonly int[] _days;
    private readonly int[] _shift;
    private readonly int[] _rankAfter;

    /// <param name="working">What notices say about single days: worked (true) or off (false).</param>
    public WorkingDayIndex(IReadOnlyDictionary<DateOnly, bool> working)
    {
        _days = [.. working.Where(p => p.Value != IsPlainWorkingDay(p.Key.DayNumber)).Select(p => p.Key.DayNumber).Order()];
        _shift = new int[_days.Length + 1];
        _rankAfter = new int[_days.Length];
        for (var i = 0; i < _days.Length; i++)
        {
            _shift[i + 1] = _shift[i] + (IsPlainWorkingDay(_days[i]) ? -1 : 1);
            _rankAfter[i] = PlainRank(_days[i] + 1) + _shift[i + 1];
        }
    }

    public bool IsWorkingDay(int day) => (Array.BinarySearch(_days, day) >= 0) != IsPlainWorkingDay(day);

    /// <summary>How many working days lie before this day.</summary>
    public int RankOf(int day) => PlainRank(day) + _shift[CountBelow(_days, day)];

    /// <summary>The working day with this rank; days beyond 9999-12-31 are clamped to it, and before 0001-01-01 likewise.</summary>
    public int DayAt(long rank)
    {
        if (rank < 0)
        {
            return DateOnly.MinValue.DayNumber;
        }
        if (rank >= DateOnly.MaxValue.DayNumber)
        {
            return DateOnly.MaxValue.DayNumber;
        }
        var i = CountBelow(_rankAfter, (int)rank + 1);
        var isThisMakeUpDay = i < _days.Length && _rankAfter[i] == rank + 1 && !IsPlainWorkingDay(_days[i]);
        return isThisMakeUpDay ? _days[i] : Math.Min(PlainDayAt((int)rank - _shift[i]), DateOnly.MaxValue.DayNumber);
    }

    // Day 0 (0001-01-01) is a Monday.
    private static bool IsPlainWorkingDay(int day) => day % WeekDays < WorkDays;

    private static int PlainRank(int day) => (day / WeekDays * WorkDays) + Math.Min(day % WeekDays, WorkDays);

    private static int PlainDayAt(int rank) => (rank / WorkDays * WeekDays) + (rank % WorkDays);

    private static int CountBelow(int[] sorted, int limit)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = sorted[middle] < limit ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
