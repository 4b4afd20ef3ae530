namespace Hotline.Shared;

/// <summary>Knows whether this process's clock agrees with the database's. A silo more than a second off refuses commands and fires nothing.
/// Between two readings the machine's monotonic clock tells at once when the wall clock is set; without any reading (SQLite) nothing is skewed.</summary>
internal sealed class ClockGuard(TimeProvider clock)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private static readonly Rejection Skewed =
        new("clock.skewed", "本节点的时钟与数据库相差超过一秒，暂停办理，请联系管理员校时。", RejectionKind.Unavailable);

    private Reading? _last;

    /// <summary>The refusal of a skewed silo (<c>clock.skewed</c>), or null.</summary>
    public Rejection? Refusal => Offset.Duration() <= Tolerance ? null : Skewed;

    /// <summary>Up to when alarms are due: now, but never ahead of the database's clock, so that none is early by either.</summary>
    public DateTimeOffset AlarmNow => clock.GetUtcNow() - (Offset is var offset && offset > TimeSpan.Zero ? offset : TimeSpan.Zero);

    private TimeSpan Offset => Volatile.Read(ref _last) is { } last
        ? last.Offset + (clock.GetUtcNow() - last.At - clock.GetElapsedTime(last.Stamp))
        : TimeSpan.Zero;

    /// <summary>Takes a reading: this process's clock minus the database's.</summary>
    public void Report(TimeSpan offset) => Volatile.Write(ref _last, new(offset, clock.GetUtcNow(), clock.GetTimestamp()));

    private sealed record Reading(TimeSpan Offset, DateTimeOffset At, long Stamp);
}
