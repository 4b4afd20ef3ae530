using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>Register, merge, divert: from the first word to a decision who owns the matter.</summary>
internal static class IntakeRules
{
    /// <summary>A received instant may lie this far ahead of our clock (two systems' clocks differ).</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>登记. The triage and diversion clocks start at the register instant.</summary>
    public static Result<Registered> Register(Register c, RuleContext ctx, string? callerKey)
    {
        if (!ctx.Replay && c.ReceivedAt > ctx.Now + Ahead)
        {
            return Refuse.Rule("date.out-of-range", "受理时间晚于当前时间。", "/receivedAt");
        }

        var promises = ctx.Promises(c.Nature, c.Urgency, null, null, Clock.Triage, Clock.Divert);
        return new Registered(c.Source, c.ExternalNo, c.Nature, c.Urgency, c.Topic, c.Place, c.ReceivedAt, c.UpstreamDueAt, c.RepeatOf,
            !ctx.Replay, callerKey, promises);
    }

    /// <summary>确认分流: a second person.</summary>
    public static Result<Decision> ConfirmDivert(TicketState s, ConfirmDivert c, RuleContext ctx) =>
        s.Diversion!.ProposedBy == ctx.Actor.Id
            ? Refuse.SamePerson("提出分流的人不能自己确认")
            : new Decision(new Diverted { Text = c.Note });

    /// <summary>并单, asked of the parent before: open, not the child itself, and the same person, topic or place.</summary>
    public static Rejection? MayJoin(TicketState parent, ChildFacts child)
    {
        if (parent.Id == child.Id || parent.ClosedAt is not null)
        {
            return ParentNotOpen;
        }

        var samePerson = child.CallerKey is not null && child.CallerKey == parent.CallerKey;
        var samePlace = child.Place is not null && child.Place == parent.Place;
        var sameTopic = child.Topic is not null && child.Topic == parent.Topic;
        return samePerson || samePlace || sameTopic ? null
            : Refuse.Rule("merge.no-relation", "两件工单既不是同一诉求人，也没有相同的地点或分类，不能并单。", "/parent");
    }

    /// <summary>The parent takes a merged ticket over, whatever has become of it meanwhile: nobody else has the matter now. It keeps the earliest due.</summary>
    public static Decision JoinChild(TicketState parent, ChildFacts child, RuleContext ctx) =>
        parent.Children.Contains(child.Id) ? new Decision([]) : new Decision(new ChildMerged(child.Id, child.UpstreamDueAt, Tightened(parent, child, ctx)));

    public static Rejection ParentNotOpen { get; } = Refuse.Rule("merge.parent-not-open", "并入的工单须是另一件未办结的工单。", "/parent");

    private static Promise? Tightened(TicketState parent, ChildFacts child, RuleContext ctx)
    {
        if (parent.Open(Clock.Reply) is not { } reply || child.UpstreamDueAt is not { } upstream)
        {
            return null;
        }

        var tier = ctx.Unit(parent.LeadUnit!)?.Tier;
        var promise = DeadlineRules.For(Clock.Reply, parent.Nature, parent.Urgency, tier, reply.StartAt, upstream, ctx.Calendar, ctx.Policy);
        return promise is not null && promise.DueAt < reply.DueAt ? promise : null;
    }
}

/// <summary>What the parent has to know of a ticket that joins it.</summary>
[GenerateSerializer, Immutable, Alias("hotline.ChildFacts")]
internal sealed record ChildFacts(string Id, string? CallerKey, string? Topic, string? Place, DateTimeOffset? UpstreamDueAt);
