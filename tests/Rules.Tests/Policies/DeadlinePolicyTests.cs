using System.Globalization;
using System.Text.Json;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Policies;

public sealed class DeadlinePolicyTests
{
    private static readonly DeadlinePolicy V1 = DeadlinePolicy.V1;

    [Fact]
    public void V1_IsValid() => Assert.Null(DeadlinePolicyRules.Check(V1));

    [Fact]
    public void Policy_GoesThroughJsonAndBack()
    {
        var json = JsonSerializer.Serialize(V1, JsonSerializerOptions.Web);
        var back = JsonSerializer.Deserialize<DeadlinePolicy>(json, JsonSerializerOptions.Web)!;

        Assert.Contains("\"clock\":\"reply\",\"ordinary\":{\"unit\":\"workingDays\",\"amount\":5},\"urgent\":{\"unit\":\"minutes\",\"amount\":120}", json, StringComparison.Ordinal);
        Assert.Equal(V1.Rows, back.Rows);
        Assert.Equal(V1, back with { Rows = V1.Rows });
    }

    [Fact]
    public void RowThatNamesTheTier_CountsBeforeTheNature()
    {
        var policy = V1 with { Rows = [.. V1.Rows, new DeadlineRow(Clock.Reply, Span.WorkingDays(2), Span.Minutes(90), Tier: UnitTier.Brigade, Records: [RecordKind.Photos])] };

        Assert.Equal(Span.WorkingDays(2), policy.RowFor(Clock.Reply, Nature.Consultation, UnitTier.Brigade)!.Ordinary);
        Assert.Equal(Span.WorkingDays(2), policy.RowFor(Clock.Support, Nature.Consultation, UnitTier.Brigade)!.Ordinary);
        Assert.Equal(Span.WorkingDays(1), policy.RowFor(Clock.Reply, Nature.Consultation, UnitTier.Station)!.Ordinary);
        Assert.Equal(Span.WorkingDays(5), policy.RowFor(Clock.Reply, Nature.Praise, null)!.Ordinary);
    }

    [Fact]
    public void SupportWithItsOwnRow_UsesIt()
    {
        var policy = V1 with { Rows = [.. V1.Rows, new DeadlineRow(Clock.Support, Span.WorkingDays(2), Span.Minutes(60))] };
        Assert.Equal(Span.WorkingDays(2), policy.RowFor(Clock.Support, Nature.Consultation, null)!.Ordinary);
    }

    /// <summary>A table as it was stored before there were decisions' clocks.</summary>
    private static readonly DeadlinePolicy Old = V1 with { Version = "old", Rows = [.. V1.Rows.Where(r => r.Clock <= Clock.Support)] };

    private static readonly Clock[] Young = [.. Enum.GetValues<Clock>().Where(c => c > Clock.Support)];

    [Fact]
    public void OldTable_IsValid_AndGivesEachYoungClockTheTimesOfV1()
    {
        Assert.Null(DeadlinePolicyRules.Check(Old));
        Assert.Equal(13, Young.Length);
        Assert.All(Young, clock => Assert.Equal(V1.RowFor(clock, Nature.Help, null), Old.RowFor(clock, Nature.Help, UnitTier.Station)));
        Assert.DoesNotContain(Young, clock => V1.RowFor(clock, Nature.Praise, null) is not { Ordinary: not null, Urgent: not null });
    }

    [Fact]
    public void DecisionWithItsOwnRow_UsesIt_AndTheOthersTakeThePlainOne()
    {
        var policy = Old with
        {
            Rows =
            [
                .. Old.Rows, new DeadlineRow(Clock.Decision, Span.WorkingHours(8), Span.Minutes(20)),
                new DeadlineRow(Clock.ReturnDecision, Span.WorkingHours(2), Span.Minutes(10)),
                new DeadlineRow(Clock.MergeDecision, Span.WorkingHours(1), Span.Minutes(5), Nature.Complaint),
                new DeadlineRow(Clock.Archive, Span.WorkingDays(3), Span.WorkingDays(3), Tier: UnitTier.Brigade),
            ],
        };
        Span? Time(Clock clock, Nature nature = Nature.Help, UnitTier? tier = null) => policy.RowFor(clock, nature, tier)!.Ordinary;

        Assert.Null(DeadlinePolicyRules.Check(policy));
        Assert.Equal([Span.WorkingHours(2), Span.WorkingHours(8), Span.WorkingHours(8)],
            new[] { Clock.ReturnDecision, Clock.ExtensionDecision, Clock.Redispatch }.Select(c => Time(c)));
        Assert.Equal(Span.WorkingHours(1), Time(Clock.MergeDecision, Nature.Complaint));
        Assert.Equal(Span.WorkingHours(8), Time(Clock.MergeDecision));
        Assert.Equal((Span.WorkingDays(3), Span.WorkingDays(5)), (Time(Clock.Archive, tier: UnitTier.Brigade), Time(Clock.Archive)));
        Assert.Equal(Span.WorkingDays(2), Time(Clock.AnswerCaller));
    }

