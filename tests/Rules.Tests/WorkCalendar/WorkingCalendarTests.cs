using System.Globalization;

namespace Hotline.WorkCalendar;

/// <summary>Worked examples of product.md §3 and the data of the shipped years.</summary>
public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Shipped;

    private static DateTimeOffset At(string wall) =>
        new(DateTime.Parse(wall, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("2026-02-13T16:00:00", 5, "2026-02-27T17:30:00")] // over Spring Festival, make-up Saturday 02-14
    [InlineData("2026-02-14T17:29:59", 1, "2026-02-24T17:30:00")] // a make-up Saturday is a start day
    [InlineData("2026-02-27T09:00:00", 1, "2026-02-28T17:30:00")] // and a due day
    [InlineData("2025-09-27T10:00:00", 1, "2025-09-29T17:30:00")] // Saturday before the make-up Sunday 09-28
    [InlineData("2025-09-30T17:30:00", 1, "2025-10-10T17:30:00")] // National Day 2025
    [InlineData("2025-10-10T09:00:00", 1, "2025-10-11T17:30:00")]
    [InlineData("2024-05-10T12:00:00", 1, "2024-05-11T17:30:00")]
    [InlineData("2020-01-23T10:00:00", 1, "2020-02-03T17:30:00")] // the extension of 2020
    [InlineData("2020-01-31T10:00:00", 1, "2020-02-04T17:30:00")]
    [InlineData("2026-10-16T17:29:59", 1, "2026-10-19T17:30:00")] // Friday, last second
    [InlineData("2026-10-16T17:30:00", 1, "2026-10-20T17:30:00")] // Friday, the end is outside
    [InlineData("2026-10-16T18:00:00", 1, "2026-10-20T17:30:00")]
    [InlineData("2026-10-17T10:00:00", 1, "2026-10-20T17:30:00")] // Saturday
    [InlineData("2026-10-15T12:30:00", 1, "2026-10-16T17:30:00")] // the break belongs to its day
    [InlineData("2026-10-15T00:00:00", 0, "2026-10-15T17:30:00")]
    public void DayClock_IsDueAtTheEndOfTheNthWorkingDay(string start, int days, string due)
    {
        Assert.Equal(At(due), Calendar.AfterWorkingDays(At(start), days).At);
        Assert.Equal(TimeSpan.Zero, Calendar.AfterWorkingDays(At(start), days).At.Offset);
    }

    [Theory]
    [InlineData("2026-10-09T16:00:00", 4, "2026-10-10T11:30:00")] // Friday into the make-up Saturday
    [InlineData("2026-10-15T10:00:00", 2, "2026-10-15T12:00:00")] // due at the end of the interval, not at 13:30
    [InlineData("2026-10-15T12:00:00", 2, "2026-10-15T15:30:00")]
    [InlineData("2026-10-16T13:30:00", 4, "2026-10-16T17:30:00")]
    [InlineData("2026-10-16T17:30:00", 4, "2026-10-19T14:30:00")]
    [InlineData("2026-10-16T17:29:59", 4, "2026-10-19T14:29:59")]
    [InlineData("2026-10-18T03:00:00", 7, "2026-10-19T17:30:00")]
    [InlineData("2026-10-18T03:00:00", 0, "2026-10-18T03:00:00")]
    public void HourClock_RunsOnlyInWorkingHours(string start, int hours, string due) =>
        Assert.Equal(At(due), Calendar.AfterWorkingHours(At(start), TimeSpan.FromHours(hours)).At);

    [Theory]
    [InlineData("2026-02-14", true)]
    [InlineData("2026-02-15", false)]
    [InlineData("2026-02-23", false)]
    [InlineData("2026-02-28", true)]
    [InlineData("2025-09-28", true)]
    [InlineData("2025-10-08", false)]
    [InlineData("2025-10-11", true)]
    [InlineData("2024-05-11", true)]
    [InlineData("2020-01-31", false)]
    [InlineData("2020-02-01", false)]
    [InlineData("2020-02-02", false)]
    [InlineData("2020-02-03", true)]
    [InlineData("2015-09-03", false)]
    [InlineData("2015-09-06", true)]
    [InlineData("2005-12-31", true)] // named by the notice for 2006
    [InlineData("2006-12-30", true)]
    [InlineData("2007-12-31", false)]
    [InlineData("2018-12-29", true)]
    [InlineData("2022-12-31", false)]
    public void KnownDays_AreAsTheNoticesSay(string day, bool isWorked) => Assert.Equal(isWorked, Calendar.IsWorkingDay(Day(day)));

    [Fact]
    public void Years2025And2026_Have248WorkingDays()
    {
        Assert.Equal(248, Calendar.WorkingDaysBetween(Day("2024-12-31"), Day("2025-12-31")));
        Assert.Equal(248, Calendar.WorkingDaysBetween(Day("2025-12-31"), Day("2026-12-31")));
    }

    // Swapping moves working days, it makes none: weekdays off less worked weekends are the statutory holidays of the year's law.
    [Fact]
    public void EveryNotice_BalancesToItsStatutoryHolidays()
    {
        Assert.Equal(Enumerable.Range(2004, 23), Calendar.Years.Select(y => y.Year));
        foreach (var year in Calendar.Years)
        {
            var isExtraordinary = year.Year switch { 2015 => 1, 2020 => 2, _ => 0 };
            var statutory = year.Year switch { < 2008 => 10, < 2025 => 11, _ => 13 };
            var weekdaysOff = year.DaysOff.Count(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
            Assert.Equal(statutory + isExtraordinary, weekdaysOff - year.MakeUpWorkdays.Count);
            Assert.Contains($"{year.Year}年", year.Notice, StringComparison.Ordinal);
        }
        Assert.Equal((619, 151), (Calendar.Years.Sum(y => y.DaysOff.Count), Calendar.Years.Sum(y => y.MakeUpWorkdays.Count)));
    }

    [Fact]
    public void ADueThatNeedsAnUnloadedYear_SaysSo()
    {
        Assert.True(Calendar.AfterWorkingDays(At("2026-12-30T10:00:00"), 1).Complete);
        Assert.False(Calendar.AfterWorkingDays(At("2026-12-30T10:00:00"), 2).Complete);
        Assert.Equal(At("2027-01-01T17:30:00"), Calendar.AfterWorkingDays(At("2026-12-30T10:00:00"), 2).At);
        Assert.False(Calendar.AfterWorkingDays(At("2003-12-31T10:00:00"), 1).Complete);
        Assert.False(Calendar.AfterWorkingHours(At("2026-12-31T17:00:00"), TimeSpan.FromHours(1)).Complete);
        Assert.True(Calendar.EndOfLastWorkingDayBefore(Day("2027-01-01")).Complete);
        Assert.False(Calendar.EndOfLastWorkingDayBefore(Day("2027-01-04")).Complete);
        Assert.False(Calendar.IsLoaded(2027));
        Assert.Null(Calendar.NoticeOf(2027));
    }

    [Fact]
    public void ImportedYear_CompletesTheDue_AndMovesIt()
    {
        var next = new HolidayYear(2027, "试行通知", [Day("2027-01-01"), Day("2027-01-02"), Day("2027-01-03")], [Day("2026-12-26")]);
        var calendar = WorkingCalendar.Create("2026.1.1", [.. Calendar.Years, next]);

        Assert.Equal(new Due(At("2027-01-04T17:30:00").ToUniversalTime(), true), calendar.AfterWorkingDays(At("2026-12-30T10:00:00"), 2));
        Assert.True(calendar.IsWorkingDay(Day("2026-12-26")));
        Assert.Same(next, calendar.NoticeOf(2027));
        Assert.Equal("2026.1.1", calendar.Version);
    }

    [Fact]
    public void OtherWorkingHours_MoveTheEndOfTheDay()
    {
        var hours = new WorkingHours([new(new(8, 30), new(11, 30)), new(new(14, 0), new(18, 0))]);
        var calendar = WorkingCalendar.Create("summer", Calendar.Years, hours);

        Assert.Equal(At("2026-10-19T18:00:00"), calendar.AfterWorkingDays(At("2026-10-16T17:59:59"), 1).At);
        Assert.Equal(At("2026-10-16T11:30:00"), calendar.AfterWorkingHours(At("2026-10-15T17:00:00"), TimeSpan.FromHours(4)).At);
        Assert.Throws<ArgumentException>(() => WorkingCalendar.Create("empty", [], new WorkingHours([])));
        Assert.Throws<ArgumentException>(() => WorkingCalendar.Create("over", [], new WorkingHours([new(new(9, 0), new(12, 0)), new(new(11, 0), new(13, 0))])));
    }

    [Fact]
    public void EndsOfTime_DoNotThrow()
    {
        foreach (var start in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue, At("0001-01-02T00:00:00"), At("9998-12-31T23:59:59") })
        {
            Assert.False(Calendar.AfterWorkingDays(start, 5).Complete);
            Assert.False(Calendar.AfterWorkingHours(start, TimeSpan.FromHours(4)).Complete);
            Assert.False(Calendar.EndOfLastWorkingDayBefore(start).Complete);
            Assert.Equal(TimeSpan.Zero, Calendar.WorkingTimeBetween(start, start));
            Calendar.EndOfDay(ShanghaiTime.DateOf(start));
            ShanghaiTime.ToLocal(start);
        }
        Assert.Equal(At("9999-01-01T17:30:00"), Calendar.AfterWorkingDays(At("9998-12-31T10:00:00"), 1).At);
        Assert.False(Calendar.AfterWorkingDays(At("2026-01-05T10:00:00"), int.MaxValue).Complete);
        Assert.False(Calendar.AfterWorkingHours(At("2026-01-05T10:00:00"), TimeSpan.MaxValue).Complete);
        Assert.Equal(9999, Calendar.AfterWorkingHours(At("2026-01-05T10:00:00"), TimeSpan.MaxValue).At.Year);
    }

    [Fact]
    public void NegativeSpans_AreFaults()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AfterWorkingDays(At("2026-01-05T10:00:00"), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AfterWorkingHours(At("2026-01-05T10:00:00"), TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void EndOfDay_Is24Hours() => Assert.Equal(At("2026-10-16T00:00:00"), Calendar.EndOfDay(Day("2026-10-15")));
}
