using System.Text.Json.Serialization;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>试算的期间</summary>
[JsonConverter(typeof(CodeEnumConverter<TrialPeriod>))]
public enum TrialPeriod
{
    /// <summary>本月</summary>
    Month = 1,
    /// <summary>该月所在的季度，三个月件数合并计算</summary>
    Quarter = 2,
}

/// <summary>试算：假设一项或几项不同，名次会怎样。只计算，不保存</summary>
/// <param name="WithoutTickets">假设没有这些工单：工单编号或来源平台的工单编号，至多 200 件</param>
/// <param name="BasicallySatisfiedValue">假设一件“基本满意”折合多少件满意，0 至 1</param>
/// <param name="PolicyVersion">假设适用另一个已存入的考核办法版本</param>
/// <param name="Period">month 本月（默认），quarter 该月所在的季度</param>
[GenerateSerializer, Immutable, Alias("hotline.WhatIf")]
public sealed record WhatIf([property: Line(Limits.Name)] IReadOnlyList<string>? WithoutTickets = null, decimal? BasicallySatisfiedValue = null,
    [property: Line(Limits.Name)] string? PolicyVersion = null, TrialPeriod? Period = null);

/// <summary>试算结果，不保存</summary>
/// <param name="Trial">总为 true：这是试算，不是排名</param>
/// <param name="Months">所含月份</param>
/// <param name="Summary">结论</param>
/// <param name="PolicyVersion">试算所用的考核办法版本</param>
/// <param name="BasicallySatisfiedValue">试算所用的“基本满意”折算值</param>
/// <param name="WithoutEffect">去掉后不影响任何数字的工单及原因</param>
/// <param name="Units">各单位试算前后，按试算后的名次排列</param>
[GenerateSerializer, Immutable, Alias("hotline.TrialAnswer")]
public sealed record TrialAnswer(bool Trial, IReadOnlyList<Month> Months, LeagueTier Tier, IReadOnlyList<string> Summary, string PolicyVersion,
    decimal BasicallySatisfiedValue, IReadOnlyList<UncountedTicket> WithoutEffect, IReadOnlyList<TrialUnit> Units);

/// <summary>一个单位试算前后</summary>
/// <param name="Unit">单位</param>
/// <param name="Before">试算前</param>
/// <param name="After">试算后</param>
/// <param name="PlacesGained">上升的名次，下降为负；前后有一次未参加排名时为空</param>
[GenerateSerializer, Immutable, Alias("hotline.TrialUnit")]
public sealed record TrialUnit(LeagueUnitName Unit, TrialPlace Before, TrialPlace After, int? PlacesGained);

/// <summary>试算前或后的名次与数字</summary>
/// <param name="Rank">名次；未参加排名为空</param>
/// <param name="NotRankedReason">未参加排名的原因</param>
/// <param name="Score">综合分，两位小数</param>
/// <param name="ReplyRate">回复率</param>
/// <param name="CompletionRate">办结率</param>
/// <param name="SatisfactionRate">满意率</param>
/// <param name="BottomThree">是否后三位；季度没有后三位</param>
/// <param name="Last">是否末位；季度没有末位</param>
[GenerateSerializer, Immutable, Alias("hotline.TrialPlace")]
public sealed record TrialPlace(int? Rank, string? NotRankedReason, decimal? Score, PlainRate ReplyRate, PlainRate CompletionRate, PlainRate SatisfactionRate,
    bool BottomThree, bool Last);

/// <summary>某项指标背后的一件工单</summary>
/// <param name="Id">工单编号</param>
/// <param name="ExternalNo">来源平台的工单编号</param>
/// <param name="Title">标题；无权查看工单的人看不到</param>
/// <param name="Earned">计入分子的件数：1、0，或基本满意的折算值</param>
/// <param name="Reason">失分的原因；没有失分为空</param>
[GenerateSerializer, Immutable, Alias("hotline.CountedTicket")]
public sealed record CountedTicket(string Id, string ExternalNo, string? Title, decimal Earned, string? Reason);

/// <summary>指标</summary>
[JsonConverter(typeof(CodeEnumConverter<MeasureName>))]
public enum MeasureName
{
    /// <summary>回复率</summary>
    Reply = 1,
    /// <summary>办结率</summary>
    Completion = 2,
    /// <summary>满意率</summary>
    Satisfaction = 3,
    /// <summary>未联系上</summary>
    Unreached = 4,
    /// <summary>收到：本月的全部责任</summary>
    Received = 5,
    /// <summary>到期前撤单</summary>
    Withdrawn = 6,
    /// <summary>收回</summary>
    Recalled = 7,
    /// <summary>退单</summary>
    HandedBack = 8,
    /// <summary>挂起</summary>
    Suspended = 9,
    /// <summary>上级时限压缩</summary>
    Compressed = 10,
    /// <summary>剔除</summary>
    Excluded = 11,
    /// <summary>转110</summary>
    Transferred = 12,
    /// <summary>分流</summary>
    Diverted = 13,
    /// <summary>无须协办意见</summary>
    NotNeeded = 14,
    /// <summary>尚未到期</summary>
    NotYetDue = 15,
    /// <summary>告知不受理（全分局）</summary>
    Declined = 16,
    /// <summary>并单（全分局）</summary>
    Merged = 17,
}

/// <summary>Questions about tables that are never stored. Key <c>L-inquiry</c>; every silo answers by itself.</summary>
[Alias("hotline.ILeagueInquiryGrain"), Reads]
public interface ILeagueInquiryGrain : IGrainWithStringKey
{
    /// <summary>试算: the table as it would be. Errors: <c>trial.empty</c>, <c>trial.share</c>, <c>trial.policy-unknown</c>, <c>trial.ticket-unknown</c>,
    /// <c>trial.ticket-ambiguous</c>, <c>validation.range</c>.</summary>
    /// <param name="visibleTo">Only this unit's tickets may be named; null for people who see all.</param>
    [Alias("WhatIf")]
    Task<Result<TrialAnswer>> WhatIf(Month month, LeagueTier tier, WhatIf question, string? visibleTo);

    /// <summary>The tickets in a figure's denominator (for <see cref="MeasureName.Unreached"/>: those that make up the figure), as the figure was taken.
    /// Errors: <c>not-found</c>, <c>league.unit-absent</c>.</summary>
    [Alias("Tickets")]
    Task<Result<IReadOnlyList<CountedTicket>>> Tickets(Month month, LeagueTier tier, string unit, MeasureName measure, int? revision);

    /// <summary>名次热力图, at most 36 months. Errors: <c>validation.range</c>, <c>league.damaged</c>.</summary>
    [Alias("HeatMap")]
    Task<Result<HeatMap>> HeatMap(Month from, Month to, LeagueTier tier);

    /// <summary>走势: pooled figures by month and year, at most 120 months. Errors: <c>validation.range</c>, <c>league.damaged</c>.</summary>
    [Alias("Series")]
    Task<Result<TotalSeries>> Series(Month from, Month to, LeagueTier tier);

    /// <summary>月内决定: every decision that changed or would have changed a figure of the table, with what it did to points and places. Errors: <c>cursor.invalid</c>,
    /// <c>league.damaged</c>.</summary>
    [Alias("Moves")]
    Task<Result<LeagueMoves>> Moves(Month month, LeagueTier tier, MovesQuestion question);
}
