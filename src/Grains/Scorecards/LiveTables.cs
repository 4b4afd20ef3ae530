using System.Collections.Concurrent;
using System.Diagnostics;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>A table's figures with the instant they were read at.</summary>
internal sealed record LiveTable(LeagueBody Body, DateTimeOffset AsOf);

/// <summary>Live tables, reckoned at most once a second while nothing is written through this silo, and anew after every write. Readers who ask at the
/// same time share one reckoning, and nobody is handed one that began before an own earlier write.</summary>
internal sealed class LiveTables(LeagueReckoner reckoner, TicketStore store, TimeProvider clock)
{
    private const int MostKept = 256;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(Month, LeagueTier), Place> _places = new();

    public async Task<LiveTable> Get(Month month, LeagueTier tier, CancellationToken cancellationToken)
    {
        var asked = Stopwatch.GetTimestamp();
        var with = await reckoner.Now(clock.GetUtcNow());
        var place = PlaceOf(month, tier);
        if (place.Held is { } held && IsFresh(held, with))
        {
            return held.Table;
        }

        await place.Gate.WaitAsync(cancellationToken);
        try
        {
            if (place.Held is { } newer && (newer.StartedAt >= asked || IsFresh(newer, with)))
            {
                return newer.Table;
            }

            var (startedAt, commits) = (Stopwatch.GetTimestamp(), store.Commits);
            var table = new LiveTable(await reckoner.Body(month, tier, with, cancellationToken), with.AsOf);
            place.Held = new(table, with, startedAt, commits);
            return table;
        }
        finally
        {
            place.Gate.Release();
        }
    }

    /// <summary>Both clocks count: the business clock may be set forward, and another silo's writes are seen by the real one only.</summary>
    private bool IsFresh(Copy copy, Reckoning now) =>
        copy.Commits == store.Commits && copy.With.HasSameSources(now)
        && Stopwatch.GetElapsedTime(copy.StartedAt) < FreshFor && (now.AsOf - copy.With.AsOf).Duration() < FreshFor;

    private Place PlaceOf(Month month, LeagueTier tier)
    {
        if (_places.Count > MostKept)
        {
            _places.Clear();
        }

        return _places.GetOrAdd((month, tier), _ => new());
    }

    private sealed record Copy(LiveTable Table, Reckoning With, long StartedAt, long Commits);

    private sealed class Place
    {
        private Copy? _held;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public Copy? Held
        {
            get => Volatile.Read(ref _held);
            set => Volatile.Write(ref _held, value);
        }
    }
}
