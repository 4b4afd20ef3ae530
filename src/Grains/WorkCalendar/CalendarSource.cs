using Hotline.Shared;

namespace Hotline.WorkCalendar;

/// <summary>The calendar in force as every process knows it: a copy, at most a second old. One per process.</summary>
internal sealed class CalendarSource(IGrainFactory grains)
{
    private readonly Recent<WorkingCalendar> _calendar = new(held => Load(grains, held));

    /// <summary>The last copy, however old (each promise names the version that made it); the shipped years before there is one.</summary>
    public WorkingCalendar Current => _calendar.Last ?? WorkingCalendar.Shipped;

    /// <summary>The same instance while nothing changes.</summary>
    public ValueTask<WorkingCalendar> Refresh() => _calendar.Get();

    /// <summary>The calendar in force, for decisions and for a process that has just changed it.</summary>
    public Task<Newest<WorkingCalendar>> Newest() => _calendar.GetNewest();

    private static async Task<WorkingCalendar> Load(IGrainFactory grains, WorkingCalendar? held)
    {
        var snapshot = await grains.GetGrain<ICalendarGrain>(ICalendarGrain.Key).Get();
        return snapshot.Version == held?.Version ? held : snapshot.Build();
    }
}
