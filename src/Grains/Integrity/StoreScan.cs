using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Hotline.Storage;

namespace Hotline.Integrity;

/// <summary>All that the store holds of one ticket.</summary>
/// <param name="Index">The index row's cells in the order of <see cref="TicketColumns.All"/>; null when there is no row.</param>
internal sealed record StoredTicket(string Id, IReadOnlyList<EventRow> Events, object?[]? Index, ScoredRows Scored, IReadOnlyList<TicketText> Texts);

/// <summary>A stretch of the tickets in the order of their ids.</summary>
/// <param name="After">Begins after this id.</param>
/// <param name="Upto">Ends with this id; null for the last stretch.</param>
internal readonly record struct Stretch(string After, string? Upto)
{
    public string Where(string table) => Upto is null ? $"{table}.ticket_id > @After" : $"{table}.ticket_id > @After AND {table}.ticket_id <= @Upto";
}

/// <summary>Reads the whole store ticket by ticket, a stretch at a time, all of a stretch in one moment.</summary>
internal static class StoreScan
{
    private const int Length = 500;

    private static readonly string Columns = string.Join(", ", TicketColumns.All.Select(c => "i." + c.Name));

    /// <summary>Cuts the tickets into stretches of a few hundred.</summary>
    private static async Task<IReadOnlyList<Stretch>> Stretches(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        const string ends = "SELECT ticket_id FROM (SELECT ticket_id, row_number() OVER (ORDER BY ticket_id) AS n FROM ticket_index) AS t WHERE n % @Length = 0 ORDER BY ticket_id";
        var stretches = new List<Stretch>();
        foreach (var upto in await connection.QueryAsync<string>(new CommandDefinition(ends, new { Length }, transaction, 0, cancellationToken: cancellationToken)))
        {
            stretches.Add(new(stretches.Count == 0 ? "" : stretches[^1].Upto!, upto));
        }
        stretches.Add(new(stretches.Count == 0 ? "" : stretches[^1].Upto!, null));
        return stretches;
    }

    /// <summary>Every ticket once; the stretches are shared among the readings.</summary>
    /// <param name="before">What the first reading does before it takes its share, while the others are at theirs.</param>
    public static async Task Each(IReadOnlyList<Reading> readings, Func<StoredTicket, Task> look, CancellationToken cancellationToken,
        Func<Reading, Task>? before = null)
    {
        var (last, first) = (readings[^1], readings[0]);
        var stretches = new Lazy<Task<ConcurrentQueue<Stretch>>>(async () =>
            new(await Stretches(last.Connection, last.Transaction, cancellationToken)));
        await Task.WhenAll(readings.Select(reading => Task.Run(async () =>
        {
            await (before is not null && reading == first ? before(reading) : Task.CompletedTask);
            var queue = await stretches.Value;
            while (queue.TryDequeue(out var stretch))
            {
                foreach (var ticket in await Read(reading.Connection, reading.Transaction, stretch, cancellationToken))
                {
                    await look(ticket);
                }
            }
        }, cancellationToken)));
    }

    public static async Task<IReadOnlyList<StoredTicket>> Read(DbConnection connection, DbTransaction? transaction, Stretch stretch, CancellationToken cancellationToken)
    {
        var tickets = new SortedDictionary<string, Parts>(StringComparer.Ordinal);
        // A ticket's rows come one after the other.
        var (last, current) = ("", new Parts());
        Parts Of(DbDataReader row)
        {
            var id = row.GetString(0);
            if (id != last)
            {
                (last, current) = (id, tickets.TryGetValue(id, out var known) ? known : tickets[id] = new());
            }
            return current;
        }

        async Task Each(string sql, Action<Parts, DbDataReader> take)
        {
            await using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, stretch, transaction, 0, cancellationToken: cancellationToken));
            while (await rows.ReadAsync(cancellationToken))
            {
                take(Of(rows), rows);
            }
        }

        await Each($"SELECT e.ticket_id, {TicketStoreReads.EventColumns} FROM ticket_event e WHERE {stretch.Where("e")} ORDER BY e.ticket_id, e.seq",
            (p, row) => p.Events.Add(TicketStoreReads.Event(row, 1)));
        await Each($"SELECT i.ticket_id, {Columns} FROM ticket_index i WHERE {stretch.Where("i")}", (p, row) => p.Index = Cells(row));
        await Each($"SELECT o.ticket_id, {TicketColumns.OfObligation} FROM ticket_obligation o WHERE {stretch.Where("o")} ORDER BY o.ticket_id, o.unit, o.support",
            (p, row) => p.Obligations.Add(TicketStoreReads.Obligation(row, 1)));
        await Each($"SELECT a.ticket_id, {TicketColumns.OfAnswer} FROM ticket_answer a WHERE {stretch.Where("a")} ORDER BY a.ticket_id, a.unit",
            (p, row) => p.Answers.Add(TicketStoreReads.Answer(row, 1)));
        await Each($"SELECT t.ticket_id, t.slot, t.text, t.hash FROM ticket_text t WHERE {stretch.Where("t")} ORDER BY t.ticket_id, t.slot",
            (p, row) => p.Texts.Add(new(row.GetString(1), row.GetString(2), row.GetString(3))));
        return [.. tickets.Select(t => new StoredTicket(t.Key, t.Value.Events, t.Value.Index, new(t.Value.Obligations, t.Value.Answers), t.Value.Texts))];
    }

    private static object?[] Cells(DbDataReader row)
    {
        var cells = new object?[TicketColumns.All.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = row.GetValue(i + 1) is var cell && cell == DBNull.Value ? null : cell;
        }
        return cells;
    }

    private sealed class Parts
    {
        public List<EventRow> Events { get; } = [];
        public object?[]? Index { get; set; }
        public List<ObligationRow> Obligations { get; } = [];
        public List<AnswerRow> Answers { get; } = [];
        public List<TicketText> Texts { get; } = [];
    }
}
