using System.Globalization;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>What stands differently in two tables of the same month and tier.</summary>
internal static class LeagueChangeRules
{
    /// <summary>The units whose figures or places differ, by code, ordinal.</summary>
    public static IReadOnlyList<UnitChange> Units(LeagueBody before, LeagueBody after)
    {
        var (old, now) = (ByUnit(before), ByUnit(after));
        return [.. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Select(code => (Was: old.GetValueOrDefault(code), Is: now.GetValueOrDefault(code)))
            .Where(pair => !Same(Figures(pair.Was), Figures(pair.Is)))
            .Select(pair => new UnitChange((pair.Is ?? pair.Was)!.Unit, Figures(pair.Was), Figures(pair.Is)))];
    }

    /// <summary>Ranks and marks of the corrected month itself.</summary>
    public static IEnumerable<KnockOn> OwnMonth(Month month, IReadOnlyList<UnitChange> changes)
    {
        foreach (var (unit, before, after) in changes)
        {
            if (before?.Rank != after?.Rank)
            {
                yield return new("rank", month, unit, Number(before?.Rank), Number(after?.Rank),
                    $"{Name(month)}，{unit.Name}的名次由{Place(before?.Rank)}变为{Place(after?.Rank)}。");
            }

            foreach (var flag in Flags(before).Except(Flags(after)))
            {
                yield return new("flag", month, unit, flag, null, $"{Name(month)}，{unit.Name}不再标记“{FlagRules.Chinese(flag)}”。");
            }

            foreach (var flag in Flags(after).Except(Flags(before)))
            {
                yield return new("flag", month, unit, null, flag, $"{Name(month)}，{unit.Name}新标记“{FlagRules.Chinese(flag)}”。");
            }
        }
    }

    /// <summary>A later month's streaks, with the month corrected and without.</summary>
    /// <param name="later">That month's table; it stays as it is.</param>
    public static IEnumerable<KnockOn> Later(PastTable later, IReadOnlyDictionary<string, StreakTrail> before, IReadOnlyDictionary<string, StreakTrail> after,
        Func<string, LeagueUnitName> nameOf)
    {
        foreach (var unit in later.Places.Keys.Order(StringComparer.Ordinal))
        {
            var (was, now) = (LengthOf(before, unit), LengthOf(after, unit));
            if (was == now)
            {
                continue;
            }

            var name = nameOf(unit);
            yield return new("streak", later.Month, name, Number(was), Number(now),
                $"{Name(later.Month)}，{name.Name}的连续后三位由 {was} 个月变为 {now} 个月。");
            var (flagged, flags) = (IsFlagged(later, unit, was), IsFlagged(later, unit, now));
            if (flagged != flags)
            {
                yield return new("flag", later.Month, name, flagged ? FlagRules.BottomThreeStreak : null, flags ? FlagRules.BottomThreeStreak : null,
                    $"{Name(later.Month)}，{name.Name}{(flags ? "达到" : "不再达到")}连续后三位的预警月数。");
            }
        }
    }

    /// <summary>Whether any unit's place in or out of the bottom three changed: nothing else of a month matters to later ones.</summary>
    public static bool TouchesStreaks(PastTable before, PastTable after) =>
        before.Policy.UnrankedMonth != after.Policy.UnrankedMonth
        || before.Places.Keys.Union(after.Places.Keys).Any(unit => before.OutcomeOf(unit) != after.OutcomeOf(unit));

    private static string Name(Month month) => $"{month.Year}年{month.Number}月";

    private static string Place(int? rank) => rank is null ? "未参加排名" : $"第 {rank} 名";

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static int LengthOf(IReadOnlyDictionary<string, StreakTrail> trails, string unit) => trails.GetValueOrDefault(unit)?.Length ?? 0;

    private static bool IsFlagged(PastTable table, string unit, int streak) =>
        StreakRules.IsFlagged(table.Places[unit].BottomThree, streak, table.Policy);

    private static Dictionary<string, LeagueTableRow> ByUnit(LeagueBody body) => body.Rows.ToDictionary(r => r.Unit.Code, StringComparer.Ordinal);

    private static IReadOnlyList<string> Flags(UnitFigures? figures) => figures?.Flags ?? [];

    private static bool Same(UnitFigures? a, UnitFigures? b) =>
        a is null || b is null ? ReferenceEquals(a, b) : a with { Flags = [] } == b with { Flags = a.Flags.SequenceEqual(b.Flags) ? [] : b.Flags };

    private static UnitFigures? Figures(LeagueTableRow? row) => row is null ? null : new(row.Rank, row.Score, Plain(row.ReplyRate), Plain(row.CompletionRate),
        new(row.SatisfactionRate.Numerator, row.SatisfactionRate.Denominator, row.SatisfactionRate.Value), row.BottomThree, row.BottomThreeStreak, row.Flags);

    private static PlainRate Plain(DueRate rate) => new(rate.Numerator, rate.Denominator, rate.Value);
}
