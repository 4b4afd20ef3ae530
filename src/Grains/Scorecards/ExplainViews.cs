using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>评分说明：一个单位一个月的每个数字如何形成，逐件到工单</summary>
/// <param name="Summary">结论，最多五句</param>
/// <param name="Status">排名表状态</param>
/// <param name="Revision">公布版本；未公布为 0</param>
/// <param name="AsOf">数字截至的时刻；已公布的月份为公布的截止时刻</param>
/// <param name="Official">按考核办法，本表是否为正式排名</param>
/// <param name="LaterFacts">截止时刻以后的变化；没有则为空。已公布的数字不受其影响</param>
/// <param name="Score">综合分，两位小数</param>
/// <param name="ScoreWithExcluded">不剔除时的综合分</param>
/// <param name="Position">名次及其原因</param>
/// <param name="Measures">各项指标的得分与失分</param>
/// <param name="CostliestTickets">失分的工单，按影响从大到小，各项指标合计</param>
[GenerateSerializer, Immutable, Alias("hotline.UnitExplanation")]
public sealed record UnitExplanation(LeagueUnitName Unit, Month Month, LeagueTier Tier, IReadOnlyList<string> Summary, LeagueStatus Status, int Revision,
    DateTimeOffset AsOf, string PolicyVersion, bool Official, string? LaterFacts, decimal? Score, decimal? ScoreWithExcluded, PositionExplanation Position,
    IReadOnlyList<MeasureExplanation> Measures, IReadOnlyList<TicketCost> CostliestTickets);

/// <summary>名次及其原因</summary>
/// <param name="Rank">名次；未参加排名为空</param>
/// <param name="RankedUnits">参加排名的单位数</param>
/// <param name="TiedWith">同分并列的单位</param>
/// <param name="Better">分数高于本单位的最近一名</param>
/// <param name="Worse">分数低于本单位的最近一名</param>
/// <param name="NotRankedReason">未参加排名的原因</param>
/// <param name="LastReason">列末位的原因，以及是否免予批评</param>
/// <param name="BottomThreeReason">列后三位的原因</param>
/// <param name="BottomThreeStreak">连续后三位的月数</param>
/// <param name="StreakMonths">构成连续的各月</param>
/// <param name="Flags">标记，同排名表</param>
[GenerateSerializer, Immutable, Alias("hotline.PositionExplanation")]
public sealed record PositionExplanation(int? Rank, int RankedUnits, IReadOnlyList<LeagueUnitName> TiedWith, NeighbourPlace? Better, NeighbourPlace? Worse,
    string? NotRankedReason, string? LastReason, string? BottomThreeReason, int BottomThreeStreak, IReadOnlyList<StreakMonth> StreakMonths,
    IReadOnlyList<string> Flags);

/// <summary>相邻名次的单位</summary>
/// <param name="Unit">单位</param>
/// <param name="Rank">名次</param>
/// <param name="Score">综合分</param>
/// <param name="Gap">与本单位的分差，总为正数，六位小数</param>
[GenerateSerializer, Immutable, Alias("hotline.NeighbourPlace")]
public sealed record NeighbourPlace(LeagueUnitName Unit, int Rank, decimal Score, decimal Gap);

/// <summary>一项指标的形成</summary>
/// <param name="Measure">reply 回复率，completion 办结率，satisfaction 满意率</param>
/// <param name="Name">中文名称</param>
/// <param name="Formed">如何形成</param>
/// <param name="Numerator">分子</param>
/// <param name="Denominator">分母</param>
/// <param name="Value">0 至 1；分母为 0 时为空</param>
/// <param name="Weight">考核办法规定的权重</param>
/// <param name="PointsPossible">本项满分，缺项的权重已按比例分给其他各项；本项缺项时为空</param>
/// <param name="PointsEarned">得分</param>
/// <param name="PointsLost">失分</param>
/// <param name="Excluded">剔除件数</param>
/// <param name="WithExcluded">含剔除的数字</param>
/// <param name="Interval">置信区间（仅满意率），提示样本多少</param>
/// <param name="Smoothed">平滑满意率 (x + 5p̄)/(n + 5)（仅满意率）</param>
/// <param name="Tickets">分母所含工单的地址</param>
/// <param name="Losses">失分的工单，从多到少</param>
/// <param name="NotCounted">不计入本项的工单及原因</param>
[GenerateSerializer, Immutable, Alias("hotline.MeasureExplanation")]
public sealed record MeasureExplanation(string Measure, string Name, string Formed, decimal Numerator, int Denominator, decimal? Value, decimal Weight,
    decimal? PointsPossible, decimal? PointsEarned, decimal? PointsLost, int Excluded, PlainRate WithExcluded, RateInterval? Interval, decimal? Smoothed,
    string? Tickets, IReadOnlyList<LossExplanation> Losses, IReadOnlyList<UncountedTicket> NotCounted);

/// <summary>一件工单在一项指标中的失分</summary>
/// <param name="Id">工单编号</param>
/// <param name="ExternalNo">来源平台的工单编号</param>
/// <param name="Title">标题；无权查看工单的人看不到</param>
/// <param name="Reason">原因</param>
/// <param name="Points">这件工单在本项的失分，六位小数；没有综合分时为空</param>
/// <param name="RankIfGood">如果这件工单在本项没有失分，名次为第几；未参加排名为空</param>
/// <param name="PlacesLost">因此失去的名次</param>
[GenerateSerializer, Immutable, Alias("hotline.LossExplanation")]
public sealed record LossExplanation(string Id, string ExternalNo, string? Title, string Reason, decimal? Points, int? RankIfGood, int? PlacesLost);

/// <summary>一件不计入指标的工单</summary>
/// <param name="Id">工单编号</param>
/// <param name="ExternalNo">来源平台的工单编号</param>
/// <param name="Title">标题；无权查看工单的人看不到</param>
/// <param name="Reason">原因</param>
[GenerateSerializer, Immutable, Alias("hotline.UncountedTicket")]
public sealed record UncountedTicket(string Id, string ExternalNo, string? Title, string Reason);

/// <summary>一件工单的全部影响</summary>
/// <param name="Id">工单编号</param>
/// <param name="ExternalNo">来源平台的工单编号</param>
/// <param name="Title">标题；无权查看工单的人看不到</param>
/// <param name="Reasons">原因</param>
/// <param name="Points">各项失分合计，六位小数；没有综合分时为空</param>
/// <param name="RankIfGood">如果这件工单没有任何失分，名次为第几；未参加排名为空</param>
/// <param name="PlacesLost">因此失去的名次</param>
/// <param name="ScoreWithout">如果没有这件工单，综合分为多少</param>
/// <param name="RankWithout">如果没有这件工单，名次为第几；因此不能参加排名时为空</param>
[GenerateSerializer, Immutable, Alias("hotline.TicketCost")]
public sealed record TicketCost(string Id, string ExternalNo, string? Title, IReadOnlyList<string> Reasons, decimal? Points, int? RankIfGood, int? PlacesLost,
    decimal? ScoreWithout, int? RankWithout);
