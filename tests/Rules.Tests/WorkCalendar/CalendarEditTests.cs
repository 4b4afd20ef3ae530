using Hotline.Shared;

namespace Hotline.WorkCalendar;

/// <summary>What an import of a year and other hours make of the calendar's changes.</summary>
public sealed class CalendarEditTests
{
    private static readonly HolidayYear Year = new(2027, "2027年通知", new DateOnly[] { new(2027, 1, 4), new(2027, 1, 1) }, []);
    private static readonly EditOrigin Someone = new("admin", new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), "");
    private static readonly CalendarState Shipped = new();

    [Fact]
    public void ImportedYear_MakesANewVersion_WithItsDaysInOrder()
    {
        var after = Put(Shipped, Year, null).Value!;
        var change = CalendarRules.Difference(Shipped, after);
        var edit = Assert.Single(after.Edits);

        Assert.Equal(("2026.1", "2026.1.1"), (change.From, change.To));
        Assert.Equal(new DateOnly[] { new(2027, 1, 1), new(2027, 1, 4) }, change.ChangedDays);
        Assert.True(CalendarRules.SnapshotOf(after.Edits).Build().IsLoaded(2027));
        Assert.Equal(("admin", "2027年通知", "2026.1.1"), (edit.Actor, edit.Reason, edit.Version));
    }

    [Fact]
    public void SameContentAgain_ChangesNothing_WhateverTheOrder()
    {
        var after = Put(Shipped, Year, null).Value!;
        Assert.Same(after, Put(after, Year with { DaysOff = new DateOnly[] { new(2027, 1, 1), new(2027, 1, 4) } }, "2026.1").Value);
        Assert.Same(Shipped, Put(Shipped, WorkingCalendar.Shipped.NoticeOf(2026)!, null).Value);
        Assert.Empty(CalendarRules.Difference(after, after).ChangedDays);
    }

    [Fact]
    public void ReplacingALoadedYear_NeedsItsVersion()
    {
        var changed = WorkingCalendar.Shipped.NoticeOf(2026)! with { Notice = "更正" };
        Assert.Equal("precondition.required", Put(Shipped, changed, null).Rejection?.Code);
        Assert.Equal("precondition.failed", Put(Shipped, changed, "2026.1.9").Rejection?.Code);
        Assert.Equal("2026.1.1", Put(Shipped, changed, "2026.1").Value?.Edits[0].Version);
    }

    [Fact]
    public void BrokenNotice_IsRefused() => Assert.Equal("calendar.empty", Put(Shipped, Year with { DaysOff = [] }, null).Rejection?.Code);

    [Fact]
    public void OtherHours_MakeANewVersion_TheSameHoursNone()
    {
        var hours = new WorkingHours(new WorkingInterval[] { new(new(8, 30), new(17, 0)) });
        Assert.Equal("precondition.required", CalendarRules.PutHours(Shipped, hours, null, Someone).Rejection?.Code);
        Assert.Equal("calendar.hours", CalendarRules.PutHours(Shipped, new([]), "2026.1", Someone).Rejection?.Code);
        var after = CalendarRules.PutHours(Shipped, hours, "2026.1", Someone).Value!;
        Assert.Equal("2026.1.1", CalendarRules.SnapshotOf(after.Edits).Version);
        Assert.Same(after, CalendarRules.PutHours(after, hours, "2026.1", Someone).Value);
    }

    private static Result<CalendarState> Put(CalendarState state, HolidayYear year, string? expected) => CalendarRules.PutYear(state, year, expected, Someone);
}
