using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>From a ranking and its streaks to the figures as they are shown and published. The only place where anything is rounded.</summary>
internal static class LeagueBodyRules
{
    private const int ScoreDecimals = 2;
    private const int RateDecimals = 10;

    /// <summary>The table's figures.</summary>
    /// <param name="streaks">The streak of every unit that has one; a missing unit has none.</param>
    public static LeagueBody Body(Month month, LeagueTier tier, LeagueRanking ranking, ScoringPolicy policy, IReadOnlyDictionary<string, StreakTrail> streaks)
    {
        var pooled = ranking.Pooled;
        var average = ScoreRules.Satisfaction(pooled.Counted.Answers, policy.BasicallySatisfiedValue).Value;
        var rows = ranking.Rows.Select(row => Row(row, policy, average, streaks.GetValueOrDefault(row.Entry.Unit.Code) ?? StreakTrail.Start)).ToArray();
        var notes = LeagueTableRules.Notes(ranking, policy).Select(CodeOf).ToArray();
        return new(month, tier, policy, ranking.RankedUnits, Shown(ranking.Median), ranking.HasBottomThree, notes, Total(pooled, policy), rows);
    }

    /// <summary>Two decimals, half away from zero.</summary>
    public static decimal? Shown(Fraction? score) => score is null ? null : Canonical(score.Rounded(ScoreDecimals));

    /// <summary>全表合计: rates of the pooled counts.</summary>
    public static LeagueTotal Total(UnitCounts pooled, ScoringPolicy policy)
    {
        var rates = new Rates(pooled, policy, null);
        return new(Shown(rates.Score.Score), rates.Reply, rates.Completion, rates.Satisfaction, ObligationCounts.Of(pooled), pooled.Declined, pooled.Merged);
    }

    private static LeagueTableRow Row(LeagueRow row, ScoringPolicy policy, Fraction? average, StreakTrail streak)
    {
        var (unit, counts, score) = row.Entry;
        var rates = new Rates(counts, policy, average);
        return new(row.Rank, new(unit.Code, unit.Name), row.Rank is not null, row.Reason is { } reason ? CodeOf(reason) : null,
            Shown(score.Score), Shown(rates.ScoreWithExcluded.Score), rates.Reply, rates.Completion, rates.Satisfaction, ObligationCounts.Of(counts),
            row.IsBottomThree, streak.Length, Months(streak),
            FlagRules.Of(row, streak.Length, policy));
    }

    /// <summary>The months of a streak, as they are shown.</summary>
    public static IReadOnlyList<StreakMonth> Months(StreakTrail streak) =>
        [.. streak.Places.Select(p => new StreakMonth(p.Month, p.Rank, p.RankedUnits, p.Score, p.Revision))];

    /// <summary>The code of why a unit is not ranked.</summary>
    public static string CodeOf(NotRanked reason) => reason == NotRanked.NoMeasure ? "no-measure" : "too-few-callbacks";

    private static string CodeOf(LeagueNote note) => note switch
    {
        LeagueNote.NeverLast => "never-last",
        LeagueNote.NoLastThisMonth => "no-last-this-month",
        LeagueNote.NeverBottomThree => "never-bottom-three",
        _ => "no-bottom-three-this-month",
    };

    /// <summary>What a note's code says to people.</summary>
    public static LeagueRemark Remark(string code, ScoringPolicy policy) => new(code, code switch
    {
        "never-last" => $"单位不足 {policy.MinRankedForLast} 个，本表永远不会产生末位。",
        "no-last-this-month" => $"本月参加排名的单位不足 {policy.MinRankedForLast} 个，不产生末位。",
        "never-bottom-three" => $"单位不足 {policy.MinRankedForBottomThree} 个，本表永远不会产生后三位。",
        _ => $"本月参加排名的单位不足 {policy.MinRankedForBottomThree} 个，不产生后三位。",
    });

    /// <summary>One spelling per number: 0.90 and 0.9 are the same bytes.</summary>
    public static decimal Canonical(decimal value) => value / 1.0000000000000000000000000000m;

    /// <summary>A rate as it is shown.</summary>
    public static PlainRate Plain(Measure rate) => new(Canonical(rate.Numerator), rate.Denominator, Digits(rate.Value));

    private static decimal? Digits(Fraction? value) => value is null ? null : Canonical(value.Rounded(RateDecimals));

    /// <summary>The rates of one row or of the total, formed once.</summary>
    private sealed class Rates(UnitCounts counts, ScoringPolicy policy, Fraction? average)
    {
        public UnitScore Score { get; } = ScoreRules.Score(counts.Counted, policy);

        public UnitScore ScoreWithExcluded { get; } = ScoreRules.Score(counts.WithExcluded, policy);

        public DueRate Reply => Due(Score.Reply, ScoreWithExcluded.Reply);

        public DueRate Completion => Due(Score.Completion, ScoreWithExcluded.Completion);

        public SatisfactionRate Satisfaction
        {
            get
            {
                var (rate, answers, first, none) = (Score.Satisfaction, counts.Counted.Answers, counts.Counted.FirstAnswers, counts.Counted.Unreached);
                return new(Canonical(rate.Numerator), rate.Denominator, Digits(rate.Value), counts.Excluded.Answers.Effective,
                    answers.Satisfied, answers.BasicallySatisfied, answers.Dissatisfied, none.Total,
                    new(none.Unreachable, none.Refused, none.WrongNumber, none.NoNumber), counts.BlamelessDissatisfied,
                    Plain(ScoreRules.EffectiveRate(counts.Counted)),
                    new(first.Satisfied, first.BasicallySatisfied, first.Dissatisfied, Digits(ScoreRules.Satisfaction(first, policy.BasicallySatisfiedValue).Value)),
                    IntervalRules.Wilson(rate) is { } i ? new(Canonical(i.Low), Canonical(i.High)) : null,
                    Digits(ScoreRules.Smoothed(rate, average)), Plain(ScoreWithExcluded.Satisfaction), null, null);
            }
        }

        private DueRate Due(Measure rate, Measure withExcluded) =>
            new((int)rate.Numerator, rate.Denominator, Digits(rate.Value), counts.ExcludedReplies, Plain(withExcluded), null);
    }
}
