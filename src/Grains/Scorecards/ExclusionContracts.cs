using System.Text.Json.Serialization;
using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>剔除申请的结果</summary>
[JsonConverter(typeof(CodeEnumConverter<ExclusionDecision>))]
public enum ExclusionDecision
{
    /// <summary>未决定</summary>
    Pending = 1,
    /// <summary>同意剔除</summary>
    Approved = 2,
    /// <summary>不同意</summary>
    Refused = 3,
    /// <summary>同意后撤销</summary>
    Revoked = 4,
}

/// <summary>一件剔除申请。同意后，该工单不计入全部三项指标。</summary>
/// <param name="Ticket">工单编号</param>
/// <param name="ExternalNo">来源平台的工单编号</param>
/// <param name="Unit">考核单位</param>
/// <param name="RequestedBy">申请人</param>
/// <param name="RequestedAt">申请时间</param>
/// <param name="Against">针对的指标</param>
/// <param name="Reason">理由；已删除个人信息的为空</param>
/// <param name="Evidence">证据；已删除个人信息的为空</param>
/// <param name="Decision">结果</param>
/// <param name="DecidedBy">决定人</param>
/// <param name="DecidedAt">决定时间</param>
/// <param name="DecisionReason">决定的理由</param>
[GenerateSerializer, Immutable, Alias("hotline.ExclusionLine")]
public sealed record ExclusionLine(string Ticket, string ExternalNo, LeagueUnitName Unit, string RequestedBy, DateTimeOffset RequestedAt,
    IReadOnlyList<ScoredMeasure> Against, string? Reason, string? Evidence, ExclusionDecision Decision, string? DecidedBy, DateTimeOffset? DecidedAt,
    string? DecisionReason);

/// <summary>某月一张表的剔除申请</summary>
/// <param name="Undecided">未决定的件数；提请公布以前须为 0</param>
/// <param name="ObjectionsUntil">异议期的结束时刻；没有异议期为空</param>
/// <param name="Items">各件申请，未决定的在前，再按申请时间</param>
[GenerateSerializer, Immutable, Alias("hotline.LeagueExclusions")]
public sealed record LeagueExclusions(Month Month, LeagueTier Tier, int Undecided, DateTimeOffset? ObjectionsUntil, IReadOnlyList<ExclusionLine> Items);
