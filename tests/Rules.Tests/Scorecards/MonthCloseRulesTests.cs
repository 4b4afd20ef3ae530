using Hotline.Policies;
using Hotline.Reminders;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>Which months are closed, and of what their keepers are reminded on the way to publication.</summary>
public sealed class MonthCloseRulesTests
{
    private static readonly Month September = new(2026, 9);

    // Closed on Thursday 2026-10-08, after the holiday; Saturday the 10th is worked: the window ends on Monday the 12th, publication is due by the 15th (a clock that starts at 17:30 starts on the next working day).
    private static readonly DateTimeOffset Closed = Local(10, 8, 9, 0);

    [Fact]
    public void Months_AreFinished_FromTheFirstLiveOne_InOrder() =>
        Assert.Equal([new(2025, 11), new(2025, 12), new(2026, 1)], MonthCloseRules.Finished(Local(2025, 11, 30, 23, 59), Local(2026, 2, 1, 0, 10)));

    [Theory]
    [InlineData(9, 1), InlineData(10, 2)]
    public void Month_IsFinished_TenMinutesAfterItsEnd(int minute, int finished) =>
        Assert.Equal(finished, MonthCloseRules.Finished(Local(2026, 8, 5, 9, 0), Local(2026, 10, 1, 0, minute)).Count());

    [Fact]
    public void WithoutALiveTicket_NoMonthIsFinished() => Assert.Empty(MonthCloseRules.Finished(null, Local(10, 12, 9, 0)));

    [Fact]
    public void Tables_AreByTier_OrOneForAll()
    {
        Assert.Equal([LeagueTier.Station, LeagueTier.Brigade], MonthCloseRules.Tiers(TableForm.PerTier));
        Assert.Equal([LeagueTier.All], MonthCloseRules.Tiers(TableForm.Single));
    }

    [Theory]
    [InlineData(8, 9, "tableProvisional")]
    [InlineData(9, 23, "tableProvisional")]
    [InlineData(10, 0, "tableProvisional windowEnds")]
    [InlineData(12, 17, "tableProvisional windowEnds")]
    [InlineData(12, 18, "tableProvisional")]
    [InlineData(15, 17, "tableProvisional")]
    [InlineData(15, 18, "tableProvisional publicationOverdue")]
    public void ClosedTable_RemindsOfWhatIsNext(int day, int hour, string kinds) =>
        Assert.Equal(kinds, string.Join(' ', Due(new(1, Closed, null), Local(10, day, hour, 0)).Select(r => Codes.Of(r.Kind))));

    [Theory]
    [InlineData(8, 9, "objectionOpens")]
    [InlineData(11, 23, "objectionOpens")]
    [InlineData(12, 0, "objectionOpens objectionLastDay")]
    [InlineData(12, 18, "")]
    public void HeadsOfUnits_AreToldOfTheWindowsOpening_AndItsLastDay(int day, int hour, string kinds)
    {
        var told = MonthCloseRules.ForUnits(new(2026, 9), LeagueTier.Station, new(1, Closed, null), WorkingCalendar.Shipped, Local(10, day, hour, 0));
        Assert.Equal(kinds, string.Join(' ', told.Select(r => Codes.Of(r.Kind))));
        Assert.All(told, r => Assert.Equal([Role.UnitHead], r.For));
    }

    [Fact]
    public void HeadsOfUnits_AreToldOfNoWindow_OnceTheFiguresAreProposed() => Assert.Empty(MonthCloseRules.ForUnits(new(2026, 9), LeagueTier.Station,
        new(2, Closed, new("王主任", Closed, "h", "{}")), WorkingCalendar.Shipped, Local(10, 9, 9, 0)));

    [Fact]
    public void ProposedTable_IsRemindedOfNoWindow_OnlyOfTheSecondPerson()
    {
        var standing = new LeagueStanding(2, Closed, new("王主任", Closed, "h", "{}"));

        Assert.DoesNotContain(Due(standing, Local(10, 12, 9, 0)), r => r.Kind == ReminderKind.WindowEnds);
        Assert.EndsWith("请由另一人批准公布。", Due(standing, Local(10, 16, 9, 0)).Single(r => r.Kind == ReminderKind.PublicationOverdue).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void LiveTable_RemindsOfNothing() => Assert.Empty(Due(new(0, null, null), Local(10, 30, 9, 0)));

    [Fact]
    public void Reminder_IsRecordedOnce_AndNotAgainWhenItIsSettled()
    {
        var due = Due(new(1, Closed, null), Local(10, 12, 9, 0));
        var board = ReminderRules.Add(new(), ReminderRules.New(new(), [.. due, .. due]), Local(10, 12, 9, 0));

        Assert.Equal(2, ReminderRules.Open(board).Count);
        Assert.Empty(ReminderRules.New(board, due));
        var settled = ReminderRules.Settle(board, [MonthCloseRules.Subject(September, LeagueTier.Station)], Local(10, 12, 10, 0));
        Assert.Empty(ReminderRules.Open(settled));
        Assert.Empty(ReminderRules.New(settled, due));
        Assert.Same(settled, ReminderRules.Settle(settled, ["league/2026-09/station"], Local(10, 12, 11, 0)));
    }

    private static IReadOnlyList<Reminder> Due(LeagueStanding standing, DateTimeOffset now) =>
        MonthCloseRules.Due(September, LeagueTier.Station, standing, WorkingCalendar.Shipped, now);

    private static DateTimeOffset Local(int month, int day, int hour, int minute) => Local(2026, month, day, hour, minute);

    private static DateTimeOffset Local(int year, int month, int day, int hour, int minute) =>
        new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.FromHours(8)).ToUniversalTime();
}
