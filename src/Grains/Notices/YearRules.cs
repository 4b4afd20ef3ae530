using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Notices;

/// <summary>年终奖励名单: units that won enough quarters of the year, by the newest revisions of the approved lists. Quarters are counted by code, whatever
/// the tier; a successor inherits none.</summary>
internal static class YearRules
{
    public static YearBody Body(int year, IReadOnlyList<(SourceList Source, QuarterBody Body)> lists, ScoringPolicy policy, IReadOnlyList<Unit> units)
    {
        var ordered = lists.OrderBy(l => l.Source.Quarter).ThenBy(l => l.Source.Tier).ToArray();
        var needed = policy.Awards.QuartersForReward;
        var won = ordered.SelectMany(l => QuarterRules.Winners(l.Body).Select(unit => (Unit: unit, l.Source.Quarter)))
            .GroupBy(w => w.Unit.Code, StringComparer.Ordinal)
            .Select(g => Candidate(g.Last().Unit, [.. g.Select(w => w.Quarter).Distinct()], needed, units.FirstOrDefault(u => u.Code == g.Key && u.ActiveTo <= new DateOnly(year, 12, 31))));
        return new(year, policy.Version, needed, [.. ordered.Select(l => l.Source)],
            [.. won.OrderByDescending(c => c.Quarters.Count).ThenBy(c => c.Unit.Code, StringComparer.Ordinal)]);
    }

    public static IReadOnlyList<LeagueUnitName> Winners(YearBody body) => [.. body.Candidates.Where(c => c.Rewarded).Select(c => c.Unit)];

    /// <summary>The year is over, and every quarter that has a published table of a tier that counts has its approved list.</summary>
    /// <param name="published">The months and tiers that are published.</param>
    public static bool IsReady(YearBody body, bool isOver, IEnumerable<(Month Month, LeagueTier Tier)> published)
    {
        var approved = body.Lists.Select(l => (l.Quarter, l.Tier)).ToHashSet();
        return isOver && approved.Count > 0 && published.All(p => approved.Contains((Quarter.Of(p.Month), p.Tier)));
    }

    private static YearCandidate Candidate(LeagueUnitName unit, IReadOnlyList<Quarter> quarters, int needed, Unit? ended)
    {
        var rewarded = quarters.Count >= needed;
        return new(unit, quarters, rewarded, $"获评季度优秀 {quarters.Count} 次，{(rewarded ? "达到" : "不足")} {needed} 次。", ended?.ActiveTo, ended?.SucceededBy);
    }
}
