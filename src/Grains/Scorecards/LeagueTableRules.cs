using Hotline.Policies;

namespace Hotline.Scorecards;

/// <summary>排名规则: from figures to places, last place and bottom three. Everything is compared on exact scores.</summary>
internal static class LeagueTableRules
{
    /// <summary>Why this unit is not ranked, or null. A missing measure alone never makes it so.</summary>
    public static NotRanked? ReasonNotRanked(LeagueEntry entry, ScoringPolicy policy)
    {
        if (entry.Score.Score is null)
        {
            return NotRanked.NoMeasure;
        }

        return entry.Counts.Counted.Answers.Effective < policy.MinEffectiveCallbacks ? NotRanked.TooFewCallbacks : null;
    }

    /// <summary>The table in its final order, whatever the order of the entries.</summary>
    public static LeagueRanking Rank(IEnumerable<LeagueEntry> entries, ScoringPolicy policy)
    {
        var judged = entries.OrderBy(e => e.Unit.Code, StringComparer.Ordinal)
            .Select(e => (Entry: e, Reason: ReasonNotRanked(e, policy))).ToList();
        var ranked = judged.Where(e => e.Reason is null).Select(e => e.Entry)
            .OrderByDescending(e => e.Score.Score!).ToList();
        var scores = ranked.ConvertAll(e => e.Score.Score!);
        var places = new Places(scores, policy);
        var rows = new List<LeagueRow>(judged.Count);
        for (var i = 0; i < ranked.Count; i++)
        {
            var shared = i > 0 && scores[i] == scores[i - 1];
            rows.Add(places.Row(ranked[i], shared ? rows[i - 1].Rank!.Value : i + 1));
        }
        rows.AddRange(judged.Where(e => e.Reason is not null)
            .Select(e => new LeagueRow(e.Entry, null, e.Reason, false, false, false)));
        return new(rows, ranked.Count, places.Median, places.HasBottomThree);
    }

    /// <summary>The middle of the sorted scores; the mean of the two middle ones when their number is even.</summary>
    public static Fraction? Median(IReadOnlyList<Fraction> sorted)
    {
        if (sorted.Count == 0)
        {
            return null;
        }

        var upper = sorted[sorted.Count / 2];
        return sorted.Count % 2 == 1 ? upper : (sorted[(sorted.Count / 2) - 1] + upper) / Fraction.Of(2m);
    }

    /// <summary>What the reader must be told about minimums that the table misses this month, or can never reach with so few units.</summary>
    public static IReadOnlyList<LeagueNote> Notes(LeagueRanking ranking, ScoringPolicy policy)
    {
        List<LeagueNote> notes = [];
        if (ranking.Rows.Count < policy.MinRankedForLast)
        {
            notes.Add(LeagueNote.NeverLast);
        }
        else if (ranking.RankedUnits < policy.MinRankedForLast)
        {
            notes.Add(LeagueNote.NoLastThisMonth);
        }

        if (ranking.Rows.Count < policy.MinRankedForBottomThree)
        {
            notes.Add(LeagueNote.NeverBottomThree);
        }
        else if (!ranking.HasBottomThree)
        {
            notes.Add(LeagueNote.NoBottomThreeThisMonth);
        }

        return notes;
    }

    /// <summary>What holds for the whole table, worked out once. Scores come highest first.</summary>
    private sealed class Places
    {
        private readonly Fraction? _lowest;
        private readonly bool _hasLast;
        private readonly bool _lastIsExempt;
        private readonly Fraction? _bottomBorder;

        public Places(IReadOnlyList<Fraction> scores, ScoringPolicy policy)
        {
            Median = Median(scores);
            HasBottomThree = scores.Count >= policy.MinRankedForBottomThree;
            if (scores.Count == 0)
            {
                return;
            }

            _lowest = scores[^1];
            var allEqual = scores[0] == _lowest;
            _hasLast = scores.Count >= policy.MinRankedForLast && !allEqual;
            _lastIsExempt = _lowest >= Fraction.Of(policy.LastExemption.MinScore)
                && Median! - _lowest <= Fraction.Of(policy.LastExemption.WithinMedian);
            // Fewer than three score strictly less exactly when the score is at most that of the third from below: a tie at the border widens the set.
            if (HasBottomThree && !allEqual)
            {
                _bottomBorder = scores[Math.Max(0, scores.Count - policy.BottomCount)];
            }
        }

        public Fraction? Median { get; }

        public bool HasBottomThree { get; }

        public LeagueRow Row(LeagueEntry entry, int rank)
        {
            var score = entry.Score.Score!;
            var last = _hasLast && score == _lowest;
            var bottom = _bottomBorder is not null && score <= _bottomBorder && score != Fraction.Hundred;
            return new(entry, rank, null, last, last && !_lastIsExempt, bottom);
        }
    }
}
