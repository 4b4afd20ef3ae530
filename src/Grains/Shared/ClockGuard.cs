namespace Hotline.Shared;

/// <summary>Whether this process's clock may be believed. With PostgreSQL it is compared to the database's: a silo more than a second off refuses commands and
/// fires nothing. A SQLite file has no clock: there the wall clock is compared to the machine's monotonic one, and after a jump alarms and closes wait until an
/// administrator confirms it. Between two readings the monotonic clock tells at once when the wall clock is set.</summary>
internal sealed class ClockGuard(TimeProvider clock)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private static readonly Rejection Skewed =
        new("clock.skewed", "本节点的时钟与数据库相差超过一秒，暂停办理，请联系管理员校时。", RejectionKind.Unavailable);

    private static readonly Rejection Jumped =
        new("clock.jumped", "本机时钟发生跳变，预警和关账已暂停，请管理员核对时间后确认。", RejectionKind.Unavailable);

    private ClockReading? _last;
    private bool _isAlone;

    /// <summary>The refusal of a skewed silo (<c>clock.skewed</c>), or null.</summary>
    public Rejection? Refusal => _isAlone || IsSteady ? null : Skewed;

    /// <summary>Why nothing that the clock alone brings about may happen now: <see cref="Refusal"/>, or <c>clock.jumped</c>.</summary>
    public Rejection? Held => IsSteady ? null : _isAlone ? Jumped : Skewed;

    /// <summary>How far this clock is ahead of the one it is compared to.</summary>
    public TimeSpan Offset => Volatile.Read(ref _last) is { } last
        ? last.Offset + (clock.GetUtcNow() - last.At - clock.GetElapsedTime(last.Stamp))
        : TimeSpan.Zero;

    /// <summary>Up to when alarms are due: now, but never ahead of the database's clock, so that none is early by either.</summary>
    public DateTimeOffset AlarmNow => clock.GetUtcNow() - (Offset is var offset && offset > TimeSpan.Zero ? offset : TimeSpan.Zero);

    private bool IsSteady => Offset.Duration() <= Tolerance;

    /// <summary>Takes a reading of now: this process's clock minus the database's.</summary>
    public void Report(TimeSpan offset) => Report(new ClockReading(offset, clock.GetUtcNow(), clock.GetTimestamp()));

    /// <summary>Takes a reading as of the instant at which it was made: what was set since then is noticed.</summary>
    public void Report(ClockReading reading) => Volatile.Write(ref _last, reading);

    /// <summary>From now on the machine's monotonic clock is the measure, for there is no other.</summary>
    public void WatchAlone()
    {
        _isAlone = true;
        Report(TimeSpan.Zero);
    }

    /// <summary>The wall clock is right as it is: what was held goes on. Does nothing where a database's clock is the measure.</summary>
    public void Confirm()
    {
        if (_isAlone)
        {
            Report(TimeSpan.Zero);
        }
    }
}

/// <summary>How far a clock was ahead of another at an instant, by the wall clock and by the monotonic one.</summary>
internal sealed record ClockReading(TimeSpan Offset, DateTimeOffset At, long Stamp);
