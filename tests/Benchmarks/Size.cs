namespace Hotline.Benchmarks;

/// <summary>How much is stored and how long is measured.</summary>
internal sealed record Size
{
    public required string Name { get; init; }

    /// <summary>Finished tickets of the asked month; also the pattern from which stores are grown.</summary>
    public required int Month { get; init; }

    /// <summary>Tickets stored when tables, lists and memory are measured, smallest first.</summary>
    public required IReadOnlyList<int> Stored { get; init; }

    /// <summary>Red cards due, twice: in quiet, then beside searches.</summary>
    public required int Due { get; init; }

    /// <summary>Over how long they are due.</summary>
    public required TimeSpan Spread { get; init; }

    /// <summary>How long an idle silo is watched.</summary>
    public required TimeSpan Idle { get; init; }

    /// <summary>Months to close: tickets, and into how many units each of 20 is split.</summary>
    public required IReadOnlyList<(int Tickets, int Parts)> Closed { get; init; }

    public required int ImportedRows { get; init; }

    /// <summary>Tickets read one by one.</summary>
    public required int Activations { get; init; }

    /// <summary>Callers that search at once beside the sweep.</summary>
    public required int Searchers { get; init; }

    /// <summary>Times a list is asked for.</summary>
    public required int Samples { get; init; }

    /// <summary>Between two readings of the live table: above a second each is reckoned anew and not read from the cache.</summary>
    public TimeSpan TablePause { get; init; } = TimeSpan.FromMilliseconds(1050);

    public required int Rounds { get; init; }

    /// <summary>A round of commands.</summary>
    public required int Seconds { get; init; }

    public bool IsFull => this == Large;

    /// <summary>A minute for all: shows that each runs, not what it takes.</summary>
    public static Size Toy { get; } = new()
    {
        Name = "toy", Month = 200, Stored = [1_000], TablePause = TimeSpan.Zero, Due = 60, Spread = TimeSpan.FromSeconds(2), Idle = TimeSpan.FromSeconds(1),
        Closed = [(800, 2)], ImportedRows = 200, Activations = 50, Searchers = 4, Samples = 3, Rounds = 1, Seconds = 1,
    };

    /// <summary>Minutes each.</summary>
    public static Size Small { get; } = new()
    {
        Name = "small", Month = 10_000, Stored = [10_000, 100_000], Due = 2_000, Spread = TimeSpan.FromSeconds(20), Idle = TimeSpan.FromSeconds(10),
        Closed = [(20_000, 1), (100_000, 30)], ImportedRows = 20_000, Activations = 5_000, Searchers = 60, Samples = 100, Rounds = 3, Seconds = 8,
    };

    /// <summary>The sizes that the targets name.</summary>
    public static Size Large { get; } = new()
    {
        Name = "large", Month = 10_000, Stored = [10_000, 100_000, 1_000_000], Due = 10_000, Spread = TimeSpan.FromSeconds(60), Idle = TimeSpan.FromSeconds(30),
        Closed = [(100_000, 1), (1_000_000, 150)], ImportedRows = 20_000, Activations = 20_000, Searchers = 60, Samples = 200, Rounds = 5, Seconds = 8,
    };
}
