namespace Hotline.Storage;

/// <summary>What a command has to write, apart from its index row: of these the statement is put together, so that nothing is asked for in vain.</summary>
[Flags]
internal enum TicketShape
{
    /// <summary>One event on a stored ticket, nothing else: an alarm.</summary>
    Next = 0,
    /// <summary>The ticket is not stored yet.</summary>
    New = 1,
    /// <summary>Events, obligations and answers as arrays instead of a single one.</summary>
    Many = 2,
    Key = 4,
    Texts = 8,
    Owed = 16,
    Judged = 32,
}

/// <summary>One command as one statement. Everything hangs on <c>i</c>, the conditional write of the index row: without a row there, nothing is
/// written at all. The statement always answers one number: 1 for written, 0 for stale, -1 for a key in use.</summary>
internal static class PostgresTicketSql
{
    /// <summary>What commands come as; anything else is written as the fullest of its kind.</summary>
    public static IReadOnlyList<TicketShape> Shapes { get; } =
    [
        TicketShape.Next, TicketShape.Key, TicketShape.Key | TicketShape.Texts, TicketShape.Key | TicketShape.Owed, TicketShape.Key | TicketShape.Texts | TicketShape.Owed,
        TicketShape.Key | TicketShape.Texts | TicketShape.Judged, TicketShape.Many | Whole, TicketShape.New | TicketShape.Key | TicketShape.Texts,
        TicketShape.New | TicketShape.Many | Whole,
    ];

    private const TicketShape Whole = TicketShape.Key | TicketShape.Texts | TicketShape.Owed | TicketShape.Judged;

    /// <summary>The leanest shape that holds all of a command.</summary>
    public static TicketShape Of(TicketWrite item)
    {
        var needed = (item.ExpectedSeq == 0 ? TicketShape.New : 0) | (IsMany(item) ? TicketShape.Many : 0) | (item.Key is null ? 0 : TicketShape.Key)
            | (item.Texts.Count > 0 ? TicketShape.Texts : 0) | (item.Scored.Obligations.Count > 0 ? TicketShape.Owed : 0)
            | (item.Scored.Answers.Count > 0 ? TicketShape.Judged : 0);
        foreach (var shape in Shapes)
        {
            if ((shape & TicketShape.New) == (needed & TicketShape.New) && (shape & needed) == needed)
            {
                return shape;
            }
        }
        throw new ArgumentOutOfRangeException(nameof(item), needed, null);
    }

    private static bool IsMany(TicketWrite item) => item.Events.Count > 1 || item.Scored.Obligations.Count > 1 || item.Scored.Answers.Count > 1;

    /// <summary>The statement of a shape; <see cref="PostgresTicketCommand"/> names its parameters in the same order.</summary>
    // A key that another transaction is just inserting is not seen by "used": then the insert waits for it and fails on the primary key.
    public static string Statement(TicketShape shape)
    {
        var next = 2;
        var parts = new List<string>();
        string Take(int count)
        {
            next += count;
            return string.Join(", ", Enumerable.Range(next - count, count).Select(n => $"${n}"));
        }

        string Rows(int columns) => shape.HasFlag(TicketShape.Many) ? $"SELECT $1, n.* FROM i, unnest({Take(columns)}) AS n" : $"SELECT $1, {Take(columns)} FROM i";

        var (used, unused) = ("", "");
        if (shape.HasFlag(TicketShape.Key))
        {
            var (client, key) = (Take(1), Take(1));
            unused = "NOT EXISTS (SELECT 1 FROM used)";
            used = $"used AS (SELECT 1 FROM command_key WHERE client = {client} AND key = {key}), ";
            parts.Add($"k AS (INSERT INTO command_key (ticket_id, client, key, body_hash, seq, at, hash) SELECT $1, {client}, {key}, {Take(4)} FROM i WHERE {key} IS NOT NULL)");
        }
        parts.Add($"e AS (INSERT INTO ticket_event (ticket_id, seq, type, at, actor, client, body, hash) {Rows(7)})");
        if (shape.HasFlag(TicketShape.Texts))
        {
            parts.Add($"p AS (INSERT INTO ticket_text (ticket_id, slot, text, hash) SELECT $1, n.* FROM i, unnest({Take(3)}) AS n"
                + " ON CONFLICT (ticket_id, slot) DO UPDATE SET text = excluded.text, hash = excluded.hash)");
        }
        if (shape.HasFlag(TicketShape.Owed))
        {
            parts.Add($"o AS (INSERT INTO ticket_obligation (ticket_id, {TicketColumns.OfObligation}) {Rows(10)} "
                + TicketColumns.Replacing(TicketColumns.OfObligation, "unit", "support") + ")");
        }
        if (shape.HasFlag(TicketShape.Judged))
        {
            parts.Add($"a AS (INSERT INTO ticket_answer (ticket_id, {TicketColumns.OfAnswer}) {Rows(7)} "
                + TicketColumns.Replacing(TicketColumns.OfAnswer, "unit") + ")");
        }
        return $"WITH {used}i AS ({Index(shape, unused, Take)}), {string.Join(", ", parts)} "
            + $"SELECT coalesce((SELECT 1 FROM i), {(unused.Length > 0 ? "CASE WHEN EXISTS (SELECT 1 FROM used) THEN -1 ELSE 0 END" : "0")})";
    }

    private static string Index(TicketShape shape, string unused, Func<int, string> take)
    {
        if (shape.HasFlag(TicketShape.New))
        {
            return $"INSERT INTO ticket_index (ticket_id, {TicketColumns.Names}) SELECT $1, {take(TicketColumns.All.Count)}"
                + $"{(unused.Length > 0 ? " WHERE " + unused : "")} ON CONFLICT DO NOTHING RETURNING 1";
        }
        var expected = take(1);
        return $"UPDATE ticket_index SET ({TicketColumns.Changing}) = ROW({take(TicketColumns.OfChange.Count)}) WHERE ticket_id = $1 AND seq = {expected}"
            + $"{(unused.Length > 0 ? " AND " + unused : "")} RETURNING 1";
    }
}
