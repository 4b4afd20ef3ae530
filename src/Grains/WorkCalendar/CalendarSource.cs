namespace Hotline.WorkCalendar;

/// <summary>
/// This process's copy of the calendar in force. Whoever needs a calendar asks <see cref="Refresh"/>; the grain is asked at most once a
/// second. While the grain cannot be reached, the last copy serves (each promise names the version that made it); before the first
/// copy there is none to serve and the fault is passed on.
/// </summary>
public sealed class CalendarSource(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private WorkingCalendar? _current;
    private Task<WorkingCalendar>? _pending;
    private long _askedAt;
    private int _asks;
    private int _answered;

    /// <summary>The last copy; the shipped years before the first refresh.</summary>
    public WorkingCalendar Current => Volatile.Read(ref _current) ?? WorkingCalendar.Shipped;

    /// <summary>The calendar in force, at most a second old.</summary>
    public ValueTask<WorkingCalendar> Refresh()
    {
        lock (_gate)
        {
            var isFresh = _pending is not null && time.GetElapsedTime(_askedAt) < Fresh;
            var isHanging = !isFresh && _pending is { IsCompleted: false };
            if (_current is not null && (isHanging || (isFresh && _pending!.IsCompleted)))
            {
                return new ValueTask<WorkingCalendar>(_current);
            }
            var asked = isFresh || isHanging ? _pending! : Ask();
            return new ValueTask<WorkingCalendar>(_current is { } last ? OrLastCopy(asked, last) : asked);
        }
    }

    /// <summary>The calendar in force this instant: for a process that has just changed it.</summary>
    public Task<WorkingCalendar> RefreshNow()
    {
        lock (_gate)
        {
            return Ask();
        }
    }

    private Task<WorkingCalendar> Ask()
    {
        _askedAt = time.GetTimestamp();
        return _pending = Load(++_asks);
    }

    private async Task<WorkingCalendar> Load(int ask)
    {
        var snapshot = await grains.GetGrain<ICalendarGrain>(ICalendarGrain.Key).Get().ConfigureAwait(false);
        lock (_gate)
        {
            if (ask > _answered)
            {
                // An answer that was overtaken by a later one is dropped.
                _answered = ask;
                Volatile.Write(ref _current, snapshot.Version == _current?.Version ? _current : snapshot.Build());
            }
            return _current!;
        }
    }

    // Waits on the wall clock, not on the business clock: this is about a silo that does not answer.
    private static async Task<WorkingCalendar> OrLastCopy(Task<WorkingCalendar> asked, WorkingCalendar last)
    {
        await ((Task)asked).WaitAsync(Fresh).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return asked.IsCompletedSuccessfully ? await asked.ConfigureAwait(false) : last;
    }
}
