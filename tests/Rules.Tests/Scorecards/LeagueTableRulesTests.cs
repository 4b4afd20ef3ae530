using Hotline.Policies;
using Hotline.Scorecards;
using static Hotline.Rules.Tests.Scorecards.Samples;

namespace Hotline.Rules.Tests.Scorecards;

public class LeagueTableRulesTests
{
    private static BottomOutcome Outcome(LeagueRanking ranking, string code) => PastTable.Of(new(2026, 10), ranking, V1).OutcomeOf(code);

    private static string[] Codes(params int[] numbers) => [.. numbers.Select(n => $"U{n:00}")];

    [Fact]
    public void Ranks_Of96_95_95_94_Are1_2_2_4() =>
        Assert.Equal([1, 2, 2, 4], Rank(AnswersOnly, 96, 95, 95, 94).Rows.Select(r => r.Rank!.Value));

    [Fact]
    public void Order_InsideATie_IsByUnitCodeOrdinal()
    {
        string[] codes = ["阿", "王", "b", "B", "张", "A", "李"];
        var ranking = LeagueTableRules.Rank(codes.Select(c => Entry(c, Counts(satisfied: 5), V1)), V1);
        Assert.Equal(["A", "B", "b", "张", "李", "王", "阿"], ranking.Rows.Select(r => r.Entry.Unit.Code));
    }

    [Fact]
    public void Rank_ComparesExactScores_NotShownOnes()
    {
        var ranking = LeagueTableRules.Rank(
            [Entry("A", Counts(satisfied: 2, dissatisfied: 1), AnswersOnly), Entry("B", Counts(satisfied: 6667, dissatisfied: 3333), AnswersOnly)], AnswersOnly);
        Assert.Equal(("B", 1), (ranking.Rows[0].Entry.Unit.Code, ranking.Rows[0].Rank));
        Assert.Equal(("A", 2), (ranking.Rows[1].Entry.Unit.Code, ranking.Rows[1].Rank));
    }

    [Fact]
    public void TooFewEffectiveCallbacks_AreShownWithScore_AndNotRanked()
    {
        var ranking = LeagueTableRules.Rank([Entry("A", Counts(due: 9, satisfied: 5), V1), Entry("B", Counts(due: 9, replied: 9, completed: 9, satisfied: 4, unreached: 9), V1)], V1);
        var small = ranking.Row("B");
        Assert.Equal((null, NotRanked.TooFewCallbacks), (small.Rank, small.Reason));
        Assert.Equal(Fraction.Hundred, small.Entry.Score.Score);
        Assert.Equal((1, 1), (ranking.RankedUnits, ranking.Row("A").Rank!.Value));
        Assert.Same(small, ranking.Rows[^1]);
    }

    [Fact]
    public void ExactlyTheMinimumOfCallbacks_IsRanked() =>
        Assert.Null(LeagueTableRules.ReasonNotRanked(Entry("A", Counts(satisfied: 5), V1), V1));

    [Fact]
    public void ExcludedAnswers_DoNotHelpToReachTheMinimum()
    {
        var counts = new UnitCounts(Counts(due: 9, satisfied: 4), Counts(satisfied: 3));
        Assert.Equal(NotRanked.TooFewCallbacks, LeagueTableRules.ReasonNotRanked(new(Unit("A"), counts, ScoreRules.Score(counts.Counted, V1)), V1));
    }

