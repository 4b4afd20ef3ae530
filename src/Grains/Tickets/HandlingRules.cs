using Hotline.Policies;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>From the first contact to the reviewed reply; extension, suspension, remarks.</summary>
internal static class HandlingRules
{
    /// <summary>Recorded tries that replace a contact when the caller cannot be reached, and how far apart they lie.</summary>
    private const int TriesForUnreached = 3;
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan ApartWhenUrgent = TimeSpan.FromMinutes(10);

    /// <summary>An incomplete reply handed in again within so much working time keeps its first instant.</summary>
    private static readonly TimeSpan ForCompletion = TimeSpan.FromHours(4);

    public static Result<Decision> Ask(TicketState s, TicketCommand command, RuleContext ctx) => command switch
    {
        Contact c => Contacted(s, c, ctx),
        RequestExtension c => RequestExtension(s, c, ctx),
        ApproveExtension c => ApproveExtension(s, c, ctx),
        RefuseExtension c => new Decision(new ExtensionRefused { Text = c.Reason }),
        RequestSuspension c => RequestSuspension(s, c, ctx),
        Suspend c => new Decision(new Suspended(ShanghaiTime.EndOf(((SuspensionRequested)s.Asked!.What).Until).ToUniversalTime()) { Text = c.Note }),
        RefuseSuspension c => new Decision(new SuspensionRefused { Text = c.Reason }),
        Resume c => new Decision(new Resumed(StandstillRules.GoOn(s, ctx.Now, ctx)) { Text = c.Reason }),
        Reply c => Reply(s, c, ctx),
        ApproveReply c => new Decision(new ReplyApproved(s.Status == TicketStatus.Supervised ? [] : ctx.Promises(s, Clock.Callback)) { Text = c.Note }),
        SendBack c => SendBack(c, ctx),
        SupportReply c => SupportReply(s, c, ctx),
        AnswerCaller c => new Decision(new CallerAnswered(c.Channel) { Text = c.Text }),
        Chase c => new Decision(new Chased { Text = c.Text }),
        Annotate c => new Decision(new Annotated { Text = c.Text }),
        Instruct c => new Decision(new Instructed { Text = c.Text }),
        OpenDiscussion c => new Decision(new DiscussionOpened { Text = c.Question }),
        MarkDifficult c => new Decision(new MarkedDifficult { Text = c.Reason }),
        RequestExclusion c => RequestExclusion(s, c, ctx),
        DecideExclusion c => new Decision(new ExclusionDecided(c.Approve) { Text = c.Reason }),
        RevokeExclusion c => new Decision(new ExclusionRevoked { Text = c.Reason }),
        RevealCaller c => new Decision(new CallerRevealed { Text = c.Purpose }),
        _ => AfterReplyRules.Ask(s, command, ctx),
    };

    /// <summary>The clock that the unit works under: the reply's, after a dissatisfied answer the rework's.</summary>
    public static Clock Working(TicketState s) => s.Round == 1 ? Clock.Reply : Clock.Rework;

    /// <summary>首次联系: reached, or three tries far enough apart, or no way to reach the caller at all.</summary>
    private static Result<Decision> Contacted(TicketState s, Contact c, RuleContext ctx)
    {
        if (c.NotPossible && (c.Reached || s.CallerKey is not null))
        {
            return Refuse.Rule("contact.possible", "诉求人留有号码，须实际联系。", "/notPossible");
        }

        var apart = s.Urgency == Urgency.Urgent ? ApartWhenUrgent : Apart;
        var counts = !c.Reached && !c.NotPossible && (s.LastTryAt is not { } last || ctx.Now - last >= apart);
        var enough = c.Reached || c.NotPossible || s.ContactTries + (counts ? 1 : 0) >= TriesForUnreached;
        return new Decision(new ContactTried(c.Channel, c.Reached, s.Status == TicketStatus.AwaitingContact && enough, c.NotPossible, counts) { Text = c.Note });
    }

    /// <summary>延期: later than the due, at most ten working days after it.</summary>
    private static Result<Decision> RequestExtension(TicketState s, RequestExtension c, RuleContext ctx)
    {
        var deadline = s.Open(Working(s))!;
        var withinCap = c.NewDueAt > deadline.DueAt && DeadlineRules.ExtensionWithinCap(deadline.AsPromise(), c.NewDueAt, ctx.Calendar, ctx.Policy);
        return withinCap
            ? new Decision(new ExtensionRequested(deadline.Clock, c.NewDueAt, ctx.Promises(s, Clock.ExtensionDecision)) { Text = c.Grounds })
            : Refuse.Rule("extension.out-of-range", "新时限须晚于原时限，且不超过原时限后十个工作日。", "/newDueAt");
    }

