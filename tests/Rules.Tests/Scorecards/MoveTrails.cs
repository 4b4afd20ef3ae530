using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>A ticket that was driven through the rules, read as the list of moves reads it.</summary>
internal static class MoveTrails
{
    public static IReadOnlyList<TicketMove> Of(TicketBuilder ticket)
    {
        var trail = new TicketTrail(ticket.State.Id);
        foreach (var e in ticket.Events)
        {
            trail.Take(e);
        }

        return MoveRules.Of(trail.Steps, (_, at) => ticket.Context(Actor.System) with { Now = at });
    }
}