    [Fact]
    public void MinimumOfZero_RanksAUnitWithoutAnyCallback()
    {
        var policy = V1 with { MinEffectiveCallbacks = 0 };
        var entry = Entry("A", Counts(due: 4, replied: 3, completed: 3), policy);
        Assert.Null(LeagueTableRules.ReasonNotRanked(entry, policy));
        Assert.True(entry.Score.MissesMeasure);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void UnitWithoutAnyMeasure_IsShownAndNotRanked(int minimum)
    {
        var policy = V1 with { MinEffectiveCallbacks = minimum };
        Assert.Equal(NotRanked.NoMeasure, LeagueTableRules.ReasonNotRanked(Entry("A", Counts(unreached: 3), policy), policy));
    }

    [Fact]
    public void MissingMeasureAlone_LeavesAUnitRanked() =>
        Assert.Null(LeagueTableRules.ReasonNotRanked(Entry("A", Counts(satisfied: 6), V1), V1));

    [Theory]
    [InlineData(new[] { 90, 80, 70 }, 80)]
    [InlineData(new[] { 90, 81, 80, 70 }, 80.5)]
    [InlineData(new[] { 90 }, 90)]
    public void Median_IsTheMiddle_OrTheMeanOfTheTwoMiddleScores(int[] scores, double expected) =>
        Assert.Equal(Fraction.Of((decimal)expected), Rank(AnswersOnly, [.. scores.Select(s => (decimal)s)]).Median);

    [Fact]
    public void Unranked_EnterNoMedian()
    {
        var policy = AnswersOnly with { MinEffectiveCallbacks = 5 };
        var ranking = LeagueTableRules.Rank([Entry("A", Counts(satisfied: 10), policy), Entry("B", Counts(dissatisfied: 4), policy)], policy);
        Assert.Equal(Fraction.Hundred, ranking.Median);
    }

    [Fact]
    public void NobodyRanked_HasNoMedianNoLastNoBottomThree()
    {
        var ranking = LeagueTableRules.Rank([Entry("A", default, V1)], V1);
        Assert.Null(ranking.Median);
        Assert.Empty(ranking.Last());
        Assert.Empty(ranking.BottomThree());
        Assert.False(ranking.HasBottomThree);
    }

    [Fact]
    public void LastPlace_WithFourRanked_DoesNotExist() => Assert.Empty(Rank(AnswersOnly, 90, 80, 70, 60).Last());

    [Fact]
    public void LastPlace_WithFiveRanked_IsTheLowest()
    {
        var ranking = Rank(AnswersOnly, 90, 80, 70, 60, 50);
        Assert.Equal(Codes(4), ranking.Last());
        Assert.Equal(Codes(4), ranking.Criticised());
    }

    [Fact]
    public void LastPlace_SharedByAllUnitsAtTheLowestScore() => Assert.Equal(Codes(3, 4), Rank(AnswersOnly, 90, 80, 70, 60, 60).Criticised());

    [Theory]
    [InlineData(88)]
    [InlineData(100)]
    public void AllEqual_NobodyIsLast_NobodyIsInTheBottomThree_AndTheTableStillHasOne(int score)
    {
        var ranking = Rank(AnswersOnly, [.. Enumerable.Repeat((decimal)score, 8)]);
        Assert.Empty(ranking.Last());
        Assert.Empty(ranking.BottomThree());
        Assert.True(ranking.HasBottomThree);
        Assert.All(ranking.Rows, r => Assert.Equal(BottomOutcome.Outside, Outcome(ranking, r.Entry.Unit.Code)));
    }

    [Theory]
    [InlineData("95", "97", true)]
    [InlineData("94.99", "96", false)]
    [InlineData("95", "97.01", false)]
    [InlineData("96", "98", true)]
    public void LastAt95OrMore_Within2OfTheMedian_IsNotCriticised_BoundsInclusive(string last, string median, bool exempt)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        var (low, middle) = (decimal.Parse(last, invariant), decimal.Parse(median, invariant));
        var ranking = Rank(AnswersOnly, 99, 99, middle, middle, low);
        Assert.Equal(Codes(4), ranking.Last());
        Assert.Equal(exempt ? [] : Codes(4), ranking.Criticised());
    }

    [Fact]
    public void LastExemption_ComparesExactScores()
    {
        // 94.9999… is shown as 95.00 and is still below 95.
        var entries = new[] { 99m, 96m, 96m, 96m }.Select((s, i) => Entry($"U{i:00}", Answers(s), AnswersOnly))
            .Append(Entry("U04", Counts(satisfied: 949_999, dissatisfied: 50_001), AnswersOnly));
        Assert.Equal(Codes(4), LeagueTableRules.Rank(entries, AnswersOnly).Criticised());
    }

    [Fact]
    public void BottomThree_Of100_100_98_97_97_96_95_95_95_AreTheThreeAt95() =>
        Assert.Equal(Codes(6, 7, 8), Rank(AnswersOnly, 100, 100, 98, 97, 97, 96, 95, 95, 95).BottomThree());

