using System.Data.Common;
using Dapper;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>What a list is asked for. Null leaves a criterion out; instants are Unix milliseconds, <c>From</c> inclusive, <c>To</c> exclusive, on the
/// register instant.</summary>
/// <param name="VisibleTo">Only tickets that this unit leads or supports; null for people who see all.</param>
/// <param name="Measure">reply, completion, satisfaction or unreached: the tickets behind a unit's figure in <paramref name="Month"/>.</param>
internal sealed record TicketFilter(string? Unit = null, IReadOnlyList<TicketStatus>? Statuses = null, string? Topic = null, bool? Overdue = null,
    long? From = null, long? To = null, string? Query = null, string? ExternalNo = null, string? Source = null, string? VisibleTo = null,
    Desk? Desk = null, AlarmLevel? AtLeast = null, string? ScoreUnit = null, string? Measure = null, Month? Month = null);

/// <summary>清单中的一件</summary>
/// <param name="DueAt">最近的未了结时限</param>
/// <param name="Overdue">是否超期；已办结而未归档的不算</param>
public sealed record TicketListItem(string Id, string Source, string ExternalNo, Nature Nature, Urgency Urgency, string? Topic, string? Title, string? Place,
    TicketStatus Status, string StatusName, string? Unit, DateTimeOffset ReceivedAt, DateTimeOffset RegisteredAt, DateTimeOffset? DueAt, bool Overdue,
    AlarmLevel AlarmLevel, bool Difficult, DateTimeOffset? ClosedAt);

/// <summary>工单清单的一页</summary>
/// <param name="NextCursor">取下一页时原样传入 cursor；为空表示没有更多</param>
/// <param name="Total">总数；仅在 includeTotal=true 时给出</param>
public sealed record TicketPage(IReadOnlyList<TicketListItem> Items, string? NextCursor, long? Total);

/// <summary>在办工单</summary>
/// <param name="Desk">现在由谁办；为空表示暂无人须办</param>
/// <param name="Open">件数</param>
/// <param name="Overdue">其中已超期</param>
/// <param name="RedCards">其中已亮红牌</param>
public sealed record OpenAtDesk(Desk? Desk, long Open, long Overdue, long RedCards);

/// <summary>Lists over <c>ticket_index</c>, newest first. Never asks a grain.</summary>
internal sealed class TicketIndex(Database database, TextHasher hasher, TimeProvider clock)
{
    private const int ChunkOfKeys = 200;
    private const string Columns =
        "i.ticket_id AS Id, i.source AS Source, i.external_no AS ExternalNo, i.nature AS Nature, i.urgency AS Urgency, i.topic AS Topic, p.text AS Title, p.hash AS TitleHash, "
        + "i.place AS Place, i.status AS Status, i.unit AS Unit, i.received_at AS ReceivedAt, i.registered_at AS RegisteredAt, i.open_due_at AS DueAt, "
        + "i.alarm_level AS AlarmLevel, i.difficult AS Difficult, i.closed_at AS ClosedAt";