    [Fact]
    public void WhatATableLeavesOut_IsNoChange_AndWhatItSetsIsSaidByName()
    {
        Assert.Empty(DeadlineDiffRules.Changes(Old, V1));
        Assert.True(DeadlineBookRules.AreSame(V1, Old with { Version = "v1" }));
        var to = Old with { Rows = [.. Old.Rows, .. Young.Select(c => new DeadlineRow(c, Span.WorkingHours(1), Span.Minutes(7)))] };

        var sentences = DeadlineDiffRules.Changes(Old, to).Select(c => c.Sentence).ToArray();
        Assert.Equal(Young.Length, sentences.Length);
        Assert.Equal("审定时限由一般4个工作小时、紧急15分钟改为一般1个工作小时、紧急7分钟。", sentences[0]);
        Assert.Equal("新增退单审定时限：一般1个工作小时、紧急7分钟。", sentences[1]);
        Assert.Equal("分流结果时限由一般5个工作日、紧急2个工作日改为一般1个工作小时、紧急7分钟。", sentences[^1]);
        Assert.Equal("取消退单审定时限（原为一般1个工作小时、紧急7分钟）。", DeadlineDiffRules.Changes(to, Old).ElementAt(1).Sentence);
    }

    [Fact]
    public void ActingRows_GiveTheSameTimesAsTheTableItself()
    {
        var acting = Old with { Rows = [.. Old.ActingRows] };
        Assert.Equal(V1.Rows, acting.Rows);
        foreach (var clock in Enum.GetValues<Clock>())
        {
            Assert.All(Enum.GetValues<Nature>(), n => Assert.Equal(Old.RowFor(clock, n, null), acting.RowFor(clock, n, null)));
        }
    }

    [Fact]
    public void OtherDistances_MoveTheAlarms()
    {
        var policy = V1 with { Version = "v2", Lead = new AlarmDistance(2, 45), Lag = new AlarmDistance(3, 120) };
        var start = new DateTimeOffset(2026, 10, 15, 2, 0, 0, TimeSpan.Zero);
        var promise = DeadlineRules.For(Clock.Reply, Nature.Complaint, Urgency.Ordinary, null, start, null, WorkingCalendar.Shipped, policy)!;
        var urgent = DeadlineRules.For(Clock.Reply, Nature.Complaint, Urgency.Urgent, null, start, null, WorkingCalendar.Shipped, policy)!;

        Assert.Equal(("10-20 17:30", "10-27 17:30", "v2"), (Wall(promise.YellowAt), Wall(promise.EscalateAt), promise.PolicyVersion));
        Assert.Equal(("10-15 11:15", "10-15 14:00"), (Wall(urgent.YellowAt), Wall(urgent.EscalateAt)));
    }

    public static TheoryData<DeadlinePolicy> Broken =>
    [
        V1 with { Version = " " },
        V1 with { Rows = [.. V1.Rows.Where(r => r.Clock != Clock.Review)] },
        V1 with { Rows = [.. V1.Rows, V1.Rows[0]] },
        V1 with { Rows = [.. V1.Rows.Skip(1), new DeadlineRow(Clock.Triage, Span.WorkingHours(0), null)] },
        V1 with { Rows = [.. V1.Rows.Skip(1), new DeadlineRow(Clock.Triage, Span.WorkingHours(10_001), null)] },
        V1 with { Rows = [.. V1.Rows.Skip(1), new DeadlineRow(Clock.Triage, new Span(SpanUnit.SameDay, 1), null)] },
        V1 with { Rows = [.. V1.Rows, new DeadlineRow(Clock.Reply, Span.WorkingDays(-1), null, Nature.Praise)] },
        V1 with { Rows = [.. V1.Rows, new DeadlineRow(Clock.Reply, null, null, Nature.Praise)] },
        V1 with { Rows = [.. V1.Rows, new DeadlineRow(Clock.Accept, Span.WorkingDays(1), null, Nature.Praise, Records: [RecordKind.Photos])] },
        V1 with { Rows = [.. V1.Rows, new DeadlineRow(Clock.ReturnDecision, Span.WorkingHours(4), null)] },
        V1 with { Rows = [.. V1.Rows, new DeadlineRow(Clock.Redispatch, null, Span.Minutes(15), Nature.Praise)] },
        V1 with { Rows = [.. V1.Rows, new DeadlineRow(Clock.Outcome, Span.SameDay, Span.SameDay, Nature.Help, null, [RecordKind.Photos])] },
        V1 with { ExtensionCapWorkingDays = 0 },
        V1 with { Lead = new AlarmDistance(0, 30) },
        V1 with { Lag = new AlarmDistance(1, -1) },
        V1 with { Tries = new CallbackTries(3, 3, 4, 2) },
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public void BrokenPolicy_IsRefused(DeadlinePolicy policy) => Assert.Equal("policy.invalid", DeadlinePolicyRules.Check(policy)?.Code);

    private static string Wall(DateTimeOffset? instant) => ShanghaiTime.ToLocal(instant!.Value).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
}
