using Hotline.Notices;
using Hotline.Scorecards;
using Hotline.WorkCalendar;

namespace Hotline.Documents;

/// <summary>A quarter's excellent units (季度优秀单位) as a document: one list, or those of all tiers that count.</summary>
/// <param name="Issuer">The branch's name (发文机关).</param>
/// <param name="Number">发文字号 as the registry gave it; null for the system's own.</param>
/// <param name="Before">The revisions that corrected lists replace.</param>
internal sealed record QuarterPaper(string Issuer, string? Number, QuarterLists Quarter, IReadOnlyList<QuarterList> Before)
{
    public IReadOnlyList<QuarterList> Lists => Quarter.Lists;

    public string? Mark => AwardMarks.Of([.. Lists.Select(l => (BulletinTable.NameOf(l.Tier), l.Stage))]);

    public DateOnly? Date => AwardMarks.Date(Lists.Select(l => l.Stage));
}

/// <summary>A year's reward list (年终奖励名单) as a document.</summary>
/// <param name="Before">The revision that a corrected list replaces.</param>
internal sealed record YearPaper(string Issuer, string? Number, RewardList List, RewardList? Before)
{
    public string? Mark => AwardMarks.Of([("", List.Stage)]);

    public DateOnly? Date => AwardMarks.Date([List.Stage]);
}

/// <summary>What lists say of their state.</summary>
internal static class AwardMarks
{
    public const string Draft = "草稿（未批准）";

    /// <summary>Draft, correction, or in need of one; null for a list that simply stands.</summary>
    public static string? Of(IReadOnlyList<(string Name, AwardStage Stage)> lists)
    {
        if (lists.Any(l => IsDraft(l.Stage)))
        {
            return Draft;
        }

        string Named(string name) => lists.Count > 1 ? name : "";
        string[] marks =
        [
            .. lists.Where(l => l.Stage.Revision > 1).Select(l => $"{Named(l.Name)}更正第 {l.Stage.Revision} 版"),
            .. lists.Where(l => l.Stage.Outdated).Select(l => $"{Named(l.Name)}所依据的排名已更正，名单尚未更正"),
        ];
        return marks.Length == 0 ? null : string.Join("、", marks);
    }

    public static bool IsDraft(AwardStage stage) => stage.Status is AwardStatus.Preview or AwardStatus.Proposed;

    /// <summary>成文日期: the day of the last approval; null for a draft.</summary>
    public static DateOnly? Date(IEnumerable<AwardStage> stages)
    {
        var all = stages.ToList();
        return all.Count == 0 || all.Exists(s => IsDraft(s) || s.ApprovedAt is null) ? null : all.Max(s => ShanghaiTime.DateOf(s.ApprovedAt!.Value));
    }
}
