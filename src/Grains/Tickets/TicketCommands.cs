using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>Something an actor wants to do with a ticket. Its name in routes is in <see cref="TicketLifecycle"/>.</summary>
[GenerateSerializer, Immutable, Alias("hotline.TicketCommand")]
public abstract record TicketCommand;

/// <summary>诉求人</summary>
/// <param name="Name">姓名；匿名可不填</param>
/// <param name="Phone">联系电话</param>
[GenerateSerializer, Immutable, Alias("hotline.Caller")]
public sealed record Caller([property: Line(Limits.Name)] string? Name, [property: Line(Limits.Phone)] string? Phone);

/// <summary>登记工单</summary>
/// <param name="Source">来源，如 12345</param>
/// <param name="ExternalNo">来源平台的工单编号；来源与编号相同即同一件</param>
/// <param name="Nature">诉求性质</param>
/// <param name="Urgency">紧急程度</param>
/// <param name="Topic">诉求分类</param>
/// <param name="Title">标题</param>
/// <param name="Content">内容</param>
/// <param name="Place">事发地点</param>
/// <param name="Caller">诉求人</param>
/// <param name="ReceivedAt">来源平台受理时间，必须带时区</param>
/// <param name="UpstreamDueAt">上级截止时间，必须带时区</param>
/// <param name="RepeatOf">重复反映时，前一件的编号</param>
[GenerateSerializer, Immutable, Alias("hotline.Register")]
public sealed record Register([property: Line(Limits.Code)] string Source, [property: Line(Limits.Name)] string ExternalNo, Nature Nature, Urgency Urgency,
    [property: Line(Limits.Name)] string? Topic, [property: Line(Limits.Title)] string Title, [property: Prose(Limits.Content)] string? Content,
    [property: Line(Limits.Place)] string? Place, Caller? Caller, DateTimeOffset ReceivedAt, DateTimeOffset? UpstreamDueAt = null, string? RepeatOf = null) : TicketCommand;

/// <summary>转110：有现实危险或正在发生的违法行为；任何未办结的状态都可以转</summary>
/// <param name="RecordNumber">110 接警单编号</param>
[GenerateSerializer, Immutable, Alias("hotline.TransferTo110")]
public sealed record TransferTo110([property: Prose(Limits.Reason, Least.Reason)] string Reason,
    [property: Line(Limits.Name, Least.Number)] string RecordNumber) : TicketCommand;

/// <summary>并单：同一人同一事，或同一地点同一事；其他情形须写明依据，由另一人确认</summary>
/// <param name="Parent">并入的工单编号，须未办结且尚未答复</param>
/// <param name="Basis">既非同一人同一事、也非同一地点同一事时，并单的依据</param>
[GenerateSerializer, Immutable, Alias("hotline.Merge")]
public sealed record Merge(string Parent, [property: Prose(Limits.Reason, Least.Reason)] string Reason,
    [property: Prose(Limits.Reason, Least.Reason)] string? Basis = null) : TicketCommand;

/// <summary>确认并单：确认人不能是提出人</summary>
[GenerateSerializer, Immutable, Alias("hotline.ConfirmMerge")]
public sealed record ConfirmMerge([property: Prose(Limits.Reason)] string? Note = null) : TicketCommand;

