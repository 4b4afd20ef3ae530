namespace Hotline.WorkCalendar;

/// <summary>The calendar's record: its changes in order; the calendar in force follows from them.</summary>
internal sealed record CalendarState
{
    public IReadOnlyList<CalendarEdit> Edits { get; init; } = [];

    public CalendarState With(HolidayYear? year, WorkingHours? hours, EditOrigin by) =>
        new() { Edits = [.. Edits, new(CalendarRules.VersionAfter(Edits.Count + 1), year, hours, by.Actor, by.At, by.Reason)] };
}

/// <summary>By whom, when and why the calendar is changed.</summary>
internal sealed record EditOrigin(string Actor, DateTimeOffset At, string Reason);
