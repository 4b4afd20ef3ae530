using System.Data.Common;
using System.Runtime.CompilerServices;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>Many tickets read back from their events, one at a time in memory. The question names <c>ticket_id</c> first, then
/// <see cref="TicketStoreReads.EventColumns"/>, in the order of ticket and sequence.</summary>
internal static class TicketHistories
{
    public static async IAsyncEnumerable<TicketHistory> Stream(Database database, ListQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        await using var rows = await query.Open(connection, null, cancellationToken);
        await foreach (var ticket in Stream(rows, cancellationToken))
        {
            yield return ticket;
        }
    }

    public static async Task<IReadOnlyList<TicketHistory>> Read(Database database, ListQuery query, CancellationToken cancellationToken)
    {
        var histories = new List<TicketHistory>();
        await foreach (var ticket in Stream(database, query, cancellationToken))
        {
            histories.Add(ticket);
        }

        return histories;
    }

    private static async IAsyncEnumerable<TicketHistory> Stream(DbDataReader rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TicketHistory? ticket = null;
        while (await rows.ReadAsync(cancellationToken))
        {
            var id = rows.GetString(0);
            if (ticket?.Id != id)
            {
                if (ticket is not null)
                {
                    yield return ticket;
                }

                ticket = new(id);
            }

            ticket.Take(TicketStoreReads.Event(rows, 1));
        }

        if (ticket is not null)
        {
            yield return ticket;
        }
    }
}
