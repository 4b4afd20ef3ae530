using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.WorkCalendar;

/// <summary>Keeps the changes of the calendar.</summary>
internal sealed class CalendarGrain(RecordStore records, TimeProvider time) : RecordGrain<CalendarState>(records, "calendar"), ICalendarGrain
{
    public Task<CalendarSnapshot> Get() => Task.FromResult(CalendarRules.SnapshotOf(Record.Edits));

    public Task<IReadOnlyList<CalendarEdit>> History() => Task.FromResult(Record.Edits);

    public Task<Result<CalendarChange>> PutYear(HolidayYear year, string? expectedVersion, string reason, CallContext call) =>
        Save(call, state => CalendarRules.PutYear(state, year, expectedVersion, new(call.Actor.Id, time.GetUtcNow(), reason)));

    public Task<Result<CalendarChange>> PutHours(WorkingHours hours, string? expectedVersion, string reason, CallContext call) =>
        Save(call, state => CalendarRules.PutHours(state, hours, expectedVersion, new(call.Actor.Id, time.GetUtcNow(), reason)));

    private Task<Result<CalendarChange>> Save(CallContext call, Func<CalendarState, Result<CalendarState>> decide) =>
        Decide(call, state => decide(state).Map(next => new Change<CalendarState, CalendarChange>(next, CalendarRules.Difference(state, next))));
}
