using System.Text.Json;

namespace Hotline.Benchmarks;

/// <summary>Lists, work queues and searches over a store that grows: every filter, every role's view, a page in the middle of it all.</summary>
internal static class ListsBenchmark
{
    private const double MostMs = 50;
    private const double MostGrowth = 3;
    private const string DeepPage = "page in the middle";

    /// <summary>Shown in the final table by themselves; of the others the slowest.</summary>
    private static readonly string[] Shown = [DeepPage, "search, frequent", "search, rare", "search, absent", "small unit's people"];

    public static async Task<Outcome> Measure(Run run)
    {
        var (results, figures) = (new List<object>(), new List<Figure>());
        foreach (var engine in run.Engines)
        {
            var bySize = new List<IReadOnlyList<AskFigures>>();
            foreach (var stored in run.Size.Stored)
            {
                await using var silo = await (await run.Stored(engine, stored)).Start();
                var asked = new List<AskFigures>();
                foreach (var question in await Questions(silo, stored))
                {
                    asked.Add(await Asking.Ask(silo.Port, question, run.Size.Samples));
                }
                bySize.Add(asked);
                results.Add(new { engine, stored, figures = asked.Select(a => new { a.Name, p50Ms = a.P50, p99Ms = a.P99 }) });
            }
            Print(engine, run.Size.Stored, bySize);
            figures.AddRange(Figures(engine, run.Size.Stored, bySize));
        }
        return new(new { results }, figures);
    }

    private static async Task<IReadOnlyList<(string Name, string Path, string Key)>> Questions(SiloProcess silo, int stored)
    {
        var list = "/api/v1/tickets?limit=50";
        var (unit, small) = (HistoryFile.Unit(0), HistoryFile.SmallUnit);
        var (people, few) = (await KeyOf(silo, unit), await KeyOf(silo, small));
        (string Name, string Path, string Key)[] bySpecialKey = [("unit's people", list, people), ("small unit's people", list, few),
            ("unit's people, own work", "/api/v1/my-work", people),
            ("unit's people, search, absent", $"{list}&q={HistoryFile.AbsentWord}", people)];
        (string Name, string Path)[] filters =
        [
            ("newest", list), ("one unit", $"{list}&unit={unit}"), ("small unit", $"{list}&unit={small}"),
            ("one status", $"{list}&status=awaitingReview"), ("empty statuses", $"{list}&status=suspended&status=supervised"),
            ("closed", $"{list}&status=closed"), ("unit and status", $"{list}&unit={unit}&status=inProgress"),
            ("frequent topic", $"{list}&topic={HistoryFile.FrequentTopic}"), ("rare topic", $"{list}&topic={HistoryFile.RareTopic}"),
            ("overdue", $"{list}&overdue=true"), ("not overdue", $"{list}&overdue=false"), ("unit overdue", $"{list}&unit={unit}&overdue=true"),
            ("one month", $"{list}&from=2026-03-01T00:00:00%2B08:00&to=2026-04-01T00:00:00%2B08:00"), ("by number", $"{list}&externalNo=R000077"),
            ("source", $"{list}&source=12345"), ("behind a figure", $"{list}&scoredUnit={unit}&month=2026-03&measure=reply"),
            ("a scored unit's", $"{list}&scoredUnit={unit}"), ("with total", $"{list}&includeTotal=true"),
            ("unit with total", $"{list}&unit={unit}&includeTotal=true"),
            (DeepPage, $"{list}&cursor={await Middle(silo, stored)}"),
            ("search, frequent", $"{list}&q={HistoryFile.FrequentWord}"), ("search, rare", $"{list}&q={HistoryFile.RareWord}"),
            ("search, absent", $"{list}&q={HistoryFile.AbsentWord}"), ("search in a unit, rare", $"{list}&unit={unit}&q={HistoryFile.RareWord}"),
            ("alarms", "/api/v1/alarms?limit=50"), ("a unit's red cards", $"/api/v1/alarms?limit=50&level=red&unit={unit}"),
            .. new[] { "dispatcher", "reviewer", "callbackOfficer", "officeDirector", "deputyChief" }
                .Select(role => ($"work, {role}", $"/api/v1/my-work?role={role}")),
            ("work, unitHandler", $"/api/v1/my-work?role=unitHandler&unit={unit}"),
        ];
        return [.. filters.Select(f => (f.Name, f.Path, SiloProcess.Key)), .. bySpecialKey];
    }

    /// <summary>A new key of somebody who works in a unit.</summary>
    private static async Task<string> KeyOf(SiloProcess silo, string unit)
    {
        var made = await silo.Send(HttpMethod.Post, "/api/v1/api-keys",
            new { name = $"{unit} {Stopwatch.GetTimestamp()}", roles = new[] { "unitHandler" }, unit });
        return JsonElement.Parse(made).GetProperty("key").GetString()!;
    }

    /// <summary>The place behind half of all tickets: at a million the 10,000th page of fifty.</summary>
    private static async Task<string> Middle(SiloProcess silo, int stored)
    {
        var cursor = "";
        for (var passed = 0; passed < stored / 2; passed += 200)
        {
            var after = cursor.Length == 0 ? "" : "&cursor=" + cursor;
            cursor = (await silo.Read($"/api/v1/tickets?limit={Math.Min(200, (stored / 2) - passed)}{after}")).GetProperty("nextCursor").GetString()!;
        }
        return cursor;
    }

    private static void Print(string engine, IReadOnlyList<int> stored, List<IReadOnlyList<AskFigures>> bySize)
    {
        Console.WriteLine($"  {engine}, p50/p99 in ms by tickets stored:");
        var heads = stored.Select(s => s.ToString("N0", CultureInfo.InvariantCulture));
        Report.Table(["", .. heads, "p50 grows"], bySize[0].Select((f, i) => (IReadOnlyList<string>)
            [f.Name, .. bySize.Select(s => $"{s[i].P50:0.0}/{s[i].P99:0.0}"), $"{bySize[^1][i].P50 / f.P50:0.0} ×"]));
    }

    private static IEnumerable<Figure> Figures(string engine, IReadOnlyList<int> stored, List<IReadOnlyList<AskFigures>> bySize)
    {
        var all = bySize[^1].Zip(bySize[0], (big, small) => (big.Name, big.P99, Growth: big.P50 / small.P50)).ToList();
        var others = all.Where(a => !Shown.Contains(a.Name)).ToList();
        var kept = all.Count(a => a.P99 < MostMs && a.Growth <= MostGrowth);
        yield return new(engine, $"lists and searches within the target, of {all.Count}", kept, "lists")
            { Target = "all", Met = kept == all.Count, OfLargeSize = true };
        var told = all.Where(a => Shown.Contains(a.Name)).Append(others.MaxBy(a => a.P99)).Append(others.MaxBy(a => a.Growth));
        foreach (var (name, p99, growth) in told.DistinctBy(a => a.Name))
        {
            yield return new(engine, $"list: {name}, p99 at {stored[^1]:N0} stored", p99, "ms")
            {
                ComparedWith = $"p50 at {stored[0]:N0}", Ratio = growth, Target = $"< {MostMs} ms, ≤ {MostGrowth} ×",
                Met = p99 < MostMs && growth <= MostGrowth, OfLargeSize = true,
            };
        }
    }
}
