using Hotline.Policies;
using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Scorecards;

/// <summary>Computes tables from the index. Knows nothing of publication, except that streaks read published months as they were published.</summary>
internal sealed class LeagueReckoner(ScoringPolicies policies, UnitDirectory units, MonthRankings rankings, StreakReader streaks)
{
    private Reckoning? _last;

    /// <summary>What holds now. While neither policies nor units change, the answer holds the same lists.</summary>
    public async ValueTask<Reckoning> Now(DateTimeOffset asOf) => Of(await policies.Book(), await units.All(), asOf);

    /// <summary>What is in force, for figures that are to be fixed.</summary>
    public async Task<Newest<Reckoning>> Newest(DateTimeOffset asOf) => new(Of((await policies.Newest()).Value, (await units.Newest()).Value.Units, asOf));

    private Reckoning Of(PolicyBook book, IReadOnlyList<Unit> roll, DateTimeOffset asOf)
    {
        var last = Volatile.Read(ref _last);
        if (last is null || !ReferenceEquals(last.Book, book) || !ReferenceEquals(last.Roll, roll))
        {
            last = new([.. book.Policies.Select(p => p.Policy)],
                [.. roll.Select(LeagueUnit.Of)], asOf) { Book = book, Roll = roll };
            Volatile.Write(ref _last, last);
        }
        return last with { AsOf = asOf };
    }

    /// <summary>A table whole, with streaks.</summary>
    public async Task<LeagueBody> Body(Month month, LeagueTier tier, Reckoning with, CancellationToken cancellationToken) =>
        await Body(month, tier, (await rankings.Rank([month], tier, with, cancellationToken))[month], with, cancellationToken);

    /// <summary>A table whole in several ways, from the same facts.</summary>
    public async Task<IReadOnlyList<LeagueBody>> Bodies(Month month, LeagueTier tier, IReadOnlyList<Reckoning> ways, CancellationToken cancellationToken)
    {
        List<LeagueBody> bodies = [];
        foreach (var (ranking, with) in (await rankings.RankEach(month, tier, ways, cancellationToken)).Zip(ways))
        {
            bodies.Add(await Body(month, tier, ranking, with, cancellationToken));
        }
        return bodies;
    }

    private async Task<LeagueBody> Body(Month month, LeagueTier tier, LeagueRanking ranking, Reckoning with, CancellationToken cancellationToken)
    {
        var policy = with.PolicyOf(month);
        var trails = await streaks.Read(PastTable.Of(month, ranking, policy), tier, with, cancellationToken);
        return LeagueBodyRules.Body(month, tier, ranking, policy, trails);
    }

    /// <summary>The streaks of a published table's units, by the newest revisions of earlier months.</summary>
    public Task<IReadOnlyDictionary<string, StreakTrail>> Streaks(LeagueTable table, Reckoning with, CancellationToken cancellationToken) =>
        streaks.Read(PastTable.Of(table), table.Tier, with, cancellationToken);

    /// <summary>Pooled figures of several months, with one query for all.</summary>
    public async Task<IReadOnlyDictionary<Month, LeagueTotal>> Totals(IReadOnlyCollection<Month> months, LeagueTier tier, Reckoning with, CancellationToken cancellationToken) =>
        (await rankings.Rank(months, tier, with, cancellationToken)).ToDictionary(m => m.Key, m =>
            LeagueBodyRules.Total(m.Value.Pooled, with.PolicyOf(m.Key)));
}
