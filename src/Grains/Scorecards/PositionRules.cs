using System.Globalization;
using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>Why a unit stands where it stands, in plain Chinese.</summary>
internal static class PositionRules
{
    public static PositionExplanation Of(ExplainedUnit unit)
    {
        var (place, row) = (unit.Place, unit.Row);
        var ranked = unit.Ranking.Rows.Where(r => r.Rank is not null).ToArray();
        var score = place.Entry.Score.Score;
        var isRanked = place.Rank is not null;
        return new(place.Rank, unit.Ranking.RankedUnits,
            isRanked ? [.. ranked.Where(r => r != place && r.Rank == place.Rank).Select(NameOf)] : [],
            isRanked ? Neighbour(ranked.LastOrDefault(r => r.Entry.Score.Score! > score!), score!) : null,
            isRanked ? Neighbour(ranked.FirstOrDefault(r => r.Entry.Score.Score! < score!), score!) : null,
            NotRankedText(place, unit.Policy), LastText(place, unit.Policy), BottomText(unit), row.StreakNow?.Streak ?? row.BottomThreeStreak,
            row.StreakNow?.Months ?? row.StreakMonths, row.Flags);
    }

    /// <summary>Why this unit is shown and not ranked; null when it is ranked.</summary>
    public static string? NotRankedText(LeagueRow place, ScoringPolicy policy) => place.Reason switch
    {
        NotRanked.NoMeasure => "本月没有任何考核指标",
        NotRanked.TooFewCallbacks => TooFew(place.Entry.Counts.Counted.Answers.Effective, policy),
        _ => null,
    };

    public static string TooFew(int effective, ScoringPolicy policy) => Text($"有效回访 {effective} 件，不足 {policy.MinEffectiveCallbacks} 件");

    private static string? LastText(LeagueRow place, ScoringPolicy policy) => (place.IsLast, place.IsCriticised, policy.Penalties) switch
    {
        (false, _, _) => null,
        (_, false, _) => Text($"分数为参评单位中最低；但不低于 {policy.LastExemption.MinScore} 分且与中位数相差不超过 {policy.LastExemption.WithinMedian} 分，免予通报批评。"),
        (_, _, Penalties.Advisory) => "分数为参评单位中最低；考核办法定为仅供参考，不作通报批评。",
        _ => "分数为参评单位中最低，应予通报批评。",
    };

    private static string? BottomText(ExplainedUnit unit)
    {
        if (!unit.Place.IsBottomThree)
        {
            return null;
        }

        var score = unit.Place.Entry.Score.Score!;
        var below = unit.Ranking.Rows.Count(r => r.Rank is not null && r.Entry.Score.Score! < score);
        return below == 0
            ? Text($"{unit.Ranking.RankedUnits} 个参评单位中没有一个分数低于本单位，本单位列后三位。")
            : Text($"{unit.Ranking.RankedUnits} 个参评单位中只有 {below} 个分数低于本单位，不足 {unit.Policy.BottomCount} 个，本单位列后三位。");
    }

    private static NeighbourPlace? Neighbour(LeagueRow? other, Fraction score)
    {
        if (other is null)
        {
            return null;
        }

        var (high, low) = other.Entry.Score.Score! > score ? (other.Entry.Score.Score!, score) : (score, other.Entry.Score.Score!);
        return new(NameOf(other), other.Rank!.Value, LeagueBodyRules.Shown(other.Entry.Score.Score)!.Value, ExplainRules.Points(high - low)!.Value);
    }

    private static LeagueUnitName NameOf(LeagueRow row) => new(row.Entry.Unit.Code, row.Entry.Unit.Name);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
