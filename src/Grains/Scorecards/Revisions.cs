using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>The append-only table <c>revision</c>: published tables and approved lists.</summary>
internal sealed class Revisions(Database database)
{
    private const int MostKept = 2000;

    private const string Columns = "kind AS Kind, period AS Period, tier AS Tier, number AS Number, content_hash AS ContentHash, body AS Body, "
        + "proposed_by AS ProposedBy, approved_by AS ApprovedBy, reason AS Reason, cutoff_at AS CutoffAt, at AS At, basis AS Basis, row_hash AS RowHash";

    private const string Selection = $"SELECT {Columns} FROM revision WHERE kind = @kind AND period = @period AND tier = @tier";

    private const string Insertion = "INSERT INTO revision (kind, period, tier, number, content_hash, body, proposed_by, approved_by, reason, cutoff_at, at, basis, row_hash) "
        + "VALUES (@Kind, @Period, @Tier, @Number, @ContentHash, @Body, @ProposedBy, @ApprovedBy, @Reason, @CutoffAt, @At, @Basis, @RowHash)";

    private readonly ConcurrentDictionary<(Month, LeagueTier, int), PastTable> _parsed = new();

    /// <summary>The row that publishes, for the record whose proposal it ends: it is inserted if that record still stands as it was when this was decided.</summary>
    public static RecordRow Row(Revision revision) => new(Insertion, Stored.Of(revision));

    /// <summary>One revision, or the newest; null when there is none.</summary>
    public async Task<Revision?> Find(RevisionKind kind, string period, LeagueTier tier, int? number, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        var row = await connection.QueryFirstOrDefaultAsync<Stored>(new CommandDefinition(
            $"{Selection} {(number is null ? "" : "AND number = @number ")}ORDER BY number DESC LIMIT 1",
            new { kind = Codes.Of(kind), period, tier = Codes.Of(tier), number }, cancellationToken: cancellationToken));
        return row?.Revision;
    }

    /// <summary>A month's table; the newest revision, or null while the table is not published.</summary>
    public Task<Revision?> Table(Month month, LeagueTier tier, int? number, CancellationToken cancellationToken) =>
        Find(RevisionKind.Table, month.ToString(), tier, number, cancellationToken);

    /// <summary>All revisions of a month's table, oldest first.</summary>
    public async Task<IReadOnlyList<Revision>> Tables(Month month, LeagueTier tier, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        var rows = await connection.QueryAsync<Stored>(new CommandDefinition($"{Selection} ORDER BY number",
            new { kind = Codes.Of(RevisionKind.Table), period = month.ToString(), tier = Codes.Of(tier) }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.Revision)];
    }

    /// <summary>The newest revision of each of these months that has one, read once and kept: it never changes.</summary>
    /// <param name="with">May name a moment to read, or the revisions that were the newest at an earlier one.</param>
    public async Task<IReadOnlyDictionary<Month, PastTable>> LatestOf(IReadOnlyCollection<Month> months, LeagueTier tier, Reckoning with, CancellationToken cancellationToken)
    {
        var numbers = with.Earlier is { } known
            ? months.Where(m => known.ContainsKey(m.Key)).Select(m => (m, known[m.Key]))
            : await Newest(months, tier, with.Moment, cancellationToken);
        var tables = new Dictionary<Month, PastTable>();
        foreach (var (month, number) in numbers)
        {
            tables[month] = _parsed.TryGetValue((month, tier, number), out var kept) ? kept : await Parse(month, tier, number, with.Moment, cancellationToken);
        }

        return tables;
    }

    /// <summary>Which tables of these months are published.</summary>
    public async Task<IReadOnlySet<(Month Month, LeagueTier Tier)>> PublishedOf(IEnumerable<Month> months,
        CancellationToken cancellationToken)
    {
        var query = new ListQuery("SELECT DISTINCT period, tier FROM revision WHERE kind = 'table' AND period IN @months")
            .WithList("months", months.Select(m => m.ToString()));
        return (await query.Read<(string Period, string Tier)>(database, null, cancellationToken))
            .Select(r => (Month.Parse(r.Period)!.Value, Codes.Parse<LeagueTier>(r.Tier)!.Value)).ToHashSet();
    }

    /// <summary>The number of the newest revision of every published month before this one, by the month's key.</summary>
    public static async Task<IReadOnlyDictionary<int, int>> NumbersBefore(Month month, LeagueTier tier, ReadSnapshot moment, CancellationToken cancellationToken) =>
        (await moment.Connection.QueryAsync<(string Period, int Number)>(new CommandDefinition(
            "SELECT period, MAX(number) FROM revision WHERE kind = 'table' AND period < @period AND tier = @tier GROUP BY period ORDER BY period",
            new { period = month.ToString(), tier = Codes.Of(tier) }, moment.Transaction, cancellationToken: cancellationToken)))
        .ToDictionary(r => Month.Parse(r.Period)!.Value.Key, r => r.Number);

    private async Task<IEnumerable<(Month, int)>> Newest(IReadOnlyCollection<Month> months, LeagueTier tier, ReadSnapshot? moment, CancellationToken cancellationToken)
    {
        var query = new ListQuery("SELECT period, MAX(number) FROM revision WHERE kind = 'table' AND period IN @months AND tier = @tier GROUP BY period")
            .WithList("months", months.Select(m => m.ToString())).With("tier", Codes.Of(tier));
        return (await query.Read<(string Period, int Number)>(database, moment, cancellationToken)).Select(r => (Month.Parse(r.Period)!.Value, r.Number));
    }

    private async Task<PastTable> Parse(Month month, LeagueTier tier, int number, ReadSnapshot? moment, CancellationToken cancellationToken)
    {
        var query = new ListQuery($"{Selection} AND number = @number").With("kind", Codes.Of(RevisionKind.Table)).With("period", month.ToString())
            .With("tier", Codes.Of(tier)).With("number", number);
        var table = PastTable.Of((await query.Read<Stored>(database, moment, cancellationToken)).Single().Revision.Read(), number);
        if (_parsed.Count >= MostKept)
        {
            _parsed.Clear();
        }

        return _parsed[(month, tier, number)] = table;
    }

    /// <summary>Every revision as it is stored, a moment's worth.</summary>
    public static async Task<IReadOnlyList<Revision>> All(DbConnection connection, DbTransaction? transaction) =>
        [.. (await connection.QueryAsync<Stored>(new CommandDefinition($"SELECT {Columns} FROM revision", transaction: transaction, commandTimeout: 0))).Select(r => r.Revision)];

    private sealed class Stored
    {
        public string Kind { get; set; } = "";
        public string Period { get; set; } = "";
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
        public string RowHash { get; set; } = "";

        public Revision Revision => new(Codes.Parse<RevisionKind>(Kind)!.Value, Period, Codes.Parse<LeagueTier>(Tier)!.Value, Number, ContentHash, Body,
            ProposedBy, ApprovedBy, Reason, DateTimeOffset.FromUnixTimeMilliseconds(CutoffAt), DateTimeOffset.FromUnixTimeMilliseconds(At), Basis)
        {
            RowHash = RowHash,
        };

        public static Stored Of(Revision r) => new()
        {
            Kind = Codes.Of(r.Kind),
            Period = r.Period,
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
            RowHash = r.HashOfRow(),
        };
    }
}
