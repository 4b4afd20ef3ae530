using Hotline.Policies;
using Hotline.Shared;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>What a calendar or policy change does to a ticket's running promises (重算). A due that a decision has moved stays where it was put; one that
/// has passed stays passed, and none is put in the past: a miss is neither made nor taken away by it.</summary>
internal static class RecomputeRules
{
    /// <summary>The promises that come out differently under this calendar, each under the policy that <paramref name="policyOf"/> gives for its version.</summary>
    public static IReadOnlyList<PromiseMove> Moves(TicketState s, Func<string, Unit?> unit, WorkingCalendar calendar, Func<string, DeadlinePolicy> policyOf,
        DateTimeOffset now, MoveScope scope = MoveScope.All) =>
        [.. DeadlinePreview.Of(s.Deadlines.Where(d => d.IsRunning && d.DueAt > now).Select(d => Promise(s, d, unit)), calendar, policyOf)
            .Where(m => m.To.DueAt > now && IsWithin(m, scope))];

    private static bool IsWithin(PromiseMove move, MoveScope scope) => scope switch
    {
        MoveScope.Incomplete => move.From.Incomplete,
        MoveScope.Completed => move.From.Incomplete && !move.To.Incomplete,
        _ => true,
    };

    private static OpenPromise Promise(TicketState s, Deadline d, Func<string, Unit?> unit)
    {
        var tier = d.Unit is { } code ? unit(code)?.Tier : null;
        var upstream = d.Clock == Clock.Reply ? s.UpstreamDueAt : null;
        return new(s.Id, d.AsPromise(), new(d.Clock, d.Nature, d.Urgency, tier, d.StartAt, upstream), d.MovedByDecision, d.Unit);
    }
}
