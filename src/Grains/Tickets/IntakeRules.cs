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

    /// <summary>撤单: the upstream platform names its document; a second person decides.</summary>
    public static Result<Decision> Withdraw(TicketState s, Withdraw c, RuleContext ctx) => c is { By: WithdrawnBy.Upstream, DocumentNumber: null }
        ? Refuse.Rule("withdrawal.document-required", "上级平台撤回的，须填写其文书编号。", "/documentNumber")
        : new Decision(new WithdrawalRequested(c.By, c.DocumentNumber, ctx.Promises(s, Clock.WithdrawalDecision)) { Text = c.Reason });

    /// <summary>The same number pushed again with a later received instant: a matter that was declined is taken up again (重新受理).</summary>
    public static Decision Pushed(TicketState s, Register c, RuleContext ctx) => s.Status == TicketStatus.Declined && c.ReceivedAt > s.ReceivedAt
        ? new Decision(new Reopened(ctx.Promises(s, Clock.Triage, Clock.Divert), c.ReceivedAt.ToUniversalTime())) : new Decision([]);

    /// <summary>并单, asked of the parent before: open and not yet replied, not the child itself; the same person or place with the same matter, or a basis
    /// that a second person confirmed.</summary>
    public static Rejection? MayJoin(TicketState parent, ChildFacts child, RuleContext ctx)
    {
        if (parent.Id == child.Id || !parent.IsOpen)
        {
            return ParentNotOpen;
        }

        if (parent.FirstReplyAt is not null || parent.Round > 1)
        {
            return Refuse.Rule("merge.parent-replied", "并入的工单已经答复，请登记为新工单并注明重复反映。", "/parent");
        }

        var samePerson = child.CallerKey is not null && child.CallerKey == parent.CallerKey;
        var samePlace = child.Place is not null && child.Place == parent.Place;
        var sameTopic = child.Topic is not null && child.Topic == parent.Topic;
        return child.IsConfirmed ? null : !(sameTopic && (samePerson || samePlace)) ? NoRelation
            : Tightens(parent, child, ctx) ? Compresses : null;
    }

    /// <summary>Why a second person is asked first.</summary>
    public static bool WantsSecondPerson(Rejection refused) => refused.Code is "merge.no-relation" or "merge.compresses";

    private static Rejection Compresses { get; } =
        Refuse.Rule("merge.compresses", "并单会压缩并入工单的答复时限，使其不计入考核；须写明依据，由另一人确认。", "/basis");

    private static bool Tightens(TicketState parent, ChildFacts child, RuleContext ctx) => Tightened(parent, child, ctx) is not null;

    public static Rejection NoRelation { get; } =
        Refuse.Rule("merge.no-relation", "两件工单不是同一诉求人同一事，也不是同一地点同一事；并单须写明依据，由另一人确认。", "/basis");

    /// <summary>提出并单 on a basis.</summary>
    public static Decision RequestMerge(TicketState s, Merge c, RuleContext ctx) =>
        new MergeRequested(c.Parent, ctx.Promises(s, Clock.MergeDecision)) { Text = c.Reason + "\n" + c.Basis };

    /// <summary>The parent takes a merged ticket over, whatever has become of it meanwhile: nobody else has the matter now. It keeps the earliest due.</summary>
    public static Decision JoinChild(TicketState parent, ChildFacts child, RuleContext ctx) =>
        parent.Children.Contains(child.Id) ? new Decision([]) : new Decision(new ChildMerged(child.Id, child.UpstreamDueAt, Tightened(parent, child, ctx)));

    public static Rejection ParentNotOpen { get; } = Refuse.Rule("merge.parent-not-open", "并入的工单须是另一件未办结的工单。", "/parent");

    /// <summary>A tighter upstream due brings a running promise forward; the unit is not blamed for what it could not know: it is compressed.</summary>
    private static Promise? Tightened(TicketState parent, ChildFacts child, RuleContext ctx)
    {
        if (parent.Open(Clock.Reply) is not { HeldAt: null } reply || ctx.Now > reply.DueAt || child.UpstreamDueAt is not { } upstream)
        {
            return null;
        }

        var tier = ctx.Unit(parent.LeadUnit!)?.Tier;
        var promise = DeadlineRules.For(Clock.Reply, parent.Nature, parent.Urgency, tier, reply.StartAt, upstream, ctx.Calendar, ctx.Policy);
        return promise is not null && promise.DueAt < reply.DueAt ? promise with { Compressed = true } : null;
    }
}

/// <summary>What the parent has to know of a ticket that joins it.</summary>
/// <param name="IsConfirmed">A second person confirmed the merge.</param>
[GenerateSerializer, Immutable, Alias("hotline.ChildFacts")]
internal sealed record ChildFacts(string Id, string? CallerKey, string? Topic, string? Place, DateTimeOffset? UpstreamDueAt, bool IsConfirmed = false);
