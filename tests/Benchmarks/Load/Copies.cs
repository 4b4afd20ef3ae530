namespace Hotline.Benchmarks.Load;

/// <summary>How one copy of a ticket differs from it, beside its number and the texts and topics that only the pattern keeps.</summary>
/// <param name="Shift">How much later everything happened.</param>
/// <param name="Longer">How much longer its promises last. Above zero nothing has fallen due, so the pattern's alarms are left out.</param>
internal sealed record Difference(TimeSpan Shift, TimeSpan Longer = default)
{
    /// <summary>The unit of the ticket with this external number that was another one's in the pattern.</summary>
    public Func<string, string, string> Unit { get; init; } = (_, unit) => unit == HistoryFile.SmallUnit ? HistoryFile.Unit(0) : unit;
}

/// <summary>How the copies of a pattern's tickets differ from them. Only histories are changed: the rows are what these make of
/// them.</summary>
/// <param name="Numbers">External numbers of the tickets that are copied (LIKE).</param>
/// <param name="Nth">What is different in the n-th copy, from 1.</param>
internal sealed record Copies(string Numbers, Func<int, Difference> Nth)
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>Longer than any promise and its escalation.</summary>
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(60);

    /// <summary>No finished ticket is older; every month has this day and the two weeks after it.</summary>
    private static readonly DateTime FirstDay = new(2026, 3, 9);

    /// <summary>Every copy scores in a month of its own, before all others.</summary>
    public static Copies InEarlierMonths { get; } = new(HistoryFile.FinishedPrefix + "%",
        copy => new(FirstDay.AddMonths(-copy) - FirstDay));

    /// <summary>Open tickets, each copy a minute older. Every tenth copy is long overdue and all its cards have fallen; the others' dues
    /// and alarms lie a year ahead.</summary>
    public static Copies StillOpen { get; } = new(HistoryFile.OpenPrefix + "%", copy =>
        TimeSpan.FromMinutes(copy) is var older && copy % 10 == 5 ? new(-LongAgo - older) : new(-older, Year));

    /// <summary>Within the month; with <paramref name="parts"/> above 1 each unit's copies are spread evenly over so many units, named after it
    /// with -0, -1, …</summary>
    public static Copies InTheMonth(int parts) => new(HistoryFile.FinishedPrefix + "%", copy => parts == 1
        ? new(TimeSpan.Zero)
        : new(TimeSpan.Zero)
        {
            Unit = (number, unit) => $"{unit}-{((int.Parse(number.AsSpan(1), CultureInfo.InvariantCulture) / 20) + copy) % parts}",
        });
}
