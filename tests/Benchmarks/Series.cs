using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hotline.Benchmarks;

/// <summary>One contestant's rounds; figures are medians over them.</summary>
internal sealed class Series(string name)
{
    private readonly List<LoadFigures> _rounds = [];
    private readonly List<Dictionary<string, double>> _costs = [];

    public string Name => name;

    public int Count => _rounds.Count;

    public IEnumerable<double> Rates => _rounds.Select(r => r.PerSecond);

    public double Rate => Median(_rounds.Select(r => r.PerSecond));
    public double P50 => Median(_rounds.Select(r => r.P50Ms));
    public double P99 => Median(_rounds.Select(r => r.P99Ms));
    public int Refused => _rounds.Sum(r => r.Refused);

    /// <summary>Where a command's time goes: processor microseconds per command by process, and commands per disk flush.</summary>
    public IReadOnlyDictionary<string, double> Costs => _costs.SelectMany(c => c.Keys).Distinct().ToDictionary(k => k, k => Median(_costs.Select(c => c[k])));

    public IReadOnlyDictionary<string, double> P50ByCommand =>
        _rounds.SelectMany(r => r.P50ByCommand.Keys).Distinct().ToDictionary(k => k, k => Median(_rounds.Select(r => r.P50ByCommand.GetValueOrDefault(k))));

    public void Add(LoadFigures figures, Dictionary<string, double>? costs = null)
    {
        _rounds.Add(figures);
        if (costs is not null)
        {
            _costs.Add(costs);
        }
    }

    /// <summary>Median of the ratios round by round: neighbours in time, so that a busy machine hits both.</summary>
    public double RatioTo(Series other) => Median(Rates.Zip(other.Rates, (a, b) => a / b));

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}

/// <summary>Prints a readable table and keeps the same as JSON.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Machine() =>
        Console.WriteLine($"Machine: {Environment.ProcessorCount} cores, load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the start; .NET {Environment.Version}.");

    public static void Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend(heads).ToList();
        var widths = heads.Select((_, i) => all.Max(r => r[i].Length)).ToList();
        foreach (var row in all)
        {
            Console.WriteLine("  " + string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))));
        }
    }

    public static void Save(string name, object result)
    {
        var path = Places.Results(name);
        File.WriteAllText(path, JsonSerializer.Serialize(result, Json));
        Console.WriteLine($"JSON: {Path.GetRelativePath(Places.Repository, path)}");
    }

    public static string Number(double value) => value.ToString(value >= 100 ? "N0" : "0.00", CultureInfo.InvariantCulture);
}
