using Hotline.Policies;
using Hotline.Scorecards;
using static Hotline.Rules.Tests.Scorecards.Samples;

namespace Hotline.Rules.Tests.Scorecards;

public class FlagRulesTests
{
    private static bool Commended(CountSet counts) => FlagRules.IsCommended(new(counts, default), V1);

    [Fact]
    public void AllSatisfied_WithFiveEffectiveAndSixtyPercentReached_IsCommended()
    {
        Assert.True(Commended(Counts(satisfied: 5)));
        Assert.True(Commended(Counts(satisfied: 6, unreached: 4)));
    }

    [Fact]
    public void FourEffective_AreTooFewToCommend() => Assert.False(Commended(Counts(satisfied: 4)));

    [Fact]
    public void LessThanSixtyPercentReached_IsNotCommended() => Assert.False(Commended(Counts(satisfied: 599, unreached: 401)));

    [Fact]
    public void OneBasicallySatisfied_IsNotCommended_EvenIfItCountsFully() =>
        Assert.False(FlagRules.IsCommended(new(Counts(satisfied: 9, basically: 1), default), V1 with { BasicallySatisfiedValue = 1 }));

    [Fact]
    public void OneDissatisfied_IsNotCommended() => Assert.False(Commended(Counts(satisfied: 99, dissatisfied: 1)));

    [Fact]
    public void ExcludedDissatisfiedAnswer_DoesNotSpoilCommendation() =>
        Assert.True(FlagRules.IsCommended(new(Counts(satisfied: 5), Counts(dissatisfied: 1)), V1));

    [Fact]
    public void MinimumOfZero_DoesNotCommendAUnitWithoutAnswers() =>
        Assert.False(FlagRules.IsCommended(UnitCounts.None, V1 with { Commendation = new(0, 0) }));

    [Fact]
    public void Last_IsFlaggedAndCriticised_WhenPenaltiesAreOn()
    {
        var row = Rank(AnswersOnly, 90, 80, 70, 60, 50).Row("U04");
        Assert.Equal(["last", "criticised", "missingMeasure"], FlagRules.Of(row, 0, AnswersOnly));
    }

    [Fact]
    public void Last_IsShownButNotCriticised_WhenPenaltiesAreAdvisory()
    {
        var policy = AnswersOnly with { Penalties = Penalties.Advisory };
        Assert.Equal(["last", "missingMeasure"], FlagRules.Of(Rank(policy, 90, 80, 70, 60, 50).Row("U04"), 0, policy));
    }

    [Fact]
    public void BottomThree_WithThreeMonths_CarriesBothFlags()
    {
        var row = Rank(AnswersOnly, 100, 95, 90, 85, 80, 75, 70).Row("U04");
        Assert.Equal(["bottomThree", "missingMeasure"], FlagRules.Of(row, 2, AnswersOnly));
        Assert.Equal(["bottomThree", "bottomThreeStreak", "missingMeasure"], FlagRules.Of(row, 3, AnswersOnly));
    }

    [Fact]
    public void OrdinaryRow_HasNoFlags()
    {
        var row = LeagueTableRules.Rank([Entry("A", Counts(40, 40, 38, 18, 1, 1, 5), V1)], V1).Row("A");
        Assert.Empty(FlagRules.Of(row, 0, V1));
    }
}
