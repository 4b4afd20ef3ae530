using Hotline.Policies;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>Callback, rework, supervision order, archive.</summary>
internal static class AfterReplyRules
{
    /// <summary>A later answer counts in the place of the first within so many working days of it.</summary>
    private const int DaysToReplace = 10;

    /// <summary>Between these hours (Asia/Shanghai) a call that nobody answers is a try.</summary>
    private static readonly TimeOnly FirstCall = new(8, 0);
    private static readonly TimeOnly LastCall = new(20, 0);

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

    /// <summary>回访: an answer counts at any hour. Without one the callback ends only by the rule of product.md §2.</summary>
    private static Result<Decision> Callback(TicketState s, RecordCallback c, RuleContext ctx)
    {
        if (c.Outcome != CallOutcome.Answered)
        {
            return Shape(s, c, ctx) is { } refused ? refused : Unanswered(s, c, ctx);
        }

        if (c.Contacted is not { } contacted || c.Solved is not { } solved || c.Satisfaction is not { } satisfaction)
        {
            return Refuse.Rule("callback.answers-required", "接通的回访须记录是否联系、是否解决和满意程度。");
        }

        var next = satisfaction == Satisfaction.Dissatisfied && !s.AfterBlameless ? Clock.Rework : Clock.Archive;
        return new Decision(new CalledBack(c.Outcome, contacted, solved, satisfaction, true, ctx.Promises(s, next), c.Recording, c.Dialled, Replaces(s, ctx)) { Text = c.Words });
    }

    private static Decision Unanswered(TicketState s, RecordCallback c, RuleContext ctx)
    {
        var ended = ctx.Replay || EndsWithoutAnswer([.. s.Tries, new(ctx.Now, ctx.Actor.Id, c.Outcome, c.Dialled)], ctx);
        return new Decision(new CalledBack(c.Outcome, null, null, null, ended, ended ? ctx.Promises(s, Clock.Archive) : [], c.Recording, c.Dialled) { Text = c.Words });
    }

    /// <summary>What a call without an answer must show.</summary>
    private static Rejection? Shape(TicketState s, RecordCallback c, RuleContext ctx)
    {
        if (ctx.Replay)
        {
            return null;
        }

        var time = ShanghaiTime.TimeOf(ctx.Now);
        return c.Outcome switch
        {
            CallOutcome.NoNumber => s.CallerKey is null ? null : Refuse.Rule("callback.has-number", "诉求人留有号码，须实际回访。", "/outcome"),
            _ when time < FirstCall || time > LastCall => Refuse.Rule("callback.hours", "无人应答的回访须在8时至20时之间。"),
            CallOutcome.Refused when c.Recording is null => Refuse.Rule("callback.recording-required", "拒绝评价的，须填写录音编号。", "/recording"),
            _ => null,
        };
    }

    /// <summary>Unreachable: enough tries within enough working days, on enough days, in enough time bands. Wrong number: two people's tries, one of them on
    /// the number that 12345 has. Refused and without a number: at once.</summary>
    internal static bool EndsWithoutAnswer(IReadOnlyList<CallTry> tries, RuleContext ctx) => tries[^1].Outcome switch
    {
        CallOutcome.Unreachable => TriesUsed(Recent(tries, ctx), ctx.Policy),
        CallOutcome.WrongNumber => tries.Where(t => t.Outcome == CallOutcome.WrongNumber).Select(t => t.By).Distinct().Count() >= 2
            && tries.Any(t => t.Outcome == CallOutcome.WrongNumber && t.Dialled == Dialled.Upstream),
        _ => true,
    };

    private static List<DateTimeOffset> Recent(IReadOnlyList<CallTry> tries, RuleContext ctx) =>
        [.. tries.Where(t => t.Outcome == CallOutcome.Unreachable
            && ctx.Calendar.WorkingDaysBetween(ShanghaiTime.DateOf(t.At), ShanghaiTime.DateOf(ctx.Now)) <= ctx.Policy.Tries.WithinWorkingDays).Select(t => t.At)];

    /// <summary>Enough tries, on enough days, in enough time bands (morning, afternoon, evening).</summary>
    internal static bool TriesUsed(IReadOnlyList<DateTimeOffset> tries, DeadlinePolicy policy) =>
        tries.Count >= policy.Tries.Count
        && tries.Select(ShanghaiTime.DateOf).Distinct().Count() >= policy.Tries.MinDays
        && tries.Select(Band).Distinct().Count() >= policy.Tries.MinTimeBands;

    private static int Band(DateTimeOffset at) => ShanghaiTime.TimeOf(at).Hour switch { < 12 => 0, < 18 => 1, _ => 2 };

    /// <summary>After a rework, or the order that replaced it, that was on time, an answer within ten working days of the first counts in its place, while
    /// the first one's month is not fixed.</summary>
    private static bool Replaces(TicketState s, RuleContext ctx)
    {
        if (s.Answers.FirstOrDefault(a => a.Unit == s.LeadUnit) is not { } first || ctx.Fixed.Contains(ShanghaiTime.MonthOf(first.At).Key))
        {
            return false;
        }

        var again = s.Deadlines.Where(d => d.Clock is (Clock.Rework or Clock.Supervision) && d.Unit == s.LeadUnit && d.StartAt >= first.At).ToList();
        return again.Count > 0 && again.TrueForAll(d => KeptAt(s, d, ctx.Now) <= d.DueAt)
            && ctx.Now <= ctx.Calendar.AfterWorkingDays(first.At, DaysToReplace).At;
    }

    /// <summary>A rework is kept by its reply, one that an order replaced was not over by then; an order by the reply that passed, however long its closing took.</summary>
    private static DateTimeOffset KeptAt(TicketState s, Deadline d, DateTimeOffset now) =>
        d.Clock == Clock.Supervision ? s.Orders.FirstOrDefault(o => o.IssuedAt == d.StartAt)?.PassedAt ?? d.StillAt(now) : d.StillAt(now);

    /// <summary>重办: another officer, or a plan approved by the unit's head.</summary>
    private static Result<Decision> Rework(TicketState s, Rework c)
    {
        if (c.Plan is null && (c.Officer is null || c.Officer == s.Officer))
        {
            return Refuse.Rule("rework.other-officer", "重办须换承办人，或填写单位负责人批准的方案。", "/officer");
        }

        return new Decision(new ReworkStarted(c.Officer) { Text = c.Plan });
    }

    /// <summary>销号: solved, or proven blameless with evidence.</summary>
    private static Result<Decision> CloseOrder(TicketState s, CloseOrder c, RuleContext ctx)
    {
        if ((c.Result == OrderResult.Solved ? MayRules.CloseSolved(s) : MayRules.CloseBlameless(s, ctx)) is { } refused)
        {
            return refused;
        }

        if (c.Result == OrderResult.Blameless && c.Evidence is null)
        {
            return Refuse.Rule("order.evidence-required", "认定无责须附证据目录。", "/evidence");
        }

        var text = c.Evidence is null ? c.Text : c.Text + "\n" + c.Evidence;
        return new Decision(new OrderClosed(c.Result, ctx.Promises(s, Clock.Callback)) { Text = text });
    }

    /// <summary>A later order on the same ticket has a number of its own.</summary>
    private static string OrderNumber(TicketState s, RuleContext ctx) =>
        $"DB-{ShanghaiTime.DateOf(ctx.Now):yyyyMMdd}-{s.Id[^6..].ToUpperInvariant()}" + (s.Orders.Count == 0 ? "" : $"-{s.Orders.Count + 1}");
}
