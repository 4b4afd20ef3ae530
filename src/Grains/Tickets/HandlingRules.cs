using Hotline.Policies;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>From the first contact to the reviewed reply; extension, suspension, remarks.</summary>
internal static class HandlingRules
{
    /// <summary>Recorded tries that replace a contact when the caller cannot be reached.</summary>
    private const int TriesForUnreached = 3;

    public static Result<Decision> Ask(TicketState s, TicketCommand command, RuleContext ctx) => command switch
    {
        Contact c => Contacted(s, c),
        RequestExtension c => RequestExtension(s, c, ctx),
        ApproveExtension c => ApproveExtension(s, c, ctx),
        RefuseExtension c => new Decision(new ExtensionRefused { Text = c.Reason }),
        Suspend c => new Decision(new Suspended(c.Procedure, c.ProcedureNumber, c.RequestedBy)),
        Resume c => Resumed(s, c, ctx),
        Reply c => Reply(s, c, ctx),
        ApproveReply c => ApproveReply(s, c, ctx),
        SendBack c => s.Submission!.Author == ctx.Actor.Id
            ? Refuse.SamePerson("答复人不能审核自己的答复")
            : new Decision(new ReplySentBack { Text = c.Reason }),
        SupportReply c => SupportReply(s, c, ctx),
        AnswerCaller c => new Decision(new CallerAnswered(c.Channel) { Text = c.Text }),
        Chase c => new Decision(new Chased { Text = c.Text }),
        Annotate c => new Decision(new Annotated { Text = c.Text }),
        Instruct c => new Decision(new Instructed { Text = c.Text }),
        OpenDiscussion c => new Decision(new DiscussionOpened { Text = c.Question }),
        MarkDifficult c => new Decision(new MarkedDifficult { Text = c.Reason }),
        RequestExclusion c => new Decision(ExclusionRequested.Of(c)),
        DecideExclusion c => s.Exclusion!.RequestedBy == ctx.Actor.Id
            ? Refuse.SamePerson("申请剔除的人不能自己决定")
            : new Decision(new ExclusionDecided(c.Approve) { Text = c.Reason }),
        RevealCaller c => new Decision(new CallerRevealed { Text = c.Purpose }),
        _ => AfterReplyRules.Ask(s, command, ctx),
    };

    private static Result<Decision> Contacted(TicketState s, Contact c)
    {
        var done = s.Status == TicketStatus.AwaitingContact && (c.Reached || s.ContactTries + 1 >= TriesForUnreached);
        return new Decision(new ContactTried(c.Channel, c.Reached, done) { Text = c.Note });
    }

    /// <summary>延期: asked before the due, later than it, at most ten working days after it.</summary>
    private static Result<Decision> RequestExtension(TicketState s, RequestExtension c, RuleContext ctx)
    {
        var clock = s.Round == 1 ? Clock.Reply : Clock.Rework;
        if (s.Open(clock) is not { } deadline || ctx.Now > deadline.DueAt)
        {
            return Refuse.Rule("extension.too-late", "延期须在到期前申请。");
        }

        var withinCap = c.NewDueAt > deadline.DueAt && DeadlineRules.ExtensionWithinCap(deadline.AsPromise(), c.NewDueAt, ctx.Calendar, ctx.Policy);
        return withinCap
            ? new Decision(new ExtensionRequested(clock, c.NewDueAt) { Text = c.Grounds })
            : Refuse.Rule("extension.out-of-range", "新时限须晚于原时限，且不超过原时限后十个工作日。", "/newDueAt");
    }

    /// <summary>同意延期: not by the applicant; the second one needs the deputy chief.</summary>
    private static Result<Decision> ApproveExtension(TicketState s, ApproveExtension c, RuleContext ctx)
    {
        var asked = s.Extension!;
        if (asked.RequestedBy == ctx.Actor.Id)
        {
            return Refuse.SamePerson("申请延期的人不能自己批准");
        }

        if (s.ExtensionsApproved > 0 && !ctx.Actor.Has(Role.DeputyChief))
        {
            return Refuse.Forbidden("extension.deputy-chief", "第二次延期须由分管副局长批准。");
        }

        if (s.Open(asked.Clock) is not { } deadline)
        {
            return Refuse.Rule("extension.too-late", "时限已了结，不能再延期。");
        }

        var promise = DeadlineRules.Extended(deadline.AsPromise(), s.Urgency, asked.NewDueAt, ctx.Calendar, ctx.Policy);
        return new Decision(new ExtensionApproved(deadline.DueAt, promise) { Text = c.Note });
    }

    /// <summary>恢复: the due moves by the time that was held; a promise already missed stays missed.</summary>
    private static Result<Decision> Resumed(TicketState s, Resume c, RuleContext ctx)
    {
        var clock = s.Round == 1 ? Clock.Reply : Clock.Rework;
        var held = s.SuspendedAt!.Value;
        if (s.Open(clock) is not { } deadline || held > deadline.DueAt)
        {
            return new Decision(new Resumed((Promise?)null) { Text = c.Reason });
        }

        var moved = s.Urgency == Urgency.Urgent
            ? deadline.DueAt + (ctx.Now - held)
            : ctx.Calendar.AfterWorkingDays(ctx.Now, ctx.Calendar.WorkingDaysBetween(ShanghaiTime.DateOf(held), ShanghaiTime.DateOf(deadline.DueAt))).At;
        var due = moved > deadline.DueAt ? moved : deadline.DueAt;
        var promise = DeadlineRules.Extended(deadline.AsPromise(), s.Urgency, due, ctx.Calendar, ctx.Policy);
        return new Decision(new Resumed(promise) { Text = c.Reason });
    }

    /// <summary>答复: states how the citizen was answered; one never reached is answered by SMS or letter; "impossible now" names a date.</summary>
    private static Result<Decision> Reply(TicketState s, Reply c, RuleContext ctx)
    {
        if (!s.CallerReached && c.Channel is not (Channel.Sms or Channel.Letter))
        {
            return Refuse.Rule("reply.caller-not-reached", "未联系上诉求人的，须用短信或信函答复。", "/channel");
        }

        if (c.Outcome == OutcomeType.ImpossibleNow && c.SolvableOn is null)
        {
            return Refuse.Rule("reply.date-required", "客观上暂时无法解决的，须写明可以解决的日期。", "/solvableOn");
        }

        if (RecordRules.Missing(s, c, ctx) is { } missing)
        {
            return missing;
        }

        var kinds = c.Records is { Count: > 0 } records ? records.Select(r => r.Kind).Distinct().Order().ToArray() : null;
        return new Decision(new Replied(c.Finding, c.Outcome, c.Channel, c.SolvableOn, ctx.Promises(s, Clock.Review), kinds) { Text = RecordRules.TextOf(c) });
    }

    private static Result<Decision> ApproveReply(TicketState s, ApproveReply c, RuleContext ctx) =>
        s.Submission!.Author == ctx.Actor.Id
            ? Refuse.SamePerson("答复人不能审核自己的答复")
            : new Decision(new ReplyApproved(ctx.Promises(s, Clock.Callback)) { Text = c.Note });

    private static Result<Decision> SupportReply(TicketState s, SupportReply c, RuleContext ctx) =>
        ctx.Unit(c.Unit) is { } unit && s.Supporting.Any(u => u.Unit == unit.Code && u.RepliedAt is null)
            ? new Decision(new SupportReplied(unit.Code) { Text = c.Text })
            : Refuse.Rule("support.not-supporting", "该单位不是本工单尚未提交意见的协办单位。", "/unit");
}
