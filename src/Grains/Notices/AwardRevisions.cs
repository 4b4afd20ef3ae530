using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Notices;

/// <summary>The bytes of a list: members in the order of their declaration, numbers in one spelling, nothing of the time or place of their making.</summary>
internal static class AwardCanon
{
    public static string Text<T>(T body) => JsonSerializer.Serialize(body, StoredJson.Options);

    public static T Read<T>(string body) => JsonSerializer.Deserialize<T>(body, StoredJson.Options)!;
}

/// <summary>The quarters' approved lists.</summary>
internal sealed class AwardRevisions(Database database, Revisions revisions)
{
    private readonly ConcurrentDictionary<(string, LeagueTier, int), QuarterBody> _parsed = new();

    /// <summary>The quarters' lists that count, newest revisions, by quarter and tier; of one year, or all.</summary>
    public async Task<IReadOnlyList<(SourceList Source, QuarterBody Body)>> Quarters(int? year, CancellationToken cancellationToken)
    {
        const string newest = "SELECT period, tier, MAX(number) FROM revision WHERE kind = 'quarter' AND period LIKE @pattern GROUP BY period, tier ORDER BY period, tier";
        await using var connection = await database.OpenRead(cancellationToken);
        var pattern = year is { } y ? $"{y:0000}-Q_" : "____-Q_";
        var keys = (await connection.QueryAsync<(string Period, string Tier, int Number)>(
            new CommandDefinition(newest, new { pattern }, cancellationToken: cancellationToken))).AsList();
        List<(SourceList, QuarterBody)> lists = [];
        foreach (var (period, code, number) in keys)
        {
            var tier = Codes.Parse<LeagueTier>(code)!.Value;
            var revision = (await revisions.Find(RevisionKind.Quarter, period, tier, number, cancellationToken))!;
            var body = _parsed.GetOrAdd((period, tier, number), _ => AwardCanon.Read<QuarterBody>(revision.Text));
            lists.Add((new(body.Quarter, tier, number, revision.ContentHash), body));
        }
        return lists;
    }
}
