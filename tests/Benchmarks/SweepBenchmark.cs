namespace Hotline.Benchmarks;

/// <summary>
/// Many red cards due at once among many open tickets: how late each was recorded, first in quiet, then while many callers search for a
/// word that no ticket has; and what the sweep costs while nothing is due, with few and with many open tickets.
/// </summary>
internal static class SweepBenchmark
{
    private const double MostSecondsLate = 30;
    private const double MostIdleGrowth = 1.5;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task<Outcome> Measure(Run run)
    {
        var (results, figures) = (new List<object>(), new List<Figure>());
        foreach (var engine in run.Engines)
        {
            var (details, own) = await One(engine, run);
            results.Add(details);
            figures.AddRange(own);
        }
        return new(new { due = run.Size.Due, openTickets = run.Size.Stored[^1], results }, figures);
    }

    private static async Task<(object Details, IReadOnlyList<Figure> Figures)> One(string engine, Run run)
    {
        var (size, open) = (run.Size, run.Size.Stored[^1]);
        var store = await run.NewStore(engine, "sweep");
        TimeSpan importing;
        double idleFew;
        await using (var few = await store.Start())
        {
            var waiting = HistoryFile.Waiting(size.Due, Now.AddMinutes(95), size.Spread, HistoryFile.OpenPrefix);
            importing = await Importing.Import(few, waiting, "open", keepOpen: true);
            idleFew = await IdleCost(few, size);
        }
        await Growth.Grow(store, (open / size.Due) - 1, Copies.StillOpen);
        await using var silo = await store.Start();
        var idleMany = await IdleCost(silo, size);
        var firstDue = DateTimeOffset.FromUnixTimeSeconds((Now + (importing * 3) + TimeSpan.FromSeconds(3)).ToUnixTimeSeconds());
        var secondDue = firstDue + size.Spread + Between;
        await Importing.Import(silo, HistoryFile.Waiting(size.Due, firstDue, size.Spread, "D"), "due", keepOpen: true);
        await Importing.Import(silo, HistoryFile.Waiting(size.Due, secondDue, size.Spread, "E"), "due-beside-searches", keepOpen: true);
        await Until(firstDue, "Tickets were due before they were all stored: the machine was too slow.");
        await Until(secondDue, "");
        var searches = await Search(silo, size.Searchers, size.Spread);
        var late = await Late(silo, firstDue, 2 * size.Due);
        var quiet = Lateness.Of(late.Where(l => l.ArmedAt < secondDue));
        var beside = Lateness.Of(late.Where(l => l.ArmedAt >= secondDue));
        return Told(engine, size, (idleFew, idleMany), (quiet, beside), searches);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static async Task Until(DateTimeOffset instant, string otherwise)
    {
        var left = instant - Now;
        await Task.Delay(left >= TimeSpan.Zero ? left : throw new InvalidOperationException(otherwise));
    }

    /// <summary>Callers that search one after the other for a word that no ticket has; returns how many searches were answered a second.</summary>
    private static async Task<double> Search(SiloProcess silo, int callers, TimeSpan duration)
    {
        var (answered, start) = (0, Stopwatch.GetTimestamp());
        var path = new Uri($"http://127.0.0.1/api/v1/tickets?limit=50&q={HistoryFile.AbsentWord}").PathAndQuery;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            using var connection = await HttpConnection.Open(silo.Port, "X-Api-Key: " + SiloProcess.Key);
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                // Refusing is allowed under overload; leaving the sweep alone is what counts.
                if (await connection.Send("GET", path) == 200)
                {
                    Interlocked.Increment(ref answered);
                }
            }
        })));
        return answered / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The ledger of red cards, once all are there or patience ends.</summary>
    private static async Task<IReadOnlyList<(DateTimeOffset ArmedAt, double Seconds)>> Late(SiloProcess silo, DateTimeOffset firstDue, int expected)
    {
        var from = Uri.EscapeDataString(firstDue.ToString("O"));
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(1000))
        {
            var (cards, cursor) = (new List<(DateTimeOffset, double)>(), "");
            do
            {
                var page = await silo.Read($"/api/v1/alarms?level=red&limit=200&from={from}{cursor}");
                cards.AddRange(page.GetProperty("items").EnumerateArray().Select(i => (Armed: i.GetProperty("armedAt").GetDateTimeOffset(), i))
                    .Select(i => (i.Armed, (i.i.GetProperty("firedAt").GetDateTimeOffset() - i.Armed).TotalSeconds)));
                cursor = page.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + next : "";
            }
            while (cursor.Length > 0);
            if (cards.Count >= expected || watch.Elapsed > Patience)
            {
                return cards;
            }
        }
    }

    private static async Task<double> IdleCost(SiloProcess silo, Size size)
    {
        await Task.Delay(size.Idle / 2);
        var before = silo.Process.Cpu;
        await Task.Delay(size.Idle);
        return (silo.Process.Cpu - before).TotalMilliseconds / size.Idle.TotalSeconds;
    }

    private static (object, IReadOnlyList<Figure>) Told(string engine, Size size, (double Few, double Many) idle, (Lateness, Lateness) late,
        double searches)
    {
        var (open, (quiet, beside)) = (size.Stored[^1], late);
        Console.WriteLine($"  {engine}: {size.Due:N0} red cards due within {size.Spread.TotalSeconds:0} s among {open:N0} open, "
            + $"then as many beside {searches:0.0} searches a second");
        Report.Table(["late, s", "fired", "earliest", "p50", "p99", "last"], [quiet.Cells("in quiet"), beside.Cells("beside searches")]);
        Console.WriteLine($"  idle silo: {idle.Few:0.0} ms of processor time a second with {size.Due:N0} open, "
            + $"{idle.Many:0.0} ms with {open:N0}");
        var all = $"latest of {size.Due:N0} among {open:N0} open";
        object details = new
        {
            engine, quiet, besideSearches = beside, searchesPerSecond = searches, idleFewMsPerSecond = idle.Few, idleManyMsPerSecond = idle.Many,
        };
        return (details,
        [
            quiet.Judged(engine, $"red cards in quiet, {all}", size.Due),
            beside.Judged(engine, $"red cards beside {size.Searchers} searchers, {all}", size.Due, quiet),
            new(engine, $"idle silo with {open:N0} open", idle.Many, "ms/s")
            {
                ComparedWith = $"with {size.Due:N0}", Ratio = idle.Many / Math.Max(1, idle.Few), Target = $"≤ {MostIdleGrowth} ×",
                Met = idle.Many <= MostIdleGrowth * Math.Max(1, idle.Few), OfLargeSize = true,
            },
        ]);
    }

    /// <summary>Seconds from due to recorded.</summary>
    private sealed record Lateness(int Fired, double Earliest, double P50, double P99, double Last)
    {
        public static Lateness Of(IEnumerable<(DateTimeOffset ArmedAt, double Seconds)> cards)
        {
            var sorted = cards.Select(c => c.Seconds).Order().ToList();
            double At(double share) => sorted.Count == 0 ? 0 : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)];
            return new(sorted.Count, At(0), At(0.5), At(0.99), At(1));
        }

        public IReadOnlyList<string> Cells(string name) => [name, $"{Fired:N0}", .. new[] { Earliest, P50, P99, Last }.Select(Report.Number)];

        public Figure Judged(string engine, string what, int due, Lateness? quiet = null) => new(engine, what, Last, "s")
        {
            ComparedWith = quiet is null ? null : "in quiet", Ratio = Last / quiet?.Last, Target = $"all, ≤ {MostSecondsLate} s, never early",
            Met = Fired == due && Last <= MostSecondsLate && Earliest >= 0, OfLargeSize = true,
        };
    }
}
