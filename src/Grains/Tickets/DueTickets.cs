using System.Globalization;
using Dapper;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>A ticket with an alarm to fire, as the index says.</summary>
internal sealed record DueTicket(string Id, long At, int Shard)
{
    /// <summary>Before every ticket.</summary>
    public static DueTicket First { get; } = new("", long.MinValue, -1);
}

/// <summary>Which shards (0–255) a silo looks after: every one whose remainder is its place among the active silos.</summary>
internal readonly record struct Share(int Mine, int Silos);

/// <summary>Reads which tickets have an alarm due. The index is asked, never the tickets: what is not due costs nothing.</summary>
internal sealed class DueTickets(Database database)
{
    /// <summary>The next tickets due at or before <paramref name="until"/>, after a given one, in the order of their instants.</summary>
    /// <param name="others">The other silos' shares instead of one's own.</param>
    public async Task<IReadOnlyList<DueTicket>> Page(Share share, bool others, DateTimeOffset until, DueTicket after, int limit,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSweep(cancellationToken);
        var values = new { share.Mine, share.Silos, Until = until.ToUnixTimeMilliseconds(), after.At, after.Shard, after.Id, Limit = limit };
        return (await connection.QueryAsync<Row>(new CommandDefinition(Sql(others), values, cancellationToken: cancellationToken)))
            .Select(r => new DueTicket(r.Id, r.At, r.Shard)).ToList();
    }

    /// <summary>The statement. It walks <c>ticket_index_alarm</c> in order and stops at the first that is not due.</summary>
    internal static string Sql(bool others) => string.Create(CultureInfo.InvariantCulture,
        $"""
        SELECT ticket_id AS Id, next_alarm_at AS At, shard AS Shard FROM ticket_index
        WHERE next_alarm_at <= @Until AND (next_alarm_at, shard, ticket_id) > (@At, @Shard, @Id) AND shard % @Silos {(others ? "<>" : "=")} @Mine
        ORDER BY next_alarm_at, shard, ticket_id LIMIT @Limit
        """);

    private sealed class Row
    {
        public string Id { get; set; } = "";
        public long At { get; set; }
        public int Shard { get; set; }
    }
}
