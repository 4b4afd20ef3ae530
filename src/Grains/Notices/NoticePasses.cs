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
        var rows = await connection.QueryAsync<(int Month, string Tier, int Revision)>(new CommandDefinition(
            "SELECT r.month, r.tier, r.revision FROM league_revision r WHERE NOT EXISTS "
            + "(SELECT 1 FROM notice_pass p WHERE p.month = r.month AND p.tier = r.tier AND p.revision = r.revision) ORDER BY r.month, r.tier, r.revision",
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new DraftPass(new(r.Month), Codes.Parse<LeagueTier>(r.Tier)!.Value, r.Revision))];
    }

    /// <summary>The published months of a tier from one on, in order.</summary>
    public async Task<IReadOnlyList<Month>> PublishedFrom(Month first, LeagueTier tier, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        var keys = await connection.QueryAsync<int>(new CommandDefinition(
            "SELECT month FROM league_revision WHERE month >= @first AND tier = @tier AND revision = 1 ORDER BY month",
            new { first = first.Key, tier = Codes.Of(tier) }, cancellationToken: cancellationToken));
        return [.. keys.Select(k => new Month(k))];
    }

    public Task Record(IReadOnlyList<DraftPass> passes, CancellationToken cancellationToken) => database.Write((connection, transaction) =>
        connection.ExecuteAsync(new CommandDefinition("INSERT INTO notice_pass (month, tier, revision) VALUES (@month, @tier, @revision) ON CONFLICT DO NOTHING",
            passes.Select(p => new { month = p.Month.Key, tier = Codes.Of(p.Tier), revision = p.Revision }), transaction, cancellationToken: cancellationToken)),
        cancellationToken);
}
