using System.Text.Json.Serialization;
using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>排名范围</summary>
[JsonConverter(typeof(CodeEnumConverter<LeagueTier>))]
public enum LeagueTier
{
    /// <summary>派出所</summary>
    Station = 1,
    /// <summary>大队</summary>
    Brigade = 2,
    /// <summary>派出所与大队合并</summary>
    All = 3,
}

/// <summary>排名表状态</summary>
[JsonConverter(typeof(CodeEnumConverter<LeagueStatus>))]
public enum LeagueStatus
{
    /// <summary>即时计算</summary>
    Live = 1,
    /// <summary>预公布：月末已关闭，公布前仍随事实变化</summary>
    Provisional = 2,
    /// <summary>已公布，不可更改</summary>
    Published = 3,
    /// <summary>已更正：公布后的新版本</summary>
    Corrected = 4,
}

/// <summary>排名表给出哪些栏目</summary>
[JsonConverter(typeof(CodeEnumConverter<LeagueDetail>))]
public enum LeagueDetail
{
    /// <summary>主要栏目</summary>
    Brief = 1,
    /// <summary>全部栏目</summary>
    Full = 2,
}

/// <summary>单位</summary>
/// <param name="Code">单位代码</param>
/// <param name="Name">单位名称</param>
[GenerateSerializer, Immutable, Alias("hotline.LeagueUnitName")]
public sealed record LeagueUnitName(string Code, string Name);

/// <summary>比率</summary>
/// <param name="Numerator">分子</param>
/// <param name="Denominator">分母</param>
/// <param name="Value">0 至 1；分母为 0 时为空</param>
[GenerateSerializer, Immutable, Alias("hotline.PlainRate")]
public sealed record PlainRate(decimal Numerator, int Denominator, decimal? Value);

/// <summary>回复率或办结率</summary>
/// <param name="Numerator">按时件数</param>
/// <param name="Denominator">本月应回复件数，不含剔除、压缩、挂起</param>
/// <param name="Value">0 至 1；分母为 0 时为空</param>
/// <param name="Excluded">剔除件数</param>
/// <param name="WithExcluded">含剔除的数字</param>
/// <param name="Tickets">背后的工单</param>
[GenerateSerializer, Immutable, Alias("hotline.DueRate")]
public sealed record DueRate(int Numerator, int Denominator, decimal? Value, int Excluded, PlainRate WithExcluded, string? Tickets);

/// <summary>首次回答的满意情况</summary>
[GenerateSerializer, Immutable, Alias("hotline.FirstAnswers")]
public sealed record FirstAnswers(int Satisfied, int BasicallySatisfied, int Dissatisfied, decimal? Value);

/// <summary>95% 置信区间（Wilson）</summary>
[GenerateSerializer, Immutable, Alias("hotline.RateInterval")]
public sealed record RateInterval(decimal Low, decimal High);

/// <summary>满意率</summary>
/// <param name="Numerator">满意件数，加基本满意件数乘折算值</param>
/// <param name="Denominator">有效回访件数</param>
/// <param name="Value">0 至 1；分母为 0 时为空</param>
/// <param name="Excluded">剔除的有效回访件数</param>
/// <param name="Satisfied">满意</param>
/// <param name="BasicallySatisfied">基本满意</param>
/// <param name="Dissatisfied">不满意</param>
/// <param name="Unreached">未接通、拒评、号码有误、没有号码，不计入分母</param>
/// <param name="UnreachedBy">其中各种原因的件数</param>
/// <param name="BlamelessDissatisfied">不满意中已认定无责的件数</param>
/// <param name="EffectiveCallbackRate">有效回访率：有效 /（有效 + 未接通）</param>
/// <param name="FirstAnswer">首次回答（重办以前）</param>
/// <param name="Interval">置信区间，提示样本多少</param>
/// <param name="Smoothed">平滑满意率 (x + 5p̄)/(n + 5)</param>
/// <param name="WithExcluded">含剔除的数字</param>
/// <param name="Tickets">背后的工单</param>
/// <param name="UnreachedTickets">未接通的工单</param>
[GenerateSerializer, Immutable, Alias("hotline.SatisfactionRate")]
public sealed record SatisfactionRate(decimal Numerator, int Denominator, decimal? Value, int Excluded, int Satisfied, int BasicallySatisfied,
    int Dissatisfied, int Unreached, UnreachedSplit UnreachedBy, int BlamelessDissatisfied, PlainRate EffectiveCallbackRate, FirstAnswers FirstAnswer, RateInterval? Interval,
    decimal? Smoothed, PlainRate WithExcluded, string? Tickets, string? UnreachedTickets);

/// <summary>没有回答的回访</summary>
/// <param name="Unreachable">未接通</param>
/// <param name="Refused">拒评</param>
/// <param name="WrongNumber">号码有误</param>
/// <param name="NoNumber">没有号码</param>
[GenerateSerializer, Immutable, Alias("hotline.UnreachedSplit")]
public sealed record UnreachedSplit(int Unreachable, int Refused, int WrongNumber, int NoNumber);

