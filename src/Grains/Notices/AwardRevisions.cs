using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Notices;

/// <summary>An approved list as inserted: the fact itself.</summary>
/// <param name="Period"><c>2026-Q3</c> or <c>2026</c>.</param>
internal sealed record AwardRevision(string Period, LeagueTier Tier, int Number, string ContentHash, string Body, string ProposedBy, string ApprovedBy,
    string? Reason, DateTimeOffset At)
{
    /// <summary>Reads the body; an edited one is never served as good.</summary>
    /// <exception cref="LeagueDamagedException">The stored bytes are not those that were approved.</exception>
    public T Read<T>() => AwardCanon.Hash(Body) == ContentHash
        ? AwardCanon.Read<T>(Body)
        : throw new LeagueDamagedException($"Revision {Number} of the {Codes.Of(Tier)} list of {Period} does not have its content hash any more.");
}

/// <summary>The bytes of a list: members in the order of their declaration, numbers in one spelling, nothing of the time or place of their making.</summary>
internal static class AwardCanon
{
    public static string Text<T>(T body) => JsonSerializer.Serialize(body, StoredJson.Options);

    /// <summary>SHA-256, lower-case hex.</summary>
    public static string Hash(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    public static T Read<T>(string body) => JsonSerializer.Deserialize<T>(body, StoredJson.Options)!;
}

/// <summary>The append-only table <c>award_revision</c>.</summary>
internal sealed class AwardRevisions(Database database)
{
    private const string Columns = "period AS Period, tier AS Tier, revision AS Number, content_hash AS ContentHash, body AS Body, proposed_by AS ProposedBy, "
        + "approved_by AS ApprovedBy, reason AS Reason, at AS At";

    private readonly ConcurrentDictionary<(string, LeagueTier, int), QuarterBody> _parsed = new();

    /// <summary>One revision, or the newest; null when there is none.</summary>
    public async Task<AwardRevision?> Find(string period, LeagueTier tier, int? number, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        var row = await connection.QueryFirstOrDefaultAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM award_revision WHERE period = @period AND tier = @tier {(number is null ? "" : "AND revision = @number ")}ORDER BY revision DESC LIMIT 1",
            new { period, tier = Codes.Of(tier), number }, cancellationToken: cancellationToken));
        return row?.Revision;
    }

    /// <summary>The quarters' lists that count, newest revisions, by quarter and tier; of one year, or all.</summary>
    public async Task<IReadOnlyList<(SourceList Source, QuarterBody Body)>> Quarters(int? year, CancellationToken cancellationToken)
    {
        const string newest = "SELECT period, tier, MAX(revision) FROM award_revision WHERE period LIKE @pattern GROUP BY period, tier ORDER BY period, tier";
        await using var connection = await database.OpenRead(cancellationToken);
        var pattern = year is { } y ? $"{y:0000}-Q_" : "____-Q_";
        var keys = (await connection.QueryAsync<(string Period, string Tier, int Number)>(
            new CommandDefinition(newest, new { pattern }, cancellationToken: cancellationToken))).AsList();
        List<(SourceList, QuarterBody)> lists = [];
        foreach (var (period, code, number) in keys)
        {
            var tier = Codes.Parse<LeagueTier>(code)!.Value;
            var revision = (await Find(period, tier, number, cancellationToken))!;
            var body = _parsed.GetOrAdd((period, tier, number), _ => revision.Read<QuarterBody>());
            lists.Add((new(body.Quarter, tier, number, revision.ContentHash), body));
        }
        return lists;
    }

    /// <summary>Approves. The primary key lets one revision of a number exist; a second one is a fault.</summary>
    public Task Insert(AwardRevision revision, CancellationToken cancellationToken) =>
        database.Write((connection, transaction) => connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO award_revision (period, tier, revision, content_hash, body, proposed_by, approved_by, reason, at) "
            + "VALUES (@Period, @Tier, @Number, @ContentHash, @Body, @ProposedBy, @ApprovedBy, @Reason, @At)",
            Row.Of(revision), transaction, cancellationToken: cancellationToken)), cancellationToken);

    private sealed class Row
    {
        public string Period { get; set; } = "";
        public string Tier { get; set; } = "";
        public int Number { get; set; }
        public string ContentHash { get; set; } = "";
        public string Body { get; set; } = "";
        public string ProposedBy { get; set; } = "";
        public string ApprovedBy { get; set; } = "";
        public string? Reason { get; set; }
        public long At { get; set; }

        public AwardRevision Revision => new(Period, Codes.Parse<LeagueTier>(Tier)!.Value, Number, ContentHash, Body, ProposedBy, ApprovedBy, Reason,
            DateTimeOffset.FromUnixTimeMilliseconds(At));

        public static Row Of(AwardRevision r) => new()
        {
            Period = r.Period,
            Tier = Codes.Of(r.Tier),
            Number = r.Number,
            ContentHash = r.ContentHash,
            Body = r.Body,
            ProposedBy = r.ProposedBy,
            ApprovedBy = r.ApprovedBy,
            Reason = r.Reason,
            At = r.At.ToUnixTimeMilliseconds(),
        };
    }
}
