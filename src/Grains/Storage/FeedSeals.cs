using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace Hotline.Storage;

/// <summary>Seals what the feed has delivered so far, a stretch at a time, each chained to the one before. A ticket's own chain tells when something
/// inside it was changed; that its end, or all of it, was cut out of the store is told here.</summary>
internal sealed class FeedSeals(Database database, TimeProvider clock)
{
    private const int Longest = 100_000;

    private const string Seals = "SELECT number AS Number, epoch AS Epoch, position AS Position, ticket_id AS Ticket, CAST(seq AS BIGINT) AS Seq, "
        + "CAST(events AS BIGINT) AS Events, digest AS Digest, seal AS Seal, at AS At FROM feed_seal";

    private const string Insert = """
        INSERT INTO feed_seal (number, epoch, position, ticket_id, seq, events, digest, seal, at)
        VALUES (@Number, @Epoch, @Position, @Ticket, @Seq, @Events, @Digest, @Seal, @At) ON CONFLICT DO NOTHING
        """;

    private const string SqliteHashes = """
        SELECT 0, e.position, e.ticket_id, e.seq, e.hash FROM ticket_event e WHERE e.position > @Position AND e.position <= @UptoPosition
        ORDER BY e.position LIMIT @limit
        """;

    private const string PostgresHashes = """
        SELECT e.epoch, e.xid::text::bigint, e.ticket_id, e.seq, e.hash FROM ticket_event e
        WHERE (e.epoch, e.xid, e.ticket_id, e.seq) > (@Epoch, @Position::text::xid8, @Ticket, @Seq)
            AND (e.epoch, e.xid, e.ticket_id, e.seq) <= (@UptoEpoch, @UptoPosition::text::xid8, @UptoTicket, @UptoSeq)
        ORDER BY e.epoch, e.xid, e.ticket_id, e.seq LIMIT @limit
        """;

    /// <summary>Seals what is new. Answers the number of events sealed; several silos that do so at once make one seal.</summary>
    public async Task<long> SealNew(CancellationToken cancellationToken)
    {
        var key = await Key(cancellationToken);
        await using var connection = await database.OpenRead(cancellationToken);
        var last = await connection.QueryFirstOrDefaultAsync<Row>(new CommandDefinition($"{Seals} ORDER BY number DESC LIMIT 1", cancellationToken: cancellationToken))
            ?? Row.None;
        var stretch = await Digest(connection, null, last, await Horizon(connection, cancellationToken), Longest, cancellationToken);
        if (stretch.Events == 0)
        {
            return 0;
        }

        var next = stretch with { Number = last.Number + 1, At = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        await database.Write((writer, transaction) => writer.ExecuteAsync(Insert, next with { Seal = next.Sign(key) }, transaction), cancellationToken);
        return next.Events;
    }

    /// <summary>What the seals miss, or do not vouch for; nothing while the history is whole.</summary>
    /// <param name="since">Seals made earlier are only looked at for themselves, not held against their events.</param>
    public async Task<IReadOnlyList<string>> Check(DbConnection connection, DbTransaction? transaction, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var key = await Key(cancellationToken);
        var seals = (await connection.QueryAsync<Row>(new CommandDefinition($"{Seals} ORDER BY number", transaction: transaction, cancellationToken: cancellationToken))).AsList();
        var wrong = new List<string>();
        var before = Row.None;
        foreach (var seal in seals)
        {
            if (seal.Number != before.Number + 1 || seal.Seal != seal.Sign(key))
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"seal {seal.Number}: it is edited, or one before it is missing"));
            }
            else if (seal.At >= since.ToUnixTimeMilliseconds())
            {
                var there = await Digest(connection, transaction, before, seal, int.MaxValue, cancellationToken);
                if (there.Digest != seal.Digest)
                {
                    wrong.Add(string.Create(CultureInfo.InvariantCulture, $"seal {seal.Number}: of {seal.Events} events sealed between {Text(before.At)} and "
                        + $"{Text(seal.At)} {(there.Events == seal.Events ? "some are others now" : $"{there.Events} are there")}"));
                }
            }
            before = seal;
        }
        return wrong;
    }

    /// <summary>The last place of the feed that nothing can come before any more.</summary>
    private async Task<Row> Horizon(DbConnection connection, CancellationToken cancellationToken)
    {
        var sql = database.Engine == StorageEngine.Sqlite
            ? "SELECT 0, coalesce(max(position), 0) FROM ticket_event"
            : $"SELECT {StoreEpoch.Running}, {EventFeed.Horizon}::text::bigint";
        await using var row = await connection.ExecuteReaderAsync(new CommandDefinition(sql, cancellationToken: cancellationToken));
        await row.ReadAsync(cancellationToken);
        return Row.None with { Epoch = row.GetInt64(0), Position = row.GetInt64(1) };
    }

    private async Task<Row> Digest(DbConnection connection, DbTransaction? transaction, Row after, Row upto, int limit, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.ASCII.GetBytes(after.Digest));
        var last = after with { Events = 0 };
        var values = new
        {
            after.Epoch, after.Position, after.Ticket, after.Seq, UptoEpoch = upto.Epoch, UptoPosition = upto.Position, UptoTicket = upto.Ticket, UptoSeq = upto.Seq, limit,
        };
        var sql = database.Engine == StorageEngine.Sqlite ? SqliteHashes : PostgresHashes;
        await using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(sql, values, transaction, commandTimeout: 0, cancellationToken: cancellationToken));
        while (await rows.ReadAsync(cancellationToken))
        {
            digest.AppendData(Encoding.ASCII.GetBytes(rows.GetString(4)));
            last = last with { Epoch = rows.GetInt64(0), Position = rows.GetInt64(1), Ticket = rows.GetString(2), Seq = rows.GetInt32(3), Events = last.Events + 1 };
        }
        return last with { Digest = Convert.ToHexStringLower(digest.GetHashAndReset()) };
    }

    private Task<byte[]> Key(CancellationToken cancellationToken) => database.InstanceSecret("seals", cancellationToken);

    private static string Text(long at) => at == 0 ? "the beginning" : DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("u", CultureInfo.InvariantCulture);

    private sealed record Row
    {
        public static Row None { get; } = new();

        public long Number { get; init; }
        public long Epoch { get; init; }
        public long Position { get; init; }
        public string Ticket { get; init; } = "";
        public long Seq { get; init; }
        public long Events { get; init; }
        public string Digest { get; init; } = "";
        public string Seal { get; init; } = "";
        public long At { get; init; }

        public string Sign(byte[] key) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{Number}\n{Epoch}\n{Position}\n{Ticket}\n{Seq}\n{Events}\n{Digest}\n{At}"))));
    }
}
