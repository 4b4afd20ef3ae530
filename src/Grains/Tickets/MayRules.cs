using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>Whose ticket it is.</summary>
internal static class RelationRules
{
    /// <summary>An actor who belongs to a unit acts only on tickets that the unit leads, and gives an opinion where it supports; people of the centre belong to
    /// none. What a unit answers for in its row it may object to, whoever has the ticket now.</summary>
    public static Rejection? Refuses(TicketState s, Type command, RuleContext ctx)
    {
        if (ctx.Actor.Unit is not { } own)
        {
            return null;
        }

        var isTheirs = command == typeof(SupportReply) ? OwesOpinion(s, own)
            : command == typeof(RequestExclusion) ? s.Obligations.Any(o => o.Unit == own) : s.LeadUnit == own;
        return isTheirs ? null : Refuse.Forbidden("ticket.not-your-unit", "这件工单不由您所在的单位办理。");
    }

    /// <summary>Whether this supporting unit may still give its opinion: it owes one, or owed one and was late.</summary>
    public static bool OwesOpinion(TicketState s, string unit) =>
        s.Obligations.Any(o => o.Support && o.Unit == unit && o is { RepliedAt: null, End: ObligationEnd.None });
}

/// <summary>What a command needs of the ticket, the actor and the hour, apart from what it says itself (product.md §2). Each answers the refusal or null;
/// <c>allowedActions</c> are the commands for which none refuses.</summary>
internal static class MayRules
{
    private static Rejection NotNow(string detail) => Refuse.State("ticket.not-now", detail);

    /// <summary>Only one question waits for a second person at a time.</summary>
    public static Rejection? NothingAsked(TicketState s, RuleContext ctx) =>
        s.Asked is { } asked ? NotNow($"“{TicketNames.Of(asked.Kind)}”尚待决定。") : null;

    /// <summary>A question of this kind waits.</summary>
    public static Func<TicketState, RuleContext, Rejection?> Pending(WorkKind kind) =>
        (s, _) => s.Asked?.Kind == kind ? null : NotNow($"没有待决定的“{TicketNames.Of(kind)}”。");

    /// <summary>A question of this kind waits, and somebody else asked it.</summary>
    public static Func<TicketState, RuleContext, Rejection?> Second(WorkKind kind) =>
        (s, ctx) => Pending(kind)(s, ctx) ?? Other(s.Asked!.By, ctx, "提出的人不能自己确认");

    public static Rejection? Merge(TicketState s, RuleContext ctx) =>
        s.Children.Count > 0 ? NotNow("已有工单并入本件，不能再并入别的工单。")
        : s.OwesParent ? Refuse.State("merge.in-progress", "原先并入的工单还不知道本件已经分出，请稍后再试。") : NothingAsked(s, ctx);

    public static Rejection? Track(TicketState s, RuleContext ctx) =>
        s.Diversion is { Finished: false } ? null : NotNow("分流已经了结。");

    /// <summary>收回: only before the first reply.</summary>
    public static Rejection? BeforeReply(TicketState s, RuleContext ctx) =>
        s.Round == 1 && s.FirstReplyAt is null ? null : NotNow("办理单位已经答复，不能再收回或更正。");

    public static Rejection? Correct(TicketState s, RuleContext ctx) => BeforeReply(s, ctx) ?? NothingAsked(s, ctx);

    public static Rejection? ConfirmCorrection(TicketState s, RuleContext ctx) => Second(WorkKind.ConfirmCorrection)(s, ctx) ?? BeforeReply(s, ctx);

    /// <summary>A withdrawal takes the place of whatever else was asked for.</summary>
    public static Rejection? Withdraw(TicketState s, RuleContext ctx) =>
        s.Asked?.Kind == WorkKind.ConfirmWithdrawal ? NotNow("撤单已提出，尚待确认。") : null;

    public static Rejection? RequestReturn(TicketState s, RuleContext ctx) =>
        s.ReturnedBy.Contains(s.LeadUnit!) ? NotNow("本单位已申请过退单，须签收办理。")
        : s.Open(Clock.Return) is { } limit && ctx.Now <= limit.DueAt ? null : Refuse.Rule("return.too-late", "已超过退单时限，须签收办理。");

    /// <summary>延期: asked before the due, one at a time.</summary>
    public static Rejection? RequestExtension(TicketState s, RuleContext ctx) =>
        s.Extension is not null ? NotNow("已有延期申请待决定。") : Late(s, ctx, "extension.too-late", "延期须在到期前申请。");

    /// <summary>延期: decided before the due, not by the applicant; the second one by the deputy chief.</summary>
    public static Rejection? ApproveExtension(TicketState s, RuleContext ctx) => s.Extension is not { } asked ? NotNow("没有待决定的延期申请。")
        : Other(asked.RequestedBy, ctx, "申请延期的人不能自己批准")
            ?? (s.ExtensionsApproved > 0 && !ctx.Actor.Has(Role.DeputyChief)
                ? Refuse.Forbidden("extension.deputy-chief", "第二次延期须由分管副局长批准。") : null)
            ?? Late(s, ctx, "extension.too-late", "延期须在到期前决定；时限已过，只能不同意。")
            ?? (s.Open(asked.Clock) is { } due && asked.NewDueAt > due.DueAt ? null : NotNow("时限已不早于申请的新时限，只能不同意。"));

    public static Rejection? RefuseExtension(TicketState s, RuleContext ctx) => s.Extension is null ? NotNow("没有待决定的延期申请。") : null;

    /// <summary>挂起: only a clock that runs, never one that is past.</summary>
    public static Rejection? RequestSuspension(TicketState s, RuleContext ctx) =>
        NothingAsked(s, ctx) ?? Late(s, ctx, "suspension.too-late", "挂起须在到期前申请。");

