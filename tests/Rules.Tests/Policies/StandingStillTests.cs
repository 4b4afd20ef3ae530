using System.Globalization;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Policies;

/// <summary>Standing still (product.md §3): what was left at the stop is left at the go. Around Thursday 2026-10-15.</summary>
public sealed class StandingStillTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Shipped;
    private static readonly DeadlinePolicy Policy = DeadlinePolicy.V1;

    private static DateTimeOffset At(string wall) => new(DateTime.Parse(wall, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static PromiseTerms Terms(Clock clock, Urgency urgency, string start, string? upstream = null) =>
        new(clock, Nature.Complaint, urgency, UnitTier.Station, At(start), upstream is null ? null : At(upstream));

    private static Promise Running(PromiseTerms terms) => DeadlineRules.For(terms, Calendar, Policy)!;

    private static Promise StoodStill(PromiseTerms terms, string stop, string go, WorkingCalendar? calendar = null) =>
        DeadlineRules.StoodStill(Running(terms), terms, At(stop), At(go), calendar ?? Calendar, Policy);

    [Theory]
    [InlineData("2026-10-15T10:00:00", "2026-10-19T11:00:00", "2026-10-28T09:00:00", "2026-11-02T17:30:00")] // Mon: Tue, Wed, Thu left
    [InlineData("2026-10-15T10:00:00", "2026-10-19T17:29:59", "2026-10-28T09:00:00", "2026-11-02T17:30:00")]
    [InlineData("2026-10-15T10:00:00", "2026-10-19T17:30:00", "2026-10-28T09:00:00", "2026-10-30T17:30:00")] // Monday is over: two left
    [InlineData("2026-10-15T10:00:00", "2026-10-19T11:00:00", "2026-10-28T17:29:59", "2026-11-02T17:30:00")]
    [InlineData("2026-10-15T10:00:00", "2026-10-19T11:00:00", "2026-10-28T17:30:00", "2026-11-03T17:30:00")] // goes on on Thursday
    [InlineData("2026-10-15T10:00:00", "2026-10-16T18:00:00", "2026-10-24T12:00:00", "2026-10-29T17:30:00")] // stop and go off work
    [InlineData("2026-10-15T10:00:00", "2026-10-17T12:00:00", "2026-10-18T12:00:00", "2026-10-22T17:30:00")] // within one weekend
    [InlineData("2026-10-15T10:00:00", "2026-10-22T09:00:00", "2026-10-22T16:00:00", "2026-10-22T17:30:00")] // within one day
    [InlineData("2026-10-15T10:00:00", "2026-10-22T17:29:59", "2026-10-26T10:00:00", "2026-10-26T17:30:00")] // no day left: that day
    [InlineData("2026-09-28T10:00:00", "2026-09-29T10:00:00", "2026-10-10T10:00:00", "2026-10-15T17:30:00")] // goes on on a worked Saturday
    [InlineData("2026-09-28T10:00:00", "2026-09-30T10:00:00", "2026-10-03T10:00:00", "2026-10-12T17:30:00")] // in the holidays: from 10-08
    [InlineData("2026-09-28T10:00:00", "2026-10-10T10:00:00", "2026-10-11T10:00:00", "2026-10-12T17:30:00")] // on the due's Saturday
    [InlineData("2026-02-10T10:00:00", "2026-02-13T09:00:00", "2026-02-20T09:00:00", "2026-02-26T17:30:00")] // 02-14 worked, off to 02-23
    public void DayClock_KeepsItsWorkingDays(string start, string stop, string go, string due) =>
        Assert.Equal(At(due), StoodStill(Terms(Clock.Reply, Urgency.Ordinary, start), stop, go).DueAt);

    [Theory]
    // Accept: 4 hours from Thursday 16:00 end on Friday 11:30.
    [InlineData("2026-10-16T09:30:00", "2026-10-16T16:30:00", "2026-10-19T10:00:00")] // two hours: one on Friday, one on Monday
    [InlineData("2026-10-16T09:30:15", "2026-10-16T16:30:00", "2026-10-19T09:59:45")]
    [InlineData("2026-10-15T20:00:00", "2026-10-17T15:00:00", "2026-10-19T11:30:00")] // night to Saturday: two and a half
    [InlineData("2026-10-15T17:30:00", "2026-10-16T09:00:00", "2026-10-16T11:30:00")] // off work altogether: nothing was lost
    [InlineData("2026-10-16T10:00:00", "2026-10-16T17:30:00", "2026-10-19T10:30:00")] // goes on at the end of work
    [InlineData("2026-10-16T10:00:00", "2026-10-16T17:29:59", "2026-10-19T10:29:59")]
    [InlineData("2026-10-16T09:00:00", "2026-10-16T09:30:00", "2026-10-16T12:00:00")] // out at noon, not after lunch
    [InlineData("2026-10-16T09:00:00", "2026-10-16T09:30:01", "2026-10-16T13:30:01")]
    [InlineData("2026-10-16T11:30:00", "2026-10-17T10:00:00", "2026-10-17T10:00:00")] // nothing left: due as it goes on
    public void HourClock_KeepsItsWorkingSeconds(string stop, string go, string due)
    {
        var still = StoodStill(Terms(Clock.Accept, Urgency.Ordinary, "2026-10-15T16:00:00"), stop, go);
        Assert.Equal((At(due), null, false), (still.DueAt, still.YellowAt, still.Incomplete));
    }

    [Theory]
    // An urgent reply of Saturday 23:30 is due on Sunday 01:30.
    [InlineData("2026-10-18T00:00:00", "2026-10-19T08:00:00", "2026-10-19T09:30:00", "2026-10-19T09:00:00")]
    [InlineData("2026-10-18T00:59:59", "2026-10-18T12:00:00", "2026-10-18T12:30:01", "2026-10-18T12:00:01")]
    [InlineData("2026-10-18T01:00:00", "2026-10-18T12:00:00", "2026-10-18T12:30:00", null)] // would fall as it goes on
    [InlineData("2026-10-18T01:30:00", "2026-10-18T12:00:00", "2026-10-18T12:00:00", null)]
    public void NaturalClock_KeepsItsSeconds(string stop, string go, string due, string? yellow)
    {
        var still = StoodStill(Terms(Clock.Reply, Urgency.Urgent, "2026-10-17T23:30:00"), stop, go);
        Assert.Equal((At(due), At(due).AddMinutes(60)), (still.DueAt, still.EscalateAt!.Value));
        Assert.Equal(yellow is null ? null : At(yellow), still.YellowAt);
    }

    [Fact]
    public void UrgentClockOfWorkingDays_KeepsWorkingDays()
    {
        var still = StoodStill(Terms(Clock.Rework, Urgency.Urgent, "2026-10-15T10:00:00"), "2026-10-15T11:00:00", "2026-10-20T11:00:00");
        Assert.Equal((At("2026-10-21T17:30:00"), At("2026-10-21T17:00:00"), At("2026-10-21T18:30:00")),
            (still.DueAt, still.YellowAt!.Value, still.EscalateAt!.Value));
    }

    [Fact]
    public void ClockUntilMidnight_KeepsItsSeconds() =>
        Assert.Equal(At("2026-10-17T04:00:00"),
            StoodStill(Terms(Clock.Callback, Urgency.Urgent, "2026-10-15T10:00:00"), "2026-10-15T16:00:00", "2026-10-16T20:00:00").DueAt);

    [Theory]
    [InlineData(Clock.Reply, Urgency.Ordinary, "2026-10-22T17:30:00.001", "2026-10-30T10:00:00")]
    [InlineData(Clock.Accept, Urgency.Ordinary, "2026-10-16T09:30:00", "2026-10-19T10:00:00")]
    [InlineData(Clock.Reply, Urgency.Urgent, "2026-10-15T12:00:00.001", "2026-10-16T10:00:00")]
    public void ClockThatWasPast_StaysAsItWas(Clock clock, Urgency urgency, string stop, string go)
    {
        var terms = Terms(clock, urgency, "2026-10-15T10:00:00");
        var running = Running(terms);
        Assert.Same(running, DeadlineRules.StoodStill(running, terms, At(stop), At(go), Calendar, Policy));
    }

    [Theory]
    [InlineData("2026-10-16T10:00:00")]
    [InlineData("2026-10-16T17:30:00")]
    [InlineData("2026-10-17T10:00:00")]
    public void StopAndGoAtOneInstant_ChangeNothing(string instant)
    {
        foreach (var clock in Enum.GetValues<Clock>())
        {
            var terms = Terms(clock, Urgency.Ordinary, "2026-10-15T16:00:00");
            var running = Running(terms);
            Assert.Same(running, DeadlineRules.StoodStill(running, terms, At(instant), At(instant), Calendar, Policy));
            Assert.Same(running, DeadlineRules.StoodStill(running, terms, At(instant), At(instant).AddMilliseconds(-3), Calendar, Policy));
        }
    }

    [Fact]
    public void CompressedPromise_StaysCompressed()
    {
        var still = StoodStill(Terms(Clock.Reply, Urgency.Ordinary, "2026-10-15T10:00:00", upstream: "2026-10-15T16:00:00"),
            "2026-10-15T11:00:00", "2026-10-16T10:00:00");
        Assert.Equal((At("2026-10-16T17:30:00"), true, At("2026-10-15T10:00:00")), (still.DueAt, still.Compressed, still.StartAt));
    }

    [Fact]
    public void NoDue_ComesEarlier()
    {
        var terms = Terms(Clock.Reply, Urgency.Ordinary, "2026-10-15T10:00:00");
        var late = DeadlineRules.Extended(Running(terms), Urgency.Ordinary, At("2026-10-23T22:00:00"), Calendar, Policy);
        Assert.Equal(late.DueAt,
            DeadlineRules.StoodStill(late, terms, At("2026-10-23T09:00:00"), At("2026-10-23T10:00:00"), Calendar, Policy).DueAt);

        var saturday = DeadlineRules.Extended(Running(terms), Urgency.Ordinary, At("2026-10-24T12:00:00"), Calendar, Policy);
        Assert.Equal(At("2026-10-26T17:30:00"), // stopped after the last day's work, before the due: still that one day's work
            DeadlineRules.StoodStill(saturday, terms, At("2026-10-24T10:00:00"), At("2026-10-25T10:00:00"), Calendar, Policy).DueAt);
    }

    [Theory]
    [InlineData("2026-10-19T11:00:00", "2026-10-28T09:00:00", "2026-10-30T17:30:00", "2026-11-03T17:30:00")] // due 11-02
    [InlineData("2026-10-21T11:00:00", "2026-10-28T17:29:59", "2026-10-28T17:30:00", "2026-10-30T17:30:00")] // due 10-29
    [InlineData("2026-10-22T11:00:00", "2026-10-28T09:00:00", null, "2026-10-29T17:30:00")] // due 10-28: its evening before is over
    [InlineData("2026-10-22T11:00:00", "2026-10-28T17:30:00", null, "2026-10-30T17:30:00")] // due 10-29: it would fall as it goes on
    [InlineData("2026-10-17T12:00:00", "2026-10-18T12:00:00", "2026-10-21T17:30:00", "2026-10-23T17:30:00")] // due 10-22 as before
    public void Alarms_FollowTheNewDue(string stop, string go, string? yellow, string escalation)
    {
        var still = StoodStill(Terms(Clock.Reply, Urgency.Ordinary, "2026-10-15T10:00:00"), stop, go);
        Assert.Equal((yellow is null ? null : At(yellow), At(escalation)), (still.YellowAt, still.EscalateAt!.Value));
    }

    [Fact]
    public void ReturnAndDivert_StandStillWithoutAlarms()
    {
        var back = StoodStill(Terms(Clock.Return, Urgency.Ordinary, "2026-10-15T16:00:00"), "2026-10-16T09:30:00", "2026-10-16T16:30:00");
        Assert.Equal((At("2026-10-19T10:00:00"), null, null), (back.DueAt, back.YellowAt, back.EscalateAt));
    }

    [Theory]
    [InlineData(Clock.Reply, "2026-12-21T10:00:00", "2026-12-22T10:00:00", "2026-12-22T14:00:00", "2026-12-28T17:30:00", false)]
    [InlineData(Clock.Reply, "2026-12-21T10:00:00", "2026-12-22T10:00:00", "2026-12-25T10:00:00", "2026-12-31T17:30:00", true)] // its alarm
    [InlineData(Clock.Reply, "2026-12-21T10:00:00", "2026-12-22T10:00:00", "2026-12-29T10:00:00", "2027-01-04T17:30:00", true)]
    [InlineData(Clock.Return, "2026-12-30T16:00:00", "2026-12-31T09:30:00", "2026-12-31T15:30:00", "2026-12-31T17:30:00", false)]
    [InlineData(Clock.Return, "2026-12-30T16:00:00", "2026-12-31T09:30:00", "2026-12-31T15:30:01", "2027-01-01T09:00:01", true)]
    [InlineData(Clock.Return, "2026-12-30T16:00:00", "2026-12-31T11:30:00", "2027-01-01T09:00:00", "2027-01-01T09:00:00", true)]
    public void StandingStillOverTheYearsEnd_SaysThatTheNextYearIsNotLoaded(
        Clock clock, string start, string stop, string go, string due, bool isIncomplete)
    {
        var still = StoodStill(Terms(clock, Urgency.Ordinary, start), stop, go);
        Assert.Equal((At(due), isIncomplete), (still.DueAt, still.Incomplete));
    }

    [Fact]
    public void StandingStillOverTheYearsEnd_CountsTheNextYearsNotice()
    {
        var year = new HolidayYear(2027, "试行通知", [new(2027, 1, 1)], [new(2027, 1, 2)]);
        var calendar = WorkingCalendar.Create("2026.1.1", [.. Calendar.Years, year]);
        var terms = Terms(Clock.Reply, Urgency.Ordinary, "2026-12-21T10:00:00");
        var still = StoodStill(terms, "2026-12-22T10:00:00", "2026-12-29T10:00:00", calendar);
        Assert.Equal((At("2027-01-04T17:30:00"), At("2027-01-02T17:30:00"), false, "2026.1.1"),
            (still.DueAt, still.YellowAt!.Value, still.Incomplete, still.CalendarVersion));
    }

    [Fact]
    public void PromiseMadeOnAnUnloadedYear_StaysMarked_AndANaturalOneNeedsNoNotice()
    {
        var terms = Terms(Clock.Reply, Urgency.Ordinary, "2026-12-28T10:00:00");
        var loaded = WorkingCalendar.Create("2026.1.1", [.. Calendar.Years, new HolidayYear(2027, "试行通知", [], [])]);
        Assert.True(StoodStill(terms, "2026-12-29T10:00:00", "2026-12-29T11:00:00", loaded).Incomplete);

        var urgent = Terms(Clock.Reply, Urgency.Urgent, "2026-12-31T23:00:00");
        Assert.False(StoodStill(urgent, "2027-01-01T00:10:00", "2027-01-05T00:00:00").Incomplete);
    }

    [Theory]
    [InlineData("2026-10-15T10:00:00", "2026-11-26")]
    [InlineData("2026-10-15T23:59:59", "2026-11-26")]
    [InlineData("2026-10-16T00:00:00", "2026-11-27")]
    [InlineData("2026-10-17T10:00:00", "2026-11-27")] // a Saturday counts as the Friday before it
    [InlineData("2026-09-24T10:00:00", "2026-11-12")] // over two holidays and a worked Saturday
    public void Suspension_RunsToTheThirtiethWorkingDayAfterToday(string now, string last) =>
        Assert.Equal(DateOnly.Parse(last, CultureInfo.InvariantCulture), DeadlineRules.LatestSuspension(At(now), Calendar));
}
