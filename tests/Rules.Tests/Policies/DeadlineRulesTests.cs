using System.Globalization;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Policies;

/// <summary>Upstream dues, alarms, extensions, unloaded years.</summary>
public sealed class DeadlineRulesTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Shipped;
    private static readonly DeadlinePolicy Policy = DeadlinePolicy.V1;

    private static DateTimeOffset At(string wall) => new(DateTime.Parse(wall, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static Promise Reply(string start, string? upstream, Nature nature = Nature.Complaint, Urgency urgency = Urgency.Ordinary) =>
        DeadlineRules.For(Clock.Reply, nature, urgency, UnitTier.Station, At(start), upstream is null ? null : At(upstream), Calendar, Policy)!;

    [Theory]
    // 5 wd from Thursday 10-15 is 10-22 17:30.
    [InlineData("2026-10-15T10:00:00", "2026-10-30T12:00:00", "2026-10-22T17:30:00", false)] // far upstream: the rule
    [InlineData("2026-10-15T10:00:00", "2026-10-23T00:00:00", "2026-10-22T17:30:00", false)] // the evening before its day
    [InlineData("2026-10-15T10:00:00", "2026-10-22T23:59:00", "2026-10-21T17:30:00", false)]
    [InlineData("2026-10-15T10:00:00", "2026-10-19T09:00:00", "2026-10-16T17:30:00", false)] // over the weekend
    [InlineData("2026-10-15T10:00:00", "2026-10-18T09:00:00", "2026-10-16T17:30:00", false)] // an upstream Sunday
    [InlineData("2026-10-15T17:29:59", "2026-10-16T10:00:00", "2026-10-15T17:30:00", false)] // one second left
    [InlineData("2026-10-15T17:30:00", "2026-10-16T10:00:00", "2026-10-16T10:00:00", true)] // at dispatch is not after it
    [InlineData("2026-10-15T18:00:00", "2026-10-16T10:00:00", "2026-10-16T10:00:00", true)]
    [InlineData("2026-10-15T10:00:00", "2026-10-15T16:00:00", "2026-10-15T16:00:00", true)] // the same day
    [InlineData("2026-10-15T10:00:00", "2026-10-15T10:00:00", "2026-10-15T10:00:00", true)] // at dispatch: kept, compresses
    [InlineData("2026-10-15T10:00:00", "2026-10-01T10:00:00", "2026-10-01T10:00:00", true)] // before dispatch
    [InlineData("2026-10-01T10:00:00", "2026-10-03T10:00:00", "2026-10-03T10:00:00", true)] // inside National Day
    public void UpstreamDue_SetsTheInnerDue(string start, string upstream, string due, bool isCompressed)
    {
        var promise = Reply(start, upstream);
        Assert.Equal((At(due), isCompressed, false), (promise.DueAt, promise.Compressed, promise.Incomplete));
    }

    [Theory]
    [InlineData("2026-10-15T10:00:00", "2026-10-15T13:00:00", "2026-10-15T12:00:00", false)] // nothing inner left, but the rule is earlier
    [InlineData("2026-10-15T10:00:00", "2026-10-15T12:00:00", "2026-10-15T12:00:00", false)] // equal: the unit has its full time
    [InlineData("2026-10-15T10:00:00", "2026-10-15T11:59:59", "2026-10-15T11:59:59", true)]
    [InlineData("2026-10-15T16:30:00", "2026-10-16T09:00:00", "2026-10-15T17:30:00", false)] // inner before the two hours are over
    [InlineData("2026-10-15T10:00:00", "2026-10-20T09:00:00", "2026-10-15T12:00:00", false)]
    public void UpstreamDue_AppliesToUrgentRepliesToo(string start, string upstream, string due, bool isCompressed)
    {
        var promise = Reply(start, upstream, urgency: Urgency.Urgent);
        Assert.Equal((At(due), isCompressed), (promise.DueAt, promise.Compressed));
    }

    [Fact]
    public void UpstreamDue_TouchesNoOtherClock()
    {
        foreach (var clock in Enum.GetValues<Clock>().Where(c => c != Clock.Reply))
        {
            var with = DeadlineRules.For(clock, Nature.Help, Urgency.Ordinary, null, At("2026-10-15T10:00:00"), At("2026-10-15T11:00:00"), Calendar, Policy);
            var without = DeadlineRules.For(clock, Nature.Help, Urgency.Ordinary, null, At("2026-10-15T10:00:00"), null, Calendar, Policy);
            Assert.Equal(without, with);
        }
    }

    [Theory]
    [InlineData("2026-10-16T18:00:00", Nature.Consultation, "2026-10-19T17:30:00")] // due Tuesday, start day Monday
    [InlineData("2026-10-19T17:29:59", Nature.Consultation, "2026-10-19T17:30:00")]
    [InlineData("2026-02-13T16:00:00", Nature.Complaint, "2026-02-26T17:30:00")]
    [InlineData("2026-02-27T10:00:00", Nature.Help, "2026-03-02T17:30:00")]
    public void YellowCard_IsTheEndOfTheLastWorkingDayBeforeTheDue(string start, Nature nature, string yellow) =>
        Assert.Equal(At(yellow), Reply(start, null, nature).YellowAt);

    [Fact]
    public void YellowCard_IsNeverAtOrBeforeTheStart()
    {
        Assert.Null(Reply("2026-10-15T10:00:00", "2026-10-15T16:00:00").YellowAt);
        Assert.Null(Reply("2026-10-15T10:00:00", "2026-10-16T10:00:00").YellowAt); // inner due tonight
        Assert.Null(Reply("2026-10-15T17:30:00", "2026-10-16T10:00:00").YellowAt); // would fall at the start
        Assert.Null(Reply("2026-10-15T10:00:00", "2026-10-15T10:30:00", urgency: Urgency.Urgent).YellowAt);
        Assert.Equal(At("2026-10-15T10:00:01"), Reply("2026-10-15T10:00:00", "2026-10-15T10:30:01", urgency: Urgency.Urgent).YellowAt);
    }

    [Theory]
    [InlineData("2026-10-15T10:00:00", null, "2026-10-23T17:30:00")] // due Thursday 10-22
    [InlineData("2026-10-16T10:00:00", null, "2026-10-26T17:30:00")] // due Friday 10-23
    [InlineData("2026-10-15T10:00:00", "2026-10-15T12:00:00", "2026-10-16T17:30:00")]
    [InlineData("2026-10-17T10:00:00", "2026-10-17T15:00:00", "2026-10-19T17:30:00")] // due on a Saturday
    public void Escalation_IsOneWorkingDayAfterTheDue(string start, string? upstream, string escalation) =>
        Assert.Equal(At(escalation), Reply(start, upstream).EscalateAt);

    [Fact]
    public void Extension_EndsWithinTenWorkingDaysOfTheCurrentDue()
    {
        var reply = Reply("2026-10-15T10:00:00", null);

        Assert.False(DeadlineRules.ExtensionWithinCap(reply, reply.DueAt, Calendar, Policy));
        Assert.True(DeadlineRules.ExtensionWithinCap(reply, reply.DueAt.AddSeconds(1), Calendar, Policy));
        Assert.True(DeadlineRules.ExtensionWithinCap(reply, At("2026-11-05T17:30:00"), Calendar, Policy));
        Assert.False(DeadlineRules.ExtensionWithinCap(reply, At("2026-11-05T17:30:01"), Calendar, Policy));
        Assert.Equal(At("2026-11-05T17:30:00"), DeadlineRules.LatestExtension(reply, Calendar, Policy).At);
    }

    [Fact]
    public void ExtendedPromise_SetsItsAlarmsAnew_AndKeepsItsMark()
    {
        var reply = Reply("2026-10-15T10:00:00", "2026-10-15T16:00:00");
        var extended = DeadlineRules.Extended(reply, Urgency.Ordinary, At("2026-10-20T12:00:00"), Calendar, Policy);

        Assert.Equal((At("2026-10-20T12:00:00"), At("2026-10-19T17:30:00"), At("2026-10-21T17:30:00"), true, reply.StartAt),
            (extended.DueAt, extended.YellowAt!.Value, extended.EscalateAt!.Value, extended.Compressed, extended.StartAt));
        var urgent = DeadlineRules.Extended(reply, Urgency.Urgent, At("2026-10-20T12:00:00"), Calendar, Policy);
        Assert.Equal((At("2026-10-20T11:30:00"), At("2026-10-20T13:00:00")), (urgent.YellowAt!.Value, urgent.EscalateAt!.Value));
    }

    [Theory]
    [InlineData("2026-12-21T10:00:00", null, false)] // due 12-28, alarms before the year's end
    [InlineData("2026-12-24T10:00:00", null, true)] // due 12-31, but its escalation falls in 2027
    [InlineData("2026-12-28T10:00:00", null, true)]
    [InlineData("2026-10-15T10:00:00", "2027-03-01T10:00:00", false)] // a far upstream due in an unloaded year decides nothing
    [InlineData("2026-12-28T10:00:00", "2027-01-01T10:00:00", true)]
    [InlineData("2003-06-02T10:00:00", null, true)]
    public void PromiseThatNeedsAnUnloadedYear_IsMarked(string start, string? upstream, bool isIncomplete) =>
        Assert.Equal(isIncomplete, Reply(start, upstream).Incomplete);

    [Fact]
    public void UrgentClock_NeedsNoHolidayNotice_UnlessAnUpstreamDueAsksForOne()
    {
        Assert.False(Reply("2030-06-03T10:00:00", null, urgency: Urgency.Urgent).Incomplete);
        Assert.True(Reply("2030-06-03T10:00:00", "2030-06-05T10:00:00", urgency: Urgency.Urgent).Incomplete);
    }

    [Fact]
    public void Recomputed_FollowsTheNewCalendar_ButNotAgainstADecision()
    {
        var terms = new PromiseTerms(Clock.Reply, Nature.Consultation, Urgency.Ordinary, null, At("2026-12-31T10:00:00"));
        var before = DeadlineRules.For(terms, Calendar, Policy)!;
        var year = new HolidayYear(2027, "试行通知", [new(2027, 1, 1)], []);
        var after = WorkingCalendar.Create("2026.1.1", [.. Calendar.Years, year]);

        var moved = DeadlineRules.Recomputed(before, terms, wasExtended: false, after, Policy);
        Assert.Equal((At("2027-01-01T17:30:00"), true), (before.DueAt, before.Incomplete));
        Assert.Equal((At("2027-01-04T17:30:00"), false, "2026.1.1"), (moved.DueAt, moved.Incomplete, moved.CalendarVersion));

        var kept = DeadlineRules.Recomputed(before, terms, wasExtended: true, after, Policy);
        Assert.Equal((before.DueAt, At("2027-01-04T17:30:00")), (kept.DueAt, kept.EscalateAt!.Value));
    }

    [Fact]
    public void Preview_ListsOnlyWhatMoves()
    {
        var moving = new PromiseTerms(Clock.Reply, Nature.Consultation, Urgency.Ordinary, null, At("2026-12-31T10:00:00"));
        var still = moving with { StartAt = At("2026-10-15T10:00:00") };
        OpenPromise Open(string id, PromiseTerms terms) => new(id, DeadlineRules.For(terms, Calendar, Policy)!, terms, WasExtended: false);
        var after = WorkingCalendar.Create("2026.1.1", [.. Calendar.Years, new HolidayYear(2027, "试行通知", [new(2027, 1, 1)], [])]);

        var move = Assert.Single(DeadlinePreview.Of([Open("T-A", moving), Open("T-B", still)], after, _ => Policy));

        Assert.True(move.MovesDue);
        Assert.Equal(("T-A", At("2027-01-01T17:30:00"), At("2027-01-04T17:30:00")), (move.TicketId, move.From.DueAt, move.To.DueAt));
    }

    [Fact]
    public void EndsOfTime_DoNotThrow()
    {
        foreach (var urgency in Enum.GetValues<Urgency>())
        {
            Assert.True(Reply("9998-12-31T23:59:59", "0001-01-02T00:00:00", urgency: urgency).Compressed);
            Assert.NotNull(DeadlineRules.For(Clock.Reply, Nature.Help, urgency, null, DateTimeOffset.MinValue, DateTimeOffset.MinValue, Calendar, Policy));
        }
    }
}
