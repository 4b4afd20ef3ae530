using Hotline.Benchmarks.Compare;

namespace Hotline.Benchmarks;

/// <summary>One benchmark a command: <c>dotnet run -c Release --project tests/Benchmarks -- commands</c>.</summary>
internal static class Program
{
    private static readonly Dictionary<string, (string About, Func<Options, Task> Run)> Commands = new()
    {
        ["commands"] = ("durable commands through HTTP, PostgreSQL and SQLite, beside pgbench, a plain endpoint and a bare loop", CommandsBenchmark.Run),
        ["import"] = ("history import into an empty store, rows a second", ImportBenchmark.Run),
        ["table"] = ("the live league table and lists at 10 thousand, 100 thousand, 1 million stored tickets", TableBenchmark.Run),
        ["close"] = ("a month closed, proposed and published: 20 units with 100,000 tickets, 3,000 units with 1 million", CloseBenchmark.Run),
        ["sweep"] = ("10,000 red cards due in one minute among 1 million open tickets; the idle sweep", SweepBenchmark.Run),
        ["memory"] = ("resident memory with 1 million stored tickets, and per activation", MemoryBenchmark.Run),
        ["start"] = ("from the command to ready on an empty store", StartBenchmark.Run),
    };

    public static async Task<int> Main(string[] args)
    {
        if (args is ["plain", var url, var connection, var templates])
        {
            await PlainEndpoint.Serve(url, connection, templates);
            return 0;
        }
        if (args.Length == 0 || !Commands.TryGetValue(args[0], out var command))
        {
            Console.WriteLine("Usage: dotnet run -c Release --project tests/Benchmarks -- <name> [--rounds n] [--seconds n]");
            foreach (var (name, entry) in Commands)
            {
                Console.WriteLine($"  {name,-10} {entry.About}");
            }
            return 1;
        }
        await command.Run(Options.Read(args));
        return 0;
    }
}

/// <summary>How long and how often to measure.</summary>
internal sealed record Options(int Rounds, int Seconds, string Engine)
{
    public static Options Read(string[] args) => new(Number(args, "--rounds", 5), Number(args, "--seconds", 8), Text(args, "--engine", "both"));

    public bool Wants(string engine) => Engine == "both" || Engine == engine;

    private static int Number(string[] args, string name, int otherwise) =>
        int.Parse(Text(args, name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    private static string Text(string[] args, string name, string otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;
}
