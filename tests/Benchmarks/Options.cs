namespace Hotline.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
internal sealed record Options(Size Size, int Rounds, int Seconds, string Engine, string Results)
{
    public const string Usage = "[--toy | --large] [--rounds n] [--seconds n] [--engine sqlite|postgres|both] [--out folder]";

    private static readonly string[] WithValue = ["--rounds", "--seconds", "--engine", "--out"];

    /// <exception cref="ArgumentException">Something that is not an option, or has no value.</exception>
    public static Options Read(IReadOnlyList<string> args)
    {
        var (size, values) = (Size.Small, new Dictionary<string, string>());
        for (var i = 0; i < args.Count; i++)
        {
            size = args[i] switch { "--toy" => Size.Toy, "--large" => Size.Large, _ => size };
            if (WithValue.Contains(args[i]) && i + 1 < args.Count)
            {
                values[args[i]] = args[++i];
            }
            else if (args[i] is not ("--toy" or "--large"))
            {
                throw new ArgumentException(args[i]);
            }
        }
        int Number(string name, int otherwise) =>
            values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        return new(size, Number("--rounds", size.Rounds), Number("--seconds", size.Seconds), values.GetValueOrDefault("--engine", "both"),
            Path.GetFullPath(values.GetValueOrDefault("--out", Path.Combine(Places.Repository, "artifacts", "benchmarks"))));
    }

    /// <param name="engine">sqlite or postgres.</param>
    public bool Wants(string engine) => Engine == "both" || Engine == engine;
}
