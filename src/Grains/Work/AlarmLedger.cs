using Dapper;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Work;

/// <summary>Which fired alarms are asked for. Null leaves a criterion out; instants are Unix milliseconds, <c>From</c> inclusive, <c>To</c> exclusive.</summary>
internal sealed record AlarmFilter(string? Unit, AlarmLevel? Level, long? From, long? To);

/// <summary>A fired alarm as its ticket's history has it.</summary>
internal sealed record AlarmRow(string Ticket, string Source, string ExternalNo, TicketStatus Status, int Seq, AlarmFired Alarm, DateTimeOffset FiredAt);

/// <summary>One page of the ledger.</summary>
internal sealed record AlarmRows(IReadOnlyList<AlarmRow> Rows, string? NextCursor);

/// <summary>预警台账: every yellow card, red card and escalation that fired, newest first, straight from the events. Each level (of each unit) is one stretch
/// of one index, and a page is merged from these.</summary>
internal sealed class AlarmLedger(Database database)
{
    /// <summary>One page. A cursor of another filter is refused (<c>cursor.invalid</c>).</summary>
    public async Task<Result<AlarmRows>> List(AlarmFilter filter, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var asked = filter.ToString();
        if (!ListPlace.TryRead(cursor, asked, out var after))
        {
            return ListPlace.Invalid;
        }

        var values = new
        {
            filter.Unit, From = filter.From ?? 0, To = filter.To ?? long.MaxValue,
            Limit = limit + 1, AfterAt = after?.At ?? 0, AfterId = after?.Id ?? "", AfterSeq = after?.Tie ?? 0,
        };
        await using var connection = await database.OpenRead(cancellationToken);
        var sql = Sql(filter, after is not null, database.Engine);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(sql, values, cancellationToken: cancellationToken))).AsList();
        var next = rows.Count > limit ? new ListPlace(rows[limit - 1].At, rows[limit - 1].Id, rows[limit - 1].Seq).Write(asked) : null;
        return new AlarmRows([.. rows.Take(limit).Select(r => r.Item())], next);
    }

    internal static string Sql(AlarmFilter filter, bool goesOn, StorageEngine engine)
    {
        var (level, unit) = engine == StorageEngine.Sqlite
            ? ("json_extract(e.body, '$.level')", "json_extract(e.body, '$.unit')")
            : ("(e.body::jsonb ->> 'level')", "(e.body::jsonb ->> 'unit')");
        AlarmLevel[] levels = filter.Level is { } one ? [one] : [AlarmLevel.Yellow, AlarmLevel.Red, AlarmLevel.Escalated];
        var from = goesOn
            ? " AND e.at <= @AfterAt AND (e.at < @AfterAt OR e.ticket_id > @AfterId OR (e.ticket_id = @AfterId AND e.seq > @AfterSeq))"
            : "";
        var parts = levels.Select(l => "SELECT * FROM (SELECT e.at, e.ticket_id, e.seq, e.body FROM ticket_event e WHERE e.type = 'alarmFired' "
            + $"{(filter.Unit is null ? "" : $"AND {unit} = @Unit ")}AND {level} = '{Codes.Of(l)}' AND e.at >= @From AND e.at < @To{from} "
            + $"ORDER BY e.at DESC, e.ticket_id, e.seq LIMIT @Limit) AS l{(int)l}");
        return "SELECT q.at AS At, q.ticket_id AS Id, q.seq AS Seq, q.body AS Body, i.source AS Source, i.external_no AS ExternalNo, i.status AS Status "
            + $"FROM (SELECT * FROM ({string.Join(" UNION ALL ", parts)}) AS u ORDER BY at DESC, ticket_id, seq LIMIT @Limit) AS q "
            + "JOIN ticket_index i ON i.ticket_id = q.ticket_id ORDER BY q.at DESC, q.ticket_id, q.seq";
    }

    private sealed class Row
    {
        public long At { get; set; }
        public string Id { get; set; } = "";
        public int Seq { get; set; }
        public string Body { get; set; } = "";
        public string Source { get; set; } = "";
        public string ExternalNo { get; set; } = "";
        public string Status { get; set; } = "";

        public AlarmRow Item() => new(Id, Source, ExternalNo, Codes.Parse<TicketStatus>(Status)!.Value, Seq,
            TicketJson.Event<AlarmFired>(Body), DateTimeOffset.FromUnixTimeMilliseconds(At));
    }
}