    public static Rejection? Suspend(TicketState s, RuleContext ctx) =>
        Second(WorkKind.DecideSuspension)(s, ctx) ?? Late(s, ctx, "suspension.too-late", "挂起须在到期前决定；时限已过，只能不同意。");

    public static Rejection? Reply(TicketState s, RuleContext ctx) => s.AwaitsReview ? NotNow("已提交的答复正在审核。")
        : s is { Status: TicketStatus.Supervised, Order.Passed: true } ? NotNow("督办期间的答复已通过审核，等待销号。") : null;

    public static Rejection? ReviewReply(TicketState s, RuleContext ctx) =>
        !s.AwaitsReview ? NotNow("没有待审核的答复。") : Other(s.Submission!.Author, ctx, "答复人不能审核自己的答复");

    /// <summary>回访: by the centre, never by the unit or the person who replied.</summary>
    public static Rejection? Callback(TicketState s, RuleContext ctx) =>
        ctx.Actor.Unit is { } own && own == s.LeadUnit && ctx.Unit(own) is not { Tier: UnitTier.Centre }
            ? Refuse.Forbidden("callback.own-unit", "办理单位不能回访自己办理的工单。")
            : ctx.Actor.IsPerson && s.Submission is { } given ? Other(given.Author, ctx, "答复人不能回访自己办理的工单") : null;

    public static Rejection? Supervise(TicketState s, RuleContext ctx) =>
        s.Difficult || (s.Status == TicketStatus.AwaitingRework && s.Round >= 2) ? null : NotNow("只有疑难工单，或重办后仍不满意的工单，才下达督办单。");

    /// <summary>销号: solved once a reply under the order passed; blameless by the deputy chief's own command.</summary>
    public static Rejection? CloseOrder(TicketState s, RuleContext ctx) =>
        CloseSolved(s) is { } notSolved && CloseBlameless(s, ctx) is not null ? notSolved : null;

    public static Rejection? CloseSolved(TicketState s) =>
        s.Order!.Passed && !s.AwaitsReview ? null : NotNow("已解决的，须有督办期间的答复通过审核。");

    /// <summary>无责 does not stand in for the answer that the citizen is owed while there is still time for it.</summary>
    public static Rejection? CloseBlameless(TicketState s, RuleContext ctx) => !ctx.Actor.Has(Role.DeputyChief)
        ? Refuse.Forbidden("order.deputy-chief", "认定无责须由分管副局长本人作出。")
        : s is { Round: 1, PassedSubmissionAt: null, Lead: { } lead } && s.DueOf(lead) is { } due && ctx.Now <= due.DueAt
            ? NotNow("答复时限未到，须先答复诉求人。") : null;

    /// <summary>归档: the records are complete, so nothing waits for a decision.</summary>
    public static Rejection? Archive(TicketState s, RuleContext ctx) =>
        s.Exclusion is { Approved: null } ? NotNow("剔除申请尚未决定，不能归档。") : null;

    public static Rejection? SupportReply(TicketState s, RuleContext ctx) =>
        s.Obligations.Any(o => o.Support && RelationRules.OwesOpinion(s, o.Unit)) ? null : NotNow("没有尚须提交意见的协办单位。");

    public static Rejection? MarkDifficult(TicketState s, RuleContext ctx) => s.Difficult ? NotNow("已标记为疑难。") : null;

    /// <summary>剔除: asked for again only once, after a refusal.</summary>
    public static Rejection? RequestExclusion(TicketState s, RuleContext ctx) =>
        s.Obligations.Count == 0 ? NotNow("没有单位办理过本件，无可剔除。")
        : s.Exclusion is null or { Approved: false, Times: 1 } or { RevokedAt: not null, Times: 1 } ? null
        : NotNow(s.Exclusion.Approved is null ? "剔除申请尚待决定。" : s.Exclusion.IsInForce ? "已同意剔除。" : "剔除申请已两次未获同意，不再受理。");

    /// <summary>Not by the applicant; what was refused once by the deputy chief.</summary>
    public static Rejection? DecideExclusion(TicketState s, RuleContext ctx) => s.Exclusion is not { Approved: null } asked ? NotNow("没有待决定的剔除申请。")
        : Other(asked.RequestedBy, ctx, "申请剔除的人不能自己决定")
            ?? (asked.Times > 1 && !ctx.Actor.Has(Role.DeputyChief)
                ? Refuse.Forbidden("exclusion.deputy-chief", "再次申请的剔除须由分管副局长决定。") : null);

    /// <summary>Not by whoever approved it, and not once the month is proposed for publication.</summary>
    public static Rejection? RevokeExclusion(TicketState s, RuleContext ctx) => s.Exclusion is not { IsInForce: true } given ? NotNow("没有已同意的剔除。")
        : Other(given.DecidedBy!, ctx, "同意剔除的人不能自己撤销")
            ?? (TicketProjection.Scored(s).Months.Any(ctx.Fixed.Contains) ? NotNow("有关月份已提请公布，剔除只能经更正改变。") : null);

    /// <summary>The informant (举报人) is not told to a unit.</summary>
    public static Rejection? RevealCaller(TicketState s, RuleContext ctx) =>
        TicketAccess.CanReveal(s, ctx.Actor) ? null : Refuse.Forbidden("caller.protected", "举报人的身份不向办理单位公开。");

    private static Rejection? Other(string by, RuleContext ctx, string what) => by == ctx.Actor.Id ? Refuse.SamePerson(what) : null;

    /// <summary>The clock that the unit works under runs and is not past.</summary>
    private static Rejection? Late(TicketState s, RuleContext ctx, string code, string detail) =>
        s.Open(HandlingRules.Working(s)) is { } due && ctx.Now <= due.DueAt ? null : Refuse.Rule(code, detail);
}
