using System.Globalization;
using Dapper;
using Hotline.Tickets;

namespace Hotline.Storage;

/// <summary>How the engine would run a statement on a store with many tickets.</summary>
internal static class Plans
{
    /// <summary>Many tickets of the same kind as one that is stored, of which few have an alarm, a card or a decision waiting; with the statistics that the
    /// engine takes by itself in time.</summary>
    public static async Task Fill(StoreLab lab, int tickets)
    {
        var columns = string.Join(", ", TicketColumns.All.Select(c => c.Name switch
        {
            "external_no" => $"'T-' || n AS {c.Name}",
            "open_due_at" or "next_alarm_at" => $"n * 1000 AS {c.Name}",
            "unit" or "work_unit" => $"'U' || (n % 20) AS {c.Name}",
            "shard" => "n % 256 AS shard",
            "work" => "'reply' AS work",
            "asked" => "CASE n % 100 WHEN 0 THEN 'confirmMerge' WHEN 1 THEN 'confirmDivert' WHEN 2 THEN 'confirmWithdrawal' WHEN 3 THEN 'confirmCorrection' "
                + "WHEN 4 THEN 'decideSuspension' END AS asked",
            "extension_for" => "CASE WHEN n % 100 = 0 THEN 'officeDirector' END AS extension_for",
            "exclusion_by" => "CASE WHEN n % 100 = 0 THEN 'somebody' END AS exclusion_by",
            "card_unit" => "CASE WHEN n % 100 = 0 THEN '' END AS card_unit",
            _ => c.Name,
        }));
        var many = string.Create(CultureInfo.InvariantCulture, $"WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < {tickets}) ");
        await lab.Execute($"INSERT INTO ticket_index (ticket_id, {TicketColumns.Names}) {many} SELECT 'T-' || n, {columns} FROM many, (SELECT * FROM ticket_index LIMIT 1) AS one");
        await lab.Execute($"INSERT INTO ticket_text (ticket_id, slot, text, hash) {many} SELECT 'T-' || n, 'title', '噪声', '' FROM many");
        await lab.Execute($"INSERT INTO ticket_obligation (ticket_id, {TicketColumns.OfObligation}) {many} "
            + "SELECT 'T-' || n, 'U' || (n % 20), n % 2, 202601 + n % 12, n, CASE n % 3 WHEN 0 THEN n END, n % 3, n % 3, n % 10, 0, n % 2 FROM many");
        await lab.Execute($"INSERT INTO ticket_answer (ticket_id, {TicketColumns.OfAnswer}) {many} "
            + "SELECT 'T-' || n, 'U' || (n % 20), 202601 + n % 12, n, 1 + n % 7, n % 4, 0, 0 FROM many");
        await lab.Execute($"INSERT INTO ticket_event (ticket_id, seq, type, at, actor, client, body, hash) {many} "
            + "SELECT 'T-' || n, 2, CASE WHEN n % 2 = 0 THEN 'alarmFired' ELSE 'accepted' END, n * 1000, 'a', 'c', "
            + "'{\"unit\":\"U' || (n % 20) || '\",\"level\":\"' || CASE n % 3 WHEN 0 THEN 'yellow' WHEN 1 THEN 'red' ELSE 'escalated' END || '\"}', 'h' FROM many");
        await lab.Execute("ANALYZE;");
    }

    public static async Task<string> Of(StoreLab lab, string sql, object values)
    {
        await using var connection = await lab.Database.OpenRead(CancellationToken.None);
        if (lab.Options.Engine == StorageEngine.PostgreSql)
        {
            return string.Join('\n', await connection.QueryAsync<string>("EXPLAIN " + sql, values));
        }

        var steps = await connection.QueryAsync<(long Id, long Parent, long Unused, string Step)>("EXPLAIN QUERY PLAN " + sql, values);
        return string.Join('\n', steps.Select(s => s.Step));
    }

    /// <summary>Fails when a table is read from end to end.</summary>
    public static void ReadsNoWholeTable(string plan, string statement)
    {
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.True(!plan.Split('\n').Any(IsWholeScan), statement + "\n" + plan);
    }

    // A scan "USING INDEX" of a partial index is SQLite's walk along that index; of a table without one it is the whole table.
    private static bool IsWholeScan(string step) =>
        System.Text.RegularExpressions.Regex.IsMatch(step, "^SCAN (i|s|e|ticket_[a-z]+)$");
}
