using System.Globalization;
using CsCheck;
using Hotline.Policies;
using Hotline.Scorecards;

namespace Hotline.Rules.Tests.Scorecards;

/// <summary>The product's table against the second reckoning, on random months.</summary>
public class LeagueTableReferenceTests
{
    private static readonly Gen<((string[] Units, Fact[] Facts) Month, ScoringPolicy Policy)> Case = Gen.Select(RandomMonths.Facts, RandomMonths.Policy);

    [Fact]
    public void Table_IsTheReferencesTable() =>
        Case.Sample(c => Assert.Equal(Reference(c.Month, c.Policy), Product(c.Month.Units, c.Month.Facts, c.Policy)), iter: 3000);

    [Fact]
    public void Table_DoesNotDependOnTheOrderOfUnitsOrTickets() =>
        Gen.Select(Case, Gen.Int).Sample((c, seed) =>
        {
            var random = new Random(seed);
            var (units, facts) = (c.Month.Units.ToArray(), c.Month.Facts.ToArray());
            random.Shuffle(units);
            random.Shuffle(facts);
            Assert.Equal(Product(c.Month.Units, c.Month.Facts, c.Policy), Product(units, facts, c.Policy));
        });

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    public void Table_DoesNotDependOnTheCulture(string culture) =>
        Case.Sample(c =>
        {
            var invariant = In(CultureInfo.InvariantCulture, c);
            Assert.Equal(invariant, In(CultureInfo.GetCultureInfo(culture), c));
        }, iter: 200);

    [Fact]
    public void RandomMonths_ReachTheBordersTheyAreMeantFor()
    {
        var seen = new HashSet<string>();
        Case.Sample(c =>
        {
            lock (seen)
                seen.UnionWith(Borders(RandomMonths.Rank(c.Month.Units, c.Month.Facts, c.Policy)));
        }, iter: 3000);
        string[] borders = ["tie", "tooFew", "noMeasure", "missing", "fullMarks", "allEqual", "excluded", "compressed", "exempt", "wideBottom"];
        Assert.Empty(borders.Except(seen));
    }

    private static IEnumerable<string> Borders(LeagueRanking table)
    {
        var ranked = table.Rows.Where(r => r.Rank is not null).ToList();
        if (ranked.DistinctBy(r => r.Rank).Count() < ranked.Count) yield return "tie";
        if (table.Rows.Any(r => r.Reason == NotRanked.TooFewCallbacks)) yield return "tooFew";
        if (table.Rows.Any(r => r.Reason == NotRanked.NoMeasure)) yield return "noMeasure";
        if (ranked.Any(r => r.Entry.Score.MissesMeasure)) yield return "missing";
        if (ranked.Any(r => r.Entry.Score.Score == Fraction.Hundred)) yield return "fullMarks";
        if (ranked.Count > 6 && ranked.All(r => r.Rank == 1)) yield return "allEqual";
        if (table.Rows.Any(r => r.Entry.Counts.ExcludedReplies > r.Entry.Counts.Excluded.Reply.Due)) yield return "excluded";
        if (table.Rows.Any(r => r.Entry.Counts.Compressed > 0)) yield return "compressed";
        if (ranked.Any(r => r.IsLast && !r.IsCriticised)) yield return "exempt";
        if (ranked.Count(r => r.IsBottomThree) is > 3 and < 7) yield return "wideBottom";
    }

    private static string In(CultureInfo culture, ((string[] Units, Fact[] Facts) Month, ScoringPolicy Policy) c)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return Product(c.Month.Units, c.Month.Facts, c.Policy);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string Product(IEnumerable<string> units, Fact[] facts, ScoringPolicy policy)
    {
        var table = RandomMonths.Rank(units, facts, policy);
        return Lines(table.Rows.Select(r =>
        {
            var (counted, counts) = (r.Entry.Counts.Counted, r.Entry.Counts);
            var score = r.Entry.Score.Score is { } s ? $"{s.Numerator}/{s.Denominator}" : "-";
            return Line(r.Entry.Unit.Code, r.Rank ?? 0, score, counted.Reply.Due, counted.Reply.Replied, counted.Reply.Completed,
                counted.Answers.Satisfied, counted.Answers.BasicallySatisfied, counted.Answers.Dissatisfied, counted.FirstAnswers.Satisfied, counted.Unreached.Total,
                counts.ExcludedReplies, counts.Compressed, counts.Suspended,
                counts.WithExcluded.Reply.Due, counts.WithExcluded.Answers.Satisfied, counts.WithExcluded.Answers.Effective,
                r.IsLast, r.IsCriticised, r.IsBottomThree, FlagRules.IsCommended(counts, policy));
        }));
    }

    private static string Reference((string[] Units, Fact[] Facts) month, ScoringPolicy policy) =>
        Lines(new ReferenceTable(RandomMonths.Month, month.Units, month.Facts, policy).Lines().Select(l =>
        {
            var common = l.Bottom == 0 ? 1 : System.Numerics.BigInteger.GreatestCommonDivisor(l.Top, l.Bottom);
            var score = l.Bottom == 0 ? "-" : $"{l.Top / common}/{l.Bottom / common}";
            return Line(l.Unit, l.Rank, score, l.Due, l.Replied, l.Completed, l.Satisfied, l.Basically, l.Dissatisfied, l.FirstSatisfied, l.Unreached,
                l.ExcludedReplies, l.Compressed, l.Suspended, l.DueWithExcluded, l.SatisfiedWithExcluded, l.AnswersWithExcluded,
                l.Last, l.Criticised, l.BottomThree, l.Commended);
        }));

    private static string Line(params object[] values) => string.Join(' ', values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)));

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
