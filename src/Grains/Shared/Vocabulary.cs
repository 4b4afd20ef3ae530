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
}
