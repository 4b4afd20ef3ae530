using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>停计 (product.md §3 "Standing still"): each running clock keeps what is left and is due that much after the go.</summary>
internal static class StandstillRules
{
    /// <summary>What becomes of the clocks that stand still when they go on.</summary>
    /// <param name="at">The instant of the go: now, or the end of a suspension that has passed.</param>
    public static IReadOnlyList<UnitPromise> GoOn(TicketState s, DateTimeOffset at, RuleContext ctx)
    {
        var promises = new List<UnitPromise>();
        foreach (var d in s.Deadlines)
        {
            if (d is { IsOpen: true, HeldAt: { } stopped, Unit: { } unit })
            {
                promises.Add(new(unit, Left(s, d, stopped, at, ctx)));
            }
        }

        return promises;
    }

    /// <summary>派单 to a unit that had the ticket before: its clock goes on with what was left when the unit lost it; one that was past then stays past.
    /// Null for a unit that has no such clock, or has kept it: then it starts afresh.</summary>
    public static Promise? Again(TicketState s, Clock clock, string unit, RuleContext ctx)
    {
        if (s.Last(clock, unit) is not { } former || (former.MetAt is not null && clock is not (Clock.Reply or Clock.Support)))
        {
            return null;
        }

        // What a unit has replied to is not due later for it.
        return former.MetAt is not null ? former.AsPromise() : Left(s, former, former.StillAt(ctx.Now), ctx.Now, ctx);
    }

    private static Promise Left(TicketState s, Deadline d, DateTimeOffset stopped, DateTimeOffset goes, RuleContext ctx)
    {
        var terms = new PromiseTerms(d.Clock, d.Nature, d.Urgency, d.Unit is { } unit ? ctx.Unit(unit)?.Tier : null, d.StartAt, s.UpstreamDueAt);
        return DeadlineRules.StoodStill(d.AsPromise(), terms, stopped, goes, ctx.Calendar, ctx.Policy);
    }
}
