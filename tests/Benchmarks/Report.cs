using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hotline.Benchmarks;

/// <summary>One line of the final table.</summary>
internal sealed record Figure(string Engine, string What, double Value, string Unit)
{
    /// <summary>What was measured beside it, and how many times that the figure is.</summary>
    public string? ComparedWith { get; init; }
    public double? Ratio { get; init; }

    /// <summary>What is asked for, in words, and whether the figure is it.</summary>
    public string? Target { get; init; }
    public bool? Met { get; init; }

    /// <summary>The target speaks of the large size; a smaller one only hints at it.</summary>
    public bool OfLargeSize { get; init; }
}

/// <summary>What a benchmark found.</summary>
/// <param name="Details">Becomes JSON beside the figures.</param>
internal sealed record Outcome(object Details, IReadOnlyList<Figure> Figures);

/// <summary>Prints readable tables and keeps the same as JSON.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
        { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Machine(Options options) =>
        Console.WriteLine($"Machine: {Environment.ProcessorCount} cores, load average {Load.ToString(CultureInfo.InvariantCulture)} at the start; "
            + $".NET {Environment.Version}; {options.Size.Name} size.");

    public static void Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows, int textColumns = 1)
    {
        var all = rows.Prepend(heads).ToList();
        var widths = heads.Select((_, i) => all.Max(r => Width(r[i]))).ToList();
        foreach (var row in all)
        {
            Console.WriteLine(("  " + string.Join("  ", row.Select((cell, i) =>
            {
                var blanks = new string(' ', widths[i] - Width(cell));
                return i < textColumns ? cell + blanks : blanks + cell;
            }))).TrimEnd());
        }
    }

    public static void Print(IReadOnlyList<Figure> figures, Size size)
    {
        Console.WriteLine();
        Table(["engine", "what", "figure", "compared with", "ratio", "target", "met"], figures.Select(f => (IReadOnlyList<string>)
        [
            f.Engine, f.What, $"{Number(f.Value)} {f.Unit}", f.ComparedWith ?? "", f.Ratio is { } ratio ? Number(ratio) : "", f.Target ?? "",
            f.Met is { } met ? (met ? "yes" : "no") + (f.OfLargeSize && !size.IsFull ? "*" : "") : "",
        ]), textColumns: 2);
        if (!size.IsFull && figures.Any(f => f.OfLargeSize))
        {
            Console.WriteLine("  * at a smaller size than the target speaks of: see --large");
        }
    }

    /// <summary>Writes <c>name.json</c>: the details, the figures, the machine.</summary>
    public static async Task Save(Options options, string name, Outcome outcome)
    {
        var json = JsonSerializer.SerializeToNode(outcome.Details, Json)!.AsObject();
        json["cores"] = Environment.ProcessorCount;
        json["loadAverage"] = Load;
        json["size"] = options.Size.Name;
        json["figures"] = JsonSerializer.SerializeToNode(outcome.Figures, Json);
        var path = Path.Combine(Directory.CreateDirectory(options.Results).FullName, name + ".json");
        await File.WriteAllTextAsync(path, json.ToJsonString(Json));
        Console.WriteLine($"JSON: {Path.GetRelativePath(Places.Repository, path)}");
    }

    public static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.00", CultureInfo.InvariantCulture);

    /// <summary>How many processes wanted a core within the last minute, this run's included.</summary>
    private static double Load => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>Chinese signs take two places.</summary>
    private static int Width(string text) => text.Sum(c => c >= '\u2E80' ? 2 : 1);
}
