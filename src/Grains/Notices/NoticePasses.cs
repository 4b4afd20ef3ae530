using Dapper;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Notices;

/// <summary>A published revision from which notices are drafted.</summary>
internal sealed record DraftPass(Month Month, LeagueTier Tier, int Revision);

/// <summary>The table <c>notice_pass</c>: which revisions were looked at. A crash before the mark is made up for by the next pass.</summary>
internal sealed class NoticePasses(Database database)
{
    /// <summary>Revisions without a mark.</summary>
    public async Task<IReadOnlyList<DraftPass>> Missing(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        var rows = await connection.QueryAsync<(string Month, string Tier, int Revision)>(new CommandDefinition(
            "SELECT r.period, r.tier, r.number FROM revision r WHERE r.kind = 'table' AND NOT EXISTS "
            + "(SELECT 1 FROM notice_pass p WHERE p.month = r.period AND p.tier = r.tier AND p.revision = r.number) ORDER BY r.period, r.tier, r.number",
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new DraftPass(Month.Parse(r.Month)!.Value, Codes.Parse<LeagueTier>(r.Tier)!.Value, r.Revision))];
    }

    /// <summary>The published months of a tier from one on, in order.</summary>
    public async Task<IReadOnlyList<Month>> PublishedFrom(Month first, LeagueTier tier, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        var months = await connection.QueryAsync<string>(new CommandDefinition(
            "SELECT period FROM revision WHERE kind = 'table' AND period >= @first AND tier = @tier AND number = 1 ORDER BY period",
            new { first = first.ToString(), tier = Codes.Of(tier) }, cancellationToken: cancellationToken));
        return [.. months.Select(m => Month.Parse(m)!.Value)];
    }

    public Task Record(IReadOnlyList<DraftPass> passes, CancellationToken cancellationToken) => database.Write((connection, transaction) =>
        connection.ExecuteAsync(new CommandDefinition("INSERT INTO notice_pass (month, tier, revision) VALUES (@month, @tier, @revision) ON CONFLICT DO NOTHING",
            passes.Select(p => new { month = p.Month.ToString(), tier = Codes.Of(p.Tier), revision = p.Revision }), transaction, cancellationToken: cancellationToken)),
        cancellationToken);
}
