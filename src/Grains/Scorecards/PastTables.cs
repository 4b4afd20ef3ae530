using System.Collections.Concurrent;
using System.Diagnostics;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>Earlier months' tables for streaks: published ones from their revision, the others reckoned and kept as long as they hold.</summary>
internal sealed class PastTables(ScorecardIndex index, Revisions revisions, MonthRankings rankings, TicketStore store, Database database)
{
    private const int MostKept = 2000;
    private const int ShareOfTime = 50;

    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(Month, LeagueTier), Kept> _kept = new();

    /// <summary>The tables of these months that may matter to one of the units; in a month left out none of them was ranked in a table with a bottom three.</summary>
    public async Task<IReadOnlyDictionary<Month, PastTable>> Get(
        IReadOnlyCollection<Month> months, IReadOnlyCollection<string> units, LeagueTier tier, Reckoning with, CancellationToken cancellationToken)
    {
        var tables = new Dictionary<Month, PastTable>(await revisions.LatestOf(months, tier, with, cancellationToken));
        if (with.Instead is { } instead && months.Contains(instead.Month))
        {
            tables[instead.Month] = instead;
        }
        var missing = AddKept(tables, months.Where(m => with.UnitsOf(m, tier).Count >= with.PolicyOf(m).MinRankedForBottomThree), tier, with);
        foreach (var table in await Reckon(await Worthwhile(missing, units, with, cancellationToken), tier, with, cancellationToken))
        {
            tables[table.Month] = table;
        }
        return tables;
    }

    /// <summary>The tables of all these months, whether they matter to a streak or not.</summary>
    public async Task<IReadOnlyDictionary<Month, PastTable>> Whole(IReadOnlyCollection<Month> months, LeagueTier tier, Reckoning with, CancellationToken cancellationToken)
    {
        var tables = new Dictionary<Month, PastTable>(await revisions.LatestOf(months, tier, with, cancellationToken));
        foreach (var table in await Reckon(AddKept(tables, months, tier, with), tier, with, cancellationToken))
        {
            tables[table.Month] = table;
        }
        return tables;
    }

    /// <summary>Adds what is kept and holds; answers the months that are still missing.</summary>
    private List<Month> AddKept(Dictionary<Month, PastTable> tables, IEnumerable<Month> months, LeagueTier tier, Reckoning with)
    {
        List<Month> missing = [];
        foreach (var month in months.Where(m => !tables.ContainsKey(m)))
        {
            if (_kept.TryGetValue((month, tier), out var kept) && Holds(kept, with))
            {
                tables[month] = kept.Table;
            }
            else
            {
                missing.Add(month);
            }
        }
        return missing;
    }

    /// <summary>The months in which one of the units may have been ranked. A unit that hardly works would otherwise make every read go through
    /// the whole history.</summary>
    private async Task<IReadOnlyCollection<Month>> Worthwhile(List<Month> months, IReadOnlyCollection<string> units, Reckoning with, CancellationToken cancellationToken)
    {
        if (months.Count == 0 || with.Facts is not null)
        {
            return months;
        }
        var present = await index.Presence(months, units, cancellationToken, with.Moment);
        return present.Where(p => p.Answers >= with.PolicyOf(p.Month).MinEffectiveCallbacks).Select(p => p.Month).ToHashSet();
    }

    private async Task<IReadOnlyList<PastTable>> Reckon(IReadOnlyCollection<Month> months, LeagueTier tier, Reckoning with, CancellationToken cancellationToken)
    {
        var changes = months.ToDictionary(m => m, m => store.Changes.Of(m.Key));
        var startedAt = Stopwatch.GetTimestamp();
        var ranked = await rankings.Rank(months, tier, with, cancellationToken);
        var freshFor = TimeSpan.FromTicks(Math.Max(FreshFor.Ticks, Stopwatch.GetElapsedTime(startedAt).Ticks * ShareOfTime));
        if (_kept.Count > MostKept)
        {
            _kept.Clear();
        }
        List<PastTable> tables = [];
        foreach (var (month, ranking) in ranked)
        {
            var table = PastTable.Of(month, ranking, with.PolicyOf(month));
            tables.Add(table);
            // In a month that is not over, tickets fall due without any write.
            if (with is { Facts: null, Moment: null } && LeagueLifeRules.IsOver(month, with.AsOf))
            {
                _kept[(month, tier)] = new(table, with, changes[month], startedAt, freshFor);
            }
        }
        return tables;
    }

    /// <summary>Own writes are seen at once. Other silos' writes are seen after a second, or, where reading takes long, after as long as keeps the
    /// reading of earlier months to a small share of the time.</summary>
    private bool Holds(Kept kept, Reckoning with) =>
        !with.Anew && kept.With.HasSameSources(with) && kept.Changes == store.Changes.Of(kept.Table.Month.Key)
        && (database.Engine == StorageEngine.Sqlite || Stopwatch.GetElapsedTime(kept.ReadAt) < kept.FreshFor);

    private sealed record Kept(PastTable Table, Reckoning With, long Changes, long ReadAt, TimeSpan FreshFor);
}
