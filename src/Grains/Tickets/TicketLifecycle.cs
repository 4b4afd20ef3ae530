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
/// <param name="May">What else the ticket, the actor and the hour must be like, apart from what the command says: the refusal, or null.</param>
internal sealed record LifecycleRow(string Name, Type Command, string Chinese, IReadOnlyList<TicketStatus> From, string To, IReadOnlyList<Role> Roles,
    Func<TicketState, RuleContext, Rejection?>? May = null)
{
    /// <summary>Whether the actor's role gives it.</summary>
    public bool IsFor(Actor actor) => actor.Has(Role.CommandSystem) || Roles.Any(actor.Has);

    /// <summary>Why this caller cannot do it now, whatever the command says; null when it can.</summary>
    public Rejection? Refuses(TicketState s, RuleContext ctx)
    {
        if (!From.Contains(s.Status))
        {
            return WrongStatus(s, ctx, $"工单处于“{TicketNames.Of(s.Status)}”，不能{Chinese}。");
        }

        if (!ctx.Replay && !IsFor(ctx.Actor))
        {
            return Refuse.Forbidden("role.missing", $"没有{Chinese}的权限。");
        }

        return RelationRules.Refuses(s, Command, ctx)
            ?? (May?.Invoke(s, ctx) is not { } refused ? null : refused.Kind == RejectionKind.State ? refused with { AllowedActions = TicketLifecycle.AllowedActions(s, ctx) } : refused);
    }

    private static Rejection WrongStatus(TicketState s, RuleContext ctx, string detail) =>
        new("ticket.wrong-status", detail, RejectionKind.State, AllowedActions: TicketLifecycle.AllowedActions(s, ctx));
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
    private static readonly TicketStatus[] Outside = [TicketStatus.Declined, TicketStatus.Merged, TicketStatus.Diverted, TicketStatus.TransferredTo110];

    private static readonly Role[] Desk = [Role.Dispatcher, Role.OfficeDirector];
    private static readonly Role[] Unit = [Role.UnitHandler, Role.UnitHead];
    private static readonly Role[] Review = [Role.Reviewer, Role.OfficeDirector];
    private static readonly Role[] Decide = [Role.OfficeDirector, Role.DeputyChief];
    private static readonly Role[] Lead = [Role.OfficeDirector, Role.DeputyChief, Role.Leader];
    private static readonly Role[] Case =
        [Role.Dispatcher, Role.UnitHandler, Role.UnitHead, Role.Reviewer, Role.CallbackOfficer, Role.OfficeDirector, Role.DeputyChief, Role.Leader];

    public static IReadOnlyList<LifecycleRow> Rows { get; } =
    [
        new("transfer-to-110", typeof(TransferTo110), "转110", Open, "transferredTo110", Desk),
        new("merge", typeof(Merge), "并单", [Triage], "merged | –", Desk, MayRules.Merge),
        new("confirm-merge", typeof(ConfirmMerge), "确认并单", [Triage], "merged", Desk, MayRules.Second(WorkKind.ConfirmMerge)),
        new("refuse-merge", typeof(RefuseMerge), "不同意并单", [Triage], "–", Desk, MayRules.Pending(WorkKind.ConfirmMerge)),
        new("divert", typeof(Divert), "提出分流", [Triage], "–", Desk, MayRules.NothingAsked),
        new("confirm-divert", typeof(ConfirmDivert), "确认分流", [Triage], "diverted", Desk, MayRules.Second(WorkKind.ConfirmDivert)),
        new("refuse-divert", typeof(RefuseDivert), "不同意分流", [Triage], "–", Desk, MayRules.Pending(WorkKind.ConfirmDivert)),
        new("track-divert", typeof(TrackDivert), "登记分流回执", [TicketStatus.Diverted], "–", Desk, MayRules.Track),
        new("decline", typeof(Decline), "告知不受理", [Triage], "declined", Desk),
        new("return-from-agency", typeof(ReturnFromAgency), "联动单位退回", [TicketStatus.Diverted], "triage", Desk),
        new("reopen", typeof(Reopen), "重新受理", Outside, "triage", [Role.OfficeDirector]),
        new("dispatch", typeof(Dispatch), "派单", Dispatchable, "awaitingAcceptance", Desk),
        new("recall", typeof(Recall), "收回派单", AtUnit, "awaitingDispatch", Desk, MayRules.BeforeReply),
        new("correct", typeof(Correct), "更正", [.. Dispatchable, .. AtUnit], "–", Desk, MayRules.Correct),
        new("confirm-correction", typeof(ConfirmCorrection), "确认更正", Open, "–", Desk, MayRules.ConfirmCorrection),
        new("refuse-correction", typeof(RefuseCorrection), "不同意更正", Open, "–", Desk, MayRules.Pending(WorkKind.ConfirmCorrection)),
        new("withdraw", typeof(Withdraw), "撤单", Open, "–", Desk, MayRules.Withdraw),
        new("confirm-withdrawal", typeof(ConfirmWithdrawal), "确认撤单", Open, "closed", Desk, MayRules.Second(WorkKind.ConfirmWithdrawal)),
        new("refuse-withdrawal", typeof(RefuseWithdrawal), "不同意撤单", Open, "–", Desk, MayRules.Pending(WorkKind.ConfirmWithdrawal)),
        new("accept", typeof(Accept), "签收", [AwaitingAcceptance], "awaitingContact", Unit),
        new("request-return", typeof(RequestReturn), "申请退单", [AwaitingAcceptance], "returnRequested", Unit, MayRules.RequestReturn),
        new("uphold-return", typeof(UpholdReturn), "同意退单", [ReturnRequested], "awaitingDispatch | triage", Desk),
        new("reject-return", typeof(RejectReturn), "驳回退单", [ReturnRequested], "awaitingAcceptance", Desk),
        new("contact", typeof(Contact), "联系诉求人", [AwaitingContact, InProgress], "inProgress", Unit),
        new("request-extension", typeof(RequestExtension), "申请延期", [InProgress], "–", Unit, MayRules.RequestExtension),
        new("approve-extension", typeof(ApproveExtension), "同意延期", [InProgress], "–", Decide, MayRules.ApproveExtension),
        new("refuse-extension", typeof(RefuseExtension), "不同意延期", [InProgress], "–", Decide, MayRules.RefuseExtension),
        new("request-suspension", typeof(RequestSuspension), "申请挂起", [InProgress], "–", Unit, MayRules.RequestSuspension),
        new("suspend", typeof(Suspend), "同意挂起", [InProgress], "suspended", Decide, MayRules.Suspend),
        new("refuse-suspension", typeof(RefuseSuspension), "不同意挂起", [InProgress], "–", Decide, MayRules.Pending(WorkKind.DecideSuspension)),
        new("resume", typeof(Resume), "恢复办理", [TicketStatus.Suspended], "inProgress", [Role.OfficeDirector, Role.DeputyChief, .. Unit]),
        new("reply", typeof(Reply), "提交答复", [InProgress, Supervised], "awaitingReview | –", Unit, MayRules.Reply),
        new("approve-reply", typeof(ApproveReply), "审核通过", [AwaitingReview, Supervised], "awaitingCallback | –", Review, MayRules.ReviewReply),
        new("send-back", typeof(SendBack), "退回补正", [AwaitingReview, Supervised], "inProgress | –", Review, MayRules.ReviewReply),
        new("callback", typeof(RecordCallback), "回访", [AwaitingCallback], "closed | awaitingRework | –", [Role.CallbackOfficer], MayRules.Callback),
        new("rework", typeof(Rework), "重办", [AwaitingRework], "inProgress", [.. Unit, Role.Dispatcher, Role.OfficeDirector]),
        new("supervise", typeof(Supervise), "下达督办单", [AwaitingRework, InProgress], "supervised", [Role.OfficeDirector], MayRules.Supervise),
        new("note-progress", typeof(NoteProgress), "督办进展", [Supervised], "–", [.. Unit, Role.OfficeDirector]),
        new("close-order", typeof(CloseOrder), "督办单销号", [Supervised], "awaitingCallback", Decide, MayRules.CloseOrder),
        new("archive", typeof(Archive), "归档", [Closed], "archived", [Role.Dispatcher, Role.CallbackOfficer, Role.OfficeDirector], MayRules.Archive),
        new("support-reply", typeof(SupportReply), "协办意见", Open, "–", Unit, MayRules.SupportReply),
        new("answer-caller", typeof(AnswerCaller), "答复诉求人", [TicketStatus.Merged, TicketStatus.Diverted, TicketStatus.Declined], "–", Desk),
        new("chase", typeof(Chase), "催办", Open, "–", [Role.Dispatcher, Role.CallbackOfficer, Role.OfficeDirector, Role.DeputyChief, Role.Leader]),
        new("annotate", typeof(Annotate), "备注", Any, "–", Case),
        new("instruct", typeof(Instruct), "批示", Any, "–", Lead),
        new("open-discussion", typeof(OpenDiscussion), "发起研讨", Any, "–", Case),
        new("mark-difficult", typeof(MarkDifficult), "标记疑难", Open, "–", Case, MayRules.MarkDifficult),
        new("request-exclusion", typeof(RequestExclusion), "申请剔除", Any, "–", [.. Unit, Role.Dispatcher, Role.OfficeDirector], MayRules.RequestExclusion),
        new("decide-exclusion", typeof(DecideExclusion), "决定剔除", Any, "–", [Role.OfficeDirector, Role.DeputyChief, Role.Leader], MayRules.DecideExclusion),
        new("revoke-exclusion", typeof(RevokeExclusion), "撤销剔除", Any, "–", [Role.OfficeDirector, Role.DeputyChief, Role.Leader], MayRules.RevokeExclusion),
        new("reveal-caller", typeof(RevealCaller), "查看诉求人", Any, "–", Case, MayRules.RevealCaller),
    ];

    private static readonly FrozenDictionary<Type, LifecycleRow> ByType = Rows.ToFrozenDictionary(r => r.Command);

    private static readonly LifecycleRow[][] ByStatus =
        [.. Enumerable.Range(0, Any.Max(s => (int)s) + 1).Select(s => Rows.Where(r => r.From.Contains((TicketStatus)s)).ToArray())];

    public static LifecycleRow Of(TicketCommand command) => ByType[command.GetType()];

    /// <summary>The names of the commands that this caller may give now, in table order: role, unit, second person and hour are looked at.</summary>
    public static IReadOnlyList<string> AllowedActions(TicketState s, RuleContext ctx) =>
        [.. ByStatus[(int)s.Status].Where(r => r.IsFor(ctx.Actor) && RelationRules.Refuses(s, r.Command, ctx) is null && r.May?.Invoke(s, ctx) is null).Select(r => r.Name)];
}
