using System.Data.Common;
using Hotline.Storage;
using Hotline.Tickets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hotline.Benchmarks.Load;

/// <summary>The events and texts of some tickets, to be written again under other ids: a ticket that is read later has to be sound, so every hash is made
/// anew for its new place.</summary>
internal sealed class CopiedHistories
{
    /// <summary>How much of an id is replaced.</summary>
    public const int PrefixLength = 10;

    public static readonly string[] Tables = ["ticket_event", "ticket_text"];

    private const string Events = "ticket_event (ticket_id, seq, type, at, actor, client, body, hash)";
    private const string Texts = "ticket_text (ticket_id, slot, text, hash)";
    private const string TextHash = "\"textHash\":\"";

    private readonly TextHasher _hasher;
    private readonly List<(string Id, List<EventRow> Events, List<TicketText> Texts)> _tickets;

    private CopiedHistories(TextHasher hasher, List<(string, List<EventRow>, List<TicketText>)> tickets) => (_hasher, _tickets) = (hasher, tickets);

    /// <summary>Those of the tickets with these external numbers (LIKE), in the order of their ids.</summary>
    public static async Task<CopiedHistories> Read(DbConnection connection, string numbers)
    {
        var chosen = $"(SELECT ticket_id FROM ticket_index WHERE external_no LIKE '{numbers}') ORDER BY ticket_id";
        var events = await Rows(connection, $"SELECT ticket_id, {TicketStoreReads.ColumnsOf("e")} FROM ticket_event e WHERE ticket_id IN {chosen}, seq",
            row => (Id: row.GetString(0), Event: TicketStoreReads.Event(row, 1)));
        var texts = (await Rows(connection, $"SELECT ticket_id, slot, text FROM ticket_text WHERE ticket_id IN {chosen}",
            row => (Id: row.GetString(0), Text: new TicketText(row.GetString(1), row.GetString(2), "")))).ToLookup(t => t.Id, t => t.Text);
        var secret = await Rows(connection, "SELECT value FROM instance_secret WHERE name = 'texts'", row => (byte[])row.GetValue(0));
        return new(new(secret.Single()), [.. events.GroupBy(e => e.Id, e => e.Event).Select(e => (e.Key, e.ToList(), texts[e.Key].ToList()))]);
    }

    /// <summary>Writes them once more, under ids that begin with <paramref name="prefix"/>; in the caller's transaction.</summary>
    public async Task Write(DbConnection connection, string prefix)
    {
        var copies = _tickets.Select(t => Copy(prefix + t.Id[PrefixLength..], t.Events, t.Texts)).ToList();
        await Insert(connection, Events, copies.SelectMany(c => c.Events,
            (c, e) => new object[] { c.Id, e.Seq, e.Type, e.At, e.Actor, e.Client, e.Body, e.Hash }));
        await Insert(connection, Texts, copies.SelectMany(c => c.Texts, (c, t) => new object[] { c.Id, t.Slot, t.Text, t.Hash }));
    }

    private (string Id, List<EventRow> Events, List<TicketText> Texts) Copy(string id, List<EventRow> events, List<TicketText> texts)
    {
        var kept = texts.ConvertAll(t =>
        {
            var text = t.Text.Replace(HistoryFile.RareWord, HistoryFile.FrequentWord, StringComparison.Ordinal);
            return new TicketText(t.Slot, text, _hasher.Of(id, t.Slot, text));
        });
        // The texts that a ticket begins with are not named after an event.
        var registered = _hasher.OfAll(kept.Where(t => !t.Slot.Contains('/', StringComparison.Ordinal)));
        var previous = "";
        return (id, events.ConvertAll(e =>
        {
            var hash = e.Seq == 1 ? registered : kept.Find(t => t.Slot == $"{e.Type}/{e.Seq}")?.Hash;
            var sealedAnew = e with { Body = WithTextHash(e.Body, hash) };
            return sealedAnew with { Hash = previous = TicketChain.Next(id, previous, sealedAnew) };
        }), kept);
    }

    private static string WithTextHash(string body, string? hash)
    {
        var at = body.IndexOf(TextHash, StringComparison.Ordinal) + TextHash.Length;
        return at < TextHash.Length || hash is null ? body : string.Concat(body.AsSpan(0, at), hash, body.AsSpan(at + hash.Length));
    }

    /// <summary>The database's fastest way: COPY, or one prepared statement.</summary>
    private static async Task Insert(DbConnection connection, string into, IEnumerable<object[]> rows)
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
        var numbers = Enumerable.Range(1, into.Count(c => c == ',') + 1).Select(n => $"?{n}");
        using var statement = new SqliteStatement((SqliteConnection)connection, $"INSERT INTO {into} VALUES ({string.Join(", ", numbers)})");
        foreach (var row in rows)
        {
            statement.Run(row);
        }
    }

    private static async Task<List<T>> Rows<T>(DbConnection connection, string sql, Func<DbDataReader, T> map)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(map(reader));
        }
        return rows;
    }
}
