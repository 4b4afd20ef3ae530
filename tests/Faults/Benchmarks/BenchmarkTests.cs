using System.Text.Json;

namespace Hotline.Faults;

/// <summary>The benchmarks at toy size: that each runs through and measures something, whatever it is, and leaves nothing behind.</summary>
public sealed class BenchmarkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>A toy may find nothing here: processor time in ticks of 10 ms, memory that the collector gave back meanwhile.</summary>
    private static readonly string[] MayBeNothing = ["ms/s", "KiB"];

    [Fact]
    public async Task EveryBenchmark_RunsOnBothEngines_AndLeavesNothingBehind()
    {
        using var all = new BenchmarkProcess("all");
        var exit = await all.End(Patience);

        Assert.True(exit == 0, all.Output);
        Assert.Equal([], all.Started());
        Assert.False(Directory.Exists(all.Work));
        var names = Result(all, "all").GetProperty("seconds").EnumerateObject().Select(s => s.Name).ToList();
        Assert.Equal(["start", "commands", "import", "table", "lists", "memory", "sweep", "upkeep", "close"], names);
        Assert.All(names, name =>
        {
            var figures = Result(all, name).GetProperty("figures").EnumerateArray().ToList();
            Assert.Equal(["PostgreSQL", "SQLite"], figures.Select(f => f.GetProperty("engine").GetString()!).Distinct().Order());
            Assert.All(figures.Where(f => !MayBeNothing.Contains(f.GetProperty("unit").GetString())),
                f => Assert.True(f.GetProperty("value").GetDouble() > 0, f.ToString()));
        });
        AssertCommands(Result(all, "commands"));
        Assert.All(Result(all, "sweep").GetProperty("results").EnumerateArray(), r => Assert.All(["quiet", "besideSearches"], window =>
        {
            Assert.Equal(Result(all, "sweep").GetProperty("due").GetInt32(), r.GetProperty(window).GetProperty("fired").GetInt32());
            Assert.True(r.GetProperty(window).GetProperty("earliest").GetDouble() >= 0);
        }));
    }

    [Theory, InlineData("TERM"), InlineData("KILL")]
    public async Task EndedBenchmark_TakesItsDatabaseAndItsSilosWithIt(string signal)
    {
        using var run = new BenchmarkProcess("import", "--engine", "postgres");
        await Until(() => new[] { "postgres -D", "Hotline.Silo.dll" }.All(program =>
            run.Started().Any(c => c.Contains(program, StringComparison.Ordinal))), run);

        await run.Signal(signal);

        await Until(() => run.Started().Count == 0 && !Directory.Exists(run.Work), run);
    }

    private static async Task Until(Func<bool> isSo, BenchmarkProcess run)
    {
        var limit = Settings.Bound(10);
        for (var waited = TimeSpan.Zero; !isSo(); waited += TimeSpan.FromMilliseconds(100))
        {
            Assert.True(waited < limit, $"{string.Join('\n', run.Started())}\n{run.Output}");
            await Task.Delay(100);
        }
    }

    /// <summary>The names that outside checks read.</summary>
    private static void AssertCommands(JsonElement commands) => Assert.All(commands.GetProperty("results").EnumerateArray(), result =>
    {
        Assert.Contains(result.GetProperty("engine").GetString(), new[] { "postgresql", "sqlite" });
        Assert.All(result.GetProperty("steps").EnumerateArray(), step => Assert.True(step.GetProperty("bytes").GetInt32() > 0));
        Assert.Contains("silo", result.GetProperty("series").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.All(result.GetProperty("series").EnumerateArray(), series =>
        {
            Assert.True(series.GetProperty("perSecond").GetDouble() > 0);
            Assert.Equal(JsonValueKind.Object, series.GetProperty("costs").ValueKind);
        });
    });

    private static JsonElement Result(BenchmarkProcess run, string name) =>
        JsonElement.Parse(File.ReadAllText(Path.Combine(run.Results, name + ".json")));
}
