using Hotline.Shared;
using Orleans.Storage;

namespace Hotline.WorkCalendar;

/// <summary>The grain on a record in memory; nothing of Orleans runs.</summary>
public sealed class CalendarGrainTests
{
    private static readonly HolidayYear Year = new(2027, "2027年通知", new DateOnly[] { new(2027, 1, 4), new(2027, 1, 1) }, []);
    private static readonly Actor Someone = new("admin", "key", [Role.Administrator], null);
    private readonly MemoryRecord<CalendarState> _record = new();

    private CalendarGrain Grain() => new(_record, TimeProvider.System);

    [Fact]
    public async Task ImportedYear_MakesANewVersion_WhichSurvivesARestart()
    {
        var done = await Grain().PutYear(Year, null, Someone, "");
        var snapshot = await Grain().Get();
        var edit = Assert.Single(await Grain().History());

        Assert.Equal(("2026.1", "2026.1.1"), (done.Value!.From, done.Value.To));
        Assert.Equal(new DateOnly[] { new(2027, 1, 1), new(2027, 1, 4) }, done.Value.ChangedDays);
        Assert.Equal("2026.1.1", snapshot.Version);
        Assert.True(snapshot.Build().IsLoaded(2027));
        Assert.Equal(("admin", "2027年通知", "2026.1.1"), (edit.Actor, edit.Reason, edit.Version));
    }

    [Fact]
    public async Task SameContentAgain_KeepsTheVersion_WhateverTheOrder()
    {
        var grain = Grain();
        await grain.PutYear(Year, null, Someone, "");
        var again = await grain.PutYear(Year with { DaysOff = new DateOnly[] { new(2027, 1, 1), new(2027, 1, 4) } }, "2026.1", Someone, "");
        var shipped = await grain.PutYear(WorkingCalendar.Shipped.NoticeOf(2026)!, null, Someone, "");

        Assert.Equal(("2026.1.1", "2026.1.1"), (again.Value!.From, again.Value.To));
        Assert.Equal("2026.1.1", shipped.Value!.To);
        Assert.Equal(1, _record.Writes);
    }

    [Fact]
    public async Task ReplacingALoadedYear_NeedsItsVersion()
    {
        var grain = Grain();
        var changed = WorkingCalendar.Shipped.NoticeOf(2026)! with { Notice = "更正" };

        Assert.Equal("precondition.required", (await grain.PutYear(changed, null, Someone, "")).Rejection?.Code);
        Assert.Equal("precondition.failed", (await grain.PutYear(changed, "2026.1.9", Someone, "")).Rejection?.Code);
        Assert.Equal(0, _record.Writes);
        Assert.Equal("2026.1.1", (await grain.PutYear(changed, "2026.1", Someone, "更正文号")).Value?.To);
    }

    [Fact]
    public async Task BrokenNotice_IsRefused_AndNothingIsStored()
    {
        Assert.Equal("calendar.empty", (await Grain().PutYear(Year with { DaysOff = [] }, null, Someone, "")).Rejection?.Code);
        Assert.Equal(0, _record.Writes);
    }

    [Fact]
    public async Task OtherHours_MakeANewVersion()
    {
        var grain = Grain();
        var hours = new WorkingHours(new WorkingInterval[] { new(new(8, 30), new(17, 0)) });

        Assert.Equal("precondition.required", (await grain.PutHours(hours, null, Someone, "夏令")).Rejection?.Code);
        Assert.Equal("calendar.hours", (await grain.PutHours(new WorkingHours([]), "2026.1", Someone, "夏令")).Rejection?.Code);
        Assert.Equal("2026.1.1", (await grain.PutHours(hours, "2026.1", Someone, "夏令")).Value?.To);
        Assert.Equal("2026.1.1", (await grain.PutHours(hours, "2026.1", Someone, "夏令")).Value?.To);
    }

    [Fact]
    public async Task FailedWrite_LeavesNoTrace()
    {
        var grain = Grain();
        _record.Fault = new InconsistentStateException("planted");

        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.PutYear(Year, null, Someone, ""));
        Assert.Equal("2026.1", (await grain.Get()).Version);
        Assert.Empty(await grain.History());

        _record.Fault = null;
        Assert.Equal("2026.1.1", (await grain.PutYear(Year, null, Someone, "")).Value?.To);
    }

    private sealed class MemoryRecord<T> : IPersistentState<T> where T : new()
    {
        public Exception? Fault { get; set; }

        public int Writes { get; private set; }

        public T State { get; set; } = new();

        public string Etag => "";

        public bool RecordExists => true;

        public Task ClearStateAsync() => throw new NotSupportedException();

        public Task ReadStateAsync() => Task.CompletedTask;

        public Task WriteStateAsync()
        {
            Writes += Fault is null ? 1 : 0;
            return Fault is null ? Task.CompletedTask : Task.FromException(Fault);
        }
    }
}
