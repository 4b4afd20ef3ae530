using System.Collections.Concurrent;
using System.Text;
using Dapper;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>A published table as inserted: the fact itself.</summary>
/// <param name="Body">The published bytes.</param>
/// <param name="CutoffAt">Later facts did not enter.</param>
/// <param name="Basis">On what the figures rest (<see cref="LeagueBasis"/>).</param>
internal sealed record LeagueRevision(Month Month, LeagueTier Tier, int Number, string ContentHash, string Body, string ProposedBy, string ApprovedBy,
    string? Reason, DateTimeOffset CutoffAt, DateTimeOffset At, string? Basis = null)
{
    /// <summary>Reads the body; an edited one is never served as good.</summary>
    /// <exception cref="LeagueDamagedException">The stored bytes are not those that were published.</exception>
    public LeagueBody Read()
    {
        var bytes = Encoding.UTF8.GetBytes(Body);
        return LeagueCanon.Hash(bytes) == ContentHash
            ? LeagueCanon.Read(bytes)
            : throw new LeagueDamagedException($"Revision {Number} of the {Codes.Of(Tier)} table of {Month} does not have its content hash any more.");
    }
}

/// <summary>A published revision was damaged or edited in the database.</summary>
internal sealed class LeagueDamagedException(string message) : Exception(message);

/// <summary>The append-only table <c>league_revision</c>.</summary>
internal sealed class LeagueRevisions(Database database)
{
    private const int MostKept = 2000;

    private const string Columns = "month AS Month, tier AS Tier, revision AS Number, content_hash AS ContentHash, body AS Body, proposed_by AS ProposedBy, "
        + "approved_by AS ApprovedBy, reason AS Reason, cutoff_at AS CutoffAt, at AS At, basis AS Basis";

    private readonly ConcurrentDictionary<(Month, LeagueTier, int), PastTable> _parsed = new();

    /// <summary>The newest revision, or null while the table is not published.</summary>
    public Task<LeagueRevision?> Latest(Month month, LeagueTier tier, CancellationToken cancellationToken) =>
        One($"SELECT {Columns} FROM league_revision WHERE month = @month AND tier = @tier ORDER BY revision DESC LIMIT 1", month, tier, 0, cancellationToken);

    public Task<LeagueRevision?> Find(Month month, LeagueTier tier, int number, CancellationToken cancellationToken) =>
        One($"SELECT {Columns} FROM league_revision WHERE month = @month AND tier = @tier AND revision = @number", month, tier, number, cancellationToken);