/// <summary>责任：本月到期的各件，逐一归入一处；Received 等于其余各项之和</summary>
/// <param name="Received">本月的全部责任</param>
/// <param name="Counted">计入回复率、办结率</param>
/// <param name="Withdrawn">到期前撤单</param>
/// <param name="Recalled">到期前、答复前收回</param>
/// <param name="HandedBack">退单获准</param>
/// <param name="Suspended">挂起</param>
/// <param name="Compressed">上级时限压缩</param>
/// <param name="Excluded">经批准剔除</param>
/// <param name="Transferred">转110</param>
/// <param name="Diverted">分流</param>
/// <param name="NotNeeded">无须协办意见</param>
/// <param name="NotYetDue">尚未到期，或正在停计</param>
/// <param name="Tickets">各项背后工单的地址；{count} 换成项目名，如 withdrawn</param>
[GenerateSerializer, Immutable, Alias("hotline.ObligationCounts")]
public sealed record ObligationCounts(int Received, int Counted, int Withdrawn, int Recalled, int HandedBack, int Suspended, int Compressed, int Excluded,
    int Transferred, int Diverted, int NotNeeded, int NotYetDue, string? Tickets = null)
{
    internal static ObligationCounts Of(UnitCounts c) => new(c.Received, c.Counted.Reply.Due, c.Outside.Withdrawn, c.Outside.Recalled, c.Outside.HandedBack,
        c.Outside.Suspended, c.Outside.Compressed, c.Outside.Excluded, c.Outside.Transferred, c.Outside.Diverted, c.Outside.NotNeeded, c.Outside.NotYetDue);
}

/// <summary>连续后三位中的一个月</summary>
/// <param name="Month">月份</param>
/// <param name="Rank">名次</param>
/// <param name="RankedUnits">参加排名的单位数</param>
/// <param name="Score">综合分</param>
/// <param name="Revision">所依据的公布版本；尚未公布为 0</param>
[GenerateSerializer, Immutable, Alias("hotline.StreakMonth")]
public sealed record StreakMonth(Month Month, int Rank, int RankedUnits, decimal Score, int Revision);

/// <summary>排名表的一行</summary>
/// <param name="Rank">名次；并列同名次，其后跳过；未参加排名为空</param>
/// <param name="Ranked">是否参加排名</param>
/// <param name="NotRankedReason">未参加排名的原因：too-few-callbacks 有效回访不足，no-measure 无考核指标</param>
/// <param name="Score">综合分，两位小数；无任何指标时为空</param>
/// <param name="ScoreWithExcluded">含剔除的综合分</param>
/// <param name="Obligations">责任：每件归入一处，无一隐去</param>
/// <param name="BottomThree">是否后三位</param>
/// <param name="BottomThreeStreak">连续后三位的月数</param>
/// <param name="StreakMonths">构成连续的各月</param>
/// <param name="StreakNow">已公布的表：按各月最新版本，现在的连续后三位；读取指定版本或未公布的表时为空</param>
/// <param name="Flags">标记：commended 表扬，last 末位，criticised 批评，bottomThree 后三位，bottomThreeStreak 连续后三位，missingMeasure 指标缺项</param>
[GenerateSerializer, Immutable, Alias("hotline.LeagueTableRow")]
public sealed record LeagueTableRow(int? Rank, LeagueUnitName Unit, bool Ranked, string? NotRankedReason, decimal? Score, decimal? ScoreWithExcluded,
    DueRate ReplyRate, DueRate CompletionRate, SatisfactionRate SatisfactionRate, ObligationCounts Obligations,
    bool BottomThree, int BottomThreeStreak, IReadOnlyList<StreakMonth> StreakMonths, IReadOnlyList<string> Flags, StreakNow? StreakNow = null);

/// <summary>按各月最新版本重新计算的连续后三位；公布的内容不变</summary>
/// <param name="Streak">现在的月数</param>
/// <param name="Months">构成的各月</param>
/// <param name="Flagged">现在是否达到预警月数</param>
/// <param name="Differs">与公布时不同</param>
[GenerateSerializer, Immutable, Alias("hotline.StreakNow")]
public sealed record StreakNow(int Streak, IReadOnlyList<StreakMonth> Months, bool Flagged, bool Differs);

/// <summary>全表合计：各单位件数相加后计算，不是比率的平均</summary>
/// <param name="Declined">本月告知不受理的件数：没有单位承担责任，全分局合计</param>
/// <param name="Merged">本月并单的件数：没有单位承担责任，全分局合计</param>
[GenerateSerializer, Immutable, Alias("hotline.LeagueTotal")]
public sealed record LeagueTotal(decimal? Score, DueRate ReplyRate, DueRate CompletionRate, SatisfactionRate SatisfactionRate,
    ObligationCounts Obligations, int Declined, int Merged);

/// <summary>排名表的说明</summary>
/// <param name="Code">代码</param>
/// <param name="Text">说明</param>
[GenerateSerializer, Immutable, Alias("hotline.LeagueRemark")]
public sealed record LeagueRemark(string Code, string Text);

