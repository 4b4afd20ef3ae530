using System.Text.Json.Serialization;
using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>A ticket's life stages (product.md §2).</summary>
[JsonConverter(typeof(CodeEnumConverter<TicketStatus>))]
public enum TicketStatus
{
    /// <summary>待甄别</summary>
    Triage = 1,
    /// <summary>待派单</summary>
    AwaitingDispatch = 2,
    /// <summary>待签收</summary>
    AwaitingAcceptance = 3,
    /// <summary>退单待审</summary>
    ReturnRequested = 4,
    /// <summary>待联系</summary>
    AwaitingContact = 5,
    /// <summary>办理中</summary>
    InProgress = 6,
    /// <summary>挂起</summary>
    Suspended = 7,
    /// <summary>待审核</summary>
    AwaitingReview = 8,
    /// <summary>待回访</summary>
    AwaitingCallback = 9,
    /// <summary>待重办</summary>
    AwaitingRework = 10,
    /// <summary>督办办理</summary>
    Supervised = 11,
    /// <summary>已办结</summary>
    Closed = 12,
    /// <summary>已归档</summary>
    Archived = 13,
    /// <summary>已分流</summary>
    Diverted = 14,
    /// <summary>已并单</summary>
    Merged = 15,
    /// <summary>告知不受理</summary>
    Declined = 16,
    /// <summary>转110</summary>
    TransferredTo110 = 17,
}

/// <summary>Whose turn it is: the work queue in which a ticket stands.</summary>
[JsonConverter(typeof(CodeEnumConverter<Desk>))]
public enum Desk
{
    /// <summary>派单员</summary>
    Dispatcher = 1,
    /// <summary>办理单位</summary>
    Unit = 2,
    /// <summary>审核人</summary>
    Reviewer = 3,
    /// <summary>回访员</summary>
    CallbackOfficer = 4,
    /// <summary>办公室主任</summary>
    OfficeDirector = 5,
}

/// <summary>黄牌、红牌、升级. The number is the column <c>alarm_level</c>.</summary>
[JsonConverter(typeof(CodeEnumConverter<AlarmLevel>))]
public enum AlarmLevel
{
    None = 0,
    /// <summary>黄牌: due soon.</summary>
    Yellow = 1,
    /// <summary>红牌: overdue; goes to the unit's head.</summary>
    Red = 2,
    /// <summary>升级: goes to the deputy chief in charge.</summary>
    Escalated = 3,
}

/// <summary>退单理由</summary>
[JsonConverter(typeof(CodeEnumConverter<ReturnReason>))]
public enum ReturnReason
{
    /// <summary>属地不符</summary>
    OtherTerritory = 1,
    /// <summary>职责不符</summary>
    OtherDuty = 2,
    /// <summary>重复工单</summary>
    Duplicate = 3,
    /// <summary>信息不足, after an attempt to complete them</summary>
    InsufficientFacts = 4,
    /// <summary>非警务</summary>
    NotPolice = 5,
    /// <summary>不属受理范围</summary>
    NotAcceptable = 6,
}

/// <summary>不予受理的理由: the closed list of the 2025 national opinion.</summary>
[JsonConverter(typeof(CodeEnumConverter<DeclineReason>))]
public enum DeclineReason
{
    /// <summary>诉讼</summary>
    Litigation = 1,
    /// <summary>仲裁</summary>
    Arbitration = 2,
    /// <summary>行政复议</summary>
    Reconsideration = 3,
    /// <summary>纪检监察</summary>
    DisciplineInspection = 4,
    /// <summary>信访已受理</summary>
    Petition = 5,
    /// <summary>政府信息公开</summary>
    InformationDisclosure = 6,
    /// <summary>涉及国家秘密、商业秘密</summary>
    Secret = 7,
    /// <summary>侵犯他人隐私或个人信息</summary>
    Privacy = 8,
    /// <summary>违反法律或公序良俗</summary>
    Unlawful = 9,
    /// <summary>恶意扰乱</summary>
    Malicious = 10,
}

/// <summary>联系方式</summary>
[JsonConverter(typeof(CodeEnumConverter<Channel>))]
public enum Channel
{
    /// <summary>电话</summary>
    Phone = 1,
    /// <summary>见面</summary>
    Visit = 2,
    /// <summary>短信</summary>
    Sms = 3,
    /// <summary>信函</summary>
    Letter = 4,
    /// <summary>网络</summary>
    Web = 5,
}

/// <summary>核查结论: verify (查实).</summary>
[JsonConverter(typeof(CodeEnumConverter<Finding>))]
public enum Finding
{
    /// <summary>属实</summary>
    True = 1,
    /// <summary>部分属实</summary>
    PartlyTrue = 2,
    /// <summary>不属实</summary>
    NotTrue = 3,
}

/// <summary>办理结果: the four branches of the Jinan by-law.</summary>
[JsonConverter(typeof(CodeEnumConverter<OutcomeType>))]
public enum OutcomeType
{
    /// <summary>已解决</summary>
    Solved = 1,
    /// <summary>法定时限更长</summary>
    LongerStatutoryLimit = 2,
    /// <summary>客观上暂时无法解决 (a date is required)</summary>
    ImpossibleNow = 3,
    /// <summary>于法无据或违反政策, explained</summary>
    UnlawfulExplained = 4,
}

/// <summary>一次回访电话的结果</summary>
[JsonConverter(typeof(CodeEnumConverter<CallOutcome>))]
public enum CallOutcome
{
    /// <summary>接通并答复: the three answers follow.</summary>
    Answered = 1,
    /// <summary>未接通: counts as one try.</summary>
    Unreachable = 2,
    /// <summary>拒评: ends the callback; the recording's number says so.</summary>
    Refused = 3,
    /// <summary>号码错误: ends the callback after two people's tries and one on the number that 12345 has.</summary>
    WrongNumber = 4,
    /// <summary>没有号码: ends the callback of a caller who left none.</summary>
    NoNumber = 5,
}

