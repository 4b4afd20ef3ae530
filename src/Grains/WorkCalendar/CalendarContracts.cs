using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.WorkCalendar;

/// <summary>
/// The working calendar in force: the shipped years, the years imported over them, and the working hours. One grain; every process
/// holds a copy through <see cref="CalendarSource"/>. A change makes a new version and moves no promise by itself: <c>IPromiseMovesGrain</c> does.
/// </summary>
[Alias("hotline.ICalendarGrain")]
public interface ICalendarGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "C-workdays";

    [Alias("Get"), Reads]
    Task<CalendarSnapshot> Get();

    /// <summary>Every change since the program was first started, oldest first: from it each earlier version can be rebuilt.</summary>
    [Alias("History"), Reads]
    Task<IReadOnlyList<CalendarEdit>> History();

    /// <summary>
    /// 导入放假通知: puts a year's notice in force. The same content again changes nothing and keeps the version. Refused:
    /// <c>calendar.*</c> when the notice contradicts itself, <c>precondition.required</c> when a loaded year would be replaced without
    /// naming a version, <c>precondition.failed</c> when the named version is not the current one.
    /// </summary>
    [Alias("PutYear")]
    Task<Result<CalendarChange>> PutYear(HolidayYear year, string? expectedVersion, string reason, CallContext call);

    /// <summary>调整工作时间: puts other working hours in force for all days, past ones too; refused like <see cref="PutYear"/>.</summary>
    [Alias("PutHours")]
    Task<Result<CalendarChange>> PutHours(WorkingHours hours, string? expectedVersion, string reason, CallContext call);
}

/// <summary>What a process needs to build the calendar in force.</summary>
/// <param name="Version">Version of the shipped years, then the number of changes: <c>2026.1</c>, <c>2026.1.1</c>, …</param>
/// <param name="Imported">Years imported over the shipped ones, ascending.</param>
[GenerateSerializer, Immutable, Alias("hotline.CalendarSnapshot")]
public sealed record CalendarSnapshot(string Version, IReadOnlyList<HolidayYear> Imported, WorkingHours Hours)
{
    public WorkingCalendar Build() => WorkingCalendar.Create(Version, WorkingCalendar.Shipped.Years.Concat(Imported), Hours);
}

/// <summary>One stored change of the calendar: a year or the hours, by whom, when and why.</summary>
[GenerateSerializer, Immutable, Alias("hotline.CalendarEdit")]
public sealed record CalendarEdit(
    string Version, HolidayYear? Year, WorkingHours? Hours, string Actor, DateTimeOffset At, string Reason);

/// <summary>What a change did.</summary>
/// <param name="From">The version before.</param>
/// <param name="To">The version now; equal to <paramref name="From"/> when nothing changed.</param>
/// <param name="ChangedDays">Days that became working days or ceased to be, ascending; those of other years too.</param>
[GenerateSerializer, Immutable, Alias("hotline.CalendarChange")]
public sealed record CalendarChange(string From, string To, IReadOnlyList<DateOnly> ChangedDays);
