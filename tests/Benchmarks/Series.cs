namespace Hotline.Benchmarks;

/// <summary>One contestant's rounds; figures are medians over them.</summary>
internal sealed class Series(string name)
{
    private readonly List<LoadFigures> _rounds = [];
    private readonly List<Dictionary<string, double>> _costs = [];

    public string Name => name;

    public int Count => _rounds.Count;

    public IEnumerable<double> Rates => _rounds.Select(r => r.PerSecond);

    public IEnumerable<double> P99s => _rounds.Select(r => r.P99Ms);

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
