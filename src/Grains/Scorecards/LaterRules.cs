using System.Globalization;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>What a reader of fixed figures must be told about facts that came after them.</summary>
internal static class LaterRules
{
    /// <summary>One sentence, or null when nothing changed.</summary>
    /// <param name="then">The tickets as they were at the cutoff.</param>
    /// <param name="now">The same unit's tickets as they are now.</param>
    public static string? Remark(LeagueTable table, LeagueTableRow row, IReadOnlyList<ScoredTicket> then, IReadOnlyList<ScoredTicket> now, DateTimeOffset today)
    {
        var published = PlaceRules.CountsOf(row);
        if (then.Aggregate(default(CountSet), (sum, t) => sum + t.CountsIn(table.Month, table.AsOf).Counted) != published.Counted)
        {
            return "按截止时刻回溯的工单与公布的数字不符（可能有事后补录的历史工单），请以公布的数字为准，并进行核验。";
        }

        var before = then.ToDictionary(Key, t => t.CountsIn(table.Month, table.AsOf));
        var after = now.ToDictionary(Key, t => t.CountsIn(table.Month, today));
        var changed = before.Keys.Union(after.Keys)
            .Where(k => before.GetValueOrDefault(k, UnitCounts.None) != after.GetValueOrDefault(k, UnitCounts.None)).Select(k => k.Id).Distinct().Count();
        if (changed == 0)
        {
            return null;
        }

        var score = ScoreRules.Score(after.Values.Aggregate(UnitCounts.None, (sum, c) => sum + c).Counted, table.Policy).Score;
        var shown = LeagueBodyRules.Shown(score) is { } s ? s.ToString("0.00", CultureInfo.InvariantCulture) : "无";
        return string.Create(CultureInfo.InvariantCulture, $"截止时刻以后有 {changed} 件工单发生变化，按现有事实综合分为 {shown}；已固定的数字不受影响，须经更正才能改变。");
    }

    private static (string Id, bool IsSupport) Key(ScoredTicket ticket) => (ticket.Id, ticket.IsSupport);
}