    [Fact]
    public void BottomThree_Of100_99_98_97_96_95_95_95_94_AreThe94AndAllThreeAt95() =>
        Assert.Equal(Codes(5, 6, 7, 8), Rank(AnswersOnly, 100, 99, 98, 97, 96, 95, 95, 95, 94).BottomThree());

    [Fact]
    public void BottomThree_WithSixRanked_DoesNotExist()
    {
        var ranking = Rank(AnswersOnly, 90, 80, 70, 60, 50, 40);
        Assert.Empty(ranking.BottomThree());
        Assert.False(ranking.HasBottomThree);
        Assert.All(ranking.Rows, r => Assert.Equal(BottomOutcome.NotRanked, Outcome(ranking, r.Entry.Unit.Code)));
    }

    [Fact]
    public void BottomThree_WithSevenRanked_AreTheLowestThree() =>
        Assert.Equal(Codes(4, 5, 6), Rank(AnswersOnly, 100, 95, 90, 85, 80, 75, 70).BottomThree());

    [Fact]
    public void BottomThree_NeverHoldsFullMarks() =>
        Assert.Equal(Codes(6), Rank(AnswersOnly, 100, 100, 100, 100, 100, 100, 99).BottomThree());

    [Fact]
    public void FullMarks_AreTheExactHundred()
    {
        var entries = Enumerable.Range(0, 6).Select(i => Entry($"U{i:00}", Answers(100), AnswersOnly))
            .Append(Entry("U06", Counts(satisfied: 999_999, dissatisfied: 1), AnswersOnly));
        Assert.Equal(Codes(6), LeagueTableRules.Rank(entries, AnswersOnly).BottomThree());
    }

    [Fact]
    public void FullMarks_WithAMissingMeasure_AreStillFullMarks()
    {
        var policy = V1 with { MinEffectiveCallbacks = 0 };
        var entries = Enumerable.Range(0, 6).Select(i => Entry($"U{i:00}", Counts(due: 10, replied: 10, completed: 10), policy))
            .Append(Entry("U06", Counts(due: 10, replied: 9, completed: 9), policy));
        Assert.Equal(Codes(6), LeagueTableRules.Rank(entries, policy).BottomThree());
    }

    [Fact]
    public void Unranked_IsNeitherLastNorInTheBottomThree()
    {
        var policy = AnswersOnly with { MinEffectiveCallbacks = 5 };
        var entries = new[] { 100m, 95, 90, 85, 80, 75, 70 }.Select((s, i) => Entry($"U{i:00}", Answers(s), policy))
            .Append(Entry("U07", Counts(dissatisfied: 4), policy));
        var ranking = LeagueTableRules.Rank(entries, policy);
        Assert.Equal(Codes(6), ranking.Last());
        Assert.Equal(Codes(4, 5, 6), ranking.BottomThree());
        Assert.Equal(BottomOutcome.NotRanked, Outcome(ranking, "U07"));
    }

    [Fact]
    public void OutcomeOf_AUnitWithoutARow_IsNotRanked() =>
        Assert.Equal(BottomOutcome.NotRanked, Outcome(Rank(AnswersOnly, 100, 95, 90, 85, 80, 75, 70), "U99"));

    [Fact]
    public void Notes_SayWhatATierCanNeverReach()
    {
        Assert.Equal([LeagueNote.NeverBottomThree], LeagueTableRules.Notes(Rank(AnswersOnly, 90, 80, 70, 60, 50, 40), AnswersOnly));
        Assert.Equal([LeagueNote.NeverLast, LeagueNote.NeverBottomThree], LeagueTableRules.Notes(Rank(AnswersOnly, 90, 80, 70, 60), AnswersOnly));
        Assert.Empty(LeagueTableRules.Notes(Rank(AnswersOnly, 90, 80, 70, 60, 50, 40, 30), AnswersOnly));
    }

    [Fact]
    public void Notes_SayWhatAMonthMissed()
    {
        var empty = LeagueTableRules.Rank(Enumerable.Range(0, 7).Select(i => Entry($"U{i:00}", default, V1)), V1);
        Assert.Equal([LeagueNote.NoLastThisMonth, LeagueNote.NoBottomThreeThisMonth], LeagueTableRules.Notes(empty, V1));
    }
}
