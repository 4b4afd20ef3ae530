using System.Globalization;
using Dapper;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Work;

/// <summary>Whose work is asked for.</summary>
/// <param name="Roles">The roles played.</param>
/// <param name="Asker">Who asks: work on one's own acts is left out.</param>
/// <param name="IsPerson">A named person.</param>
/// <param name="Unit">The unit of a unit's people; for others it narrows the list.</param>
/// <param name="InCharge">The units of the deputy chief (分管副局长) who asks; empty means all.</param>
internal sealed record WorkQuestion(IReadOnlyList<Role> Roles, string Asker, bool IsPerson, string? Unit, IReadOnlyList<string> InCharge);

/// <summary>A ticket with something to do.</summary>
internal sealed record WorkRow(WorkKind Kind, string Ticket, string Source, string ExternalNo, string? Title, Nature Nature, Urgency Urgency, string? Place,
    TicketStatus Status, string? Unit, DateTimeOffset? DueAt, AlarmLevel Alarm);

/// <summary>How much there is of one kind.</summary>
/// <param name="Count">Counted up to <see cref="WorkIndex.MostCounted"/>.</param>
internal sealed record WorkTally(WorkKind Kind, long Count, long Overdue);

/// <summary>One page of work.</summary>
internal sealed record WorkRows(IReadOnlyList<WorkTally> Tallies, IReadOnlyList<WorkRow> Rows, string? NextCursor);

/// <summary>Work queues over <c>ticket_index</c>: each kind of work is one stretch of one index in the order of its dues, and a page is merged from these.
/// Never asks a grain, and reads no more rows than it shows, however many tickets there are.</summary>
internal sealed class WorkIndex(Database database, TextHasher hasher, TimeProvider clock)
{
    /// <summary>Counting stops here.</summary>
    public const int MostCounted = 10_000;

    private const long Undue = long.MaxValue;

    /// <summary>One page, the most urgent first; what has no due comes last. A cursor of another question is refused (<c>cursor.invalid</c>).</summary>
    public async Task<Result<WorkRows>> List(WorkQuestion question, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var asked = Text(question);
        if (!ListPlace.TryRead(cursor, asked, out var after))
        {
            return ListPlace.Invalid;
        }

        var sections = WorkSections.For(question);
        if (sections.Count == 0)
        {
            return new WorkRows([], [], null);
        }

        var values = WorkSections.Values(question);
        values.Add("limit", limit + 1);
        values.Add("now", clock.GetUtcNow().ToUnixTimeMilliseconds());
        values.Add("afterDue", after?.At ?? 0);
        values.Add("afterId", after?.Id ?? "");
        await using var connection = await database.OpenRead(cancellationToken);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(PageSql(sections, after), values, cancellationToken: cancellationToken))).AsList();
        var tallies = await connection.QueryAsync<Tally>(new CommandDefinition(CountSql(sections), values, cancellationToken: cancellationToken));
        var next = rows.Count > limit ? new ListPlace(rows[limit - 1].Due, rows[limit - 1].Id, rows[limit - 1].Kind).Write(asked) : null;
        return new WorkRows([.. tallies.OrderBy(t => t.Kind).Select(t => new WorkTally((WorkKind)t.Kind, t.Count, t.Overdue))],
            [.. rows.Take(limit).Select(r => r.Item(hasher))], next);
    }

    /// <summary>The page: the next so many of each section, merged, with their tickets.</summary>
    internal static string PageSql(IReadOnlyList<WorkSection> sections, ListPlace? after)
    {
        var parts = sections.Select(s =>
        {
            var from = after is null ? "" : $" AND ({s.Due}, {s.Id}) {((int)s.Kind > after.Tie ? ">=" : ">")} (@afterDue, @afterId)";
            return $"SELECT * FROM (SELECT {(int)s.Kind} AS kind, {s.Id} AS id, {s.Due} AS due FROM {s.Source} WHERE {s.Where}{from} "
                + $"ORDER BY {s.Due}, {s.Id} LIMIT @limit) AS s{(int)s.Kind}";
        });
        return "SELECT q.kind AS Kind, q.id AS Id, q.due AS Due, i.source AS Source, i.external_no AS ExternalNo, i.nature AS Nature, i.urgency AS Urgency, "
            + "i.place AS Place, i.status AS Status, i.unit AS Unit, i.alarm_level AS AlarmLevel, p.text AS Title, p.hash AS TitleHash "
            + $"FROM (SELECT * FROM ({string.Join(" UNION ALL ", parts)}) AS u ORDER BY due, id, kind LIMIT @limit) AS q "
            + "JOIN ticket_index i ON i.ticket_id = q.id LEFT JOIN ticket_text p ON p.ticket_id = q.id AND p.slot = 'title' "
            + "ORDER BY q.due, q.id, q.kind";
    }

    /// <summary>The tallies, one row a section.</summary>
    internal static string CountSql(IReadOnlyList<WorkSection> sections) => string.Join(" UNION ALL ", sections.Select(s => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT {(int)s.Kind} AS Kind, count(*) AS Count, coalesce(sum(CASE WHEN due < @now THEN 1 ELSE 0 END), 0) AS Overdue FROM "
        + $"(SELECT {s.Due} AS due FROM {s.Source} WHERE {s.Where} ORDER BY {s.Due}, {s.Id} LIMIT {MostCounted}) AS c{(int)s.Kind}")));

    private static string Text(WorkQuestion q) =>
        string.Join('|', string.Join(',', q.Roles.Order()), q.Asker, q.IsPerson, q.Unit, string.Join(',', q.InCharge));

    private sealed class Tally
    {
        public int Kind { get; set; }
        public long Count { get; set; }
        public long Overdue { get; set; }
    }

    private sealed class Row
    {
        public int Kind { get; set; }
        public string Id { get; set; } = "";
        public long Due { get; set; }
        public string Source { get; set; } = "";
        public string ExternalNo { get; set; } = "";
        public string Nature { get; set; } = "";
        public string Urgency { get; set; } = "";
        public string? Place { get; set; }
        public string Status { get; set; } = "";
        public string? Unit { get; set; }
        public int AlarmLevel { get; set; }
        public string? Title { get; set; }
        public string? TitleHash { get; set; }

        public WorkRow Item(TextHasher hasher) => new((WorkKind)Kind, Id, Source, ExternalNo, hasher.Shown(Id, "title", Title, TitleHash), Codes.Parse<Nature>(Nature)!.Value, Codes.Parse<Urgency>(Urgency)!.Value, Place,
            Codes.Parse<TicketStatus>(Status)!.Value, Unit, Due == Undue ? null : DateTimeOffset.FromUnixTimeMilliseconds(Due), (AlarmLevel)AlarmLevel);
    }
}
