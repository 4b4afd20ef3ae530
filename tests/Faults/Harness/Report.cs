using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hotline.Faults;

/// <summary>What a scenario measured: printed, and left as JSON.</summary>
internal sealed class Report(string scenario)
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, object> _figures = new()
    {
        ["scenario"] = scenario,
        ["seed"] = Settings.Seed,
        ["cores"] = Environment.ProcessorCount,
        ["long"] = Settings.IsLong,
    };

    public Report Add(string name, object figure)
    {
        _figures[name] = figure;
        return this;
    }

    /// <summary>Counts and times of the calls.</summary>
    public Report Add(IReadOnlyList<Attempt> attempts)
    {
        var times = attempts.Where(a => a.Outcome == Outcome.Done).Select(a => a.EndedAt - a.StartedAt).Order().ToList();
        var span = attempts.Max(a => a.EndedAt) - attempts.Min(a => a.StartedAt);
        return Add("done", attempts.Count(a => a.Outcome == Outcome.Done)).Add("refused", attempts.Count(a => a.Outcome == Outcome.Refused))
            .Add("unknown", attempts.Count(a => a.Outcome == Outcome.Unknown)).Add("operationsPerSecond", times.Count * 1000L / Math.Max(1, span))
            .Add("p50Ms", At(times, 0.5)).Add("p99Ms", At(times, 0.99))
            .Add("unknownCodes", string.Join(' ', attempts.Where(a => a.Outcome == Outcome.Unknown).GroupBy(a => a.Code).Select(g => $"{g.Key}={g.Count()}")))
            .Add("replayed", attempts.Count(a => a.Replayed));
    }

    public void Write()
    {
        var text = JsonSerializer.Serialize(_figures, Written);
        File.WriteAllText(Path.Combine(Repository.Results, scenario + ".json"), text);
        Console.WriteLine(text);
    }

    private static long At(List<long> times, double part) => times.Count == 0 ? -1 : times[(int)(part * (times.Count - 1))];
}
