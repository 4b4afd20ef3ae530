using System.Data.Common;
using Dapper;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>Counts worked out from the histories of tickets alone, as far as they went when a table's figures were fixed; on the way every ticket's chain
/// of hashes is checked, and its index row against its whole history. Streams: a few hundred tickets are in memory, and
/// replayed while the next are read.</summary>
/// <param name="within">The moment of the store that is read; null for one of its own.</param>
/// <param name="registered">Tickets registered in this span are read too, whatever their rows say of months.</param>
internal sealed class MonthHistory(Database database, KnownHistory known, ReadSnapshot? within = null,
    (DateTimeOffset From, DateTimeOffset To)? registered = null) : IMonthFacts
{
    /// <summary>The tickets that are in one of the months now, those whose row was edited so that it contradicts itself, and those that may have left the month
    /// since: an event of these kinds can move a ticket.</summary>
    private static readonly string Touched = $"""
        SELECT ticket_id FROM ticket_index WHERE reply_month IN @months
        UNION SELECT ticket_id FROM ticket_index WHERE answer_month IN @months
        UNION SELECT ticket_id FROM ticket_index WHERE unreached_month IN @months
        UNION SELECT ticket_id FROM ticket_support WHERE reply_month IN @months
        UNION SELECT ticket_id FROM ticket_index WHERE odd = 1
        UNION SELECT ticket_id FROM ticket_support WHERE odd = 1
        UNION SELECT ticket_id FROM ticket_event WHERE seq = 1 AND at BETWEEN @from AND @to
        UNION SELECT i.ticket_id FROM ticket_index i
        WHERE i.registered_at <= @cutoff AND i.updated_at > @since AND EXISTS (
            SELECT 1 FROM ticket_event m WHERE m.ticket_id = i.ticket_id AND m.at > @since AND m.type IN
                ({TicketJson.MovingMonths}))
        """;

    private const int Together = 250;

    private const string Columns = "i.score_unit, i.reply_month, i.reply_due_at, i.replied_at, i.replied_on_time, i.completed_on_time, i.reply_hold, "
        + "i.answer_month, i.answer, i.first_answer, i.unreached_month, i.excluded, i.blameless";

    private static readonly string Supports = $"""
        SELECT ticket_id AS Id, unit AS Unit, reply_month AS Month, reply_due_at AS DueAt, replied_at AS RepliedAt, on_time AS OnTime, excluded AS Excluded, owed AS Owed
        FROM ticket_support WHERE ticket_id IN ({Touched})
        """;

    /// <summary>Tickets that have events and no row: in no month at all.</summary>
    private const string WithoutRow = """
        SELECT e.ticket_id FROM ticket_event e WHERE e.seq = 1 AND NOT EXISTS (SELECT 1 FROM ticket_index i WHERE i.ticket_id = e.ticket_id) LIMIT 100
        """;

    private string Histories => $"""
        SELECT i.ticket_id, {TicketStoreReads.EventColumns}, CASE WHEN {known.Condition(database.Engine)} THEN 1 ELSE 0 END, i.external_no, i.seq, {Columns}
        FROM ticket_index i LEFT JOIN ticket_event e ON e.ticket_id = i.ticket_id WHERE i.ticket_id IN ({Touched})
        ORDER BY i.ticket_id, e.seq
        """;

    private readonly Dictionary<string, TicketDiscrepancy> _discrepancies = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>Tickets whose history is damaged, or whose index row is not what their history makes it; by id, ordinal.</summary>
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

        var support = (await Query(Supports, months).Read<SupportLine>(database, moment, cancellationToken)).ToLookup(s => s.Id, s => s.Row, StringComparer.Ordinal);
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
            replayed = Task.Run(() => lot.ForEach(t => Finish(t, support, wanted, asOf, sums)), cancellationToken);
        }

        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetString(0);
            if (ticket?.Id != id)
            {
                await (waiting.Count >= Together ? HandOver() : Task.CompletedTask);
                waiting.Add(ticket = new(id, reader.GetString(9), reader.GetInt32(10), Indexed(reader)));
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

    private void Finish(TicketReplay ticket, ILookup<string, SupportRow> support, HashSet<int> wanted, DateTimeOffset asOf,
        Dictionary<(int, string), UnitCounts> sums)
    {
        ticket.Run();
        _read.Add(ticket.Id);
        if (ticket.Discrepancy([.. support[ticket.Id]]) is { } discrepancy)
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

    private static ScoredFacts Indexed(DbDataReader row)
    {
        const int first = 11;
        long? Number(int at) => row.IsDBNull(first + at) ? null : Convert.ToInt64(row.GetValue(first + at), System.Globalization.CultureInfo.InvariantCulture);
        return new(row.IsDBNull(first) ? null : row.GetString(first), (int?)Number(1), Number(2), Number(3), Number(4) == 1, Number(5) == 1, (int)Number(6)!.Value,
            (int?)Number(7), (int?)Number(8), (int?)Number(9), (int?)Number(10), Number(11) == 1, Number(12) == 1);
    }

    private sealed class SupportLine
    {
        public string Id { get; set; } = "";
        public string Unit { get; set; } = "";
        public int? Month { get; set; }
        public long? DueAt { get; set; }
        public long? RepliedAt { get; set; }
        public long OnTime { get; set; }
        public long Excluded { get; set; }
        public long Owed { get; set; }

        public SupportRow Row => new(Unit, Month, DueAt, RepliedAt, OnTime == 1, Excluded == 1, Owed == 1);
    }
}
