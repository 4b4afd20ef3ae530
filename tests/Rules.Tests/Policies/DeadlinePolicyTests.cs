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
