using Hotline.Policies;

namespace Hotline.Scorecards;

/// <summary>名次: what place a unit's other counts would give it while all other units stay as they are.</summary>
/// <param name="rows">The table's rows; the unit's own is left out.</param>
internal sealed class OtherPlaces(IEnumerable<LeagueRow> rows, LeagueUnit unit, ScoringPolicy policy)
{
    private readonly Fraction[] _others = [.. rows.Where(r => r.Rank is not null && r.Entry.Unit.Code != unit.Code).Select(r => r.Entry.Score.Score!).Order()];

    /// <summary>The rank with these counts; null when the unit would not be ranked.</summary>
    public int? RankOf(CountSet counts)
    {
        var entry = new LeagueEntry(unit, new(counts, default), ScoreRules.Score(counts, policy));
        return LeagueTableRules.ReasonNotRanked(entry, policy) is null ? 1 + Better(entry.Score.Score!) : null;
    }

    /// <summary>How many of the others score strictly more.</summary>
    private int Better(Fraction score)
    {
        var (from, to) = (0, _others.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _others[middle] > score ? (from, middle) : (middle + 1, to);
        }

        return _others.Length - from;
    }
}
