using System.Collections.Frozen;
using Hotline.Shared;
using static Hotline.Tickets.TicketStatus;

namespace Hotline.Tickets;

/// <summary>One arrow of the life-cycle.</summary>
/// <param name="Name">The command's name in routes.</param>
/// <param name="Chinese">What people call it.</param>
/// <param name="From">The statuses in which it is allowed.</param>
/// <param name="To">Where it leads; "–" when the status stays, or when it depends on the answer.</param>
/// <param name="Roles">Who may give it; the command system may give every one.</param>
/// <param name="When">A further condition on the ticket, or null.</param>
internal sealed record LifecycleRow(string Name, Type Command, string Chinese, IReadOnlyList<TicketStatus> From, string To, IReadOnlyList<Role> Roles,
    Func<TicketState, bool>? When = null)
{
    public bool Allows(TicketState s) => From.Contains(s.Status) && (When is null || When(s));
}

/// <summary>The transition table of product.md §2 as data. <c>allowedActions</c>, the routes and the README's table come from it.</summary>
internal static class TicketLifecycle
{
    private static readonly TicketStatus[] Open =
        [Triage, AwaitingDispatch, AwaitingAcceptance, ReturnRequested, AwaitingContact, InProgress, TicketStatus.Suspended, AwaitingReview,
         AwaitingCallback, AwaitingRework, Supervised];

    private static readonly TicketStatus[] Any = Enum.GetValues<TicketStatus>();
    private static readonly TicketStatus[] AtUnit = [AwaitingAcceptance, ReturnRequested, AwaitingContact, InProgress, TicketStatus.Suspended];
    private static readonly TicketStatus[] Dispatchable = [Triage, AwaitingDispatch];

    private static readonly Role[] Desk = [Role.Dispatcher, Role.OfficeDirector];
    private static readonly Role[] Unit = [Role.UnitHandler, Role.UnitHead];
    private static readonly Role[] Review = [Role.Reviewer, Role.OfficeDirector];
    private static readonly Role[] Decide = [Role.OfficeDirector, Role.DeputyChief];
    private static readonly Role[] Lead = [Role.OfficeDirector, Role.DeputyChief, Role.Leader];
    private static readonly Role[] Case =
        [Role.Dispatcher, Role.UnitHandler, Role.UnitHead, Role.Reviewer, Role.CallbackOfficer, Role.OfficeDirector, Role.DeputyChief, Role.Leader];

