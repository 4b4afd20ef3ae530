using Hotline.Shared;
using Hotline.Tickets;
using Hotline.WorkCalendar;

namespace Hotline.Work;

/// <summary>待办: which work belongs to which role, what is to be done, and how much time is left.</summary>
internal static class WorkRules
{
    private static readonly Dictionary<Role, WorkKind[]> ByRole = new()
    {
        [Role.Dispatcher] = [WorkKind.Triage, WorkKind.ConfirmMerge, WorkKind.ConfirmDivert, WorkKind.Dispatch, WorkKind.DecideReturn, WorkKind.ConfirmWithdrawal,
            WorkKind.ConfirmCorrection, WorkKind.FollowDiversion, WorkKind.AnswerCaller, WorkKind.Archive],
        [Role.UnitHandler] = [WorkKind.Accept, WorkKind.Contact, WorkKind.Reply, WorkKind.Rework, WorkKind.Supervised, WorkKind.SupportReply],
        [Role.UnitHead] = [WorkKind.Accept, WorkKind.Contact, WorkKind.Reply, WorkKind.Rework, WorkKind.Supervised, WorkKind.SupportReply, WorkKind.UnitOverdue],
        [Role.Reviewer] = [WorkKind.Review],
        [Role.CallbackOfficer] = [WorkKind.Callback],
        [Role.OfficeDirector] = [WorkKind.ConfirmMerge, WorkKind.ConfirmDivert, WorkKind.ConfirmWithdrawal, WorkKind.ConfirmCorrection,
            WorkKind.DecideExtension, WorkKind.DecideSuspension, WorkKind.Resume, WorkKind.CloseOrder, WorkKind.DecideExclusion, WorkKind.Overdue],
        [Role.DeputyChief] = [WorkKind.DecideExtension, WorkKind.DecideSuspension, WorkKind.CloseOrder, WorkKind.DecideExclusion, WorkKind.Overdue],
        [Role.Leader] = [WorkKind.DecideExclusion, WorkKind.Overdue],
    };

    private static readonly Dictionary<WorkKind, WorkWords> Words = new()
    {
        [WorkKind.Triage] = new("甄别派单", "甄别后派单；非警务的提出分流，重复的并单，危急的转110，不予受理的告知理由。",
            ["dispatch", "divert", "merge", "decline", "transfer-to-110"]),
        [WorkKind.ConfirmDivert] = new("确认分流", "由提出人以外的人确认或不同意分流。", ["confirm-divert", "refuse-divert"]),
        [WorkKind.Dispatch] = new("派单", "确定主办单位并重新派单。", ["dispatch"]),
        [WorkKind.DecideReturn] = new("审定退单", "同意或驳回退单，写明理由。", ["uphold-return", "reject-return"]),
        [WorkKind.FollowDiversion] = new("跟进分流", "登记联动单位的回执和结果；退回的收回甄别。", ["track-divert", "return-from-agency"]),
        [WorkKind.Accept] = new("签收", "签收；不属本单位的，写明依据申请退单。", ["accept", "request-return"]),
        [WorkKind.Contact] = new("联系诉求人", "联系诉求人并记录结果。", ["contact"]),
        [WorkKind.Reply] = new("办理答复", "查实、落实后提交答复；确需更多时间的，到期前申请延期或挂起。", ["reply", "request-extension", "request-suspension"]),
        [WorkKind.Rework] = new("重办", "更换承办人，或经负责人批准方案后重办。", ["rework"]),
        [WorkKind.Supervised] = new("督办办理", "按督办要求办理并答复，每两个工作日记录进展。", ["reply", "note-progress"]),
        [WorkKind.SupportReply] = new("协办意见", "向主办单位提交协办意见。", ["support-reply"]),
        [WorkKind.Review] = new("审核答复", "审核他人提交的答复：通过，或退回补正。", ["approve-reply", "send-back"]),
        [WorkKind.Callback] = new("回访", "回访诉求人，记录是否联系、是否解决、是否满意。", ["callback"]),
        [WorkKind.DecideExtension] = new("审批延期", "同意或不同意延期；第二次延期由分管副局长批准。", ["approve-extension", "refuse-extension"]),
        [WorkKind.Resume] = new("恢复办理", "法定程序提前结束的，恢复办理；到期自动恢复。", ["resume"]),
        [WorkKind.DecideExclusion] = new("决定剔除", "由申请人以外的人决定是否剔除。", ["decide-exclusion"]),
        [WorkKind.ConfirmMerge] = new("确认并单", "由提出人以外的人确认或不同意并单。", ["confirm-merge", "refuse-merge"]),
        [WorkKind.ConfirmWithdrawal] = new("确认撤单", "由提出人以外的人确认或不同意撤单。", ["confirm-withdrawal", "refuse-withdrawal"]),
        [WorkKind.ConfirmCorrection] = new("确认更正", "由提出人以外的人确认或不同意使时限推后的更正。", ["confirm-correction", "refuse-correction"]),
        [WorkKind.DecideSuspension] = new("审批挂起", "到期前同意或不同意挂起；不能由申请人批准。", ["suspend", "refuse-suspension"]),
        [WorkKind.AnswerCaller] = new("答复诉求人", "把并单、分流或不受理的结果告知诉求人。", ["answer-caller"]),
        [WorkKind.Archive] = new("归档", "核对记录是否完整，归档。", ["archive"]),
        [WorkKind.CloseOrder] = new("督办单销号", "督办期间的答复已通过审核，办理销号。", ["close-order"]),
        [WorkKind.UnitOverdue] = new("本单位超期", "本单位的时限已超期：督促承办人立即办理答复。", ["reply", "annotate"]),
        [WorkKind.Overdue] = new("督促超期", "时限已超期：催办，或作出批示。", ["chase", "instruct"]),
    };

    /// <summary>The kinds of work of these roles, in the order of the ticket's way.</summary>
    public static IReadOnlyList<WorkKind> KindsOf(IEnumerable<Role> roles) =>
        [.. roles.SelectMany(r => ByRole.GetValueOrDefault(r, [])).Distinct().Order()];

    /// <summary>Done by a handling unit, for its own tickets.</summary>
    public static bool IsUnitWork(WorkKind kind) => ByRole[Role.UnitHead].Contains(kind);

    public static WorkWords WordsOf(WorkKind kind) => Words[kind];

    /// <summary>Minutes left until the due, negative when it is past: working time, for urgent tickets time on the wall.</summary>
    public static long MinutesLeft(Urgency urgency, DateTimeOffset now, DateTimeOffset due, WorkingCalendar calendar)
    {
        var left = urgency == Urgency.Urgent ? due - now : calendar.WorkingTimeBetween(now, due);
        return (long)Math.Floor(left.TotalMinutes);
    }

    /// <summary>The time left as people say it.</summary>
    public static string Say(Urgency urgency, bool overdue, long minutes)
    {
        var (hours, rest) = (Math.Abs(minutes) / 60, Math.Abs(minutes) % 60);
        var span = hours == 0 ? $"{rest}分钟" : rest == 0 ? $"{hours}小时" : $"{hours}小时{rest}分钟";
        return (overdue ? "已超期" : "剩余") + (urgency == Urgency.Urgent ? "" : "工作时间") + span;
    }
}

/// <summary>How one kind of work is called and done.</summary>
/// <param name="Name">In a word.</param>
/// <param name="ToDo">In a sentence.</param>
/// <param name="Commands">The ticket commands that do it.</param>
internal sealed record WorkWords(string Name, string ToDo, IReadOnlyList<string> Commands);
