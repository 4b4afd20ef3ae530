using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Notices;

/// <summary>The tables <c>notice</c> and <c>notice_step</c>: lists of what the notices' records hold, and everything that happened to them.</summary>
internal sealed class NoticeIndex(Database database)
{
    private const string Put = "INSERT INTO notice (id, version, month, tier, kind, unit, status, went_out, report_due_at, body) "
        + "VALUES (@Id, @Version, @Month, @Tier, @Kind, @Unit, @Status, @WentOut, @ReportDueAt, @Body) ON CONFLICT (id) DO UPDATE SET "
        + "version = excluded.version, status = excluded.status, went_out = excluded.went_out, report_due_at = excluded.report_due_at, body = excluded.body";

    private const string InsertStep = "INSERT INTO notice_step (notice_id, seq, kind, actor, at, body) VALUES (@notice, @seq, @kind, @actor, @at, @body)";

    public async Task<Notice?> Find(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        var body = await connection.ExecuteScalarAsync<string?>(
            new CommandDefinition("SELECT body FROM notice WHERE id = @id", new { id }, cancellationToken: cancellationToken));
        return body is null ? null : Read<Notice>(body);
    }

    public async Task<IReadOnlyList<NoticeStep>> Steps(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        var bodies = await connection.QueryAsync<string>(
            new CommandDefinition("SELECT body FROM notice_step WHERE notice_id = @id ORDER BY seq", new { id }, cancellationToken: cancellationToken));
        return [.. bodies.Select(Read<NoticeStep>)];
    }

    /// <summary>All notices of one table.</summary>
    public Task<IReadOnlyList<Notice>> OfTable(Month month, LeagueTier tier, CancellationToken cancellationToken) =>
        Query("SELECT body FROM notice WHERE month = @month AND tier = @tier ORDER BY id", new { month = month.Key, tier = Codes.Of(tier) }, cancellationToken);

    /// <summary>Reports that are owed, the earliest due first.</summary>
    public Task<IReadOnlyList<Notice>> OwedReports(string? unit, CancellationToken cancellationToken) => Query(
        $"SELECT body FROM notice WHERE report_due_at IS NOT NULL {(unit is null ? "" : "AND unit = @unit ")}ORDER BY report_due_at, id", new { unit }, cancellationToken);

    /// <summary>Issued notices that lost their ground and wait to be taken back.</summary>
    public Task<IReadOnlyList<Notice>> Groundless(CancellationToken cancellationToken) =>
        Query("SELECT body FROM notice WHERE status = @status ORDER BY id", new { status = Codes.Of(NoticeStatus.GroundGone) }, cancellationToken);

    /// <summary>One page, the newest month first. A cursor of another filter is refused (<c>cursor.invalid</c>).</summary>
    public async Task<Result<NoticePage>> List(NoticeFilter filter, int limit, string? cursor, bool includeTotal, CancellationToken cancellationToken)
    {
        var (where, arguments) = Where(filter);
        var (all, question) = (where, filter.ToString());
        if (!ListPlace.TryRead(cursor, question, out var after))
        {
            return ListPlace.Invalid;
        }

        if (after is not null)
        {
            where += " AND (month < @afterMonth OR (month = @afterMonth AND id > @afterId))";
            arguments.Add("afterMonth", after.At);
            arguments.Add("afterId", after.Id);
        }

        arguments.Add("limit", limit + 1);
        var found = await Query($"SELECT body FROM notice WHERE {where} ORDER BY month DESC, id LIMIT @limit", arguments, cancellationToken);
        var next = found.Count > limit ? new ListPlace(found[limit - 1].Month.Key, found[limit - 1].Id, 0).Write(question) : null;
        return new NoticePage([.. found.Take(limit)], next, includeTotal ? await Count(all, arguments, cancellationToken) : null);
    }

    /// <summary>What a change writes beside the notice's record.</summary>
    public static RecordRow[] Rows(NoticeChange change)
    {
        var (notice, step) = change;
        return [new(Put, Row(notice)), new(InsertStep,
            new { notice = notice.Id, seq = step.Seq, kind = Codes.Of(step.Kind), actor = step.Actor, at = step.At.ToUnixTimeMilliseconds(), body = Write(step) })];
    }

    private static object Row(Notice n) => new
    {
        n.Id,
        n.Version,
        Month = n.Month.Key,
        Tier = Codes.Of(n.Tier),
        Kind = Codes.Of(n.Kind),
        Unit = n.Unit.Code,
        Status = Codes.Of(n.Status),
        WentOut = n.WentOut ? 1 : 0,
        ReportDueAt = n.OwesReport ? n.Task!.DueAt.ToUnixTimeMilliseconds() : (long?)null,
        Body = Write(n),
    };

    private static (string Where, DynamicParameters Arguments) Where(NoticeFilter filter)
    {
        var (where, arguments) = (new StringBuilder("1 = 1"), new DynamicParameters());
        void Add(object? value, string column)
        {
            if (value is not null)
            {
                where.Append(CultureInfo.InvariantCulture, $" AND {column} = @{column}");
                arguments.Add(column, value);
            }
        }

        Add(filter.Month?.Key, "month");
        Add(filter.Unit, "unit");
        Add(filter.Kind is { } kind ? Codes.Of(kind) : null, "kind");
        Add(filter.Status is { } status ? Codes.Of(status) : null, "status");
        Add(filter.OnlyOut ? 1 : null, "went_out");
        return (where.ToString(), arguments);
    }

    private async Task<long> Count(string where, DynamicParameters arguments, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(
            new CommandDefinition($"SELECT COUNT(*) FROM notice WHERE {where}", arguments, cancellationToken: cancellationToken));
    }

    private async Task<IReadOnlyList<Notice>> Query(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenRead(cancellationToken);
        return [.. (await connection.QueryAsync<string>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken))).Select(Read<Notice>)];
    }

    private static T Read<T>(string body) => JsonSerializer.Deserialize<T>(body, StoredJson.Options)!;

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, StoredJson.Options);
}
