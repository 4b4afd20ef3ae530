using System.Text.Json.Serialization;

namespace Hotline.Shared;

/// <summary>诉求性质: what the caller wants. Decides the reply clock of an ordinary ticket.</summary>
[JsonConverter(typeof(CodeEnumConverter<Nature>))]
public enum Nature
{
    /// <summary>咨询</summary>
    Consultation = 1,
    /// <summary>求助</summary>
    Help = 2,
    /// <summary>投诉</summary>
    Complaint = 3,
    /// <summary>举报</summary>
    Report = 4,
    /// <summary>建议</summary>
    Suggestion = 5,
    /// <summary>表扬</summary>
    Praise = 6,
}

/// <summary>紧急程度. Urgent tickets run on natural time, whatever their nature.</summary>
[JsonConverter(typeof(CodeEnumConverter<Urgency>))]
public enum Urgency
{
    /// <summary>一般</summary>
    Ordinary = 1,
    /// <summary>紧急</summary>
    Urgent = 2,
}

/// <summary>The league a unit plays in. The callback centre (回访中心) may answer tickets itself (直办) and is never ranked.</summary>
[JsonConverter(typeof(CodeEnumConverter<UnitTier>))]
public enum UnitTier
{
    /// <summary>派出所</summary>
    Station = 1,
    /// <summary>大队</summary>
    Brigade = 2,
    /// <summary>警务回访中心 (unranked)</summary>
    Centre = 3,
}

/// <summary>满意程度: the citizen's answer to the centre's callback.</summary>
[JsonConverter(typeof(CodeEnumConverter<Satisfaction>))]
public enum Satisfaction
{
    /// <summary>满意</summary>
    Satisfied = 1,
    /// <summary>基本满意</summary>
    BasicallySatisfied = 2,
    /// <summary>不满意</summary>
    Dissatisfied = 3,
}

/// <summary>The running clocks of a ticket (时限). One promise per clock and round.</summary>
[JsonConverter(typeof(CodeEnumConverter<Clock>))]
public enum Clock
{
    /// <summary>甄别派单: from register to dispatch.</summary>
    Triage = 1,
    /// <summary>签收: from dispatch to accept.</summary>
    Accept = 2,
    /// <summary>首次联系: from dispatch to the first contact.</summary>
    Contact = 3,
    /// <summary>退单时限: from dispatch; the last moment of a return request. Raises no alarm.</summary>
    Return = 4,
    /// <summary>分流或上退: from register; the last moment to divert or return upstream.</summary>
    Divert = 5,
    /// <summary>答复: from dispatch to the first reply. The scored promise.</summary>
    Reply = 6,
    /// <summary>审核: from reply to the reviewer's decision.</summary>
    Review = 7,
    /// <summary>回访: from approval to the end of the callback.</summary>
    Callback = 8,
    /// <summary>重办: from the dissatisfied answer to the new reply. Weight 0.</summary>
    Rework = 9,
    /// <summary>局长督办单: from the order to its end.</summary>
    Supervision = 10,
    /// <summary>协办: from dispatch to a supporting unit's own opinion.</summary>
    Support = 11,
    /// <summary>审定: the time of whoever must decide. Never runs itself: its row is the plain one of the nine that follow.</summary>
    Decision = 12,
    /// <summary>退单审定: from the return request to the centre's decision.</summary>
    ReturnDecision = 13,
    /// <summary>延期审批: from the extension request to its decision.</summary>
    ExtensionDecision = 14,
    /// <summary>挂起审批: from the suspension request to its decision.</summary>
    SuspensionDecision = 15,
    /// <summary>剔除审定: from the exclusion request to its decision.</summary>
    ExclusionDecision = 16,
    /// <summary>撤单确认: from the withdrawal to the second person's word.</summary>
    WithdrawalDecision = 17,
    /// <summary>更正确认: from a correction that makes a due later to the second person's word.</summary>
    CorrectionDecision = 18,
    /// <summary>并单确认: from the merge to the second person's word.</summary>
    MergeDecision = 19,
    /// <summary>分流确认: from the diversion to the second person's word.</summary>
    DivertDecision = 20,
    /// <summary>重新派单: from the end of a dispatch (returned, recalled) to the next.</summary>
    Redispatch = 21,
    /// <summary>答复诉求人: from the merge, the refusal or the diversion to the centre's answer to that caller.</summary>
    AnswerCaller = 22,
    /// <summary>归档: from the close to the archive.</summary>
    Archive = 23,
    /// <summary>分流结果: from the diversion to the agency's outcome.</summary>
    Outcome = 24,
}
