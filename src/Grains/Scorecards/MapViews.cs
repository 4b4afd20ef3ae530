using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>名次热力图：单位 × 月份，可以直接画</summary>
/// <param name="Tier">排名范围</param>
/// <param name="Months">各月，从旧到新</param>
/// <param name="Units">各单位，按单位代码排列；每个单位的格子与各月一一对应</param>
[GenerateSerializer, Immutable, Alias("hotline.HeatMap")]
public sealed record HeatMap(LeagueTier Tier, IReadOnlyList<HeatMonth> Months, IReadOnlyList<HeatRow> Units);

/// <summary>热力图的一个月</summary>
/// <param name="Month">月份</param>
/// <param name="Status">排名表状态</param>
/// <param name="Revision">公布版本；未公布为 0</param>
/// <param name="RankedUnits">参加排名的单位数</param>
/// <param name="HasBottomThree">参评单位是否足以产生后三位</param>
[GenerateSerializer, Immutable, Alias("hotline.HeatMonth")]
public sealed record HeatMonth(Month Month, LeagueStatus Status, int Revision, int RankedUnits, bool HasBottomThree);

/// <summary>热力图的一个单位</summary>
/// <param name="Unit">单位</param>
/// <param name="Cells">各月的格子</param>
[GenerateSerializer, Immutable, Alias("hotline.HeatRow")]
public sealed record HeatRow(LeagueUnitName Unit, IReadOnlyList<HeatCell> Cells);

/// <summary>热力图的一格</summary>
/// <param name="Rank">名次；未参加排名为空</param>
/// <param name="RankedUnits">参加排名的单位数</param>
/// <param name="Score">综合分；没有任何指标时为空</param>
/// <param name="BottomThree">是否后三位</param>
/// <param name="Streak">到本月为止连续后三位的月数</param>
/// <param name="Status">排名表状态</param>
/// <param name="NotRankedReason">没有名次的原因；有名次为空</param>
[GenerateSerializer, Immutable, Alias("hotline.HeatCell")]
public sealed record HeatCell(int? Rank, int RankedUnits, decimal? Score, bool BottomThree, int Streak, LeagueStatus Status, string? NotRankedReason);

/// <summary>分局整体的走势：各月与各年的合计，附同比</summary>
/// <param name="Tier">范围</param>
/// <param name="Months">各月，从旧到新</param>
/// <param name="Years">各年：所选范围内该年各月件数相加后计算</param>
[GenerateSerializer, Immutable, Alias("hotline.TotalSeries")]
public sealed record TotalSeries(LeagueTier Tier, IReadOnlyList<SeriesPoint> Months, IReadOnlyList<SeriesPoint> Years);

/// <summary>走势中的一点</summary>
/// <param name="Period">月份或年份，如 2026-10 或 2026</param>
/// <param name="Months">所含的月份数</param>
/// <param name="Revision">所依据的公布版本；尚未公布或为年度合计时为 0</param>
/// <param name="Score">综合分，两位小数；没有任何指标时为空</param>
/// <param name="ReplyRate">回复率</param>
/// <param name="CompletionRate">办结率</param>
/// <param name="SatisfactionRate">满意率</param>
/// <param name="Unreached">未联系上件数，不在分母内</param>
/// <param name="YearOnYear">与上年同期（相同的月份）相比的变化；上年同期缺少某个月的数字时不比较</param>
[GenerateSerializer, Immutable, Alias("hotline.SeriesPoint")]
public sealed record SeriesPoint(string Period, int Months, int Revision, decimal? Score, PlainRate ReplyRate, PlainRate CompletionRate,
    PlainRate SatisfactionRate, int Unreached, SeriesChange YearOnYear);

/// <summary>同比变化：本期减上年同期；任一期没有数字时为空</summary>
/// <param name="Score">综合分的变化，分</param>
/// <param name="ReplyRate">回复率的变化，0.01 即一个百分点</param>
/// <param name="CompletionRate">办结率的变化</param>
/// <param name="SatisfactionRate">满意率的变化</param>
[GenerateSerializer, Immutable, Alias("hotline.SeriesChange")]
public sealed record SeriesChange(decimal? Score, decimal? ReplyRate, decimal? CompletionRate, decimal? SatisfactionRate);
