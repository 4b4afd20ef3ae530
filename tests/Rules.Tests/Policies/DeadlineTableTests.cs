using System.Globalization;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Policies;

/// <summary>Every cell of the table in product.md §3, each from the same start: Thursday 2026-10-15 16:00.</summary>
public sealed class DeadlineTableTests
{
    private static readonly DateTimeOffset Start = At("2026-10-15T16:00:00");

    private static DateTimeOffset At(string wall) => new(DateTime.Parse(wall, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static Promise? Promised(Clock clock, Nature nature, Urgency urgency) =>
        DeadlineRules.For(clock, nature, urgency, UnitTier.Station, Start, null, WorkingCalendar.Shipped, DeadlinePolicy.V1);

    [Theory]
    [InlineData(Clock.Triage, "2026-10-16T09:30:00", null)]
    [InlineData(Clock.Accept, "2026-10-16T11:30:00", null)]
    [InlineData(Clock.Contact, "2026-10-16T17:30:00", null)]
    [InlineData(Clock.Review, "2026-10-16T11:30:00", null)]
    [InlineData(Clock.Callback, "2026-10-16T17:30:00", null)]
    [InlineData(Clock.Rework, "2026-10-20T17:30:00", "2026-10-19T17:30:00")]
    [InlineData(Clock.Supervision, "2026-10-22T17:30:00", "2026-10-21T17:30:00")]
    [InlineData(Clock.Decision, "2026-10-16T11:30:00", null)]
    [InlineData(Clock.AnswerCaller, "2026-10-19T17:30:00", "2026-10-16T17:30:00")]
    [InlineData(Clock.Archive, "2026-10-22T17:30:00", "2026-10-21T17:30:00")]
    [InlineData(Clock.Outcome, "2026-10-22T17:30:00", "2026-10-21T17:30:00")]
    public void OrdinaryClocks_AreDueAsTheTableSays(Clock clock, string due, string? yellow)
    {
        var promise = Promised(clock, Nature.Complaint, Urgency.Ordinary)!;
        var isOneDayClock = clock is Clock.Contact or Clock.Callback; // the evening of the start day still lies after the start
        var expectedYellow = isOneDayClock ? At("2026-10-15T17:30:00") : yellow is null ? (DateTimeOffset?)null : At(yellow);

        Assert.Equal(At(due), promise.DueAt);
        Assert.Equal(expectedYellow, promise.YellowAt);
        Assert.Equal((clock, Start, false, false, "v1", "2026.1"),
            (promise.Clock, promise.StartAt, promise.Compressed, promise.Incomplete, promise.PolicyVersion, promise.CalendarVersion));
    }

    [Theory]
    [InlineData(Clock.Triage, "2026-10-15T16:15:00", null, "2026-10-15T17:15:00")]
    [InlineData(Clock.Accept, "2026-10-15T16:30:00", null, "2026-10-15T17:30:00")]
    [InlineData(Clock.Contact, "2026-10-15T17:00:00", "2026-10-15T16:30:00", "2026-10-15T18:00:00")]
    [InlineData(Clock.Reply, "2026-10-15T18:00:00", "2026-10-15T17:30:00", "2026-10-15T19:00:00")]
    [InlineData(Clock.Support, "2026-10-15T18:00:00", "2026-10-15T17:30:00", "2026-10-15T19:00:00")]
    [InlineData(Clock.Review, "2026-10-15T16:30:00", null, "2026-10-15T17:30:00")]
    [InlineData(Clock.Callback, "2026-10-16T00:00:00", "2026-10-15T23:30:00", "2026-10-16T01:00:00")]
    [InlineData(Clock.Rework, "2026-10-16T17:30:00", "2026-10-16T17:00:00", "2026-10-16T18:30:00")]
    [InlineData(Clock.Supervision, "2026-10-19T17:30:00", "2026-10-19T17:00:00", "2026-10-19T18:30:00")]
    [InlineData(Clock.Decision, "2026-10-15T16:15:00", null, "2026-10-15T17:15:00")]
    [InlineData(Clock.AnswerCaller, "2026-10-16T17:30:00", "2026-10-16T17:00:00", "2026-10-16T18:30:00")]
    [InlineData(Clock.Archive, "2026-10-22T17:30:00", "2026-10-22T17:00:00", "2026-10-22T18:30:00")]
    [InlineData(Clock.Outcome, "2026-10-19T17:30:00", "2026-10-19T17:00:00", "2026-10-19T18:30:00")]
    public void UrgentClocks_AreDueAsTheTableSays(Clock clock, string due, string? yellow, string escalation)
    {
        var promise = Promised(clock, Nature.Consultation, Urgency.Urgent)!;

        Assert.Equal(At(due), promise.DueAt);
        Assert.Equal(yellow is null ? null : At(yellow), promise.YellowAt);
        Assert.Equal(At(escalation), promise.EscalateAt);
    }

    [Theory]
    [InlineData(Nature.Consultation, "2026-10-16T17:30:00")]
    [InlineData(Nature.Help, "2026-10-20T17:30:00")]
    [InlineData(Nature.Complaint, "2026-10-22T17:30:00")]
    [InlineData(Nature.Report, "2026-10-22T17:30:00")]
    [InlineData(Nature.Suggestion, "2026-10-22T17:30:00")]
    [InlineData(Nature.Praise, "2026-10-22T17:30:00")]
    public void OrdinaryReply_AndSupport_FollowTheNature(Nature nature, string due)
    {
        Assert.Equal(At(due), Promised(Clock.Reply, nature, Urgency.Ordinary)!.DueAt);
        Assert.Equal(At(due), Promised(Clock.Support, nature, Urgency.Ordinary)!.DueAt);
    }

    [Fact]
    public void EveryNature_IsTwoHoursWhenUrgent() =>
        Assert.All(Enum.GetValues<Nature>(), n => Assert.Equal(Start.AddHours(2), Promised(Clock.Reply, n, Urgency.Urgent)!.DueAt));

    [Fact]
    public void ReturnAndDivert_HaveADueButNoAlarms()
    {
        var back = Promised(Clock.Return, Nature.Help, Urgency.Ordinary)!;
        var divert = Promised(Clock.Divert, Nature.Help, Urgency.Ordinary)!;

        Assert.Equal((At("2026-10-16T11:30:00"), null, null), (back.DueAt, back.YellowAt, back.EscalateAt));
        Assert.Equal((At("2026-10-19T17:30:00"), null, null), (divert.DueAt, divert.YellowAt, divert.EscalateAt));
        Assert.Equal(At("2026-10-15T16:15:00"), Promised(Clock.Return, Nature.Help, Urgency.Urgent)!.DueAt);
        Assert.Null(Promised(Clock.Divert, Nature.Help, Urgency.Urgent));
    }

    [Theory]
    [InlineData(Clock.ReturnDecision)]
    [InlineData(Clock.ExtensionDecision)]
    [InlineData(Clock.SuspensionDecision)]
    [InlineData(Clock.ExclusionDecision)]
    [InlineData(Clock.WithdrawalDecision)]
    [InlineData(Clock.CorrectionDecision)]
    [InlineData(Clock.MergeDecision)]
    [InlineData(Clock.DivertDecision)]
    [InlineData(Clock.Redispatch)]
    public void EachDecision_HasTheTimeOfDecisions(Clock clock)
    {
        foreach (var urgency in Enum.GetValues<Urgency>())
        {
            Assert.Equal(Promised(Clock.Decision, Nature.Help, urgency)! with { Clock = clock }, Promised(clock, Nature.Help, urgency));
        }
    }

    [Fact]
    public void EveryClock_HasAnOrdinaryPromise() =>
        Assert.All(Enum.GetValues<Clock>(), clock => Assert.NotNull(Promised(clock, Nature.Complaint, Urgency.Ordinary)));

    [Fact]
    public void UrgentOnASaturdayNight_RunsOnNaturalTime()
    {
        var promise = DeadlineRules.For(Clock.Reply, Nature.Help, Urgency.Urgent, null, At("2026-10-17T23:30:00"), null,
            WorkingCalendar.Shipped, DeadlinePolicy.V1)!;

        Assert.Equal((At("2026-10-18T01:30:00"), At("2026-10-18T01:00:00"), At("2026-10-18T02:30:00")),
            (promise.DueAt, promise.YellowAt!.Value, promise.EscalateAt!.Value));
    }
}
