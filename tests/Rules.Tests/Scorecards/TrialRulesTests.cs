using CsCheck;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Rules.Tests.Scorecards;

public class TrialRulesTests
{
    private static readonly Month October = new(RandomMonths.Month);

    [Fact]
    public void WithoutTickets_IsTheTableOfTheMonthWithoutThem() =>
        Gen.Select(RandomMonths.Facts, RandomMonths.Policy, Gen.Int).Sample((month, policy, seed) =>
        {
            var random = new Random(seed);
            bool[] gone = [.. month.Facts.Select(_ => random.Next(4) == 0)];
            var taken = month.Units.SelectMany(u => Scored.Of(month.Facts, u)).Where(t => gone[Scored.IndexOf(t)]).ToArray();
            var whole = new TrialMonth(October, Scored.AsOf, null, policy,
                [.. RandomMonths.Rank(month.Units, month.Facts, policy).Rows.Select(r => (r.Entry.Unit, r.Entry.Counts))]);

            var trial = TrialRules.Rank([TrialRules.Without(whole, taken)], TrialPeriod.Month, policy);

            var fewer = RandomMonths.Rank(month.Units, [.. month.Facts.Where((_, i) => !gone[i])], policy);
            Assert.Equal(fewer.Rows.Select(Text), trial.Rows.Select(Text));
        }, iter: 400);

    [Fact]
    public void Quarter_PoolsCounts_NeverTheMeanOfMonths()
    {
        var unit = Samples.Unit("A");
        TrialMonth Of(Month month, int satisfied, int dissatisfied) =>
            new(month, Scored.AsOf, null, ScoringPolicy.V1, [(unit, new(Samples.Counts(satisfied: satisfied, dissatisfied: dissatisfied), default))]);
        var row = TrialRules.Rank([Of(new(2026, 10), 1, 0), Of(new(2026, 11), 0, 0), Of(new(2026, 12), 4, 5)], TrialPeriod.Quarter, ScoringPolicy.V1).Rows.Single();
        Assert.Equal((1, Fraction.Of(50m)), (row.Rank, row.Entry.Score.Score));
        Assert.Equal(NotRanked.TooFewCallbacks, TrialRules.Rank([Of(new(2026, 10), 9, 0)], TrialPeriod.Quarter, ScoringPolicy.V1).Rows.Single().Reason);
    }

    [Theory]
    [InlineData(1, "2026-01 2026-02 2026-03")]
    [InlineData(6, "2026-04 2026-05 2026-06")]
    [InlineData(12, "2026-10 2026-11 2026-12")]
    public void Quarter_IsTheOneOfTheMonth(int month, string months) =>
        Assert.Equal(months, string.Join(' ', TrialRules.MonthsOf(new(2026, month), TrialPeriod.Quarter)));

    [Fact]
    public void Assumed_TakesTheNamedVersion_AndThenTheValue()
    {
        var other = ScoringPolicy.V1 with { Version = "b", Weights = new(0, 0, 1) };
        var assumed = TrialRules.Assumed(ScoringPolicy.V1, new(null, 0.5m, "b"), [ScoringPolicy.V1, other]).Value!;
        Assert.Equal(("b", 0.5m, 1m), (assumed.Version, assumed.BasicallySatisfiedValue, assumed.Weights.Satisfaction));
        Assert.Equal("trial.policy-unknown", TrialRules.Assumed(ScoringPolicy.V1, new(null, null, "c"), [other]).Rejection!.Code);
    }

    [Fact]
    public void Summary_NamesFiveAndCountsTheRest()
    {
        var units = Enumerable.Range(1, 6).Select(i => new TrialUnit(new($"U{i}", $"U{i}所"), Place(i + 1), Place(i), 1)).ToArray();
        Assert.Equal("名次变化：U1所由第 2 名升至第 1 名，U2所由第 3 名升至第 2 名，U3所由第 4 名升至第 3 名，U4所由第 5 名升至第 4 名，U5所由第 6 名升至第 5 名等 6 个单位。",
            TrialRules.Summary(units)[1]);
    }

    private static TrialPlace Place(int rank) => new(rank, null, 90m, new(0, 0, null), new(0, 0, null), new(0, 0, null), false, false);

    private static string Text(LeagueRow row) => $"{row.Entry.Unit.Code} {row.Rank} {row.Entry.Score.Score} {row.IsBottomThree} {row.IsLast}";
}
