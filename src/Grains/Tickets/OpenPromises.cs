using System.Text.Json;
using Dapper;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>The running promises of all tickets: what a calendar change would move, and the moving. Nothing moves silently: the preview names every
/// ticket, each move is an event with its reason, and the old promise stays in it.</summary>
internal sealed class OpenPromises(Database database, UnitDirectory units, IGrainFactory grains)
{
    private const int PageSize = 500;
    private const int AtOnce = 32;

    /// <summary>What the calendar would move, ticket by ticket.</summary>
    public async Task<IReadOnlyList<PromiseMove>> Preview(WorkingCalendar calendar, CancellationToken cancellationToken)
    {
        var roll = await units.Current();
        var moves = new List<PromiseMove>();
        var after = "";
        while (await Page(after, cancellationToken) is { Count: > 0 } page)
        {
            moves.AddRange(page.SelectMany(s => RecomputeRules.Moves(s, roll.Find, calendar, DeadlinePolicy.V1)));
            after = page[^1].Id;
        }

        return moves;
    }

    /// <summary>Moves what the calendar in force moves; safe to repeat. Answers how many tickets changed.</summary>
    public async Task<int> Apply(WorkingCalendar calendar, Actor actor, string reason, CancellationToken cancellationToken)
    {
        var tickets = (await Preview(calendar, cancellationToken)).Select(m => m.TicketId).Distinct().ToList();
        var changed = 0;
        await Parallel.ForEachAsync(tickets, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (id, _) =>
        {
            if ((await grains.GetGrain<ITicketGrain>(id).Recompute(actor, reason)).IsDone)
            {
                Interlocked.Increment(ref changed);
            }
        });
        return changed;
    }

    private async Task<IReadOnlyList<TicketState>> Page(string after, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        const string sql = "SELECT s.payload FROM ticket_index i JOIN ticket_state s ON s.ticket_id = i.ticket_id "
            + "WHERE i.open_due_at IS NOT NULL AND i.ticket_id > @after ORDER BY i.ticket_id LIMIT @limit";
        var rows = await connection.QueryAsync<string>(new CommandDefinition(sql, new { after, limit = PageSize }, cancellationToken: cancellationToken));
        return [.. rows.Select(r => JsonSerializer.Deserialize<TicketState>(r, TicketJson.Stored)!)];
    }
}
