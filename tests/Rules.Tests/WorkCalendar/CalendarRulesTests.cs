using System.Globalization;

namespace Hotline.WorkCalendar;

public sealed class CalendarRulesTests
{
    private static readonly HolidayYear Good = new(2027, "国务院办公厅关于2027年部分节假日安排的通知", Days("2027-01-01", "2027-02-06"), Days("2027-02-14", "2026-12-26"));

    private static DateOnly[] Days(params string[] days) => [.. days.Select(d => DateOnly.ParseExact(d, "yyyy-MM-dd", CultureInfo.InvariantCulture))];

    private static string? CodeOf(HolidayYear year) => CalendarRules.Check(year, WorkingCalendar.Shipped)?.Code;

    [Fact]
    public void GoodNotice_IsAccepted() => Assert.Null(CodeOf(Good));

    [Fact]
    public void EveryShippedNotice_IsAccepted() => Assert.All(WorkingCalendar.Shipped.Years, year => Assert.Null(CodeOf(year)));

    [Fact]
    public void BrokenNotices_AreRefused()
    {
        Assert.Equal("calendar.year", CodeOf(Good with { Year = 0 }));
        Assert.Equal("calendar.year", CodeOf(Good with { Year = 9999 }));
        Assert.Equal("calendar.notice", CodeOf(Good with { Notice = " " }));
        Assert.Equal("calendar.notice", CodeOf(Good with { Notice = new string('长', 201) }));
        Assert.Equal("calendar.empty", CodeOf(Good with { DaysOff = [] }));
        Assert.Equal("calendar.duplicate", CodeOf(Good with { DaysOff = Days("2027-01-01", "2027-01-01") }));
        Assert.Equal("calendar.outside-year", CodeOf(Good with { DaysOff = Days("2026-12-17") }));
        Assert.Equal("calendar.outside-year", CodeOf(Good with { MakeUpWorkdays = Days("2028-01-15") }));
        Assert.Equal("calendar.contradiction", CodeOf(Good with { MakeUpWorkdays = Days("2027-02-06") }));
        Assert.Equal("calendar.not-make-up", CodeOf(Good with { MakeUpWorkdays = Days("2027-02-15") }));
        Assert.Equal("calendar.too-many", CodeOf(Good with { DaysOff = [.. Enumerable.Range(0, 201).Select(new DateOnly(2027, 1, 1).AddDays)] }));
    }

    [Fact]
    public void WeekdayThatAnotherNoticeTookOff_MayBeWorkedAgain()
    {
        var next = new HolidayYear(2027, "通知", Days("2027-01-01"), Days("2027-01-04"));
        var previous = new HolidayYear(2026, "通知", Days("2026-10-01", "2027-01-04"), []);

        Assert.Equal("calendar.not-make-up", CodeOf(next));
        Assert.Null(CalendarRules.Check(next, WorkingCalendar.Create("t", [previous])));
        Assert.True(WorkingCalendar.Create("t", [previous, next]).IsWorkingDay(new DateOnly(2027, 1, 4)));
    }

    [Fact]
    public void ReplacingNeedsTheCurrentVersion_AFirstImportDoesNot()
    {
        Assert.Null(CalendarRules.CheckVersion(null, "2026.1", replaces: false));
        Assert.Null(CalendarRules.CheckVersion("2026.1", "2026.1", replaces: true));
        Assert.Equal("precondition.required", CalendarRules.CheckVersion(null, "2026.1", replaces: true)?.Code);
        Assert.Equal("precondition.failed", CalendarRules.CheckVersion("2026.1", "2026.1.1", replaces: true)?.Code);
        Assert.Equal("precondition.failed", CalendarRules.CheckVersion("2026.1", "2026.1.1", replaces: false)?.Code);
    }

    [Fact]
    public void ChangedDays_NameDaysOfTheYearBeforeToo()
    {
        var after = WorkingCalendar.Create("t", [.. WorkingCalendar.Shipped.Years, Good]);
        // 2027-02-06 is a Saturday and off anyway.
        Assert.Equal(Days("2026-12-26", "2027-01-01", "2027-02-14"), CalendarRules.ChangedDays(WorkingCalendar.Shipped, after));
    }

    [Fact]
    public void Snapshot_TakesTheLastImportOfEachYear()
    {
        var corrected = Good with { DaysOff = Days("2027-01-01", "2027-01-04") };
        var hours = new WorkingHours(new WorkingInterval[] { new(new(8, 30), new(17, 0)) });
        CalendarEdit Edit(HolidayYear? year, WorkingHours? h) => new("", year, h, "a", DateTimeOffset.UnixEpoch, "");

        var snapshot = CalendarRules.SnapshotOf([Edit(Good, null), Edit(null, hours), Edit(corrected, null)]);

        Assert.Equal(("2026.1.3", hours), (snapshot.Version, snapshot.Hours));
        Assert.Same(corrected, Assert.Single(snapshot.Imported));
        Assert.Equal("2026.1", CalendarRules.SnapshotOf([]).Version);
        Assert.Equal(new TimeOnly(17, 0), snapshot.Build().Hours.Intervals[^1].End);
    }
}
