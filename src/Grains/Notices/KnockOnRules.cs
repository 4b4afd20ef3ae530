using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Notices;

/// <summary>What stands differently in notices, quarters and rewards before and after a correction, in words.</summary>
internal static class KnockOnRules
{
    /// <summary>A notice that loses or gains its ground.</summary>
    /// <param name="hadGround">It loses it; otherwise it gains it.</param>
    /// <param name="status">Where the notice stands; null when none was drafted.</param>
    public static KnockOn Notice(NoticeGround ground, bool hadGround, NoticeStatus? status)
    {
        var name = $"{ground.Month.Year}年{ground.Month.Number}月{ground.Unit.Name}的{NameOf(ground.Kind)}";
        var text = (hadGround, status) switch
        {
            (true, NoticeStatus.Issued or NoticeStatus.GroundGone) => $"{name}已签发，更正后失去依据，须撤回。",
            (true, _) => $"{name}失去依据。",
            _ => $"{name}有了依据，由系统拟稿。",
        };
        var code = Codes.Of(ground.Kind);
        return new("notice", ground.Month, ground.Unit, hadGround ? code : null, hadGround ? null : code, text);
    }

    /// <summary>Units whose outcome or place in the quarter's list changes.</summary>
    public static IReadOnlyList<KnockOn> Quarter(Month month, QuarterBody before, QuarterBody after)
    {
        var was = before.Candidates.ToDictionary(c => c.Unit.Code, StringComparer.Ordinal);
        var now = after.Candidates.ToDictionary(c => c.Unit.Code, StringComparer.Ordinal);
        return [.. was.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Select(code => (Was: was.GetValueOrDefault(code), Now: now.GetValueOrDefault(code)))
            .Where(p => (p.Was?.Outcome, p.Was?.Rank) != (p.Now?.Outcome, p.Now?.Rank))
            .Select(p => new KnockOn("quarter", month, (p.Now ?? p.Was)!.Unit, Code(p.Was), Code(p.Now),
                $"{before.Quarter}评选，{(p.Now ?? p.Was)!.Unit.Name}由{Place(p.Was)}变为{Place(p.Now)}。"))];
    }

    /// <summary>Units that enter or leave the year's reward list.</summary>
    public static IReadOnlyList<KnockOn> Year(Month month, YearBody before, YearBody after)
    {
        var (was, now) = (YearRules.Winners(before), YearRules.Winners(after));
        return
        [
            .. was.ExceptBy(now.Select(u => u.Code), u => u.Code).Select(u => new KnockOn("reward", month, u, "rewarded", null, $"{u.Name}不再列入{before.Year}年奖励名单。")),
            .. now.ExceptBy(was.Select(u => u.Code), u => u.Code).Select(u => new KnockOn("reward", month, u, null, "rewarded", $"{u.Name}列入{before.Year}年奖励名单。")),
        ];
    }

    private static string? Code(QuarterCandidate? candidate) =>
        candidate is null ? null : candidate.Rank is { } rank ? $"{Codes.Of(candidate.Outcome)} {rank}" : Codes.Of(candidate.Outcome);

    private static string Place(QuarterCandidate? candidate) => candidate switch
    {
        null => "不在其列",
        { Outcome: AwardOutcome.Won } => $"获评（第 {candidate.Rank} 名）",
        { Rank: { } rank } => $"未获评（第 {rank} 名）",
        _ => "不参加评选",
    };

    private static string NameOf(NoticeKind kind) => kind switch
    {
        NoticeKind.Commend => "表扬通报",
        NoticeKind.Criticise => "批评通报",
        _ => "连续后三位通报",
    };
}