    /// <summary>All revisions, oldest first.</summary>
    public async Task<IReadOnlyList<LeagueRevision>> All(Month month, LeagueTier tier, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM league_revision WHERE month = @month AND tier = @tier ORDER BY revision",
            new { month = month.Key, tier = Codes.Of(tier) }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.Revision)];
    }

    /// <summary>The newest revision of each of these months that has one, read once and kept: it never changes.</summary>
    /// <param name="with">May name a moment to read, or the revisions that were the newest at an earlier one.</param>
    public async Task<IReadOnlyDictionary<Month, PastTable>> LatestOf(IReadOnlyCollection<Month> months, LeagueTier tier, Reckoning with, CancellationToken cancellationToken)
    {
        var tables = new Dictionary<Month, PastTable>();
        foreach (var (key, number) in with.Earlier is { } known ? Among(known, months) : await Newest(months, tier, with.Moment, cancellationToken))
        {
            tables[new(key)] = _parsed.TryGetValue((new(key), tier, number), out var kept) ? kept : await Parse(new(key), tier, number, cancellationToken);
        }

        return tables;
    }

    /// <summary>The number of the newest revision of every published month before this one.</summary>
    public static async Task<IReadOnlyDictionary<int, int>> NumbersBefore(Month month, LeagueTier tier, ReadSnapshot moment, CancellationToken cancellationToken) =>
        (await moment.Connection.QueryAsync<(int Month, int Number)>(new CommandDefinition(
            "SELECT month, MAX(revision) FROM league_revision WHERE month < @month AND tier = @tier GROUP BY month ORDER BY month",
            new { month = month.Key, tier = Codes.Of(tier) }, moment.Transaction, cancellationToken: cancellationToken))).ToDictionary(r => r.Month, r => r.Number);

    private static IEnumerable<(int Month, int Number)> Among(IReadOnlyDictionary<int, int> known, IReadOnlyCollection<Month> months) =>
        months.Where(m => known.ContainsKey(m.Key)).Select(m => (m.Key, known[m.Key]));

    private async Task<IEnumerable<(int Month, int Number)>> Newest(
        IReadOnlyCollection<Month> months, LeagueTier tier, ReadSnapshot? moment, CancellationToken cancellationToken)
    {
        var query = new ListQuery("SELECT month, MAX(revision) FROM league_revision WHERE month IN @months AND tier = @tier GROUP BY month")
            .WithList("months", months.Select(m => m.Key)).With("tier", Codes.Of(tier));
        return await query.Read<(int, int)>(database, moment, cancellationToken);
    }

    /// <summary>Publishes. The primary key lets one revision of a number exist; a second one is a fault.</summary>
    public Task Insert(LeagueRevision revision, CancellationToken cancellationToken) =>
        database.Write((connection, transaction) => connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO league_revision (month, tier, revision, content_hash, body, proposed_by, approved_by, reason, cutoff_at, at, basis) "
            + "VALUES (@Month, @Tier, @Number, @ContentHash, @Body, @ProposedBy, @ApprovedBy, @Reason, @CutoffAt, @At, @Basis)",
            Row.Of(revision), transaction, cancellationToken: cancellationToken)), cancellationToken);

    private async Task<PastTable> Parse(Month month, LeagueTier tier, int number, CancellationToken cancellationToken)
    {
        var revision = await Find(month, tier, number, cancellationToken);
        var table = PastTable.Of(revision!.Read(), number);
        if (_parsed.Count >= MostKept)
        {
            _parsed.Clear();
        }

        return _parsed[(month, tier, number)] = table;
    }

    private async Task<LeagueRevision?> One(string sql, Month month, LeagueTier tier, int number, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        var row = await connection.QueryFirstOrDefaultAsync<Row>(new CommandDefinition(sql,
            new { month = month.Key, tier = Codes.Of(tier), number }, cancellationToken: cancellationToken));
        return row?.Revision;
    }

    private sealed class Row
    {
        public int Month { get; set; }
        public string Tier { get; set; } = "";
        public int Number { get; set; }
        public string ContentHash { get; set; } = "";
        public string Body { get; set; } = "";
        public string ProposedBy { get; set; } = "";
        public string ApprovedBy { get; set; } = "";
        public string? Reason { get; set; }
        public long CutoffAt { get; set; }
        public long At { get; set; }
        public string? Basis { get; set; }

        public LeagueRevision Revision => new(new(Month), Codes.Parse<LeagueTier>(Tier)!.Value, Number, ContentHash, Body, ProposedBy, ApprovedBy, Reason,
            DateTimeOffset.FromUnixTimeMilliseconds(CutoffAt), DateTimeOffset.FromUnixTimeMilliseconds(At), Basis);

        public static Row Of(LeagueRevision r) => new()
        {
            Month = r.Month.Key,
            Tier = Codes.Of(r.Tier),
            Number = r.Number,
            ContentHash = r.ContentHash,
            Body = r.Body,
            ProposedBy = r.ProposedBy,
            ApprovedBy = r.ApprovedBy,
            Reason = r.Reason,
            CutoffAt = r.CutoffAt.ToUnixTimeMilliseconds(),
            At = r.At.ToUnixTimeMilliseconds(),
            Basis = r.Basis,
        };
    }
}
