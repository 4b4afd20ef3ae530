namespace Hotline.WorkCalendar;

/// <summary>放假通知: what the State Council's notice for one year says. Weekends that no notice names stay days off.</summary>
/// <param name="Year">The year the notice is for; it may name days of a neighbouring year (2006-12-30 is in the notice for 2007).</param>
/// <param name="Notice">Title and, where known, number of the notice.</param>
/// <param name="DaysOff">Every day named as off (放假), weekend days inside a holiday period too.</param>
/// <param name="MakeUpWorkdays">调休上班: weekend days that are worked.</param>
[GenerateSerializer, Immutable, Alias("hotline.HolidayYear")]
public sealed record HolidayYear(int Year, string Notice, IReadOnlyList<DateOnly> DaysOff, IReadOnlyList<DateOnly> MakeUpWorkdays);

/// <summary>An unbroken stretch of a working day. The start lies inside it, the end outside.</summary>
[GenerateSerializer, Immutable, Alias("hotline.WorkingInterval")]
public readonly record struct WorkingInterval(TimeOnly Start, TimeOnly End);

/// <summary>工作时间: the intervals of every working day, in order, without overlap.</summary>
[GenerateSerializer, Immutable, Alias("hotline.WorkingHours")]
public sealed record WorkingHours(IReadOnlyList<WorkingInterval> Intervals)
{
    /// <summary>09:00–12:00 and 13:30–17:30.</summary>
    public static WorkingHours Default { get; } = new(new WorkingInterval[]
    {
        new(new TimeOnly(9, 0), new TimeOnly(12, 0)),
        new(new TimeOnly(13, 30), new TimeOnly(17, 30)),
    });

    /// <summary>True when there is at least one interval, none is empty, and they follow one another.</summary>
    public bool IsOrdered => Intervals.Count > 0
        && Intervals.All(i => i.Start < i.End)
        && Intervals.Zip(Intervals.Skip(1)).All(pair => pair.First.End <= pair.Second.Start);
}

/// <summary>A computed instant.</summary>
/// <param name="At">The instant, offset zero.</param>
/// <param name="Complete">False when a year without a loaded notice was needed: plain weekends were assumed there (<c>calendarIncomplete</c>).</param>
[GenerateSerializer, Immutable, Alias("hotline.Due")]
public sealed record Due(DateTimeOffset At, bool Complete);
