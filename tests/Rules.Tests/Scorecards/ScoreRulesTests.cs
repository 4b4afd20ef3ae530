using Hotline.Policies;
using Hotline.Scorecards;
using static Hotline.Rules.Tests.Scorecards.Samples;

namespace Hotline.Rules.Tests.Scorecards;

public class ScoreRulesTests
{
    private static decimal? Shown(Fraction? value, int decimals = 2) => value?.Rounded(decimals);

    [Fact]
    public void Satisfaction_Of18Satisfied1Basically1Dissatisfied5Unreached_Is94Point50_And20Of25Effective()
    {
        var counts = Counts(satisfied: 18, basically: 1, dissatisfied: 1, unreached: 5);
        var measure = ScoreRules.Satisfaction(counts.Answers, 0.9m);
        Assert.Equal((18.9m, 20), (measure.Numerator, measure.Denominator));
        Assert.Equal(Fraction.Of(945, 1000), measure.Value);
        Assert.Equal((20m, 25), (ScoreRules.EffectiveRate(counts).Numerator, ScoreRules.EffectiveRate(counts).Denominator));
    }

    [Fact]
    public void Composite_Of100_95_And94Point5_Is95Point75() =>
        Assert.Equal(Fraction.Of(95.75m), ScoreRules.Score(Counts(40, 40, 38, 18, 1, 1, 5), V1).Score);

    [Fact]
    public void Composite_OfLateReplies_CountsThemInBothRates() =>
        Assert.Equal(94.75m, Shown(ScoreRules.Score(Counts(40, 38, 38, 18, 1, 1, 5), V1).Score));

    [Fact]
    public void EmptyDueDenominator_LeavesItsWeightToSatisfaction()
    {
        var score = ScoreRules.Score(Counts(satisfied: 9, dissatisfied: 1), V1);
        Assert.Null(score.Reply.Value);
        Assert.Null(score.Completion.Value);
        Assert.Equal(Fraction.Of(90m), score.Score);
        Assert.True(score.MissesMeasure);
    }

    [Fact]
    public void EmptySatisfactionDenominator_LeavesItsWeightToTheOthersInProportion()
    {
        var score = ScoreRules.Score(Counts(due: 3, replied: 3, completed: 1, unreached: 4), V1);
        Assert.Null(score.Satisfaction.Value);
        Assert.Equal(Fraction.Of((20 * 3) + (30 * 1), 3 * 50) * Fraction.Hundred, score.Score);
        Assert.True(score.MissesMeasure);
    }

    [Fact]
    public void NoMeasure_HasNoScore_NeitherZeroNorHundred() => Assert.Null(ScoreRules.Score(Counts(unreached: 3), V1).Score);

    [Fact]
    public void OnlyMeasureThatExistsHasNoWeight_HasNoScore() =>
        Assert.Null(ScoreRules.Score(Counts(due: 5, replied: 5), V1 with { Weights = new(0, 0, 50) }).Score);

    [Fact]
    public void Unreached_IsOutsideTheSatisfactionDenominator_NeverSatisfiedByDefault()
    {
        var without = ScoreRules.Score(Counts(satisfied: 4, dissatisfied: 1), V1).Satisfaction;
        var with = ScoreRules.Score(Counts(satisfied: 4, dissatisfied: 1, unreached: 95), V1).Satisfaction;
        Assert.Equal(without, with);
    }

    [Theory]
    [InlineData(0, "0.6")]
    [InlineData(1, "0.8")]
    public void BasicallySatisfied_IsWorthBeta(int beta, string expected) =>
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            Shown(ScoreRules.Satisfaction(new(3, 1, 1), beta).Value));

    [Fact]
    public void Score_IsRoundedForDisplayOnly()
    {
        var (a, b) = (ScoreRules.Score(Counts(satisfied: 2, dissatisfied: 1), AnswersOnly), ScoreRules.Score(Counts(satisfied: 6667, dissatisfied: 3333), AnswersOnly));
        Assert.Equal(Shown(a.Score), Shown(b.Score));
        Assert.True(a.Score! < b.Score!);
    }

    [Fact]
    public void Smoothed_Of4Of5WithPooled95Percent_Is87Point5Percent() =>
        Assert.Equal(Fraction.Of(0.875m), ScoreRules.Smoothed(new(4, 5), Fraction.Of(0.95m)));

    [Fact]
    public void Smoothed_OfNoAnswer_IsThePooledRate() => Assert.Equal(Fraction.Of(0.95m), ScoreRules.Smoothed(new(0, 0), Fraction.Of(0.95m)));

    [Fact]
    public void Smoothed_WithoutPooledRate_DoesNotExist() => Assert.Null(ScoreRules.Smoothed(new(0, 0), null));

    [Fact]
    public void Excluded_StandsBesideTheFigures_NotInThem()
    {
        var counts = new UnitCounts(Counts(10, 10, 10, 5), Counts(2, 0, 0, 0, 0, 1, 1));
        Assert.Equal(Fraction.Hundred, ScoreRules.Score(counts.Counted, V1).Score);
        var with = ScoreRules.Score(counts.WithExcluded, V1);
        Assert.Equal((10m, 12), (with.Reply.Numerator, with.Reply.Denominator));
        Assert.Equal((5m, 6), (with.Satisfaction.Numerator, with.Satisfaction.Denominator));
    }

    [Fact]
    public void Pooled_IsTheSumOfCounts_NeverTheMeanOfRates()
    {
        var total = new UnitCounts(Counts(1, 0, 0, 1), default) + new UnitCounts(Counts(9, 9, 9, 2, 0, 1), default);
        Assert.Equal(Fraction.Of(9, 10), ScoreRules.Score(total.Counted, V1).Reply.Value);
        Assert.Equal(Fraction.Of(3, 4), ScoreRules.Score(total.Counted, V1).Satisfaction.Value);
    }

    [Fact]
    public void Wilson_Of18Point9Of20_IsTheIntervalReckonedApart()
    {
        var (low, high) = IntervalRules.Wilson(new(18.9m, 20))!.Value;
        Assert.Equal(0.757043m, low);
        Assert.Equal(0.989555m, high);
    }

    [Theory]
    [InlineData(0, 10, "0", "0.277533")]
    [InlineData(10, 10, "0.722467", "1")]
    [InlineData(5, 10, "0.236593", "0.763407")]
    public void Wilson_MatchesPublishedTables(int x, int n, string low, string high)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        Assert.Equal((decimal.Parse(low, invariant), decimal.Parse(high, invariant)), IntervalRules.Wilson(new(x, n)));
    }

    [Fact]
    public void Wilson_OfNoAnswer_DoesNotExist() => Assert.Null(IntervalRules.Wilson(new(0, 0)));
}
