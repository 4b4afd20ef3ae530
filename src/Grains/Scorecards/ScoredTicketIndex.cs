using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>A unit's scored tickets as they stood at some instant, with their stories where they were read.</summary>
internal sealed record TicketsThen(IReadOnlyList<ScoredTicket> Tickets, IReadOnlyDictionary<string, TicketStory> Stories);

/// <summary>The tickets behind a unit's figures, one by one: as they are now, or folded from their history as they were at a cutoff.</summary>
internal sealed class ScoredTicketIndex(Database database)
{
    private const int MostAtOnce = 400;
    private static readonly TimeSpan LongestStory = TimeSpan.FromDays(400);

    private static readonly string OfUnits = $"""
        SELECT o.ticket_id, i.external_no, {Prefixed("o", TicketColumns.OfObligation)}, {Prefixed("a", TicketColumns.OfAnswer)}
        FROM ticket_obligation o JOIN ticket_index i ON i.ticket_id = o.ticket_id
        LEFT JOIN ticket_answer a ON a.ticket_id = o.ticket_id AND a.unit = o.unit AND o.support = 0
        WHERE o.unit IN @units AND o.ticket_id IN (
            SELECT ticket_id FROM ticket_obligation WHERE month = @month AND unit IN @units
            UNION SELECT ticket_id FROM ticket_answer WHERE month = @month AND unit IN @units)
        """;

    private const string Named = """
        SELECT ticket_id AS Id, external_no AS Number FROM ticket_index i WHERE (i.ticket_id IN @names OR i.external_no IN @names)
            AND (@own = '' OR i.unit = @own OR EXISTS (SELECT 1 FROM ticket_obligation o WHERE o.ticket_id = i.ticket_id AND o.unit = @own))
        """;

    /// <summary>Tickets that something moved since: only such a one can have left the unit's month. Hardly any is open for more than a year.</summary>
    private static readonly string Moved = $"""
        SELECT i.ticket_id FROM ticket_index i
        WHERE i.registered_at BETWEEN @from AND @cutoff AND i.updated_at > @since AND EXISTS (
            SELECT 1 FROM ticket_event e WHERE e.ticket_id = i.ticket_id AND e.at > @since AND e.type IN
                ({TicketJson.MovingMonths}))
        """;

    /// <summary>The unit's tickets of a month as they are now.</summary>
    public Task<IReadOnlyList<ScoredTicket>> Now(Month month, string unit, CancellationToken cancellationToken) => Now(month, [unit], cancellationToken);

    /// <summary>The same of many units.</summary>
    public async Task<IReadOnlyList<ScoredTicket>> Now(Month month, IReadOnlyCollection<string> units, CancellationToken cancellationToken) =>
        await Rows(month, units, cancellationToken);

    /// <summary>The unit's tickets of a month as they were when its figures were fixed.</summary>
    public Task<TicketsThen> Then(Month month, string unit, KnownHistory known, CancellationToken cancellationToken) =>
        Then(month, new HashSet<string>(StringComparer.Ordinal) { unit }, known, cancellationToken);

    /// <summary>The same of many units.</summary>
    public async Task<TicketsThen> Then(Month month, IReadOnlySet<string> units, KnownHistory known, CancellationToken cancellationToken)
    {
        var rows = await Rows(month, units, cancellationToken);
        var moved = await Query<string>(known.Bind(new ListQuery(Moved))
            .With("from", (ShanghaiTime.StartOf(month) - LongestStory).ToUnixTimeMilliseconds()), cancellationToken);
        var changed = (await Changed([.. rows.Select(r => r.Id).Distinct()], known, cancellationToken)).Union(moved).ToHashSet(StringComparer.Ordinal);
        var then = await Folded([.. changed], known, cancellationToken);
        var folded = then.SelectMany(Parts).Where(t => units.Contains(t.Unit) && t.IsIn(month));
        return new([.. rows.Where(r => !changed.Contains(r.Id)).Concat(folded)], then.ToDictionary(s => s.Id, TicketStory.Of));
    }

