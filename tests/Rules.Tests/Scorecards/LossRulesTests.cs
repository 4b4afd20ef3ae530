using CsCheck;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Rules.Tests.Scorecards;

/// <summary>Points and places that tickets cost, against tables reckoned again from the changed tickets.</summary>
public class LossRulesTests
{
    private static readonly Month October = new(RandomMonths.Month);

    private static readonly Gen<((string[] Units, Fact[] Facts) Month, ScoringPolicy Policy)> Case = Gen.Select(RandomMonths.Facts, RandomMonths.Policy);

    [Fact]
    public void Tickets_AddUpToTheUnitsCounts() => Case.Sample(c => Each(c, (unit, row) =>
    {
        var tickets = Scored.Of(c.Month.Facts, unit);
        Assert.Equal(row.Entry.Counts, tickets.Aggregate(UnitCounts.None, (sum, t) => sum + t.CountsIn(October, Scored.AsOf)));
    }));

    [Fact]
    public void Points_AreTheScoreOfTheMendedMonthMinusTheScore_AndPlacesThatTablesRank() => Case.Sample(c => Each(c, (unit, row) =>
    {
        var others = Others(c, row);
        foreach (var loss in Losses(c, unit, row))
        {
            var mended = RowOf(c, Mended(c.Month.Facts, loss), unit);
            Assert.Equal(row.Entry.Score.Score is { } score ? mended.Entry.Score.Score! - score : null, loss.Points);
            Assert.Equal(mended.Rank, others.RankOf(loss.Mended));
        }
    }), iter: 400);

    [Fact]
    public void Removing_ATicket_GivesTheScoreAndRankOfTheMonthWithoutIt() => Case.Sample(c => Each(c, (unit, row) =>
    {
        var others = Others(c, row);
        foreach (var ticket in Scored.Of(c.Month.Facts, unit))
        {
            var fewer = RowOf(c, [.. c.Month.Facts.Where((_, i) => i != Scored.IndexOf(ticket))], unit);
            var counts = LossRules.Without(row.Entry.Counts.Counted, ticket, October, Scored.AsOf);
            Assert.Equal(fewer.Entry.Score.Score, ScoreRules.Score(counts, c.Policy).Score);
            Assert.Equal(fewer.Rank, others.RankOf(counts));
        }
    }), iter: 400);

    [Fact]
    public void MendingALoss_NeverLowersTheScoreNorTheRank() => Case.Sample(c => Each(c, (unit, row) =>
    {
        var others = Others(c, row);
        foreach (var loss in Losses(c, unit, row))
        {
            Assert.True(loss.Points is null || loss.Points >= Fraction.Zero);
            Assert.True(row.Rank is null || others.RankOf(loss.Mended) <= row.Rank);
        }
    }));

    [Fact]
    public void PointsOfAMeasure_AddUpToWhatItLost_AndWithAllMendedItHasFullMarks() => Case.Sample(c => Each(c, (unit, row) =>
    {
        var losses = Losses(c, unit, row);
        foreach (var measure in LossRules.Measures(row.Entry.Counts.Counted, c.Policy).Where(m => m.Share is not null))
        {
            var own = losses.Where(l => l.Measure == measure.Kind).ToArray();
            Assert.Equal(measure.Lost, own.Aggregate(Fraction.Zero, (sum, l) => sum + l.Points!));
            var mended = own.Aggregate(row.Entry.Counts.Counted, (sum, l) => LossRules.Mend(sum, l.Ticket, [l.Measure]));
            var full = LossRules.Measures(mended, c.Policy).Single(m => m.Kind == measure.Kind);
            Assert.Equal((full.Share, Fraction.Zero), (full.Earned, full.Lost));
        }
    }));

    [Fact]
    public void EarnedPoints_AddUpToTheScore() => Case.Sample(c => Each(c, (_, row) =>
    {
        var earned = LossRules.Measures(row.Entry.Counts.Counted, c.Policy).Select(m => m.Earned).OfType<Fraction>().ToArray();
        Assert.Equal(row.Entry.Score.Score, earned.Length == 0 ? null : earned.Aggregate(Fraction.Zero, (sum, e) => sum + e));
    }));

    [Fact]
    public void WorkedMonth_Of100_95_And94Point5_SplitsItsPoints()
    {
        var measures = LossRules.Measures(Samples.Counts(40, 40, 38, 18, 1, 1, 5), Samples.V1);
        Assert.Equal([20m, 30m, 50m], measures.Select(m => m.Share!.Rounded(6)));
        Assert.Equal([20m, 28.5m, 47.25m], measures.Select(m => m.Earned!.Rounded(6)));
        Assert.Equal([0m, 1.5m, 2.75m], measures.Select(m => m.Lost!.Rounded(6)));
    }

    [Fact]
    public void MissingMeasure_HasNoPoints_AndTheOthersShareItsWeight()
    {
        var measures = LossRules.Measures(Samples.Counts(due: 4, replied: 2, completed: 1), Samples.V1);
        Assert.Equal([40m, 60m, null], measures.Select(m => m.Share?.Rounded(6)));
    }

    [Fact]
    public void BasicallySatisfied_CostsOneMinusBeta_OfADissatisfiedOne()
    {
        Fact[] facts = [.. Enumerable.Range(0, 20).Select(i => Scored.Fact("A") with { LastAnswer = i == 0 ? 3 : i == 1 ? 2 : 1 })];
        var row = RowOf(((["A"], facts), Samples.V1), facts, "A");
        var losses = Losses(((["A"], facts), Samples.V1), "A", row);
        Assert.Equal([(3, 2.5m), (2, 0.25m)], losses.Select(l => (l.Ticket.Answer, l.Points!.Rounded(6))));
    }

    private static void Each(((string[] Units, Fact[] Facts) Month, ScoringPolicy Policy) c, Action<string, LeagueRow> check)
    {
        foreach (var row in RandomMonths.Rank(c.Month.Units, c.Month.Facts, c.Policy).Rows)
            check(row.Entry.Unit.Code, row);
    }

    private static IReadOnlyList<TicketLoss> Losses(((string[] Units, Fact[] Facts) Month, ScoringPolicy Policy) c, string unit, LeagueRow row) =>
        LossRules.Losses(Scored.Of(c.Month.Facts, unit), row.Entry.Counts.Counted, October, Scored.AsOf, c.Policy);

    private static OtherPlaces Others(((string[] Units, Fact[] Facts) Month, ScoringPolicy Policy) c, LeagueRow row) =>
        new(RandomMonths.Rank(c.Month.Units, c.Month.Facts, c.Policy).Rows, row.Entry.Unit, c.Policy);

    private static LeagueRow RowOf(((string[] Units, Fact[] Facts) Month, ScoringPolicy Policy) c, Fact[] facts, string unit) =>
        RandomMonths.Rank(c.Month.Units, facts, c.Policy).Rows.Single(r => r.Entry.Unit.Code == unit);

    private static Fact[] Mended(Fact[] facts, TicketLoss loss)
    {
        Fact[] mended = [.. facts];
        ref var f = ref mended[Scored.IndexOf(loss.Ticket)];
        f = loss.Measure switch
        {
            MeasureKind.Reply => f with { Replied = true },
            MeasureKind.Completion => f with { Completed = true },
            _ => f with { LastAnswer = 1 },
        };
        return mended;
    }
}
