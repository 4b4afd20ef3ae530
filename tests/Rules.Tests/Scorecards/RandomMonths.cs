using CsCheck;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Rules.Tests.Scorecards;

/// <summary>Random months built to hit the borders: few tickets, so that ties, full marks, empty denominators and small samples are common.</summary>
internal static class RandomMonths
{
    public const int Month = 202610;

    private static readonly string[] Codes = ["DG", "dg", "东关派出所", "U10", "U9", "张夏", "阿", "İZ", "ız", "a-b", "ab", "Z", "文昌", "归德", "平安", "崮山"];

    private static readonly Gen<Fact> AnyFact =
        Gen.Select(Gen.Int[0, 3], Gen.Bool, Gen.Bool, Gen.Int[0, 11], Gen.Int[0, 5], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[0, 11])
            .Select((month, replied, completed, hold, called, first, last, excluded) => new Fact("",
                month == 0 ? Month - 1 : Month, replied, replied && completed, hold is 0 or 2, hold is 1 or 2,
                called <= 3 ? Month : called == 4 ? Month + 1 : 0, first, last, called == 5 ? Month : 0, excluded == 0));

    private static readonly Gen<Fact> GoodFact = AnyFact.Select(f => f with { Replied = true, Completed = true, FirstAnswer = 1, LastAnswer = 1 });

    /// <summary>A unit's tickets: usually its own, sometimes the same profile as others, so that exact ties arise.</summary>
    private static readonly Gen<Fact[]> OneUnit = Gen.Frequency(
        (4, AnyFact.Array[0, 12]),
        (3, GoodFact.Array[0, 12]),
        (2, Gen.Int[0, 3].Select(Twin)));

    public static readonly Gen<ScoringPolicy> Policy = Gen.Select(
        Gen.OneOf(new ScoringWeights(20, 30, 50), new(1, 0, 0), new(0, 0, 1), new(0.5m, 0.25m, 0.333333m)),
        Gen.OneOf(0.9m, 0m, 1m, 0.5m), Gen.OneOf(5, 0, 1, 3), Gen.OneOf(5, 1, 2), Gen.OneOf(7, 1, 3), Gen.OneOf(3, 1, 20), Gen.OneOf(95m, 0m), Gen.OneOf(2m, 0m, 100m))
        .Select((weights, beta, callbacks, last, bottom, count, exempt, within) => ScoringPolicy.V1 with
        {
            Weights = weights,
            BasicallySatisfiedValue = beta,
            MinEffectiveCallbacks = callbacks,
            MinRankedForLast = last,
            MinRankedForBottomThree = bottom,
            BottomCount = count,
            LastExemption = new(exempt, within),
        });

    private static readonly Gen<Fact[][]> WholeMonth = Gen.Frequency(
        (9, OneUnit.Array[0, Codes.Length]),
        (1, Gen.Select(OneUnit, Gen.Int[5, Codes.Length]).Select((facts, n) => Enumerable.Repeat(facts, n).ToArray())));

    public static readonly Gen<(string[] Units, Fact[] Facts)> Facts = WholeMonth.Select(units =>
        (Codes[..units.Length], units.SelectMany((facts, i) => facts.Select(f => f with { Unit = Codes[i] })).ToArray()));

    public static LeagueRanking Rank(IEnumerable<string> units, IReadOnlyList<Fact> facts, ScoringPolicy policy) =>
        LeagueTableRules.Rank(units.Select(u => Entry(u, facts, policy)), policy);

    private static LeagueEntry Entry(string unit, IReadOnlyList<Fact> facts, ScoringPolicy policy)
    {
        var counts = facts.Where(f => f.Unit == unit).Aggregate(UnitCounts.None, (sum, f) => sum + Tally(f));
        return new(new(unit, unit, UnitTier.Station, null, null), counts, ScoreRules.Score(counts.Counted, policy));
    }

    /// <summary>One ticket's counts, as the index query adds them up.</summary>
    private static UnitCounts Tally(Fact f)
    {
        var due = f is { ReplyMonth: Month, Compressed: false, Suspended: false } ? new DueCounts(1, f.Replied ? 1 : 0, f.Completed ? 1 : 0) : default;
        var called = f.AnswerMonth == Month;
        var set = new CountSet(due, called ? One(f.LastAnswer) : default, called ? One(f.FirstAnswer) : default, new(f.UnreachedMonth == Month ? 1 : 0, 0, 0, 0));
        return new(f.Excluded ? default : set, f.Excluded ? set : default)
        {
            Outside = OutsideCounts.None with
            {
                Excluded = f is { ReplyMonth: Month, Excluded: true } ? 1 : 0,
                Suspended = f is { ReplyMonth: Month, Excluded: false, Suspended: true } ? 1 : 0,
                Compressed = f is { ReplyMonth: Month, Excluded: false, Suspended: false, Compressed: true } ? 1 : 0,
            },
        };
    }

    private static AnswerCounts One(int answer) => new(answer == 1 ? 1 : 0, answer == 2 ? 1 : 0, answer == 3 ? 1 : 0);

    private static Fact[] Twin(int bad) => [.. Enumerable.Range(0, 6).Select(i =>
        new Fact("", Month, i >= bad, i >= bad, false, false, Month, i < bad ? 3 : 1, i < bad ? 3 : 1, 0, false))];
}
