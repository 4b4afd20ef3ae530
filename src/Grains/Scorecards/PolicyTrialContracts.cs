using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>一个单位在两个版本下的结果</summary>
/// <param name="Unit">单位</param>
/// <param name="RankBefore">现行版本的名次；未参加排名为空</param>
/// <param name="RankAfter">试算版本的名次；未参加排名为空</param>
/// <param name="ScoreBefore">现行版本的综合分</param>
/// <param name="ScoreAfter">试算版本的综合分</param>
/// <param name="BottomThreeBefore">现行版本是否在后三位</param>
/// <param name="BottomThreeAfter">试算版本是否在后三位</param>
/// <param name="FlagsBefore">现行版本的标记</param>
/// <param name="FlagsAfter">试算版本的标记</param>
/// <param name="Changed">两个版本的结果是否不同</param>
[GenerateSerializer, Immutable, Alias("hotline.TrialRow")]
public sealed record TrialRow(LeagueUnitName Unit, int? RankBefore, int? RankAfter, decimal? ScoreBefore, decimal? ScoreAfter, bool BottomThreeBefore,
    bool BottomThreeAfter, IReadOnlyList<string> FlagsBefore, IReadOnlyList<string> FlagsAfter, bool Changed);

/// <summary>考核办法的试算：从不存入，不影响任何排名</summary>
/// <param name="Trial">试算，恒为 true</param>
/// <param name="Note">说明</param>
/// <param name="Month">月份</param>
/// <param name="Tier">排名范围</param>
/// <param name="Version">试算的版本</param>
/// <param name="InForce">该月现行的版本</param>
/// <param name="AsOf">两边所依据的事实截至的时刻</param>
/// <param name="RankedBefore">现行版本参加排名的单位数</param>
/// <param name="RankedAfter">试算版本参加排名的单位数</param>
/// <param name="Changes">两个版本的不同规定</param>
/// <param name="Rows">各单位，按试算名次排列</param>
[GenerateSerializer, Immutable, Alias("hotline.PolicyTrial")]
public sealed record PolicyTrial(bool Trial, string Note, Month Month, LeagueTier Tier, string Version, string InForce, DateTimeOffset AsOf, int RankedBefore,
    int RankedAfter, IReadOnlyList<PolicyChange> Changes, IReadOnlyList<TrialRow> Rows);

/// <summary>Tries versions of the assessment on a month. Key <c>L-trials</c>; every silo answers by itself, nothing is stored.</summary>
[Alias("hotline.IPolicyTrialsGrain"), Reads]
public interface IPolicyTrialsGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "L-trials";

    /// <summary>试算: the month's table under a stored or proposed version, beside the one in force, from the same facts.
    /// Errors: <c>not-found</c> for an unknown version.</summary>
    [Alias("Run")]
    Task<Result<PolicyTrial>> Run(Month month, LeagueTier tier, string version);
}
