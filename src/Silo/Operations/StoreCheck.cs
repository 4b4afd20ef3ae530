using System.Data.Common;
using Dapper;
using Hotline.Scorecards;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Silo.Operations;

/// <summary>How much is in a store; equal before and after it is moved.</summary>
/// <param name="Armed">Tickets with a next alarm.</param>
/// <param name="Publications">Revisions of tables and of approved lists.</param>
internal sealed record StoreFigures(long Tickets, long Events, long Armed, long Publications);

/// <summary>Looks at one moment of a whole store and names what is wrong with it.</summary>
internal sealed class StoreCheck(DbConnection connection, DbTransaction? transaction)
{
    private const int MostNamed = 100;

    private const string Figures = """
        SELECT (SELECT count(*) FROM ticket_index) AS Tickets, (SELECT count(*) FROM ticket_event) AS Events,
            (SELECT count(*) FROM ticket_index WHERE next_alarm_at IS NOT NULL) AS Armed,
            (SELECT count(*) FROM revision) AS Publications
        """;

    /// <summary>Everything that was published or approved by two: what it is, the hash it was given, its bytes.</summary>
    private const string Publications =
        "SELECT 'revision ' || kind || '/' || period || '/' || tier || '/' || number, content_hash, body FROM revision";

    private static readonly string Histories = $"""
        SELECT e.ticket_id, {TicketStoreReads.ColumnsOf("e")}, i.status, i.updated_at, i.next_alarm_at
        FROM ticket_event e LEFT JOIN ticket_index i ON i.ticket_id = e.ticket_id ORDER BY e.ticket_id, e.seq
        """;

    private const string WithoutHistory =
        "SELECT ticket_id FROM ticket_index i WHERE NOT EXISTS (SELECT 1 FROM ticket_event e WHERE e.ticket_id = i.ticket_id) LIMIT 100";

    private readonly List<string> _wrong = [];
    private long _count;

    /// <summary>What is wrong, at most a hundred lines and how many more there are.</summary>
    public IReadOnlyList<string> Wrong => _count > MostNamed ? [.. _wrong, $"… and {_count - MostNamed:N0} more"] : _wrong;

    /// <summary>Answers how much was found: nothing, where the file is so damaged that it cannot be read.</summary>
    public async Task<StoreFigures> Run(StorageEngine engine)
    {
        try
        {
            if (engine == StorageEngine.Sqlite)
            {
                foreach (var line in (await Query<string>("PRAGMA integrity_check")).Where(line => line != "ok"))
                {
                    Name("integrity_check: " + line);
                }
            }
            await Revisions();
            await Tickets();
            return (await Query<StoreFigures>(Figures)).Single();
        }
        catch (DbException damage) when (engine == StorageEngine.Sqlite)
        {
            Name(damage.Message);
            return new(0, 0, 0, 0);
        }
    }

    /// <summary>Every event comes out of the feed, from the beginning.</summary>
    public async Task Feed(EventFeed feed, StoreFigures figures)
    {
        var (delivered, cursor, more) = (0L, (string?)null, true);
        while (more)
        {
            var page = (await feed.Read(cursor, 1000)).Value!;
            (delivered, cursor, more) = (delivered + page.Events.Count, page.Next, page.Events.Count > 0);
        }
        NameIf(delivered != figures.Events, $"feed: {delivered} of {figures.Events} events delivered");
    }

    private async Task Revisions()
    {
        foreach (var (what, hash, body) in await Query<(string, string, string)>(Publications))
        {
            NameIf(Revision.Hash(body) != hash, $"{what}: the content does not have its hash");
        }
    }

    /// <summary>The history of each ticket from first to last event, and its index row as that history makes it.</summary>
    private async Task Tickets()
    {
        foreach (var bare in await Query<string>(WithoutHistory))
        {
            Name($"ticket {bare}: no events");
        }
        await using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(Histories, transaction: transaction, commandTimeout: 0));
        TicketHistory? ticket = null;
        (string Status, long UpdatedAt, long? NextAlarmAt)? index = null;
        while (await rows.ReadAsync())
        {
            if (rows.GetString(0) != ticket?.Id)
            {
                Compare(ticket, index);
                ticket = new(rows.GetString(0));
                index = rows.IsDBNull(8) ? null : (rows.GetString(8), rows.GetInt64(9), rows.IsDBNull(10) ? null : rows.GetInt64(10));
            }
            ticket.Take(TicketStoreReads.Event(rows, 1));
        }
        Compare(ticket, index);
    }

    private void Compare(TicketHistory? ticket, (string Status, long UpdatedAt, long? NextAlarmAt)? index)
    {
        if (ticket is null)
        {
            return;
        }
        if (ticket.Damage is not null || ticket.State is not { } state)
        {
            Name($"ticket {ticket.Id}: the chain of events is broken at {(ticket.State?.Seq ?? 0) + 1}");
            return;
        }
        var row = TicketProjection.Row(state);
        NameIf(index != (row.Status, row.UpdatedAt, row.NextAlarmAt), $"ticket {ticket.Id}: the index row is not what its events make it");
    }

    private void NameIf(bool wrong, string what)
    {
        if (wrong)
        {
            Name(what);
        }
    }

    private void Name(string what)
    {
        if (_count++ < MostNamed)
        {
            _wrong.Add(what);
        }
    }

    private async Task<List<T>> Query<T>(string sql) =>
        (await connection.QueryAsync<T>(new CommandDefinition(sql, transaction: transaction, commandTimeout: 0))).AsList();
}
