using System.Data.Common;
using Hotline.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hotline.Benchmarks.Load;

/// <summary>Writes whole tickets the database's fastest way: COPY, or one prepared statement a table.</summary>
internal static class BulkRows
{
    public static readonly string[] Tables = ["ticket_index", "ticket_obligation", "ticket_answer", "ticket_event", "ticket_text"];

    private static readonly string Index = $"ticket_index (ticket_id, {TicketColumns.Names})";
    private const string Obligations = $"ticket_obligation (ticket_id, {TicketColumns.OfObligation})";
    private const string Answers = $"ticket_answer (ticket_id, {TicketColumns.OfAnswer})";
    private const string Events = "ticket_event (ticket_id, seq, type, at, actor, client, body, hash)";
    private const string Texts = "ticket_text (ticket_id, slot, text, hash)";

    /// <summary>In the caller's transaction.</summary>
    public static async Task Write(DbConnection connection, IReadOnlyList<TicketRows> tickets)
    {
        await Insert(connection, Index, tickets.Select(t => (object?[])
            [t.Index.TicketId, .. TicketColumns.All.Select(c => c.Value(t.Index))]));
        await Insert(connection, Obligations, tickets.SelectMany(t => t.Scored.Obligations, (t, o) => (object?[])
            [t.Index.TicketId, o.Unit, Bit(o.Support), o.Month, o.DueAt, o.RepliedAt, Bit(o.OnTime), Bit(o.Completed), o.Ending, Bit(o.Excluded), Bit(o.Owed)]));
        await Insert(connection, Answers, tickets.SelectMany(t => t.Scored.Answers, (t, a) => (object?[])
            [t.Index.TicketId, a.Unit, a.Month, a.At, a.Answer, a.FirstAnswer, Bit(a.Excluded), Bit(a.Blameless)]));
        await Insert(connection, Events, tickets.SelectMany(t => t.Events, (t, e) => (object?[])
            [t.Index.TicketId, e.Seq, e.Type, e.At, e.Actor, e.Client, e.Body, e.Hash]));
        await Insert(connection, Texts, tickets.SelectMany(t => t.Texts, (t, text) => (object?[])
            [t.Index.TicketId, text.Slot, text.Text, text.Hash]));
    }

    private static int Bit(bool value) => value ? 1 : 0;

    private static async Task Insert(DbConnection connection, string into, IEnumerable<object?[]> rows)
    {
        if (connection is NpgsqlConnection postgres)
        {
            await using var copy = await postgres.BeginBinaryImportAsync($"COPY {into} FROM STDIN (FORMAT BINARY)");
            foreach (var row in rows)
            {
                await copy.WriteRowAsync(default, row);
            }
            await copy.CompleteAsync();
            return;
        }
        var numbers = string.Join(", ", Enumerable.Range(1, into.Count(c => c == ',') + 1).Select(n => $"?{n}"));
        using var statement = new SqliteStatement((SqliteConnection)connection, $"INSERT INTO {into} VALUES ({numbers})");
        foreach (var row in rows)
        {
            statement.Run(row);
        }
    }
}
