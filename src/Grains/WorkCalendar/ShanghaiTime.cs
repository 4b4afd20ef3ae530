using System.Globalization;
using Hotline.Shared;

namespace Hotline.WorkCalendar;

/// <summary>
/// The business zone, Asia/Shanghai: the only place that knows a zone. Instants go in and come out as points in time
/// (offset zero), days and times of day are the wall clock's. The result does not depend on the machine's own zone.
/// </summary>
/// <remarks>
/// From 1992 on the zone is +08:00 without exception and needs no look-up. Before that, and in the summers of 1986–1991 above
/// all, the zone database decides: a wall-clock time that the spring jump skipped is read as standard time (+08:00), one that
/// autumn repeated is the earlier of its two instants. Instants outside the years 0001–9999 are clamped to the ends of time.
/// </remarks>
public static class ShanghaiTime
{
    private static readonly TimeSpan Standard = TimeSpan.FromHours(8);
    private static readonly long StandardSince = new DateTime(1992, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>For schedules that are written in the zone's wall-clock time.</summary>
    internal static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>The calendar day on the wall at this instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDayNumber((int)(LocalTicks(instant) / TimeSpan.TicksPerDay));

    /// <summary>The time on the wall clock at this instant.</summary>
    public static TimeOnly TimeOf(DateTimeOffset instant) => new(LocalTicks(instant) % TimeSpan.TicksPerDay);

    /// <summary>The instant (offset zero) at which the wall shows this day and time.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) => FromLocal((day.DayNumber * TimeSpan.TicksPerDay) + time.Ticks);

    /// <summary>The first instant of a month.</summary>
    public static DateTimeOffset StartOf(Month month) => At(month.FirstDay, TimeOnly.MinValue);

    /// <summary>The first instant after a month, which is the start of the next one.</summary>
    public static DateTimeOffset EndOf(Month month) => StartOf(month.Next);

    /// <summary>The calendar month on the wall at this instant.</summary>
    public static Month MonthOf(DateTimeOffset instant) => Month.Of(DateOf(instant));

    /// <summary>The same instant written with the zone's offset (+08:00 today), as answers show it.</summary>
    public static DateTimeOffset ToLocal(DateTimeOffset instant) =>
        instant.ToOffset(TimeSpan.FromMinutes((LocalTicks(instant) - instant.UtcTicks) / TimeSpan.TicksPerMinute));

    /// <summary>As every answer writes an instant: <c>2026-10-09T17:30:00+08:00</c>, with milliseconds only where there are some.</summary>
    public static string Text(DateTimeOffset instant)
    {
        // Cut out of 2026-10-09T17:30:00.0000000+08:00: .NET writes that one form several times faster than a form of one's own.
        Span<char> full = stackalloc char[33];
        ToLocal(instant).TryFormat(full, out _, "O", CultureInfo.InvariantCulture);
        return string.Concat(full[..(instant.Ticks % TimeSpan.TicksPerSecond == 0 ? 19 : 23)], full[27..]);
    }

    /// <summary>The first instant after a day: 24:00 on the wall.</summary>
    internal static DateTimeOffset EndOf(DateOnly day) => FromLocal((day.DayNumber + 1) * TimeSpan.TicksPerDay);

    private static long LocalTicks(DateTimeOffset instant)
    {
        var utc = instant.UtcTicks;
        var offset = utc >= StandardSince ? Standard : Zone.GetUtcOffset(instant);
        return Math.Clamp(utc + offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
    }

    private static DateTimeOffset FromLocal(long ticks)
    {
        var utc = ticks - Standard.Ticks >= StandardSince ? ticks - Standard.Ticks : ticks - OffsetAt(ticks).Ticks;
        return new DateTimeOffset(Math.Clamp(utc, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero);
    }

    private static TimeSpan OffsetAt(long localTicks)
    {
        var local = new DateTime(localTicks, DateTimeKind.Unspecified);
        if (Zone.IsInvalidTime(local))
        {
            return Standard;
        }
        return Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
    }
}
