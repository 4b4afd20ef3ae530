using CsCheck;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Rules.Tests.Scorecards;

public class StreakRulesTests
{
    private static readonly ScoringPolicy Skip = ScoringPolicy.V1;
    private static readonly ScoringPolicy Break = ScoringPolicy.V1 with { UnrankedMonth = UnrankedMonth.Break };

    /// <summary>Outcomes oldest first: I inside, O outside, - not ranked; the last letter is the month asked about.</summary>
    private static StreakTrail Read(string outcomes, ScoringPolicy policy, Month last)
    {
        var (trail, month) = (StreakTrail.Start, last);
        foreach (var letter in outcomes.Reverse())
        {
            trail = StreakRules.Earlier(trail, Outcome(letter), new StreakPlace(month, 7, 7, 70m, 0), policy);
            month = month.Previous;
        }
        return trail;
    }

    private static BottomOutcome Outcome(char letter) => letter switch { 'I' => BottomOutcome.Inside, 'O' => BottomOutcome.Outside, _ => BottomOutcome.NotRanked };

    [Theory]
    [InlineData("III", 3)]
    [InlineData("IIII", 4)]
    [InlineData("OII", 2)]
    [InlineData("IIO", 0)]
    [InlineData("IOI", 1)]
    [InlineData("II-I", 3)]
    [InlineData("I------------I-I", 3)]
    [InlineData("III-", 3)]
    [InlineData("-", 0)]
    public void Streak_Skipping(string outcomes, int expected) => Assert.Equal(expected, Read(outcomes, Skip, new(2026, 2)).Length);

    [Theory]
    [InlineData("III", 3)]
    [InlineData("II-I", 1)]
    [InlineData("III-", 0)]
    public void Streak_Breaking(string outcomes, int expected) => Assert.Equal(expected, Read(outcomes, Break, new(2026, 2)).Length);

    [Fact]
    public void Streak_CrossesTheYearEnd_AndListsItsMonths() =>
        Assert.Equal(["2025-12", "2026-01", "2026-02"], Read("OIII", Skip, new(2026, 2)).Places.Select(p => p.Month.ToString()));

    [Fact]
    public void Streak_ListsOnlyTheMonthsThatCount() =>
        Assert.Equal(["2025-10", "2025-12", "2026-02"], Read("I-I-I", Skip, new(2026, 2)).Places.Select(p => p.Month.ToString()));

    [Fact]
    public void Flag_NeedsThisMonthsBottomThree_NotOnlyACarriedStreak()
    {
        Assert.True(StreakRules.IsFlagged(true, 3, Skip));
        Assert.True(StreakRules.IsFlagged(true, 4, Skip));
        Assert.False(StreakRules.IsFlagged(true, 2, Skip));
        Assert.False(StreakRules.IsFlagged(false, 3, Skip));
    }

    [Fact]
    public void AtRisk_IsOneMonthShortOfTheFlag()
    {
        Assert.True(StreakRules.IsAtRisk(true, 2, Skip));
        Assert.False(StreakRules.IsAtRisk(true, 1, Skip));
        Assert.False(StreakRules.IsAtRisk(true, 3, Skip));
        Assert.False(StreakRules.IsAtRisk(false, 2, Skip));
    }

    [Fact]
    public void Streak_ReadBackwards_IsTheStreakCountedForwards() =>
        Gen.Select(Gen.Char["IO-"].Array[0, 30], Gen.Bool).Sample((letters, breaks) =>
        {
            var forwards = 0;
            foreach (var letter in letters)
            {
                forwards = letter switch { 'I' => forwards + 1, 'O' => 0, _ => breaks ? 0 : forwards };
            }

            return Read(new string(letters), breaks ? Break : Skip, new(2026, 2)).Length == forwards;
        });

    [Fact]
    public void Decided_MeansThatNoEarlierMonthChangesTheStreak() =>
        Gen.Select(Gen.Char["IO-"].Array[1, 12], Gen.Char["IO-"].Array[1, 12]).Sample((earlier, later) =>
        {
            var trail = Read(new string(later), Skip, new(2026, 2));
            return !trail.IsDecided || Read(new string([.. earlier, .. later]), Skip, new(2026, 2)).Length == trail.Length;
        });
}
