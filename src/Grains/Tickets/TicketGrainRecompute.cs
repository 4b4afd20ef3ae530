using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>The recomputing half of the grain: promises move with the calendar, in one write.</summary>
internal sealed partial class TicketGrain
{
    public async Task<Result<Recomputed>> Recompute(Recomputation order)
    {
        if (_state is not { } state)
        {
            return NotFound();
        }

        var now = around.After(state.LastAt);
        if (await around.CalendarOf(order.CalendarVersion) is not { } calendar)
        {
            return new Rejection("calendar.version-changed", "日历又有新的版本，请重新预览。", RejectionKind.State);
        }

        var rules = await around.Rules(now, order.Actor);
        var deadlines = await around.Deadlines();
        var moves = RecomputeRules.Moves(state, rules.Unit, calendar, deadlines.Of, now, order.Scope);
        var journal = Journal();
        foreach (var move in moves)
        {
            journal.Record(new PromiseRecomputed(move.From.DueAt, move.To, move.Unit) { Text = order.Reason }, now, order.Actor);
        }

        return await Commit(journal) is { } failed ? failed : new Recomputed(moves.Count);
    }
}
