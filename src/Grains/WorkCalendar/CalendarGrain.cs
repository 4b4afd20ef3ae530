using Hotline.Shared;

namespace Hotline.WorkCalendar;

/// <summary>Keeps the changes of the calendar.</summary>
internal sealed class CalendarGrain(
    [PersistentState("calendar", "records")] IPersistentState<CalendarState> state, TimeProvider time) : Grain, ICalendarGrain
{
    private WorkingCalendar? _current;

    private WorkingCalendar Current => _current ??= CalendarRules.SnapshotOf(state.State.Edits).Build();

    public Task<CalendarSnapshot> Get() => Task.FromResult(CalendarRules.SnapshotOf(state.State.Edits));

    public Task<IReadOnlyList<CalendarEdit>> History() => Task.FromResult(state.State.Edits);

    public async Task<Result<CalendarChange>> PutYear(HolidayYear year, string? expectedVersion, Actor actor, string reason)
    {
        var known = Current.NoticeOf(year.Year);
        if (CalendarRules.AreSame(known, year))
        {
            return Unchanged();
        }
        if ((CalendarRules.Check(year, Current) ?? CalendarRules.CheckVersion(expectedVersion, Current.Version, replaces: known is not null)) is { } refused)
        {
            return refused;
        }
        return await Store(CalendarRules.Sorted(year), null, actor, string.IsNullOrWhiteSpace(reason) ? year.Notice : reason);
    }

    public async Task<Result<CalendarChange>> PutHours(WorkingHours hours, string? expectedVersion, Actor actor, string reason)
    {
        if (Current.Hours.Intervals.SequenceEqual(hours.Intervals))
        {
            return Unchanged();
        }
        if ((CalendarRules.Check(hours) ?? CalendarRules.CheckVersion(expectedVersion, Current.Version, replaces: true)) is { } refused)
        {
            return refused;
        }
        return await Store(null, hours, actor, reason);
    }

    private CalendarChange Unchanged() => new(Current.Version, Current.Version, Array.Empty<DateOnly>());

    // A failed write must leave no trace: the old record is put back and the next call starts from it.
    private async Task<CalendarChange> Store(HolidayYear? year, WorkingHours? hours, Actor actor, string reason)
    {
        var (record, before) = (state.State, Current);
        var edit = new CalendarEdit(CalendarRules.VersionAfter(record.Edits.Count + 1), year, hours, actor.Id, time.GetUtcNow(), reason);
        state.State = new CalendarState { Edits = record.Edits.Append(edit).ToArray() };
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State = record;
            throw;
        }
        _current = null;
        return new CalendarChange(before.Version, Current.Version, CalendarRules.ChangedDays(before, Current));
    }
}
