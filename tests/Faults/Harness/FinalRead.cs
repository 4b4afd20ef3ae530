using System.Data.Common;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hotline.Faults;

/// <summary>Reads everything that is there, past the service, and then what the service tells of it.</summary>
internal static class FinalRead
{
    /// <summary>The served status of a ticket about which the service said nothing.</summary>
    public const string Nothing = "nothing";

    private const int AtOnce = 8;
    private const int Askings = 20;

    /// <param name="database">A PostgreSQL connection string, or the path of a SQLite file.</param>
    public static async Task<FinalState> Run(string database, string source, IReadOnlyList<Node> nodes)
    {
        await using var connection = Open(database);
        await connection.OpenAsync();
        var tickets = await connection.QueryAsync<(string Id, string ExternalNo, long Version, string Status)>(
            "SELECT i.ticket_id, i.external_no, i.seq, i.status FROM ticket_index i "
            + "WHERE i.source = @source ORDER BY i.ticket_id", new { source });
        var events = (await connection.QueryAsync<(string Ticket, long Seq, string Type, long At, string Actor, string Client, string Body, string Hash)>(
            "SELECT e.ticket_id, CAST(e.seq AS BIGINT), e.type, e.at, e.actor, e.client, e.body, e.hash FROM ticket_event e JOIN ticket_index i ON i.ticket_id = e.ticket_id "
            + "WHERE i.source = @source ORDER BY e.ticket_id, e.seq", new { source }))
            .ToLookup(e => e.Ticket, e => new StoredEvent((int)e.Seq, e.Type, e.At, e.Actor, e.Client, e.Body, e.Hash));
        var keys = await connection.QueryAsync<StoredKey>("SELECT key, CAST(seq AS BIGINT) AS seq FROM command_key WHERE key LIKE @prefix", new { prefix = source + "-%" });
        var stored = tickets.Select(t => new StoredTicket(t.Id, t.ExternalNo, t.Version, t.Status, null, null, [.. events[t.Id]])).ToArray();
        await Parallel.ForEachAsync(Enumerable.Range(0, stored.Length), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            var served = await Served(nodes[i % nodes.Count], stored[i].Id);
            stored[i] = stored[i] with
            {
                ServedStatus = served?.GetProperty("status").GetString() ?? Nothing,
                ServedVersion = served?.GetProperty("version").GetInt64(),
            };
        });
        return new(stored, [.. keys]);
    }

    /// <summary>Asked again for a while: a cluster that has just been healed may still be moving its grains, and a busy machine makes that slow.</summary>
    private static async Task<JsonElement?> Served(Node node, string ticket)
    {
        for (var asked = 1; ; asked++)
        {
            var served = await Service.Read(node, "/api/v1/tickets/" + ticket);
            if (served is not null || asked == Askings)
            {
                return served;
            }
            await Task.Delay(500);
        }
    }

    /// <summary>Index rows that do not stand at their ticket's last event, and tickets without one: events and index of a command become visible together.</summary>
    public static async Task<long> Torn(string database)
    {
        await using var connection = Open(database);
        await connection.OpenAsync();
        return await connection.ExecuteScalarAsync<long>(
            "SELECT count(*) FROM (SELECT ticket_id, max(seq) AS seq FROM ticket_event GROUP BY ticket_id) e "
            + "FULL JOIN ticket_index i ON i.ticket_id = e.ticket_id AND i.seq = e.seq WHERE e.ticket_id IS NULL OR i.ticket_id IS NULL");
    }

    private static DbConnection Open(string database) => database.Contains("Host=", StringComparison.Ordinal)
        ? new NpgsqlConnection(database + ";Pooling=false")
        : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly }.ToString());
}
