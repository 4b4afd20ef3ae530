using System.Data.Common;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>Counts worked out from the histories of tickets alone, as far as they went when a table's figures were fixed; on the way every ticket's chain
/// of hashes is checked, and what is stored of its obligations and answers against its whole history. Streams: a few hundred tickets are in memory, and
/// replayed while the next are read.</summary>
/// <param name="within">The moment of the store that is read; null for one of its own.</param>
/// <param name="registered">Tickets registered in this span are read too, whatever their rows say of months.</param>
internal sealed class MonthHistory(Database database, KnownHistory known, ReadSnapshot? within = null,
    (DateTimeOffset From, DateTimeOffset To)? registered = null) : IMonthFacts
{
    /// <summary>The tickets that are in one of the months now, those whose row was edited so that it contradicts itself, and those that may have left the month
    /// since: an event of these kinds can move a ticket.</summary>
    private static readonly string Touched = $"""
        SELECT ticket_id FROM ticket_obligation WHERE month IN @months
        UNION SELECT ticket_id FROM ticket_answer WHERE month IN @months
        UNION SELECT ticket_id FROM ticket_obligation WHERE odd = 1
        UNION SELECT ticket_id FROM ticket_answer WHERE odd = 1
        UNION SELECT ticket_id FROM ticket_event WHERE seq = 1 AND at BETWEEN @from AND @to
        UNION SELECT i.ticket_id FROM ticket_index i
        WHERE i.registered_at <= @cutoff AND i.updated_at > @since AND EXISTS (
            SELECT 1 FROM ticket_event m WHERE m.ticket_id = i.ticket_id AND m.at > @since AND m.type IN
                ({TicketJson.MovingMonths}))
        """;

    private const int Together = 250;

    private static readonly string Obligations = $"SELECT ticket_id, {TicketColumns.OfObligation} FROM ticket_obligation WHERE ticket_id IN ({Touched})";

    private static readonly string Answers = $"SELECT ticket_id, {TicketColumns.OfAnswer} FROM ticket_answer WHERE ticket_id IN ({Touched})";

    /// <summary>Tickets that have events and no row: in no month at all.</summary>
    private const string WithoutRow = """
        SELECT e.ticket_id FROM ticket_event e WHERE e.seq = 1 AND NOT EXISTS (SELECT 1 FROM ticket_index i WHERE i.ticket_id = e.ticket_id) LIMIT 100
        """;

    private string Histories => $"""
        SELECT i.ticket_id, {TicketStoreReads.EventColumns}, CASE WHEN {known.Condition(database.Engine)} THEN 1 ELSE 0 END, i.external_no, i.seq
        FROM ticket_index i LEFT JOIN ticket_event e ON e.ticket_id = i.ticket_id WHERE i.ticket_id IN ({Touched})
        ORDER BY i.ticket_id, e.seq
        """;

    private readonly Dictionary<string, TicketDiscrepancy> _discrepancies = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>Tickets whose history is damaged, or whose obligations and answers are not what it makes them; by id, ordinal.</summary>
    public IReadOnlyList<TicketDiscrepancy> Discrepancies => [.. _discrepancies.Values.OrderBy(d => d.Ticket, StringComparer.Ordinal)];

    public int TicketsRead => _read.Count;

    public async Task<IReadOnlyList<UnitMonth>> Read(IReadOnlyCollection<Month> months, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        await using var own = within is null ? await ReadSnapshot.Open(database, cancellationToken) : null;
        var moment = within ?? own!;
        foreach (var lost in await new ListQuery(WithoutRow).Read<string>(database, moment, cancellationToken))
        {
            _discrepancies[lost] = new(lost, lost, "索引中没有这件工单", []);
        }

        var obligations = await Read(Query(Obligations, months), moment, row => TicketStoreReads.Obligation(row, 1), cancellationToken);
        var answers = await Read(Query(Answers, months), moment, row => TicketStoreReads.Answer(row, 1), cancellationToken);
        var wanted = months.Select(m => m.Key).ToHashSet();
        var sums = new Dictionary<(int, string), UnitCounts>();
        await using var reader = await Query(Histories, months).Open(moment, cancellationToken);
        var (waiting, replayed, ticket) = (new List<TicketReplay>(), Task.CompletedTask, (TicketReplay?)null);
        // The tickets read so far are replayed beside the reading of the next, one lot after the other.
        async Task HandOver()
        {
            var lot = waiting;
            waiting = [];
            await replayed;
            replayed = Task.Run(() => lot.ForEach(t => Finish(t, new([.. obligations[t.Id]], [.. answers[t.Id]]), wanted, asOf, sums)), cancellationToken);
        }

        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetString(0);
            if (ticket?.Id != id)
            {
                await (waiting.Count >= Together ? HandOver() : Task.CompletedTask);
                waiting.Add(ticket = new(id, reader.GetString(9), reader.GetInt32(10)));
            }

            if (!reader.IsDBNull(1))
            {
                ticket.Add(TicketStoreReads.Event(reader, 1), reader.GetInt32(8) == 1);
            }
        }
        await HandOver();
        await replayed;
        return [.. sums.Select(s => new UnitMonth(new(s.Key.Item1), s.Key.Item2, s.Value))];
    }

    private static async Task<ILookup<string, T>> Read<T>(ListQuery query, ReadSnapshot moment, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        var rows = new List<(string Id, T Row)>();
        await using var reader = await query.Open(moment, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((reader.GetString(0), map(reader)));
        }

        return rows.ToLookup(r => r.Id, r => r.Row, StringComparer.Ordinal);
    }

    private void Finish(TicketReplay ticket, ScoredRows stored, HashSet<int> wanted, DateTimeOffset asOf,
        Dictionary<(int, string), UnitCounts> sums)
    {
        ticket.Run();
        _read.Add(ticket.Id);
        if (ticket.Discrepancy(stored) is { } discrepancy)
        {
            _discrepancies[ticket.Id] = discrepancy;
        }

        foreach (var part in ticket.Parts(asOf.ToUnixTimeMilliseconds()).Where(p => wanted.Contains(p.Month)))
        {
            sums[(part.Month, part.Unit)] = sums.GetValueOrDefault((part.Month, part.Unit), UnitCounts.None) + part.Counts;
        }
    }

    private ListQuery Query(string sql, IReadOnlyCollection<Month> months) =>
        known.Bind(new ListQuery(sql).WithList("months", months.Select(m => m.Key)))
            .With("from", registered?.From.ToUnixTimeMilliseconds() ?? 1).With("to", registered?.To.ToUnixTimeMilliseconds() ?? 0);
}
