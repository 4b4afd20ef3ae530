using Hotline.Benchmarks.Compare;

namespace Hotline.Benchmarks;

/// <summary>One benchmark a command: <c>dotnet run -c Release --project tests/Benchmarks -- commands</c>; <c>all</c> runs each.</summary>
internal static class Program
{
    private const string All = "all";

    private static readonly Dictionary<string, (string About, Func<Run, Task<Outcome>> Measure)> Benchmarks = new()
    {
        ["start"] = ("from the command to ready on an empty store", StartBenchmark.Measure),
        ["commands"] = ("durable commands through HTTP, PostgreSQL and SQLite, beside pgbench, a plain endpoint and a bare loop", CommandsBenchmark.Measure),
        ["import"] = ("history import into an empty store, rows a second", ImportBenchmark.Measure),
        ["table"] = ("the live league table while the store grows and its month does not", TableBenchmark.Measure),
        ["lists"] = ("every filter, every role's work, searches and a deep page while the store grows", ListsBenchmark.Measure),
        ["memory"] = ("resident memory with a big store, and per activation", MemoryBenchmark.Measure),
        ["sweep"] = ("red cards due at once among many open tickets, in quiet and beside searches; the idle sweep", SweepBenchmark.Measure),
        ["upkeep"] = ("check, and rebuild of rows that are others and of rows that are right, tickets a second", UpkeepBenchmark.Measure),
        ["close"] = ("a month closed, proposed and published", CloseBenchmark.Measure),
    };

    public static async Task<int> Main(string[] args)
    {
        if (args is ["plain", var url, var connection, var templates])
        {
            await PlainEndpoint.Serve(url, connection, templates);
            return 0;
        }
        if (args.Length == 0 || (args[0] != All && !Benchmarks.ContainsKey(args[0])))
        {
            return Usage();
        }
        Options options;
        try
        {
            options = Options.Read(args[1..]);
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine($"Not understood: {e.Message}");
            return Usage();
        }
        if (Directory.Exists(Places.Work))
        {
            // Left by a run that had the same process id and died together with its reaper.
            Directory.Delete(Places.Work, recursive: true);
        }
        var isSound = await Measure(args[0] == All ? [.. Benchmarks.Keys] : [args[0]], options);
        await Reaper.Finish();
        return isSound ? 0 : 1;
    }

    private static int Usage()
    {
        Console.WriteLine($"Usage: dotnet run -c Release --project tests/Benchmarks -- <name> {Options.Usage}");
        foreach (var (name, (about, _)) in Benchmarks)
        {
            Console.WriteLine($"  {name,-10} {about}");
        }
        Console.WriteLine($"  {All,-10} one after the other, and one table of them all");
        return 2;
    }

    /// <summary>One that breaks off is named, and the others still run.</summary>
    private static async Task<bool> Measure(IReadOnlyList<string> names, Options options)
    {
        Report.Machine(options);
        var (figures, broken, seconds) = (new List<Figure>(), new List<string>(), new Dictionary<string, double>());
        await using var run = new Run(options);
        foreach (var name in names)
        {
            Console.WriteLine($"\n{name}: {Benchmarks[name].About}");
            var watch = Stopwatch.StartNew();
            try
            {
                var outcome = await Benchmarks[name].Measure(run);
                await Report.Save(options, name, outcome);
                figures.AddRange(outcome.Figures);
            }
            catch (Exception e)
            {
                Console.Error.WriteLine($"{name} broke off: {e}");
                broken.Add(name);
            }
            seconds[name] = watch.Elapsed.TotalSeconds;
        }
        if (names.Count > 1)
        {
            await Report.Save(options, All, new Outcome(new { broken, seconds }, figures));
            Console.WriteLine("Took " + string.Join(", ", seconds.Select(s => $"{s.Key} {s.Value:0} s")));
        }
        Report.Print(figures, options.Size);
        return broken.Count == 0;
    }
}
