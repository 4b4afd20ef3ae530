using System.Globalization;

namespace Hotline.Scorecards;

/// <summary>What a unit must be told about its streak (连续后三位).</summary>
internal static class StandingRules
{
    private static readonly string[] Numerals = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];

    /// <summary>One sentence, or null when there is nothing to tell.</summary>
    /// <param name="last">The streak at the end of last month.</param>
    /// <param name="now">This month as it stands.</param>
    /// <param name="wanted">Months that lead to the self-criticism report (检查报告).</param>
    public static string? Streak(int last, HeatCell now, int wanted) => (last, now.Rank) switch
    {
        (0, _) when !now.BottomThree => null,
        (0, { } rank) => Text($"本月目前第 {rank} 名，处于后三位。"),
        (_, null) => $"已连续{Months(last)}处于后三位，本月目前不参加排名（{now.NotRankedReason}）。",
        (_, { } rank) => Text($"已连续{Months(last)}处于后三位，本月目前第 {rank} 名，{Outlook(last, now, wanted)}。"),
    };

    private static string Outlook(int last, HeatCell now, int wanted)
    {
        if (!now.BottomThree)
        {
            return "暂未列入后三位";
        }

        return now.Streak >= wanted ? $"仍在后三位，月末将达到连续{Months(now.Streak)}，须作检查报告" : $"仍在后三位，月末将为连续{Months(last + 1)}";
    }

    private static string Months(int count) =>
        (count < Numerals.Length ? Numerals[count] : Text($" {count} ")) + "个月";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
