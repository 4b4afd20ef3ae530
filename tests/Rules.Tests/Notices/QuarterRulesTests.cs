using System.Numerics;
using CsCheck;
using Hotline.Notices;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Units;
using static Hotline.Rules.Tests.Scorecards.Samples;

namespace Hotline.Rules.Tests.Notices;

/// <summary>季度优秀单位: pooled counts, the top three, those who take no place.</summary>
public sealed class QuarterRulesTests
{
    [Fact]
    public void Counts_ArePooled_NotMonthsAveraged()
    {
        // A: 1/1, then 50/100: mean of months 75 %, pooled 51/101. B: 60 % throughout: mean 60 %, pooled 60/100.
        var body = Quarters.Body(AnswersOnly,
        [
            ("A", [Counts(satisfied: 1), Counts(satisfied: 50, dissatisfied: 50)]),
            ("B", [Counts(satisfied: 30, dissatisfied: 20), Counts(satisfied: 30, dissatisfied: 20)]),
        ]);
        Assert.Equal(["B", "A"], body.Candidates.Select(c => c.Unit.Code));
        Assert.Equal((51m, 101, 50.50m), (body.Of("A").Figures.SatisfactionRate.Numerator, body.Of("A").Figures.SatisfactionRate.Denominator, body.Of("A").Figures.Score));
    }

    [Fact]
    public void WorkedScore_OfThePooledCounts()
    {
        var body = Quarters.Body(V1, [("A", [Counts(20, 20, 19, 9, 1, 0, 3), Counts(20, 20, 19, 9, 0, 1, 2)])]);
        // 20·40/40 + 30·38/40 + 50·18.9/20 = 95.75
        Assert.Equal((95.75m, 18.9m, 5), (body.Of("A").Figures.Score, body.Of("A").Figures.SatisfactionRate.Numerator, body.Of("A").Figures.Unreached));
    }

    [Theory]
    [InlineData(new[] { 99, 98, 97, 96 }, new[] { "U00", "U01", "U02" })]
    [InlineData(new[] { 99, 98, 97, 97, 96 }, new[] { "U00", "U01", "U02", "U03" })]
    [InlineData(new[] { 99, 98, 98, 97 }, new[] { "U00", "U01", "U02" })]
    [InlineData(new[] { 99, 99, 99, 99, 98 }, new[] { "U00", "U01", "U02", "U03" })]
    [InlineData(new[] { 99, 98 }, new[] { "U00", "U01" })]
    public void TopThree_WithTheTieAtThird(int[] scores, string[] won) => Assert.Equal(won, Quarters.OfScores(scores).Won());

    [Fact]
    public void NineCallbacks_AreTooFew_TenAreEnough()
    {
        var body = Quarters.Body(AnswersOnly, [("A", [Counts(satisfied: 4), Counts(satisfied: 5)]), ("B", [Counts(satisfied: 5), Counts(satisfied: 5)])]);
        Assert.Equal(["B"], body.Won());
        Assert.Equal((AwardOutcome.TooFewCallbacks, (int?)null), (body.Of("A").Outcome, body.Of("A").Rank));
        Assert.Contains("9 件，不足 10 件", body.Of("A").Reason);
    }

    [Fact]
    public void VetoedUnit_TakesNoPlace_AndTheNextMovesUp()
    {
        (string, CountSet[])[] units = [.. Enumerable.Range(0, 5).Select(i => ($"U{i}", new[] { Counts(satisfied: 90 - i, dissatisfied: 10 + i) }))];
        var body = Quarters.Body(AnswersOnly, units, [Quarters.Veto("U1", VetoGround.FalsifiedContact)]);
        Assert.Equal(["U0", "U2", "U3"], body.Won());
        Assert.Equal((AwardOutcome.Vetoed, (int?)null), (body.Of("U1").Outcome, body.Of("U1").Rank));
        Assert.Equal(["V-1"], body.Of("U1").Vetoes);
        Assert.Contains("虚假联系", body.Of("U1").Reason);
    }

    [Fact]
    public void UnitFoundedInTheQuarter_CountsItsMonths()
    {
        var tables = Quarters.Q3.Months.Select((m, i) => Quarters.Table(m, AnswersOnly, i == 0
            ? [("A", Counts(satisfied: 10))] : new[] { ("A", Counts(satisfied: 10)), ("N", Counts(satisfied: 6)) })).ToArray();
        var body = QuarterRules.Body(Quarters.Q3, LeagueTier.Station, tables, [], []);
        Assert.Equal([8, 9], body.Of("N").Months.Select(m => m.Number));
        Assert.Equal((12, 1), (body.Of("N").Figures.Satisfied, body.Of("N").Rank));
    }

    [Fact]
    public void MergedUnit_KeepsItsOwnRowUntilThen_AndItsSuccessorGetsNothingOfIt()
    {
        Unit[] roll = [new("M", "撤并所", UnitTier.Station, null, null, null, new(2026, 8, 15), [], 2, SucceededBy: "A")];
        var body = Quarters.Body(AnswersOnly,
        [
            ("A", [Counts(satisfied: 8, dissatisfied: 2), Counts(satisfied: 8, dissatisfied: 2), Counts(satisfied: 8, dissatisfied: 2)]),
            ("M", [Counts(satisfied: 10), Counts(satisfied: 5)]),
        ], roll: roll);
        Assert.Equal((1, 15, new DateOnly(2026, 8, 15), "A"),
            (body.Of("M").Rank, body.Of("M").Figures.Satisfied, body.Of("M").ActiveTo, body.Of("M").SucceededBy));
        Assert.Equal((2, 24), (body.Of("A").Rank, body.Of("A").Figures.Satisfied));
    }