    /// <summary>One page. A cursor of another filter is refused (<c>cursor.invalid</c>).</summary>
    public async Task<Result<TicketPage>> List(TicketFilter filter, int limit, string? cursor, bool includeTotal, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (where, arguments) = Where(filter, now);
        var total = "SELECT count(*) FROM ticket_index i" + where;
        var question = (filter with { Statuses = null }) + string.Join(',', filter.Statuses ?? []);
        if (!ListPlace.TryRead(cursor, question, out var after))
        {
            return ListPlace.Invalid;
        }

        if (after is not null)
        {
            where += (where.Length == 0 ? " WHERE " : " AND ") + "(i.registered_at < @afterAt OR (i.registered_at = @afterAt AND i.ticket_id > @afterId))";
            arguments.Add("afterAt", after.At);
            arguments.Add("afterId", after.Id);
        }

        arguments.Add("limit", limit + 1);
        var sql = $"SELECT {Columns} FROM ticket_index i LEFT JOIN ticket_text p ON p.ticket_id = i.ticket_id AND p.slot = 'title'{where} "
            + "ORDER BY i.registered_at DESC, i.ticket_id LIMIT @limit";
        async Task<TicketPage> Read(DbConnection connection)
        {
            var rows = (await connection.QueryAsync<Row>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken))).AsList();
            long? count = includeTotal ? await connection.ExecuteScalarAsync<long>(new CommandDefinition(total, arguments, cancellationToken: cancellationToken)) : null;
            var page = rows.Take(limit).Select(r => r.Item(now, hasher)).ToList();
            return new(page, rows.Count > limit ? new ListPlace(rows[limit - 1].RegisteredAt, rows[limit - 1].Id, 0).Write(question) : null, count);
        }

        if (filter.Query is not null || filter.Month is not null || includeTotal)
        {
            return await database.Searches.Run(Read, cancellationToken);
        }

        await using var reads = await database.OpenRead(cancellationToken);
        return await Read(reads);
    }

    /// <summary>The tickets that a unit has in hand, by the desk at which they lie.</summary>
    public async Task<IReadOnlyList<OpenAtDesk>> OpenOf(string unit, CancellationToken cancellationToken)
    {
        const string sql = "SELECT desk AS Desk, count(*) AS Number, coalesce(sum(CASE WHEN open_due_at < @now THEN 1 ELSE 0 END), 0) AS Overdue, "
            + "coalesce(sum(CASE WHEN alarm_level >= @red THEN 1 ELSE 0 END), 0) AS Red FROM ticket_index WHERE unit = @unit AND closed_at IS NULL "
            + "GROUP BY desk ORDER BY desk";
        await using var connection = await database.OpenRead(cancellationToken);
        var arguments = new { unit, now = clock.GetUtcNow().ToUnixTimeMilliseconds(), red = (int)AlarmLevel.Red };
        var rows = await connection.QueryAsync<(string? Desk, long Number, long Overdue, long Red)>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken));
        return [.. rows.Select(r => new OpenAtDesk(Codes.Parse<Desk>(r.Desk), r.Number, r.Overdue, r.Red))];
    }

    /// <summary>Whether every one of these tickets is known and has, or had, a unit. Ends at the first that has none.</summary>
    public async Task<bool> AllHaveUnits(IReadOnlyList<string> tickets)
    {
        foreach (var some in tickets.Distinct().Chunk(ChunkOfKeys))
        {
            var query = new ListQuery("SELECT count(*) FROM ticket_index WHERE ticket_id IN @some AND unit IS NOT NULL").WithList("some", some);
            if ((await query.Read<long>(database, null, CancellationToken.None)).Single() < some.Length)
            {
                return false;
            }
        }

        return true;
    }

    private static (string Where, DynamicParameters Arguments) Where(TicketFilter f, long now)
    {
        var conditions = new List<string>();
        var arguments = new DynamicParameters();
        void Add(object? value, string condition, string name)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                arguments.Add(name, value);
            }
        }

        Add(f.Unit, "i.unit = @unit", "unit");
        Add(f.Topic, "i.topic = @topic", "topic");
        Add(f.From, "i.registered_at >= @from", "from");
        Add(f.To, "i.registered_at < @to", "to");
        Add(f.ExternalNo, "i.external_no = @externalNo", "externalNo");
        Add(f.Source, "i.source = @source", "source");
        Add(f.Desk is { } desk ? Codes.Of(desk) : null, "i.desk = @desk", "desk");
        Add(f.AtLeast is { } level ? (int)level : null, "i.alarm_level >= @level", "level");
        Add(f.VisibleTo, "(i.unit = @own OR EXISTS (SELECT 1 FROM ticket_obligation o WHERE o.ticket_id = i.ticket_id AND o.unit = @own))", "own");
        Add(f.Month is null ? f.ScoreUnit : null, "i.ticket_id IN (SELECT ticket_id FROM ticket_obligation WHERE unit = @scoreUnit)", "scoreUnit");
        Add(f.Month?.Key, Behind(f), "month");
        if (f.Month is not null)
        {
            arguments.Add("scoreUnit", f.ScoreUnit);
            arguments.Add("asOf", now);
        }
        Add(f.Overdue is null ? null : now, f.Overdue == true ? "i.open_due_at < @now AND i.status <> 'closed'"
            : "(i.open_due_at IS NULL OR i.open_due_at >= @now OR i.status = 'closed')", "now");
        Add(f.Query is { } q ? Pattern(q) : null, "(i.external_no LIKE @q ESCAPE '\\' OR EXISTS (SELECT 1 FROM ticket_text t WHERE t.ticket_id = i.ticket_id "
            + "AND t.slot IN ('title', 'content') AND t.text LIKE @q ESCAPE '\\'))", "q");
        if (f.Statuses is { Count: > 0 } statuses)
        {
            var names = statuses.Select((s, n) => (Name: $"status{n}", Code: Codes.Of(s))).ToList();
            conditions.Add($"i.status IN ({string.Join(", ", names.Select(n => "@" + n.Name))})");
            names.ForEach(n => arguments.Add(n.Name, n.Code));
        }

        return (conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions), arguments);
    }

    /// <summary>Exactly the tickets in the denominator of a figure that is reckoned now, as the scores count them.</summary>
    private static string Behind(TicketFilter f)
    {
        var unit = f.ScoreUnit is not null ? "unit = @scoreUnit" : f.Measure is "declined" or "merged" ? "1 = 1" : "unit <> ''";
        const string entered = "(due_at <= @asOf OR replied_at IS NOT NULL)";
        var (table, which) = f.Measure switch
        {
            "satisfaction" => ("ticket_answer", "answer <= 3 AND excluded = 0"),
            "unreached" => ("ticket_answer", "answer > 3 AND excluded = 0"),
            "received" => ("ticket_obligation", "1 = 1"),
            "notYetDue" => ("ticket_obligation", $"(ending = 9 OR (ending IN (0, 1) AND NOT {entered}))"),
            "excluded" => ("ticket_obligation", $"excluded = 1 AND (ending = 2 OR (ending IN (0, 1) AND {entered}))"),
            { } end when Codes.Parse<ObligationEnd>(end) is { } ending => ("ticket_obligation", ending switch
            {
                ObligationEnd.Compressed => $"ending = 1 AND excluded = 0 AND {entered}",
                ObligationEnd.Suspended => "ending = 2 AND excluded = 0",
                _ => $"ending = {(int)ending}",
            }),
            _ => ("ticket_obligation", $"ending = 0 AND excluded = 0 AND {entered}"),
        };
        return $"i.ticket_id IN (SELECT ticket_id FROM {table} WHERE month = @month AND {unit} AND {which})";
    }

    private static string Pattern(string query) =>
        $"%{query.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    private sealed class Row
    {
        public string Id { get; set; } = "";
        public string Source { get; set; } = "";
        public string ExternalNo { get; set; } = "";
        public string Nature { get; set; } = "";
        public string Urgency { get; set; } = "";
        public string? Topic { get; set; }
        public string? Title { get; set; }
        public string? TitleHash { get; set; }
        public string? Place { get; set; }
        public string Status { get; set; } = "";
        public string? Unit { get; set; }
        public long ReceivedAt { get; set; }
        public long RegisteredAt { get; set; }
        public long? DueAt { get; set; }
        public int AlarmLevel { get; set; }
        public int Difficult { get; set; }
        public long? ClosedAt { get; set; }

        public TicketListItem Item(long now, TextHasher hasher)
        {
            var status = Codes.Parse<TicketStatus>(Status)!.Value;
            return new(Id, Source, ExternalNo, Codes.Parse<Nature>(Nature)!.Value, Codes.Parse<Urgency>(Urgency)!.Value, Topic,
                hasher.Shown(Id, "title", Title, TitleHash), Place, status,
                TicketNames.Of(status), Unit, At(ReceivedAt), At(RegisteredAt), DueAt is { } due ? At(due) : null,
                DueAt < now && status != TicketStatus.Closed, (AlarmLevel)AlarmLevel,
                Difficult != 0, ClosedAt is { } closed ? At(closed) : null);
        }

        private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
    }
}
