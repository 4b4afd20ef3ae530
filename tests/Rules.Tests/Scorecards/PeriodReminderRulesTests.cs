using Hotline.Reminders;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>Reminders of the quarter's list of excellent units and the year's reward list.</summary>
public sealed class PeriodReminderRulesTests
{
    [Fact]
    public void Quarter_IsDue_WhenItsLastTableIsPublished()
    {
        var reminder = Assert.Single(Due(new(2026, 10), [(7, true), (8, true), (9, true)]));

        Assert.Equal((ReminderKind.QuarterListDue, "quarter/2026-Q3"), (reminder.Kind, reminder.Subject));
        Assert.Equal("2026年第三季度各月排名表均已公布，请于10月26日17:30前核对并批准季度优秀单位名单。", reminder.Text);
        Assert.Equal([Role.OfficeDirector, Role.Leader], reminder.For);
        Assert.Equal(Local(2026, 10, 26, 17, 30), reminder.DueAt);
    }

    [Fact]
    public void Quarter_WithATableStillUnpublished_Waits() => Assert.Empty(Due(new(2026, 10), [(7, true), (8, false), (9, true)]));

    [Fact]
    public void Quarter_StillRunning_Waits() => Assert.Empty(Due(new(2026, 9), [(7, true), (8, true)]));

    [Fact]
    public void Quarter_WaitsForNoMonthBeforeTheFirstLiveOne() => Assert.Single(Due(new(2026, 10), [(9, true)]));

    [Fact]
    public void Year_IsDueWithItsLastQuarter()
    {
        var months = Enumerable.Range(1, 12).Select(n => (n, true)).ToArray();

        var due = Due(new(2027, 1), months);

        Assert.Equal(["quarter/2026-Q1", "quarter/2026-Q2", "quarter/2026-Q3", "quarter/2026-Q4", "year/2026"], due.Select(r => r.Subject));
        Assert.Equal(ReminderKind.YearListDue, due[^1].Kind);
        months[4] = (5, false);
        Assert.DoesNotContain(Due(new(2027, 1), months), r => r.Kind == ReminderKind.YearListDue || r.Subject == "quarter/2026-Q2");
    }

    [Fact]
    public void PeriodOverForMoreThanAYear_IsNoLongerRemindedOf_AndSettled()
    {
        FinishedMonth[] finished = [new(new(2026, 9), true), new(new(2026, 12), true)];
        var later = Local(2027, 10, 15, 9, 0);

        Assert.Equal(["quarter/2026-Q4", "year/2026"], PeriodReminderRules.Due(finished, WorkingCalendar.Shipped, later).Select(r => r.Subject));
        Assert.Equal(["quarter/2026-Q3"], PeriodReminderRules.Lapsed(finished, later));
        Assert.Equal(["quarter/2026-Q3", "quarter/2026-Q4", "year/2026"], PeriodReminderRules.Lapsed(finished, later.AddDays(100)));
    }

    private static IReadOnlyList<Reminder> Due(Month now, IReadOnlyList<(int Number, bool Published)> months) => PeriodReminderRules.Due(
        [.. months.Select(m => new FinishedMonth(new(2026, m.Number), m.Published))], WorkingCalendar.Shipped, Local(now.Year, now.Number, 19, 9, 0));

    private static DateTimeOffset Local(int year, int month, int day, int hour, int minute) =>
        new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.FromHours(8)).ToUniversalTime();
}
