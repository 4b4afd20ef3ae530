using Hotline.Notices;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using static Hotline.Rules.Tests.Scorecards.Samples;

namespace Hotline.Rules.Tests.Notices;

/// <summary>Which notices a table bears, with every guard once from both sides.</summary>
public sealed class NoticeGroundRulesTests
{
    private static readonly Month October = new(2026, 10);
    private static readonly Dictionary<string, StreakTrail> NoStreaks = [];

    internal static LeagueBody Body(LeagueRanking ranking, ScoringPolicy policy, Dictionary<string, StreakTrail>? streaks = null, LeagueTier tier = LeagueTier.Station) =>
        LeagueBodyRules.Body(October, tier, ranking, policy, streaks ?? NoStreaks);

    internal static StreakTrail Trail(params int[] months) =>
        new([.. months.Select(m => new StreakPlace(new(2026, m), 9, 9, 50m, 1))], true);

    private static string[] Of(ScoringPolicy policy, params decimal[] scores) => Named(Body(Rank(policy, scores), policy));

    private static string[] Named(LeagueBody body, Dictionary<string, StreakTrail>? streaks = null) =>
        [.. NoticeGroundRules.Of(body, 1, "h", streaks ?? NoStreaks).Select(g => $"{Codes.Of(g.Kind)} {g.Unit.Code}{(g.Advisory ? " advisory" : "")}")];

    [Fact]
    public void Last_AmongFive_IsCriticised_AmongFour_Not()
    {
        Assert.Equal(["criticise U04"], Of(AnswersOnly, 90, 80, 70, 60, 50));
        Assert.Empty(Of(AnswersOnly, 90, 80, 70, 60));
    }

    [Fact]
    public void AllAtTheLowestScore_AreLast_AndAllEqualIsNobody()
    {
        Assert.Equal(["criticise U03", "criticise U04"], Of(AnswersOnly, 90, 80, 70, 60, 60));
        Assert.Empty(Of(AnswersOnly, 60, 60, 60, 60, 60));
    }

    [Theory]
    [InlineData(95, false)]
    [InlineData(94.99, true)]
    public void LastAtNinetyFive_WithinTwoPointsOfTheMedian_IsNotCriticised(double last, bool criticised) =>
        Assert.Equal(criticised, Of(AnswersOnly, 99, 98, 97, 96, (decimal)last).Length == 1);

    [Fact]
    public void LastAtNinetyFive_FurtherFromTheMedian_IsCriticised() => Assert.Equal(["criticise U04"], Of(AnswersOnly, 99.5m, 99, 97.01m, 96, 95));

    [Theory]
    [InlineData(5, 0, true)]
    [InlineData(4, 0, false)]
    [InlineData(6, 4, true)]
    [InlineData(59, 41, false)]
    public void FullSatisfaction_NeedsFiveCallbacksAndSixtyPercentReached(int satisfied, int unreached, bool commended)
    {
        var entry = Entry("A", Counts(satisfied: satisfied, unreached: unreached), V1);
        Assert.Equal(commended ? ["commend A"] : [], Named(Body(LeagueTableRules.Rank([entry], V1), V1)));
    }

    [Fact]
    public void BasicallySatisfied_SpoilsTheCommendation()
    {
        var entry = Entry("A", Counts(satisfied: 9, basically: 1), V1);
        Assert.Empty(Named(Body(LeagueTableRules.Rank([entry], V1), V1)));
    }

    [Fact]
    public void ThreeMonthsInTheBottomThree_BearAReport_TwoDoNot()
    {
        var ranking = Rank(AnswersOnly, 90, 89, 88, 87, 86, 60, 50);
        Dictionary<string, StreakTrail> streaks = new() { ["U06"] = Trail(8, 9, 10), ["U05"] = Trail(9, 10) };
        var grounds = NoticeGroundRules.Of(Body(ranking, AnswersOnly, streaks), 2, "h", streaks);
        var report = Assert.Single(grounds, g => g.Kind == NoticeKind.BottomThreeStreak);
        Assert.Equal(("U06", 3), (report.Unit.Code, report.Evidence!.Streak));
        Assert.Equal([(8, 1), (9, 1), (10, 2)], report.Evidence.Months.Select(m => (m.Month.Number, m.Revision)));
    }

    [Fact]
    public void StreakOfAUnitOutsideTheBottomThree_BearsNothing()
    {
        Dictionary<string, StreakTrail> streaks = new() { ["U00"] = Trail(8, 9, 10) };
        Assert.Equal(["criticise U06"], Named(Body(Rank(AnswersOnly, 90, 89, 88, 87, 86, 60, 50), AnswersOnly, streaks), streaks));
    }

    [Fact]
    public void Advisory_SuggestsToTheSameUnits_AndStillExemptsAGoodLast()
    {
        var policy = AnswersOnly with { Penalties = Penalties.Advisory };
        Dictionary<string, StreakTrail> streaks = new() { ["U06"] = Trail(8, 9, 10) };
        Assert.Equal(["criticise U06 advisory", "bottomThreeStreak U06 advisory"],
            Named(Body(Rank(policy, 90, 89, 88, 87, 86, 60, 50), policy, streaks), streaks));
        Assert.Empty(Of(policy, 99, 98, 97, 96, 95));
    }

    [Fact]
    public void TableThatDoesNotCount_BearsNothing()
    {
        var ranking = Rank(AnswersOnly, 90, 80, 70, 60, 50);
        Assert.Empty(Named(Body(ranking, AnswersOnly, tier: LeagueTier.All)));
        var single = AnswersOnly with { Tables = TableForm.Single };
        Assert.Equal(["criticise U04"], Named(Body(Rank(single, 90, 80, 70, 60, 50), single, tier: LeagueTier.All)));
        Assert.Empty(Named(Body(Rank(single, 90, 80, 70, 60, 50), single)));
    }
}