/// <summary>不同意并单</summary>
[GenerateSerializer, Immutable, Alias("hotline.RefuseMerge")]
public sealed record RefuseMerge([property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>重新受理：不受理、并单、分流、转110 的工单重新甄别</summary>
[GenerateSerializer, Immutable, Alias("hotline.Reopen")]
public sealed record Reopen([property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>更正：首次答复以前。性质或紧急程度的更正使答复时限推后的，须由另一人确认；其余立即生效</summary>
/// <param name="Reason">更正的原因</param>
/// <param name="Nature">诉求性质；不填不改</param>
/// <param name="Urgency">紧急程度；不填不改</param>
/// <param name="Topic">诉求分类；不填不改</param>
/// <param name="Place">事发地点；不填不改</param>
/// <param name="Title">标题；不填不改</param>
/// <param name="Caller">诉求人；不填不改</param>
[GenerateSerializer, Immutable, Alias("hotline.Correct")]
public sealed record Correct([property: Prose(Limits.Reason, Least.Reason)] string Reason, Nature? Nature = null, Urgency? Urgency = null,
    [property: Line(Limits.Name)] string? Topic = null, [property: Line(Limits.Place)] string? Place = null, [property: Line(Limits.Title)] string? Title = null,
    Caller? Caller = null) : TicketCommand;

/// <summary>确认更正：确认人不能是提出人</summary>
[GenerateSerializer, Immutable, Alias("hotline.ConfirmCorrection")]
public sealed record ConfirmCorrection([property: Prose(Limits.Reason)] string? Note = null) : TicketCommand;

/// <summary>不同意更正</summary>
[GenerateSerializer, Immutable, Alias("hotline.RefuseCorrection")]
public sealed record RefuseCorrection([property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>提出分流（须另一人确认）</summary>
/// <param name="Agency">联动单位</param>
/// <param name="DutyItem">职责事项</param>
/// <param name="Basis">依据</param>
[GenerateSerializer, Immutable, Alias("hotline.Divert")]
public sealed record Divert(string Agency, string DutyItem, [property: Prose(Limits.Reason, Least.Reason)] string Basis) : TicketCommand;

/// <summary>确认分流：确认人不能是提出人</summary>
[GenerateSerializer, Immutable, Alias("hotline.ConfirmDivert")]
public sealed record ConfirmDivert([property: Prose(Limits.Reason)] string? Note = null) : TicketCommand;

/// <summary>不同意分流</summary>
[GenerateSerializer, Immutable, Alias("hotline.RefuseDivert")]
public sealed record RefuseDivert([property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>登记联动单位的接收回执或处理结果</summary>
/// <param name="Receipt">回执编号</param>
/// <param name="Outcome">处理结果；填写后分流了结</param>
[GenerateSerializer, Immutable, Alias("hotline.TrackDivert")]
public sealed record TrackDivert(string? Receipt, [property: Prose(Limits.Reason)] string? Outcome) : TicketCommand;

/// <summary>告知不受理</summary>
/// <param name="Explanation">向诉求人的解释</param>
[GenerateSerializer, Immutable, Alias("hotline.Decline")]
public sealed record Decline(DeclineReason Reason, [property: Prose(Limits.Reason, Least.Reason)] string Explanation) : TicketCommand;

/// <summary>联动单位或12345退回</summary>
[GenerateSerializer, Immutable, Alias("hotline.ReturnFromAgency")]
public sealed record ReturnFromAgency([property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>派单</summary>
/// <param name="LeadUnit">主办单位（编号或名称）</param>
/// <param name="SupportingUnits">协办单位</param>
[GenerateSerializer, Immutable, Alias("hotline.Dispatch")]
public sealed record Dispatch(string LeadUnit, IReadOnlyList<string>? SupportingUnits = null, [property: Prose(Limits.Reason)] string? Note = null) : TicketCommand;

/// <summary>收回派单（派错）</summary>
[GenerateSerializer, Immutable, Alias("hotline.Recall")]
public sealed record Recall([property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>撤单：上级平台或诉求人要求撤回，由另一人确认</summary>
/// <param name="By">谁要求撤回</param>
/// <param name="Reason">理由；诉求人撤回的，写明与其联系的情况</param>
/// <param name="DocumentNumber">上级平台的文书编号；上级平台撤回的必填</param>
[GenerateSerializer, Immutable, Alias("hotline.Withdraw")]
public sealed record Withdraw(WithdrawnBy By, [property: Prose(Limits.Reason, Least.Reason)] string Reason,
    [property: Line(Limits.Name, Least.Number)] string? DocumentNumber = null) : TicketCommand;

/// <summary>确认撤单：确认人不能是提出人</summary>
[GenerateSerializer, Immutable, Alias("hotline.ConfirmWithdrawal")]
public sealed record ConfirmWithdrawal([property: Prose(Limits.Reason)] string? Note = null) : TicketCommand;

/// <summary>不同意撤单</summary>
[GenerateSerializer, Immutable, Alias("hotline.RefuseWithdrawal")]
public sealed record RefuseWithdrawal([property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>签收</summary>
[GenerateSerializer, Immutable, Alias("hotline.Accept")]
public sealed record Accept(string? Officer = null) : TicketCommand;

/// <summary>申请退单：每个单位一次，须在退单时限内</summary>
/// <param name="Basis">依据</param>
/// <param name="SuggestedUnit">建议的承办单位，不能是本单位；属地、职责不符时必填</param>
[GenerateSerializer, Immutable, Alias("hotline.RequestReturn")]
public sealed record RequestReturn(ReturnReason Reason, [property: Prose(Limits.Reason, Least.Reason)] string Basis,
    string? SuggestedUnit = null) : TicketCommand;

/// <summary>同意退单：非警务、不属受理范围或重复的，退回甄别；其余重新派单</summary>
[GenerateSerializer, Immutable, Alias("hotline.UpholdReturn")]
public sealed record UpholdReturn([property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>驳回退单：该单位不得再退</summary>
[GenerateSerializer, Immutable, Alias("hotline.RejectReturn")]
public sealed record RejectReturn([property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>联系诉求人：未联系上须至少记录三次，各次相隔三十分钟以上（紧急的十分钟）</summary>
/// <param name="Channel">方式</param>
/// <param name="Reached">是否联系上</param>
/// <param name="NotPossible">无法联系：匿名，或没有留下号码</param>
[GenerateSerializer, Immutable, Alias("hotline.Contact")]
public sealed record Contact(Channel Channel, bool Reached, [property: Prose(Limits.Reason)] string? Note = null,
    bool NotPossible = false) : TicketCommand;

/// <summary>申请延期：到期前提出，不超过十个工作日</summary>
/// <param name="NewDueAt">申请的新时限</param>
/// <param name="Grounds">理由</param>
[GenerateSerializer, Immutable, Alias("hotline.RequestExtension")]
public sealed record RequestExtension(DateTimeOffset NewDueAt, [property: Prose(Limits.Reason, Least.Reason)] string Grounds) : TicketCommand;

/// <summary>同意延期：第二次须分管副局长；批准人不能是申请人</summary>
[GenerateSerializer, Immutable, Alias("hotline.ApproveExtension")]
public sealed record ApproveExtension([property: Prose(Limits.Reason)] string? Note = null) : TicketCommand;

/// <summary>不同意延期</summary>
[GenerateSerializer, Immutable, Alias("hotline.RefuseExtension")]
public sealed record RefuseExtension([property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>申请挂起：法定程序期间，到期前提出，至多三十个工作日</summary>
/// <param name="Procedure">法定程序</param>
/// <param name="DocumentNumber">文书编号</param>
/// <param name="Until">挂起到哪一天（含当日）；次日零时自动恢复办理</param>
[GenerateSerializer, Immutable, Alias("hotline.RequestSuspension")]
public sealed record RequestSuspension(StatutoryProcedure Procedure, [property: Line(Limits.Name, Least.Number)] string DocumentNumber, DateOnly Until,
    [property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>同意挂起：批准人不能是申请人，须在到期前</summary>
[GenerateSerializer, Immutable, Alias("hotline.Suspend")]
public sealed record Suspend([property: Prose(Limits.Reason)] string? Note = null) : TicketCommand;

/// <summary>不同意挂起</summary>
[GenerateSerializer, Immutable, Alias("hotline.RefuseSuspension")]
public sealed record RefuseSuspension([property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>恢复办理</summary>
[GenerateSerializer, Immutable, Alias("hotline.Resume")]
public sealed record Resume([property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>提交答复</summary>
/// <param name="Finding">核查结论</param>
/// <param name="Measures">采取的措施</param>
/// <param name="Outcome">办理结果</param>
/// <param name="Text">答复内容</param>
/// <param name="Channel">答复诉求人的方式；多次未联系上时用短信或信函</param>
/// <param name="SolvableOn">客观上暂时无法解决时，明确的日期</param>
/// <param name="Records">所附的办理记录；时限规则规定了的必须提供</param>
[GenerateSerializer, Immutable, Alias("hotline.Reply")]
public sealed record Reply(Finding Finding, [property: Prose(Limits.Reason, Least.Reason)] string Measures, OutcomeType Outcome,
    [property: Prose(Limits.Content, Least.Reply)] string Text, Channel Channel, DateOnly? SolvableOn = null,
    IReadOnlyList<ReplyRecord>? Records = null) : TicketCommand;

/// <summary>一份办理记录</summary>
/// <param name="Kind">种类：visit 走访记录，photos 现场照片，transcript 询问笔录，report 检测（鉴定）报告，rectificationNotice 整改通知书，contact 联系记录</param>
/// <param name="Reference">文书编号或存放处</param>
[GenerateSerializer, Immutable, Alias("hotline.ReplyRecord")]
public sealed record ReplyRecord(RecordKind Kind, [property: Line(Limits.Title)] string Reference);

/// <summary>审核通过：审核人不能是答复人</summary>
[GenerateSerializer, Immutable, Alias("hotline.ApproveReply")]
public sealed record ApproveReply([property: Prose(Limits.Reason)] string? Note = null) : TicketCommand;

/// <summary>退回补正</summary>
/// <param name="Kind">incomplete 需补正，四个工作小时内重新提交的按首次提交的时间计；void 无效（空洞或不实，视同未答复），只由办公室主任作出</param>
[GenerateSerializer, Immutable, Alias("hotline.SendBack")]
public sealed record SendBack([property: Prose(Limits.Reason, Least.Reason)] string Reason, SendBackKind Kind = SendBackKind.Incomplete) : TicketCommand;

/// <summary>回访：由回访中心进行，办理单位不得自评</summary>
/// <param name="Outcome">本次电话结果</param>
/// <param name="Contacted">办理单位是否联系过（接通时必填）</param>
/// <param name="Solved">问题是否解决（接通时必填）</param>
/// <param name="Satisfaction">满意程度（接通时必填）</param>
/// <param name="Words">诉求人的话</param>
/// <param name="Recording">录音编号；拒评时必填</param>
/// <param name="Dialled">所拨的号码：registered 工单登记的，upstream 12345 平台记录的</param>
[GenerateSerializer, Immutable, Alias("hotline.RecordCallback")]
public sealed record RecordCallback(CallOutcome Outcome, bool? Contacted = null, bool? Solved = null, Satisfaction? Satisfaction = null,
    [property: Prose(Limits.Reason)] string? Words = null, [property: Line(Limits.Name, Least.Number)] string? Recording = null,
    Dialled Dialled = Dialled.Registered) : TicketCommand;

/// <summary>重办：换人，或由单位负责人批准方案</summary>
/// <param name="Officer">新的承办人</param>
/// <param name="Plan">负责人批准的方案</param>
[GenerateSerializer, Immutable, Alias("hotline.Rework")]
public sealed record Rework(string? Officer, [property: Prose(Limits.Reason, Least.Reason)] string? Plan) : TicketCommand;

/// <summary>局长督办单</summary>
/// <param name="Requirements">督办要求</param>
/// <param name="Supervisor">监督的分管副局长；不填为该单位的分管副局长</param>
[GenerateSerializer, Immutable, Alias("hotline.Supervise")]
public sealed record Supervise([property: Prose(Limits.Reason, Least.Reason)] string Requirements, string? Supervisor = null) : TicketCommand;

/// <summary>督办进展：每两个工作日一次</summary>
[GenerateSerializer, Immutable, Alias("hotline.NoteProgress")]
public sealed record NoteProgress([property: Prose(Limits.Content)] string Text) : TicketCommand;

/// <summary>督办单销号：已解决的，须有督办期间的答复通过审核；无责的，须附证据，由分管副局长本人作出</summary>
/// <param name="Result">已解决或无责</param>
/// <param name="Text">办理情况与负责人回访情况</param>
/// <param name="Evidence">证据目录；无责时必填</param>
[GenerateSerializer, Immutable, Alias("hotline.CloseOrder")]
public sealed record CloseOrder(OrderResult Result, [property: Prose(Limits.Content, Least.Reason)] string Text,
    [property: Prose(Limits.Reason, Least.Reply)] string? Evidence = null) : TicketCommand;

/// <summary>归档</summary>
[GenerateSerializer, Immutable, Alias("hotline.Archive")]
public sealed record Archive([property: Prose(Limits.Reason)] string? Note = null) : TicketCommand;

/// <summary>协办意见：协办单位按自己的时限提交，主办单位的答复先通过的不再需要</summary>
[GenerateSerializer, Immutable, Alias("hotline.SupportReply")]
public sealed record SupportReply(string Unit, [property: Prose(Limits.Content, Least.Reply)] string Text) : TicketCommand;

/// <summary>答复并入、分流或不受理工单的诉求人</summary>
[GenerateSerializer, Immutable, Alias("hotline.AnswerCaller")]
public sealed record AnswerCaller(Channel Channel, [property: Prose(Limits.Content, Least.Reply)] string Text) : TicketCommand;

/// <summary>催办</summary>
[GenerateSerializer, Immutable, Alias("hotline.Chase")]
public sealed record Chase([property: Prose(Limits.Content)] string Text) : TicketCommand;

/// <summary>备注</summary>
[GenerateSerializer, Immutable, Alias("hotline.Annotate")]
public sealed record Annotate([property: Prose(Limits.Content)] string Text) : TicketCommand;

/// <summary>批示</summary>
[GenerateSerializer, Immutable, Alias("hotline.Instruct")]
public sealed record Instruct([property: Prose(Limits.Content)] string Text) : TicketCommand;

/// <summary>发起研讨</summary>
[GenerateSerializer, Immutable, Alias("hotline.OpenDiscussion")]
public sealed record OpenDiscussion([property: Prose(Limits.Reason, Least.Reason)] string Question) : TicketCommand;

/// <summary>标记疑难</summary>
[GenerateSerializer, Immutable, Alias("hotline.MarkDifficult")]
public sealed record MarkDifficult([property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>申请剔除（不计入考核）：不同意的，有新的证据可再申请一次，由分管副局长决定</summary>
/// <param name="Reason">理由</param>
/// <param name="Evidence">证据</param>
/// <param name="Against">针对的指标；缺省为全部三项。同意后，该工单不计入全部三项指标</param>
[GenerateSerializer, Immutable, Alias("hotline.RequestExclusion")]
public sealed record RequestExclusion([property: Prose(Limits.Reason, Least.Reason)] string Reason,
    [property: Prose(Limits.Reason, Least.Reason)] string Evidence, IReadOnlyList<ScoredMeasure>? Against = null) : TicketCommand;

/// <summary>决定剔除申请：决定人不能是申请人</summary>
[GenerateSerializer, Immutable, Alias("hotline.DecideExclusion")]
public sealed record DecideExclusion(bool Approve, [property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>撤销剔除：由同意人以外的人，在提请公布以前</summary>
[GenerateSerializer, Immutable, Alias("hotline.RevokeExclusion")]
public sealed record RevokeExclusion([property: Prose(Limits.Reason, Least.Reason)] string Reason) : TicketCommand;

/// <summary>查看诉求人联系方式：须说明用途，留下记录</summary>
[GenerateSerializer, Immutable, Alias("hotline.RevealCaller")]
public sealed record RevealCaller([property: Prose(Limits.Reason, Least.Reason)] string Purpose) : TicketCommand;