    /// <summary>The tickets with these ids or external numbers, which must be one each. Errors: <c>trial.ticket-unknown</c>, <c>trial.ticket-ambiguous</c>.</summary>
    /// <param name="visibleTo">Tickets that this unit neither leads nor supports are unknown to it; null for people who see all.</param>
    public async Task<Result<FoundTickets>> Find(IReadOnlyList<string> names, string? visibleTo, CancellationToken cancellationToken)
    {
        var rows = names.Count == 0 ? [] : await Query<(string Id, string Number)>(new ListQuery(Named).WithList("names", names).With("own", visibleTo ?? ""), cancellationToken);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            var own = rows.Where(r => r.Id == names[i] || r.Number == names[i]).DistinctBy(r => r.Id).ToArray();
            if (own.Length != 1)
            {
                return own.Length == 0
                    ? new Rejection("trial.ticket-unknown", "没有这件工单，或无权查看。", RejectionKind.Rule, $"/withoutTickets/{i}")
                    : new Rejection("trial.ticket-ambiguous", "不同来源有相同的编号，请改用工单编号（T- 开头）。", RejectionKind.Rule, $"/withoutTickets/{i}");
            }

            found[own[0].Id] = own[0].Number;
        }
        return new FoundTickets(found);
    }

    /// <summary>All scored parts of these tickets, as they were when figures were fixed or, without that, as they are.</summary>
    public async Task<IReadOnlyList<ScoredTicket>> OfTickets(IReadOnlyCollection<string> ids, KnownHistory? known, CancellationToken cancellationToken)
    {
        var states = await Folded([.. ids], known ?? KnownHistory.All, cancellationToken);
        return [.. states.SelectMany(Parts)];
    }

    private static IEnumerable<ScoredTicket> Parts(TicketState s) => ScoredTicket.Of(s.Id, s.ExternalNo, TicketProjection.Scored(s));

    /// <summary>What the tickets' histories tell beyond the index.</summary>
    public async Task<IReadOnlyDictionary<string, TicketStory>> Stories(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        (await Folded([.. ids], KnownHistory.All, cancellationToken)).ToDictionary(s => s.Id, TicketStory.Of, StringComparer.Ordinal);

    /// <summary>Those of these tickets to which something was added that is not known.</summary>
    private async Task<List<string>> Changed(string[] ids, KnownHistory known, CancellationToken cancellationToken)
    {
        List<string> changed = [];
        foreach (var some in ids.Chunk(MostAtOnce))
        {
            changed.AddRange(await Query<string>(known.Bind(new ListQuery("SELECT DISTINCT e.ticket_id FROM ticket_event e "
                + $"WHERE e.ticket_id IN @ids AND NOT ({known.Condition(database.Engine)})").WithList("ids", some)), cancellationToken));
        }
        return changed;
    }

    private async Task<List<TicketState>> Folded(string[] ids, KnownHistory known, CancellationToken cancellationToken)
    {
        List<TicketState> states = [];
        foreach (var some in ids.Chunk(MostAtOnce))
        {
            var query = known.Bind(new ListQuery($"SELECT e.ticket_id, {TicketStoreReads.EventColumns} FROM ticket_event e "
                + $"WHERE e.ticket_id IN @ids AND {known.Condition(database.Engine)} ORDER BY e.ticket_id, e.seq").WithList("ids", some));
            states.AddRange((await TicketHistories.Read(database, query, cancellationToken)).Select(h => h.Sound()));
        }
        return states;
    }

    private async Task<List<ScoredTicket>> Rows(Month month, IReadOnlyCollection<string> units, CancellationToken cancellationToken)
    {
        var tickets = new List<ScoredTicket>();
        await using var connection = await database.OpenRead(cancellationToken);
        await using var rows = await new ListQuery(OfUnits).With("month", month.Key).WithList("units", units).Open(connection, null, cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var answered = rows.IsDBNull(FirstOfAnswer) ? null : TicketStoreReads.Answer(rows, FirstOfAnswer);
            var ticket = new ScoredTicket(rows.GetString(0), rows.GetString(1), TicketStoreReads.Obligation(rows, 2), answered);
            tickets.AddRange(ticket.IsIn(month) ? [ticket] : []);
        }

        return tickets;
    }

    private static int FirstOfAnswer { get; } = 2 + TicketColumns.OfObligation.Split(", ").Length;

    private static string Prefixed(string alias, string columns) => string.Join(", ", columns.Split(", ").Select(c => $"{alias}.{c}"));

    private Task<List<T>> Query<T>(ListQuery query, CancellationToken cancellationToken) => query.Read<T>(database, null, cancellationToken);
}
