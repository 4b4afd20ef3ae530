using Hotline.Policies;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>Callback, rework, supervision order, archive.</summary>
internal static class AfterReplyRules
{
    public static Result<Decision> Ask(TicketState s, TicketCommand command, RuleContext ctx) => command switch
    {
        RecordCallback c => Callback(s, c, ctx),
        Rework c => Rework(s, c),
        Supervise c => new Decision(new OrderIssued(OrderNumber(s, ctx), c.Supervisor ?? ctx.Unit(s.LeadUnit!)?.DeputyChief,
            ctx.Promises(s, Clock.Supervision)) { Text = c.Requirements }),
        NoteProgress c => new Decision(new OrderProgressNoted { Text = c.Text }),
        CloseOrder c => CloseOrder(s, c, ctx),
        Archive c => new Decision(new Archived { Text = c.Note }),
        _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}."),
    };

    /// <summary>回访: by the centre, never by the unit or the person who replied. An unreachable caller needs the policy's tries, spread over
    /// days and time bands, before the callback ends without an answer.</summary>
    private static Result<Decision> Callback(TicketState s, RecordCallback c, RuleContext ctx)
    {
        if (ctx.Actor.Unit is { } own && own == s.LeadUnit && ctx.Unit(own) is not { Tier: UnitTier.Centre })
        {
            return Refuse.Forbidden("callback.own-unit", "办理单位不能回访自己办理的工单。");
        }

        if (ctx.Actor.IsPerson && s.Submission!.Author == ctx.Actor.Id)
        {
            return Refuse.SamePerson("答复人不能回访自己办理的工单");
        }

        if (c.Outcome != CallOutcome.Answered)
        {
            var ended = ctx.Replay || c.Outcome != CallOutcome.Unreachable || TriesUsed([.. s.Tries, ctx.Now], ctx.Policy);
            return new Decision(new CalledBack(c.Outcome, null, null, null, ended, []) { Text = c.Words });
        }

        if (c.Contacted is not { } contacted || c.Solved is not { } solved || c.Satisfaction is not { } satisfaction)
        {
            return Refuse.Rule("callback.answers-required", "接通的回访须记录是否联系、是否解决和满意程度。");
        }

        var promises = satisfaction == Satisfaction.Dissatisfied ? ctx.Promises(s, Clock.Rework) : [];
        return new Decision(new CalledBack(c.Outcome, contacted, solved, satisfaction, true, promises) { Text = c.Words });
    }

    /// <summary>Enough tries, on enough days, in enough time bands (morning, afternoon, evening).</summary>
    internal static bool TriesUsed(IReadOnlyList<DateTimeOffset> tries, DeadlinePolicy policy) =>
        tries.Count >= policy.Tries.Count
        && tries.Select(ShanghaiTime.DateOf).Distinct().Count() >= policy.Tries.MinDays
        && tries.Select(Band).Distinct().Count() >= policy.Tries.MinTimeBands;

    private static int Band(DateTimeOffset at) => ShanghaiTime.TimeOf(at).Hour switch { < 12 => 0, < 18 => 1, _ => 2 };

    /// <summary>重办: another officer, or a plan approved by the unit's head.</summary>
    private static Result<Decision> Rework(TicketState s, Rework c)
    {
        if (c.Plan is null && (c.Officer is null || c.Officer == s.Officer))
        {
            return Refuse.Rule("rework.other-officer", "重办须换承办人，或填写单位负责人批准的方案。", "/officer");
        }

        return new Decision(new ReworkStarted(c.Officer) { Text = c.Plan });
    }

    /// <summary>销号: solved, or proven blameless with evidence signed by the deputy chief.</summary>
    private static Result<Decision> CloseOrder(TicketState s, CloseOrder c, RuleContext ctx)
    {
        if (c.Result == OrderResult.Blameless && (c.Evidence is null || c.SignedBy is null))
        {
            return Refuse.Rule("order.evidence-required", "认定无责须附证据目录，并由分管副局长签字。", c.Evidence is null ? "/evidence" : "/signedBy");
        }

        var text = c.Evidence is null ? c.Text : c.Text + "\n" + c.Evidence;
        return new Decision(new OrderClosed(c.Result, c.SignedBy, ctx.Promises(s, Clock.Callback)) { Text = text });
    }

    private static string OrderNumber(TicketState s, RuleContext ctx) =>
        $"DB-{ShanghaiTime.DateOf(ctx.Now):yyyyMMdd}-{s.Id[^6..].ToUpperInvariant()}";
}