/// <summary>回访所拨的号码</summary>
[JsonConverter(typeof(CodeEnumConverter<Dialled>))]
public enum Dialled
{
    /// <summary>工单登记的号码</summary>
    Registered = 1,
    /// <summary>12345 平台记录的号码</summary>
    Upstream = 2,
}

/// <summary>法定程序: for the time of which a ticket may be suspended (挂起).</summary>
[JsonConverter(typeof(CodeEnumConverter<StatutoryProcedure>))]
public enum StatutoryProcedure
{
    /// <summary>鉴定</summary>
    Appraisal = 1,
    /// <summary>检验、检测、检疫</summary>
    Testing = 2,
    /// <summary>专家评审</summary>
    ExpertReview = 3,
    /// <summary>听证</summary>
    Hearing = 4,
    /// <summary>公告、公示</summary>
    PublicNotice = 5,
    /// <summary>刑事或行政案件办理期限</summary>
    CaseTerm = 6,
}

/// <summary>退回补正的种类</summary>
[JsonConverter(typeof(CodeEnumConverter<SendBackKind>))]
public enum SendBackKind
{
    /// <summary>需补正: it was a reply; handed in again within four working hours it keeps its first instant.</summary>
    Incomplete = 1,
    /// <summary>无效: empty or untrue, so it was no reply; said by the office director.</summary>
    Void = 2,
}

/// <summary>责任的了结: why what a unit owed is outside the rates. The number is the column <c>ending</c>; 0 counts, met or missed.</summary>
[JsonConverter(typeof(CodeEnumConverter<ObligationEnd>))]
public enum ObligationEnd
{
    /// <summary>计入</summary>
    None = 0,
    /// <summary>压缩: the upstream due left no time.</summary>
    Compressed = 1,
    /// <summary>挂起</summary>
    Suspended = 2,
    /// <summary>撤单</summary>
    Withdrawn = 3,
    /// <summary>收回</summary>
    Recalled = 4,
    /// <summary>退单</summary>
    HandedBack = 5,
    /// <summary>转110</summary>
    Transferred = 6,
    /// <summary>分流</summary>
    Diverted = 7,
    /// <summary>无须协办意见: the lead's reply passed first, or the ticket closed.</summary>
    NotNeeded = 8,
    /// <summary>停计: its clock stands still while a return request waits; not yet due.</summary>
    StandsStill = 9,
    /// <summary>告知不受理: no unit owed it; the branch's own.</summary>
    Declined = 10,
    /// <summary>并单: no unit owed it; the branch's own.</summary>
    Merged = 11,
}

/// <summary>督办单的结论</summary>
[JsonConverter(typeof(CodeEnumConverter<OrderResult>))]
public enum OrderResult
{
    /// <summary>已解决</summary>
    Solved = 1,
    /// <summary>无责</summary>
    Blameless = 2,
}

/// <summary>Why a ticket is closed.</summary>
[JsonConverter(typeof(CodeEnumConverter<CloseReason>))]
public enum CloseReason
{
    /// <summary>The citizen answered satisfied or basically satisfied.</summary>
    Answered = 1,
    /// <summary>未评价: no answer after all tries, refused, or wrong number.</summary>
    Unrated = 2,
    /// <summary>撤单: unscored.</summary>
    Withdrawn = 3,
    /// <summary>历史导入时按现状结案: measures as recorded.</summary>
    AsItStands = 4,
}

/// <summary>Who asked for a withdrawal.</summary>
[JsonConverter(typeof(CodeEnumConverter<WithdrawnBy>))]
public enum WithdrawnBy
{
    /// <summary>上级平台</summary>
    Upstream = 1,
    /// <summary>诉求人</summary>
    Caller = 2,
}

/// <summary>考核指标</summary>
[JsonConverter(typeof(CodeEnumConverter<ScoredMeasure>))]
public enum ScoredMeasure
{
    /// <summary>回复率</summary>
    Reply = 1,
    /// <summary>办结率</summary>
    Completion = 2,
    /// <summary>满意率</summary>
    Satisfaction = 3,
}

/// <summary>Chinese names of the codes that people read.</summary>
internal static class TicketNames
{
    private static readonly string[] StatusNames =
        ["", "待甄别", "待派单", "待签收", "退单待审", "待联系", "办理中", "挂起", "待审核", "待回访", "待重办", "督办办理", "已办结", "已归档",
         "已分流", "已并单", "告知不受理", "转110"];

    private static readonly string[] ClockNames =
        ["", "甄别派单", "签收", "首次联系", "退单", "分流", "答复", "审核", "回访", "重办", "督办", "协办",
         "审定", "退单审定", "延期审批", "挂起审批", "剔除审定", "撤单确认", "更正确认", "并单确认", "分流确认", "重新派单", "答复诉求人", "归档", "分流结果"];

    public static string Of(TicketStatus status) => StatusNames[(int)status];

    /// <summary>What waits for a second person.</summary>
    public static string Of(WorkKind asked) => asked switch
    {
        WorkKind.ConfirmMerge => "并单确认",
        WorkKind.ConfirmDivert => "分流确认",
        WorkKind.ConfirmWithdrawal => "撤单确认",
        WorkKind.ConfirmCorrection => "更正确认",
        WorkKind.DecideSuspension => "挂起审批",
        _ => throw new ArgumentOutOfRangeException(nameof(asked), asked, null),
    };

    public static string Of(Clock clock) => ClockNames[(int)clock];
}
