using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Integrity;

/// <summary>How much is in a store; equal before and after it is moved.</summary>
/// <param name="Armed">Tickets with a next alarm.</param>
/// <param name="Publications">Revisions of tables and of approved lists.</param>
internal sealed record StoreFigures(long Tickets, long Events, long Armed, long Publications);

/// <summary>Looks at a whole store and names what is wrong with it: every event and text, every derived row, keys, seals and publications.</summary>
internal sealed class StoreCheck(TextHasher hasher, FeedSeals seals)
{
    /// <summary>For a store that may only be read.</summary>
    public static async Task<StoreCheck> Of(Database database) =>
        new(new(await database.InstanceSecret("texts", CancellationToken.None)), new(database, TimeProvider.System));

    private const int MostNamed = 100;

    private const string Figures = """
        SELECT (SELECT count(*) FROM ticket_index) AS Tickets, (SELECT count(*) FROM ticket_event) AS Events,
            (SELECT count(*) FROM ticket_index WHERE next_alarm_at IS NOT NULL) AS Armed,
            (SELECT count(*) FROM revision) AS Publications
        """;

    private const string Keys = """
        SELECT k.client AS Client, k.key AS Key, k.body_hash AS BodyHash, k.ticket_id AS TicketId, CAST(k.seq AS BIGINT) AS Seq, k.at AS At, k.hash AS Hash,
            CASE WHEN e.client = k.client AND e.at = k.at THEN 1 ELSE 0 END AS Fits
        FROM command_key k LEFT JOIN ticket_event e ON e.ticket_id = k.ticket_id AND e.seq = k.seq
        """;

    private readonly ConcurrentQueue<string> _wrong = [];
    private long _count;
    private long _done;

    /// <summary>How many tickets have been looked at.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>What is wrong, at most a hundred lines and how many more there are.</summary>
    public IReadOnlyList<string> Wrong =>
        Interlocked.Read(ref _count) is var count && count > MostNamed ? [.. _wrong, $"… and {count - MostNamed:N0} more"] : [.. _wrong];

    /// <summary>Answers how much was found: nothing, where the file is so damaged that it cannot be read. The tickets are shared among the readings; what is
    /// not of tickets is read by the first, beside them: SQLite's own check is about a quarter of all the work.</summary>
    public async Task<StoreFigures> Run(StorageEngine engine, IReadOnlyList<Reading> readings, CancellationToken cancellationToken)
    {
        var first = readings[0];
        try
        {
            await Tickets(readings, reading => Others(engine, reading, cancellationToken), cancellationToken);
            return (await Query<StoreFigures>(first, Figures)).Single();
        }
        catch (DbException damage) when (engine == StorageEngine.Sqlite)
        {
            Name(damage.Message);
            return new(0, 0, 0, 0);
        }
    }

    /// <summary>Every event comes out of the feed, from the beginning.</summary>
    public async Task Feed(EventFeed feed, StoreFigures figures)
    {
        var (delivered, cursor, more) = (0L, (string?)null, true);
        while (more)
        {
            var page = (await feed.Read(cursor, 1000)).Value!;
            (delivered, cursor, more) = (delivered + page.Events.Count, page.Next, page.Events.Count > 0);
        }
        NameIf(delivered != figures.Events, $"feed: {delivered} of {figures.Events} events delivered");
    }

    private async Task Others(StorageEngine engine, Reading reading, CancellationToken cancellationToken)
    {
        if (engine == StorageEngine.Sqlite)
        {
            foreach (var line in (await Query<string>(reading, "PRAGMA integrity_check")).Where(line => line != "ok"))
            {
                Name("integrity_check: " + line);
            }
        }
        await Revisions(reading);
        await Records(reading);
        await CommandKeys(reading);
        foreach (var cut in await seals.Check(reading.Connection, reading.Transaction, DateTimeOffset.MinValue, cancellationToken))
        {
            Name(cut);
        }
    }

    /// <summary>Everything that was published or approved by two.</summary>
    private async Task Revisions(Reading reading)
    {
        foreach (var r in await Scorecards.Revisions.All(reading.Connection, reading.Transaction))
        {
            NameIf(!r.IsIntact, $"revision {Codes.Of(r.Kind)}/{r.Period}/{Codes.Of(r.Tier)}/{r.Number}: the content does not have its hash");
        }
    }

    /// <summary>What the grains that are no tickets keep.</summary>
    private async Task Records(Reading reading)
    {
        const string records = "SELECT GrainTypeString AS Kind, GrainIdExtensionString AS Id, PayloadBinary AS Payload FROM OrleansStorage WHERE PayloadBinary IS NOT NULL";
        foreach (var (kind, id, payload) in await Query<(string, string, byte[])>(reading, records))
        {
            NameIf(!RecordJson.IsSound(payload), $"record {kind} {id}: it is not what was written");
        }
    }

    private Task Tickets(IReadOnlyList<Reading> readings, Func<Reading, Task> before, CancellationToken cancellationToken) =>
        StoreScan.Each(readings, ticket =>
        {
            var found = TicketCheckRules.Check(ticket, hasher);
            found.Lost.Concat(found.Derived).ToList().ForEach(Name);
            Interlocked.Increment(ref _done);
            return Task.CompletedTask;
        }, cancellationToken, before);

    private async Task CommandKeys(Reading reading)
    {
        var keys = reading.Connection.QueryUnbufferedAsync<KeyRow>(Keys, transaction: reading.Transaction, commandTimeout: 0);
        await foreach (var key in keys)
        {
            NameIf(key.Fits == 0 || !hasher.IsSound(key.Row), $"key of ticket {key.TicketId}: it is not the one that was used for event {key.Seq}");
        }
    }

    private void NameIf(bool wrong, string what)
    {
        if (wrong)
        {
            Name(what);
        }
    }

    private void Name(string what)
    {
        if (Interlocked.Increment(ref _count) <= MostNamed)
        {
            _wrong.Enqueue(what);
        }
    }

    private static async Task<List<T>> Query<T>(Reading reading, string sql) =>
        (await reading.Connection.QueryAsync<T>(new CommandDefinition(sql, transaction: reading.Transaction, commandTimeout: 0))).AsList();

    private sealed class KeyRow
    {
        public string Client { get; set; } = "";
        public string Key { get; set; } = "";
        public string BodyHash { get; set; } = "";
        public string TicketId { get; set; } = "";
        public long Seq { get; set; }
        public long At { get; set; }
        public string Hash { get; set; } = "";
        public int Fits { get; set; }

        public CommandKey Row => new(Client, Key, BodyHash, TicketId, (int)Seq, At, Hash);
    }
}
