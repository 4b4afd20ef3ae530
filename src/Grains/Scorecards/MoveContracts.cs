using System.Text.Json.Serialization;
using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>决定的种类：谁的一句话改变了、或者本来会改变某月的数字</summary>
[JsonConverter(typeof(CodeEnumConverter<MoveKind>))]
public enum MoveKind
{
    /// <summary>同意延期</summary>
    ExtensionApproved = 1,
    /// <summary>不同意延期</summary>
    ExtensionRefused = 2,
    /// <summary>挂起</summary>
    Suspended = 3,
    /// <summary>驳回退单</summary>
    ReturnRejected = 4,
    /// <summary>同意退单</summary>
    ReturnUpheld = 5,
    /// <summary>收回派单</summary>
    Recalled = 6,
    /// <summary>撤单</summary>
    Withdrawn = 7,
    /// <summary>不同意撤单</summary>
    WithdrawalRefused = 8,
    /// <summary>转110</summary>
    TransferredTo110 = 9,
    /// <summary>分流</summary>
    Diverted = 10,
    /// <summary>再次派给同一单位</summary>
    DispatchedAgain = 11,
    /// <summary>更正诉求性质或紧急程度</summary>
    Corrected = 12,
    /// <summary>不同意更正</summary>
    CorrectionRefused = 13,
    /// <summary>并入工单使时限提前</summary>
    ChildMerged = 14,
    /// <summary>按日历更正时限</summary>
    Recomputed = 15,
    /// <summary>认定答复无效</summary>
    ReplyVoid = 16,
    /// <summary>无须协办意见</summary>
    NotNeeded = 17,
    /// <summary>同意剔除</summary>
    ExclusionApproved = 18,
    /// <summary>不同意剔除</summary>
    ExclusionRefused = 19,
    /// <summary>撤销剔除</summary>
    ExclusionRevoked = 20,
    /// <summary>认定无责</summary>
    Blameless = 21,
}

/// <summary>一项决定，以及它对一个单位本月数字的影响</summary>
/// <param name="Ticket">工单编号</param>
/// <param name="ExternalNo">来源平台的工单编号</param>
/// <param name="Title">标题；无权查看工单的人看不到</param>
/// <param name="Unit">受影响的单位</param>
/// <param name="Role">lead 主办，support 协办</param>
/// <param name="Kind">决定的种类</param>
/// <param name="KindName">种类的中文名</param>
/// <param name="DecidedBy">决定人</param>
/// <param name="RequestedBy">提出人；一人作出的决定为空</param>
/// <param name="At">决定时间</param>
/// <param name="Reason">决定的理由；没有写明、已删除或无权查看时为空</param>
/// <param name="Grounds">提出人的理由；没有写明、已删除或无权查看时为空</param>
/// <param name="DueFrom">变动前的时限；时限没有变动时为空</param>
/// <param name="DueTo">变动后的时限；未同意的，为本来会变成的时限；挂起尚未恢复时为空</param>
/// <param name="MonthNow">责任现在所在的月份；与另一种情形相同时为空</param>
/// <param name="MonthOtherwise">如作相反的决定，责任所在的月份；与现在相同时为空</param>
/// <param name="Points">综合分因此增减多少：现在的分数减去如作相反决定的分数，六位小数；没有分数时为空</param>
/// <param name="Places">名次因此上升多少（负数为下降）；没有名次时为空</param>
[GenerateSerializer, Immutable, Alias("hotline.LeagueMove")]
public sealed record LeagueMove(string Ticket, string ExternalNo, string? Title, LeagueUnitName Unit, ObligationRole Role, MoveKind Kind,
    string KindName, string DecidedBy, string? RequestedBy, DateTimeOffset At, string? Reason, string? Grounds, DateTimeOffset? DueFrom,
    DateTimeOffset? DueTo, Month? MonthNow, Month? MonthOtherwise, decimal? Points, int? Places);

/// <summary>一种决定有多少项</summary>
/// <param name="Kind">种类</param>
/// <param name="KindName">种类的中文名</param>
/// <param name="Count">项数</param>
[GenerateSerializer, Immutable, Alias("hotline.MoveCount")]
public sealed record MoveCount(MoveKind Kind, string KindName, int Count);

/// <summary>各种决定的项数</summary>
/// <param name="Total">全部项数，不限于本页</param>
/// <param name="Kinds">各种类的项数，没有的不列</param>
/// <param name="Text">一句话的结论</param>
[GenerateSerializer, Immutable, Alias("hotline.MoveSummary")]
public sealed record MoveSummary(int Total, IReadOnlyList<MoveCount> Kinds, string Text);

/// <summary>改变了或者本来会改变某月一张表的数字的决定</summary>
/// <param name="Month">月份</param>
/// <param name="Tier">排名范围</param>
/// <param name="Status">排名表状态</param>
/// <param name="Revision">公布版本；未公布为 0</param>
/// <param name="AsOf">数字截至的时刻；已公布或已提请公布的，为其截止时刻，其后的决定不在内</param>
/// <param name="Summary">各种决定的项数</param>
/// <param name="Items">各项决定，按对综合分的影响从大到小，再按时间、工单</param>
/// <param name="NextCursor">取下一页时原样传入 cursor；为空表示没有更多</param>
[GenerateSerializer, Immutable, Alias("hotline.LeagueMoves")]
public sealed record LeagueMoves(Month Month, LeagueTier Tier, LeagueStatus Status, int Revision, DateTimeOffset AsOf, MoveSummary Summary,
    IReadOnlyList<LeagueMove> Items, string? NextCursor);

/// <summary>Which of a table's moves are asked for.</summary>
/// <param name="Unit">Of this unit only; null for all.</param>
/// <param name="WithTexts">Titles and reasons too: for those who may read tickets.</param>
[GenerateSerializer, Immutable, Alias("hotline.MovesQuestion")]
public sealed record MovesQuestion(string? Unit, int Limit, string? Cursor, bool WithTexts);
