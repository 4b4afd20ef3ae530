using System.Text.Json.Serialization;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>一个单位在更正前或更正后的数字</summary>
/// <param name="Rank">名次；未参加排名为空</param>
/// <param name="Score">综合分</param>
/// <param name="BottomThree">是否后三位</param>
/// <param name="BottomThreeStreak">连续后三位的月数</param>
/// <param name="Flags">标记</param>
[GenerateSerializer, Immutable, Alias("hotline.UnitFigures")]
public sealed record UnitFigures(int? Rank, decimal? Score, PlainRate ReplyRate, PlainRate CompletionRate, PlainRate SatisfactionRate,
    bool BottomThree, int BottomThreeStreak, IReadOnlyList<string> Flags);

/// <summary>一个单位的前后对照</summary>
/// <param name="Before">更正前；原来没有这一行为空</param>
/// <param name="After">更正后；不再有这一行为空</param>
[GenerateSerializer, Immutable, Alias("hotline.UnitChange")]
public sealed record UnitChange(LeagueUnitName Unit, UnitFigures? Before, UnitFigures? After);

/// <summary>一次更正的前后对照与连带影响</summary>
/// <param name="Revision">更正后的版本号</param>
/// <param name="Proposed">尚待批准</param>
/// <param name="Reason">更正原因</param>
/// <param name="Units">有变化的单位</param>
/// <param name="KnockOns">连带影响：按各月最新版本计算</param>
[GenerateSerializer, Immutable, Alias("hotline.LeagueChanges")]
public sealed record LeagueChanges(Month Month, LeagueTier Tier, int Revision, bool Proposed, string? Reason, IReadOnlyList<UnitChange> Units,
    IReadOnlyList<KnockOn> KnockOns);

/// <summary>已撤回或驳回的提请</summary>
/// <param name="Revision">拟公布的版本号</param>
/// <param name="ProposedBy">提请人</param>
/// <param name="CutoffAt">截止时刻</param>
/// <param name="ContentHash">拟公布内容的 SHA-256</param>
/// <param name="End">撤回或驳回</param>
/// <param name="EndedBy">撤回人或驳回人</param>
/// <param name="EndedAt">时间</param>
/// <param name="Reason">原因</param>
[GenerateSerializer, Immutable, Alias("hotline.EndedProposal")]
public sealed record EndedProposal(int Revision, string ProposedBy, DateTimeOffset CutoffAt, string ContentHash, ProposalEnd End, string EndedBy,
    DateTimeOffset EndedAt, string Reason);

/// <summary>一个公布版本</summary>
/// <param name="Revision">版本号，从 1 起</param>
/// <param name="Status">published 首次公布，corrected 更正</param>
/// <param name="Reason">更正原因；首次公布为空</param>
/// <param name="ProposedBy">提请人</param>
/// <param name="ApprovedBy">批准人</param>
/// <param name="CutoffAt">截止时刻</param>
/// <param name="At">公布时间</param>
/// <param name="ContentHash">公布内容的 SHA-256</param>
/// <param name="Current">是否为现行版本</param>
[GenerateSerializer, Immutable, Alias("hotline.RevisionLine")]
public sealed record RevisionLine(int Revision, LeagueStatus Status, string? Reason, string ProposedBy, string ApprovedBy, DateTimeOffset CutoffAt,
    DateTimeOffset At, string ContentHash, bool Current);

/// <summary>一张表的全部公布版本</summary>
/// <param name="Items">各版本，从旧到新</param>
/// <param name="Proposal">待批准的提请</param>
/// <param name="Ended">已撤回或驳回的提请，最近 20 件</param>
[GenerateSerializer, Immutable, Alias("hotline.LeagueRevisionList")]
public sealed record LeagueRevisionList(Month Month, LeagueTier Tier, IReadOnlyList<RevisionLine> Items, PublicationProposal? Proposal,
    IReadOnlyList<EndedProposal> Ended);