    [Fact]
    public void UnitMergedAfterTheQuarter_LeavesItsBytesAlone()
    {
        Unit[] roll = [new("A", "A所", UnitTier.Station, null, null, null, new(2026, 10, 1), [], 2, SucceededBy: "B")];
        (string, CountSet[])[] units = [("A", [Counts(satisfied: 10)])];
        Assert.Equal(AwardCanon.Text(Quarters.Body(AnswersOnly, units)), AwardCanon.Text(Quarters.Body(AnswersOnly, units, roll: roll)));
    }

    [Fact]
    public void RenamedUnit_IsOneUnit_UnderItsLastName()
    {
        var tables = Quarters.Q3.Months.Select(m => Quarters.Table(m, AnswersOnly, [("A", Counts(satisfied: 4))])).ToArray();
        tables[2] = tables[2] with { Rows = [.. tables[2].Rows.Select(r => r with { Unit = r.Unit with { Name = "新名所" } })] };
        var body = QuarterRules.Body(Quarters.Q3, LeagueTier.Station, tables, [], []);
        Assert.Equal(("A", "新名所", 12), (Assert.Single(body.Candidates).Unit.Code, body.Candidates[0].Unit.Name, body.Candidates[0].Figures.Satisfied));
    }

    [Fact]
    public void LastMonthsPolicy_Scores_AndUnpublishedMonthsAreNotReady()
    {
        var other = AnswersOnly with { Version = "b", BasicallySatisfiedValue = 1, Awards = new(1, 1, 2) };
        LeagueTable[] tables = [Quarters.Table(new(2026, 7), V1, [("A", Counts(satisfied: 1))]), Quarters.Table(new(2026, 8), V1, []),
            Quarters.Table(new(2026, 9), other, [("A", Counts(basically: 1))])];
        var body = QuarterRules.Body(Quarters.Q3, LeagueTier.Station, tables, [], []);
        Assert.Equal(("b", 100m, AwardOutcome.Won), (body.PolicyVersion, body.Of("A").Figures.Score, body.Of("A").Outcome));
        Assert.True(QuarterRules.IsReady(body));
        Assert.False(QuarterRules.IsReady(QuarterRules.Body(Quarters.Q3, LeagueTier.Station, [.. tables[..2], tables[2] with { Revision = 0 }], [], [])));
    }

    [Fact]
    public void Bytes_ComeBackAsTheyWere()
    {
        var text = AwardCanon.Text(Quarters.OfScores(99, 98, 97, 96));
        Assert.Equal(text, AwardCanon.Text(AwardCanon.Read<QuarterBody>(text)));
        Assert.Equal(64, Revision.Hash(text).Length);
    }

    [Fact]
    public void RandomQuarters_AgreeWithANaiveReference_WhateverTheOrderOfRows() =>
        Gen.Select(Month.Array[1, 9], Gen.OneOf(0.9m, 0m, 1m), Gen.OneOf(1, 3, 10), Gen.Int[0, 8]).Sample((units, beta, least, vetoed) =>
        {
            var policy = V1 with { BasicallySatisfiedValue = beta, MinEffectiveCallbacks = 0, Awards = new(least, 3, 3) };
            (string Unit, CountSet[] Months)[] named = [.. units.Select((months, i) => ($"U{i}", months))];
            QuarterVeto[] vetoes = [Quarters.Veto($"U{vetoed}")];
            var body = Quarters.Body(policy, named, vetoes);
            Assert.Equal(Naive(named, policy, vetoed), body.Won().Order(StringComparer.Ordinal));
            Assert.Equal(AwardCanon.Text(body), AwardCanon.Text(Quarters.Body(policy, [.. named.Reverse()], vetoes)));
        }, iter: 400);

    private static readonly Gen<CountSet[]> Month = Gen.Frequency((3, Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 2])
        .Select((late, inTime, completed, satisfied, basically, not) => Counts(late + inTime, inTime, Math.Min(completed, inTime), satisfied, basically, not))),
        (1, Gen.Const(Counts(4, 4, 4, 4)))).Array[3];

    /// <summary>Who has fewer than three better rivals, by whole numbers alone.</summary>
    private static string[] Naive((string Unit, CountSet[] Months)[] units, ScoringPolicy policy, int vetoed)
    {
        List<(string Unit, BigInteger Top, BigInteger Bottom)> scores = [];
        for (var i = 0; i < units.Length; i++)
        {
            BigInteger due = 0, replied = 0, completed = 0, tenths = 0, answers = 0;
            foreach (var month in units[i].Months)
            {
                due += month.Reply.Due;
                replied += month.Reply.Replied;
                completed += month.Reply.Completed;
                tenths += (10 * month.Answers.Satisfied) + ((int)(10 * policy.BasicallySatisfiedValue) * month.Answers.BasicallySatisfied);
                answers += month.Answers.Satisfied + month.Answers.BasicallySatisfied + month.Answers.Dissatisfied;
            }
            if (i == vetoed || answers < policy.Awards.MinEffectiveCallbacks)
            {
                continue;
            }
            // (20·r/d + 30·c/d + 50·t/(10a)) / 100, or without the first two when nothing was due.
            scores.Add(due == 0 ? (units[i].Unit, tenths, 10 * answers)
                : (units[i].Unit, ((20 * replied) + (30 * completed)) * 10 * answers + 50 * tenths * due, 1000 * due * answers));
        }
        return [.. scores.Where(s => scores.Count(o => o.Top * s.Bottom > s.Top * o.Bottom) < 3).Select(s => s.Unit).Order(StringComparer.Ordinal)];
    }
}
