using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Rules.Tests.Policies;

public class ScoringPolicyRulesTests
{
    private static readonly ScoringPolicy V1 = ScoringPolicy.V1;

    private static ScoringPolicy From(string version, string month) => V1 with { Version = version, EffectiveFrom = Month.Parse(month)!.Value };

    private static string[] Faults(ScoringPolicy policy) => [.. ScoringPolicyRules.Validate(policy).Select(f => f.Pointer)];

    [Fact]
    public void ShippedPolicy_IsValid_AndAppliesFromTheFirstMonth()
    {
        Assert.Empty(Faults(V1));
        Assert.Equal("0001-01", V1.EffectiveFrom.ToString());
    }

    [Theory]
    [InlineData("2010-12", "v1")]
    [InlineData("2011-01", "a")]
    [InlineData("2019-12", "a")]
    [InlineData("2020-01", "b")]
    public void PolicyFor_TakesTheLatestEffectiveFrom_InclusiveOfItsMonth(string month, string expected) =>
        Assert.Equal(expected, ScoringPolicyRules.PolicyFor(Month.Parse(month)!.Value, [V1, From("b", "2020-01"), From("a", "2011-01")]).Version);

    [Fact]
    public void PolicyFor_AmongEqualEffectiveFrom_TakesTheLastStored() =>
        Assert.Equal("second", ScoringPolicyRules.PolicyFor(new(2026, 1), [V1, From("first", "2020-01"), From("second", "2020-01")]).Version);

    [Fact]
    public void PolicyFor_BeforeEveryVersion_IsTheShippedOne() => Assert.Same(V1, ScoringPolicyRules.PolicyFor(new(2000, 1), [From("a", "2011-01")]));

    [Fact]
    public void Weights_MayBeZero_ButNotAll()
    {
        Assert.Empty(Faults(V1 with { Weights = new(0, 0, 0.5m) }));
        Assert.Equal(["/weights"], Faults(V1 with { Weights = new(0, 0, 0) }));
    }

    [Fact]
    public void NegativeWeight_IsNamed() => Assert.Equal(["/weights/completion"], Faults(V1 with { Weights = new(20, -1, 50) }));

    [Fact]
    public void SeveralFaults_AreAllNamed() =>
        Assert.Equal(["/version", "/basicallySatisfiedValue", "/minEffectiveCallbacks", "/bottomCount", "/streakMonths"],
            Faults(V1 with { Version = "一", BasicallySatisfiedValue = 1.1m, MinEffectiveCallbacks = -1, BottomCount = 0, StreakMonths = 0 }));

    [Fact]
    public void DecimalsBeyondTheSixth_AreRefused() => Assert.Equal(["/basicallySatisfiedValue"], Faults(V1 with { BasicallySatisfiedValue = 0.1234567m }));

    [Fact]
    public void UnknownFormula_IsRefused() => Assert.Equal(["/formula"], Faults(V1 with { Formula = 2 }));

    [Fact]
    public void OptionalTerms_AreCheckedToo() =>
        Assert.Equal(["/commendation/minEffectiveRate", "/lastExemption/minScore", "/lastExemption/withinMedian", "/commendation/minEffectiveCallbacks"],
            Faults(V1 with { LastExemption = new(101, -1), Commendation = new(0, 2) }));
}
