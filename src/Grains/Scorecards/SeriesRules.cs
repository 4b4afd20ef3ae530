using System.Globalization;
using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>One month's pooled counts, as the table that counts has them.</summary>
internal sealed record PooledMonth(Month Month, int Revision, UnitCounts Counts, ScoringPolicy Policy);

/// <summary>走势: the branch's pooled figures by month and by year, beside the same window a year before.</summary>
internal static class SeriesRules
{
    private const int RateDecimals = 10;

    /// <param name="known">The months shown, and the same months a year earlier.</param>
    public static TotalSeries Of(LeagueTier tier, Month from, Month to, IReadOnlyDictionary<Month, PooledMonth> known)
    {
        var months = known.Values.Where(m => m.Month >= from && m.Month <= to).OrderBy(m => m.Month).ToArray();
        return new(tier, [.. months.Select(m => Point(m.Month.ToString(), [m], known))],
            [.. months.GroupBy(m => m.Month.Year).Select(y => Point(y.Key.ToString("0000", CultureInfo.InvariantCulture), [.. y], known))]);
    }

    private static SeriesPoint Point(string period, PooledMonth[] months, IReadOnlyDictionary<Month, PooledMonth> known)
    {
        var (counts, score) = Pool(months);
        var (_, then) = Pool(Earlier(months, known));
        return new(period, months.Length, months.Length == 1 ? months[0].Revision : 0, LeagueBodyRules.Shown(score.Score), LeagueBodyRules.Plain(score.Reply),
            LeagueBodyRules.Plain(score.Completion), LeagueBodyRules.Plain(score.Satisfaction), counts.Counted.Unreached.Total,
            new(LeagueBodyRules.Shown(Change(score.Score, then.Score)), Rate(score.Reply, then.Reply), Rate(score.Completion, then.Completion),
                Rate(score.Satisfaction, then.Satisfaction)));
    }

    /// <summary>The same calendar months a year earlier: a year that is not over is never held against a whole one. None at all when one of them has no
    /// figures: the windows would not be the same.</summary>
    private static PooledMonth[] Earlier(PooledMonth[] months, IReadOnlyDictionary<Month, PooledMonth> known)
    {
        var earlier = months.Where(HasFigures).Select(m => known.GetValueOrDefault(new Month(m.Month.Year - 1, m.Month.Number))).ToArray();
        return earlier.All(m => m is not null && HasFigures(m)) ? [.. earlier.OfType<PooledMonth>()] : [];
    }

    private static bool HasFigures(PooledMonth month) => month.Counts.Counted is { Reply.Due: > 0 } or { Answers.Effective: > 0 };

    /// <summary>Pooled counts, never a mean of months, scored with the last month's policy.</summary>
    private static (UnitCounts Counts, UnitScore Score) Pool(PooledMonth[] months)
    {
        var counts = months.Aggregate(UnitCounts.None, (sum, m) => sum + m.Counts);
        return (counts, ScoreRules.Score(counts.Counted, months.Length == 0 ? ScoringPolicy.V1 : months[^1].Policy));
    }

    private static decimal? Rate(Measure now, Measure then) =>
        Change(now.Value, then.Value) is { } change ? LeagueBodyRules.Canonical(change.Rounded(RateDecimals)) : null;

    private static Fraction? Change(Fraction? now, Fraction? then) => now is null || then is null ? null : now - then;
}