    public static IReadOnlyList<LifecycleRow> Rows { get; } =
    [
        new("transfer-to-110", typeof(TransferTo110), "转110", [Triage], "transferredTo110", Desk),
        new("merge", typeof(Merge), "并单", [Triage], "merged", Desk, s => s.Children.Count == 0),
        new("divert", typeof(Divert), "提出分流", [Triage], "–", Desk, s => s.Diversion is null),
        new("confirm-divert", typeof(ConfirmDivert), "确认分流", [Triage], "diverted", Desk, s => s.Diversion is not null),
        new("refuse-divert", typeof(RefuseDivert), "不同意分流", [Triage], "–", Desk, s => s.Diversion is not null),
        new("track-divert", typeof(TrackDivert), "登记分流回执", [TicketStatus.Diverted], "–", Desk),
        new("decline", typeof(Decline), "告知不受理", [Triage], "declined", Desk),
        new("return-from-agency", typeof(ReturnFromAgency), "联动单位退回", [TicketStatus.Diverted], "triage", Desk),
        new("dispatch", typeof(Dispatch), "派单", Dispatchable, "awaitingAcceptance", Desk),
        new("recall", typeof(Recall), "收回派单", AtUnit, "awaitingDispatch", Desk),
        new("withdraw", typeof(Withdraw), "撤单", Open, "closed", Desk),
        new("accept", typeof(Accept), "签收", [AwaitingAcceptance], "awaitingContact", Unit),
        new("request-return", typeof(RequestReturn), "申请退单", [AwaitingAcceptance], "returnRequested", Unit, s => !s.ReturnedBy.Contains(s.LeadUnit!)),
        new("uphold-return", typeof(UpholdReturn), "同意退单", [ReturnRequested], "awaitingDispatch", Desk),
        new("reject-return", typeof(RejectReturn), "驳回退单", [ReturnRequested], "awaitingAcceptance", Desk),
        new("contact", typeof(Contact), "联系诉求人", [AwaitingContact, InProgress], "inProgress", Unit),
        new("request-extension", typeof(RequestExtension), "申请延期", [InProgress], "–", Unit, s => s.Extension is null),
        new("approve-extension", typeof(ApproveExtension), "同意延期", [InProgress], "–", Decide, s => s.Extension is not null),
        new("refuse-extension", typeof(RefuseExtension), "不同意延期", [InProgress], "–", Decide, s => s.Extension is not null),
        new("suspend", typeof(Suspend), "挂起", [InProgress], "suspended", Decide),
        new("resume", typeof(Resume), "恢复办理", [TicketStatus.Suspended], "inProgress", [Role.OfficeDirector, Role.DeputyChief, .. Unit]),
        new("reply", typeof(Reply), "提交答复", [InProgress], "awaitingReview", Unit),
        new("approve-reply", typeof(ApproveReply), "审核通过", [AwaitingReview], "awaitingCallback", Review),
        new("send-back", typeof(SendBack), "退回补正", [AwaitingReview], "inProgress", Review),
        new("callback", typeof(RecordCallback), "回访", [AwaitingCallback], "closed | awaitingRework | –", [Role.CallbackOfficer]),
        new("rework", typeof(Rework), "重办", [AwaitingRework], "inProgress", [.. Unit, Role.Dispatcher, Role.OfficeDirector]),
        new("supervise", typeof(Supervise), "下达督办单", [AwaitingRework, InProgress], "supervised", [Role.OfficeDirector],
            s => s.Difficult || (s.Status == AwaitingRework && s.Round >= 2)),
        new("note-progress", typeof(NoteProgress), "督办进展", [Supervised], "–", [.. Unit, Role.OfficeDirector]),
        new("close-order", typeof(CloseOrder), "督办单销号", [Supervised], "awaitingCallback", Decide),
        new("archive", typeof(Archive), "归档", [Closed], "archived", [Role.Dispatcher, Role.CallbackOfficer, Role.OfficeDirector]),
        new("support-reply", typeof(SupportReply), "协办意见", [.. AtUnit, AwaitingReview], "–", Unit, s => s.Supporting.Any(u => u.RepliedAt is null)),
        new("answer-caller", typeof(AnswerCaller), "答复诉求人", [TicketStatus.Merged, TicketStatus.Diverted, TicketStatus.Declined], "–", Desk),
        new("chase", typeof(Chase), "催办", Open, "–", [Role.Dispatcher, Role.CallbackOfficer, Role.OfficeDirector, Role.DeputyChief, Role.Leader]),
        new("annotate", typeof(Annotate), "备注", Any, "–", Case),
        new("instruct", typeof(Instruct), "批示", Any, "–", Lead),
        new("open-discussion", typeof(OpenDiscussion), "发起研讨", Any, "–", Case),
        new("mark-difficult", typeof(MarkDifficult), "标记疑难", Open, "–", Case, s => !s.Difficult),
        new("request-exclusion", typeof(RequestExclusion), "申请剔除", Any, "–", [.. Unit, Role.Dispatcher, Role.OfficeDirector],
            s => s.LeadUnit is not null && s.Exclusion is null or { Approved: false }),
        new("decide-exclusion", typeof(DecideExclusion), "决定剔除", Any, "–", [Role.OfficeDirector, Role.Leader], s => s.Exclusion is { Approved: null }),
        new("reveal-caller", typeof(RevealCaller), "查看诉求人", Any, "–", Case),
    ];

    private static readonly FrozenDictionary<Type, LifecycleRow> ByType = Rows.ToFrozenDictionary(r => r.Command);

    public static LifecycleRow Of(TicketCommand command) => ByType[command.GetType()];

    /// <summary>The names of all commands that this ticket's state allows, in table order.</summary>
    public static IReadOnlyList<string> AllowedActions(TicketState s) => [.. Rows.Where(r => r.Allows(s)).Select(r => r.Name)];
}
