namespace Hotline.Storage;

/// <summary>One command as one statement. Everything hangs on <c>s</c>, the conditional write of the state: without a row there, nothing is
/// written at all. The statement always answers one number: the new version, 0 for stale, -1 for a key in use.</summary>
internal static class PostgresTicketSql
{
    /// <summary>Where the index columns' parameters begin.</summary>
    public const int FirstColumn = 26;

    /// <summary>For a ticket that is not stored yet.</summary>
    public static string New { get; } = Statement("""
        INSERT INTO ticket_state (ticket_id, version, payload, modified_at)
        SELECT $1, $2 + 1, $3, $4 WHERE $2 = 0 AND NOT EXISTS (SELECT 1 FROM used)
        ON CONFLICT (ticket_id) DO NOTHING RETURNING version
        """);

    /// <summary>For a stored ticket.</summary>
    public static string Next { get; } = Statement("""
        UPDATE ticket_state SET version = $2 + 1, payload = $3, modified_at = $4
        WHERE ticket_id = $1 AND version = $2 AND NOT EXISTS (SELECT 1 FROM used) RETURNING version
        """);

    // A key that another transaction is just inserting is not seen by "used": then the insert waits for it and fails on the primary key.
    // Arrays keep the statement's shape fixed.
    private static string Statement(string state) => $"""
        WITH used AS (SELECT 1 FROM command_key WHERE client = $5 AND key = $6),
        s AS ({state}),
        k AS (INSERT INTO command_key (client, key, body_hash, status, answer, at)
            SELECT $5, $6, $7, $8, $9, $10 FROM s WHERE $6 IS NOT NULL),
        e AS (INSERT INTO ticket_event (ticket_id, seq, type, at, actor, body, hash)
            SELECT $1, n.* FROM s, unnest($11, $12, $13, $14, $15, $16) AS n),
        p AS (INSERT INTO ticket_private (ticket_id, slot, text)
            SELECT $1, n.* FROM s, unnest($17, $18) AS n
            ON CONFLICT (ticket_id, slot) DO UPDATE SET text = excluded.text),
        g AS (DELETE FROM ticket_support USING s WHERE ticket_id = $1 AND unit <> ALL ($19)),
        h AS (INSERT INTO ticket_support (ticket_id, unit, reply_month, reply_due_at, replied_at, on_time, excluded, owed)
            SELECT $1, n.* FROM s, unnest($19, $20, $21, $22, $23, $24, $25) AS n
            ON CONFLICT (ticket_id, unit) DO UPDATE SET reply_month = excluded.reply_month, reply_due_at = excluded.reply_due_at,
                replied_at = excluded.replied_at, on_time = excluded.on_time, excluded = excluded.excluded, owed = excluded.owed),
        i AS (INSERT INTO ticket_index ({TicketColumns.Names}) SELECT {Columns} FROM s
            ON CONFLICT (ticket_id) DO UPDATE SET {TicketColumns.Replacements})
        SELECT coalesce((SELECT version FROM s), CASE WHEN EXISTS (SELECT 1 FROM used) THEN -1 ELSE 0 END)
        """;

    private static string Columns => string.Join(", ", Enumerable.Range(FirstColumn, TicketColumns.All.Count).Select(n => $"${n}"));
}
