using System.Text.RegularExpressions;

namespace Hotline.Benchmarks;

/// <summary>The verbs <c>check</c> and <c>rebuild</c> by themselves: how many tickets a second they get through. A grown store is sound;
/// for the first rebuild every row is spoilt, and what it made right costs it nothing the second time.</summary>
internal static partial class UpkeepBenchmark
{
    private const double Least = 20_000;
    private const string Spoil = "UPDATE ticket_index SET work_not_by = 'x'; UPDATE ticket_obligation SET owed = 1 - owed; UPDATE ticket_answer SET blameless = 1 - blameless";

    public static async Task<Outcome> Measure(Run run)
    {
        var (results, figures) = (new List<object>(), new List<Figure>());
        foreach (var engine in run.Engines)
        {
            var large = await run.Stored(engine, run.Size.Stored[^1]);
            var store = await run.NewStore(engine, "upkeep", await run.Stored(engine, run.Size.Stored[0]));
            await using (var connection = await store.Open())
            {
                await using var spoil = connection.CreateCommand();
                spoil.CommandText = Spoil;
                await spoil.ExecuteNonQueryAsync();
            }
            var rates = new Dictionary<string, double>
            {
                [$"check of {run.Size.Stored[^1]:N0}"] = await Rate(large, "check"),
                [$"rebuild of {run.Size.Stored[0]:N0}, rows others"] = await Rate(store, "rebuild"),
                [$"rebuild of {run.Size.Stored[0]:N0}, rows right"] = await Rate(store, "rebuild"),
            };
            results.Add(new { engine, rates });
            foreach (var (what, rate) in rates)
            {
                Console.WriteLine($"  {engine,-11} {what}: {rate:N0} tickets/s");
                figures.Add(new(engine, what, rate, "tickets/s") { Target = $"≥ {Least:N0}", Met = rate >= Least, OfLargeSize = !what.Contains("others") });
            }
        }
        return new(new { results }, figures);
    }

    private static async Task<double> Rate(Store store, string verb)
    {
        var environment = new Dictionary<string, string> { ["HOTLINE_DATA"] = store.Folder };
        if (store.Postgres is { } postgres)
        {
            environment["HOTLINE_POSTGRES"] = postgres;
        }
        var output = await ChildProcess.Run("dotnet", [Places.SiloDll, verb], environment);
        return Said().Match(output) is { Success: true } said
            ? double.Parse(said.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{verb} said: {output}");
    }

    [GeneratedRegex(@"([\d,]+) tickets/s")]
    private static partial Regex Said();
}