    private static Result<Decision> ApproveExtension(TicketState s, ApproveExtension c, RuleContext ctx)
    {
        var deadline = s.Open(s.Extension!.Clock)!;
        // Time that was given back is time to be kept.
        var promise = DeadlineRules.Extended(deadline.AsPromise(), s.Urgency, s.Extension.NewDueAt, ctx.Calendar, ctx.Policy) with { Compressed = false };
        return new Decision(new ExtensionApproved(deadline.DueAt, promise) { Text = c.Note });
    }

    /// <summary>挂起: to a day that has not passed, at most thirty working days ahead.</summary>
    private static Result<Decision> RequestSuspension(TicketState s, RequestSuspension c, RuleContext ctx) =>
        c.Until >= ShanghaiTime.DateOf(ctx.Now) && c.Until <= DeadlineRules.LatestSuspension(ctx.Now, ctx.Calendar)
            ? new Decision(new SuspensionRequested(c.Procedure, c.DocumentNumber, c.Until, ctx.Promises(s, Clock.SuspensionDecision)) { Text = c.Reason })
            : Refuse.Rule("suspension.out-of-range", "挂起须到今天或以后的某日，至多三十个工作日。", "/until");

    /// <summary>答复: states how the citizen was answered; one never reached is answered by SMS or letter; "impossible now" names a date to come.</summary>
    private static Result<Decision> Reply(TicketState s, Reply c, RuleContext ctx)
    {
        if (!s.CallerReached && !s.ContactNotPossible && c.Channel is not (Channel.Sms or Channel.Letter))
        {
            return Refuse.Rule("reply.caller-not-reached", "未联系上诉求人的，须用短信或信函答复。", "/channel");
        }

        if (c.Outcome == OutcomeType.ImpossibleNow && (c.SolvableOn is not { } date || (!ctx.Replay && date <= ShanghaiTime.DateOf(ctx.Now))))
        {
            return Refuse.Rule("reply.date-required", "客观上暂时无法解决的，须写明以后可以解决的日期。", "/solvableOn");
        }

        if (RecordRules.Missing(s, c, ctx) is { } missing)
        {
            return missing;
        }

        var kinds = c.Records is { Count: > 0 } records ? records.Select(r => r.Kind).Distinct().Order().ToArray() : null;
        var first = s.SentBack is { } back && ctx.Calendar.WorkingTimeBetween(back.At, ctx.Now) <= ForCompletion ? back.SubmittedAt : (DateTimeOffset?)null;
        return new Decision(new Replied(c.Finding, c.Outcome, c.Channel, c.SolvableOn, ctx.Promises(s, Clock.Review), kinds, first) { Text = RecordRules.TextOf(c) });
    }

    /// <summary>退回补正: that a reply was none at all is said by the office director.</summary>
    private static Result<Decision> SendBack(SendBack c, RuleContext ctx) => c.Kind == SendBackKind.Void && !ctx.Actor.Has(Role.OfficeDirector)
        ? Refuse.Forbidden("review.void", "认定答复无效由办公室主任作出。")
        : new Decision(new ReplySentBack(c.Kind) { Text = c.Reason });

    private static Result<Decision> SupportReply(TicketState s, SupportReply c, RuleContext ctx) =>
        ctx.Unit(c.Unit) is { } unit && RelationRules.OwesOpinion(s, unit.Code) && (ctx.Actor.Unit is null || ctx.Actor.Unit == unit.Code)
            ? new Decision(new SupportReplied(unit.Code) { Text = c.Text })
            : Refuse.Rule("support.not-supporting", "该单位不是本工单尚须提交意见的协办单位。", "/unit");

    /// <summary>申请剔除: a second time only with other evidence.</summary>
    private static Result<Decision> RequestExclusion(TicketState s, RequestExclusion c, RuleContext ctx)
    {
        var evidence = ctx.Fingerprint(c.Evidence);
        return s.Exclusion is { } former && former.Evidence == evidence
            ? Refuse.Rule("exclusion.same-evidence", "再次申请剔除须有新的证据。", "/evidence")
            : new Decision(ExclusionRequested.Of(c, evidence, ctx.Promises(s, Clock.ExclusionDecision)));
    }
}