/// <summary>The figures of a table: what is hashed and published. Where it stands in its life is said by <see cref="LeagueTable"/>.</summary>
/// <param name="Policy">The whole policy, so that a published table explains itself.</param>
/// <param name="Median">Two decimals; null when nobody is ranked.</param>
/// <param name="HasBottomThree">Enough units were ranked for a bottom three.</param>
[GenerateSerializer, Immutable, Alias("hotline.LeagueBody")]
public sealed record LeagueBody(Month Month, LeagueTier Tier, ScoringPolicy Policy, int RankedUnits, decimal? Median, bool HasBottomThree,
    IReadOnlyList<string> Notes, LeagueTotal Total, IReadOnlyList<LeagueTableRow> Rows);

/// <summary>月度排名表</summary>
/// <param name="Month">月份</param>
/// <param name="Tier">排名范围</param>
/// <param name="Status">状态</param>
/// <param name="Revision">公布版本；未公布为 0</param>
/// <param name="Version">修改时核对的版本（ETag）</param>
/// <param name="AsOf">数字截至的时刻</param>
/// <param name="PolicyVersion">考核办法版本</param>
/// <param name="ContentHash">公布内容的 SHA-256；未公布为空</param>
/// <param name="Official">按考核办法，本表是否为正式排名</param>
/// <param name="Policy">所用的考核办法全文</param>
/// <param name="RankedUnits">参加排名的单位数</param>
/// <param name="Median">综合分中位数</param>
/// <param name="Notes">说明</param>
/// <param name="Proposal">待批准的公布提请</param>
/// <param name="Total">全表合计</param>
/// <param name="Rows">各单位</param>
/// <param name="ClosedAt">关账时刻；即时计算和已公布的为空</param>
/// <param name="ObjectionsUntil">异议期的结束时刻，此前不能提请公布；没有异议期为空</param>
[GenerateSerializer, Immutable, Alias("hotline.LeagueTable")]
public sealed record LeagueTable(Month Month, LeagueTier Tier, LeagueStatus Status, int Revision, long Version, DateTimeOffset AsOf, string PolicyVersion,
    string? ContentHash, bool Official, ScoringPolicy Policy, int RankedUnits, decimal? Median, IReadOnlyList<LeagueRemark> Notes,
    PublicationProposal? Proposal, LeagueTotal Total, IReadOnlyList<LeagueTableRow> Rows, DateTimeOffset? ClosedAt = null,
    DateTimeOffset? ObjectionsUntil = null);

/// <summary>公布提请</summary>
/// <param name="ProposedBy">提请人</param>
/// <param name="CutoffAt">截止时刻：此后的事实只能经更正进入</param>
/// <param name="ContentHash">待公布内容的 SHA-256</param>
/// <param name="Revision">批准后的版本号</param>
/// <param name="Reason">更正原因；首次公布为空</param>
[GenerateSerializer, Immutable, Alias("hotline.PublicationProposal")]
public sealed record PublicationProposal(string ProposedBy, DateTimeOffset CutoffAt, string ContentHash, int Revision, string? Reason)
{
    internal static PublicationProposal? Of(ProposedTable? p) => p is null ? null : new(p.ProposedBy, p.CutoffAt, p.ContentHash, p.Revision, p.Reason);
}

/// <summary>一个被预警的单位</summary>
/// <param name="Unit">单位</param>
/// <param name="Streak">连续后三位的月数</param>
/// <param name="Months">各月</param>
/// <param name="PublishedStreak">本月公布时的月数；尚未公布为空</param>
[GenerateSerializer, Immutable, Alias("hotline.BottomThreeFlag")]
public sealed record BottomThreeFlag(LeagueUnitName Unit, int Streak, IReadOnlyList<StreakMonth> Months, int? PublishedStreak);

/// <summary>连续后三位预警</summary>
/// <param name="Month">月份</param>
/// <param name="Tier">排名范围</param>
/// <param name="Status">所依据排名表的状态</param>
/// <param name="StreakMonths">考核办法规定的连续月数</param>
/// <param name="Penalties">考核办法：on 须作检查报告，advisory 仅供参考</param>
/// <param name="Units">被预警的单位，按各月最新版本</param>
/// <param name="Lifted">公布时被预警，因以前月份更正而不再达到的单位</param>
[GenerateSerializer, Immutable, Alias("hotline.BottomThreeFlags")]
public sealed record BottomThreeFlags(Month Month, LeagueTier Tier, LeagueStatus Status, int StreakMonths, Penalties Penalties,
    IReadOnlyList<BottomThreeFlag> Units, IReadOnlyList<BottomThreeFlag> Lifted);

/// <summary>某月的全表合计</summary>
/// <param name="Month">月份</param>
/// <param name="Revision">所依据的公布版本；尚未公布为 0</param>
/// <param name="PolicyVersion">考核办法版本</param>
/// <param name="Total">合计</param>
[GenerateSerializer, Immutable, Alias("hotline.MonthTotal")]
public sealed record MonthTotal(Month Month, int Revision, string PolicyVersion, LeagueTotal Total);
