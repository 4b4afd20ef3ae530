using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>The running promises of all tickets: what a change of calendar or policy would move, and the moving. Nothing moves silently: the preview names
/// every ticket, each move is an event with its reason, and the old promise stays in it.</summary>
internal sealed class OpenPromises(Database database, UnitDirectory units, DeadlinePolicies policies, IGrainFactory grains, TimeProvider clock)
{
    private const int AtOnce = 32;

    /// <summary>Tickets on their way; of the others some wait to be archived, or for their caller to be answered.</summary>
    private static readonly string OnTheirWay = string.Join(", ", Enum.GetValues<TicketStatus>().Where(s => s < TicketStatus.Closed).Select(s => $"'{Codes.Of(s)}'"));

    /// <summary>What would move, by ticket.</summary>
    public async Task<IReadOnlyList<PromiseChange>> Preview(WorkingCalendar calendar, MoveScope scope, CancellationToken cancellationToken) =>
        await Preview(calendar, (await policies.Book()).Of, scope, cancellationToken);

    /// <inheritdoc cref="Preview(WorkingCalendar, MoveScope, CancellationToken)"/>
    /// <param name="policyOf">The policy for a promise's policy version.</param>
    public async Task<IReadOnlyList<PromiseChange>> Preview(WorkingCalendar calendar, Func<string, DeadlinePolicy> policyOf, MoveScope scope, CancellationToken cancellationToken)
    {
        var (roll, now) = (await units.Current(), clock.GetUtcNow());
        var changes = new List<PromiseChange>();
        var query = new ListQuery($"SELECT e.ticket_id, {TicketStoreReads.EventColumns} FROM ticket_index i JOIN ticket_event e ON e.ticket_id = i.ticket_id "
            + $"WHERE i.status IN ({OnTheirWay}) OR i.open_due_at IS NOT NULL ORDER BY e.ticket_id, e.seq");
        await foreach (var ticket in TicketHistories.Stream(database, query, cancellationToken))
        {
            if (ticket.Damage is not null || ticket.State is not { } state)
            {
                // The check names it, and nothing of it moves.
                continue;
            }

            changes.AddRange(RecomputeRules.Moves(state, roll.Find, calendar, policyOf, now, scope).Select(m => Change(state, m)));
        }

        return [.. changes.OrderBy(c => c.Ticket, StringComparer.Ordinal)];
    }

    /// <summary>Moves these tickets' promises as the order says; safe to repeat. Answers how many tickets changed.</summary>
    public async Task<int> Apply(IEnumerable<string> tickets, Recomputation order, Action changed, CancellationToken cancellationToken)
    {
        var count = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(tickets, options, async (id, _) =>
        {
            if (await TryMove(id, order))
            {
                Interlocked.Increment(ref count);
                changed();
            }
        });
        return count;
    }

    /// <summary>A ticket that cannot be asked now stays as it is; it is found again by the next preview.</summary>
    private async Task<bool> TryMove(string id, Recomputation order)
    {
        try
        {
            return (await grains.Ticket(id).Recompute(order)).Value is { Promises: > 0 };
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return false;
        }
    }

    private static PromiseChange Change(TicketState s, PromiseMove m) =>
        new(s.Id, s.ExternalNo, m.From.Clock, TicketNames.Of(m.From.Clock), m.Unit, m.From.DueAt, m.To.DueAt, m.From.Incomplete);
}
