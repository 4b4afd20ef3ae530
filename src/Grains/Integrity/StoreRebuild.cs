using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Integrity;

/// <summary>Derives index rows and supporting units' rows again from the events, wherever they are others: while the service runs, ticket by ticket.
/// What only events and texts can tell is named and left as it is.</summary>
/// <param name="changed">Called after each ticket that was mended.</param>
internal sealed class StoreRebuild(Database database, TextHasher hasher, Action changed)
{
    private const int MostNamed = 100;

    private static readonly string Upsert = $"INSERT INTO ticket_index (ticket_id, {TicketColumns.Names}) "
        + $"VALUES (@ticket_id, {string.Join(", ", TicketColumns.All.Select(c => "@" + c.Name))}) ON CONFLICT (ticket_id) DO UPDATE SET "
        + string.Join(", ", TicketColumns.All.Select(c => $"{c.Name} = excluded.{c.Name}"));

    private static readonly string Obligation = $"INSERT INTO ticket_obligation (ticket_id, {TicketColumns.OfObligation}) "
        + "VALUES (@id, @Unit, @support, @Month, @DueAt, @RepliedAt, @onTime, @completed, @Ending, @excluded, @owed)";

    private static readonly string Answer = $"INSERT INTO ticket_answer (ticket_id, {TicketColumns.OfAnswer}) "
        + "VALUES (@id, @Unit, @Month, @At, @Answer, @FirstAnswer, @excluded, @blameless)";

    private readonly ConcurrentQueue<string> _wrong = [];
    private long _done;
    private long _mended;

    /// <summary>How many tickets have been looked at.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>How many tickets had rows that were not what their events make them.</summary>
    public long Mended => Interlocked.Read(ref _mended);

    /// <summary>What cannot be derived again.</summary>
    public IReadOnlyList<string> Wrong => [.. _wrong.Take(MostNamed)];

    public Task Run(IReadOnlyList<Reading> readings, CancellationToken cancellationToken) => StoreScan.Each(readings, async ticket =>
    {
        var found = TicketCheckRules.Check(ticket, hasher);
        foreach (var lost in found.Lost.Take(Math.Max(0, MostNamed - _wrong.Count)))
        {
            _wrong.Enqueue(lost);
        }
        if (found.Derived.Count > 0)
        {
            await database.Write((connection, transaction) => Mend(connection, transaction, ticket.Id, cancellationToken), cancellationToken);
            Interlocked.Increment(ref _mended);
            changed();
        }
        Interlocked.Increment(ref _done);
    }, cancellationToken);

    /// <summary>Looked at again under the row's lock: whoever writes the ticket meanwhile waits or is told to come again.</summary>
    private async Task Mend(DbConnection connection, DbTransaction transaction, string id, CancellationToken cancellationToken)
    {
        if (database.Engine == StorageEngine.PostgreSql)
        {
            await connection.ExecuteAsync("SELECT 1 FROM ticket_index WHERE ticket_id = @id FOR UPDATE", new { id }, transaction);
        }
        var again = (await StoreScan.Read(connection, transaction, new(id[..^1], id), cancellationToken)).Single(t => t.Id == id);
        if (TicketCheckRules.Check(again, hasher) is not { State: { } state })
        {
            return;
        }
        var row = TicketProjection.Row(state);
        var cells = new DynamicParameters(new { ticket_id = id });
        foreach (var column in TicketColumns.All)
        {
            cells.Add(column.Name, column.Value(row));
        }
        await connection.ExecuteAsync(Upsert, cells, transaction);
        await connection.ExecuteAsync("DELETE FROM ticket_obligation WHERE ticket_id = @id", new { id }, transaction);
        await connection.ExecuteAsync("DELETE FROM ticket_answer WHERE ticket_id = @id", new { id }, transaction);
        var scored = TicketProjection.Scored(state);
        await connection.ExecuteAsync(Obligation, scored.Obligations.Select(o => new
        {
            id, o.Unit, support = Bit(o.Support), o.Month, o.DueAt, o.RepliedAt, onTime = Bit(o.OnTime), completed = Bit(o.Completed), o.Ending,
            excluded = Bit(o.Excluded), owed = Bit(o.Owed),
        }), transaction);
        await connection.ExecuteAsync(Answer, scored.Answers.Select(a => new
        {
            id, a.Unit, a.Month, a.At, a.Answer, a.FirstAnswer, excluded = Bit(a.Excluded), blameless = Bit(a.Blameless),
        }), transaction);
    }

    private static int Bit(bool value) => value ? 1 : 0;
}
