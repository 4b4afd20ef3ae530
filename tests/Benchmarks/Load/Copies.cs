namespace Hotline.Benchmarks.Load;

/// <summary>
/// How the copies of a pattern's tickets differ from them. With <see cref="Growth"/> the only place that knows columns; what is not named
/// here is copied as it is.
/// </summary>
/// <param name="Numbers">External numbers of the tickets that are copied (LIKE).</param>
/// <param name="Value">The SQL expression for an index column of the n-th copy; null leaves it as it is.</param>
internal sealed record Copies(string Numbers, Func<int, string, string?> Value)
{
    private const long Minute = 60_000;
    private const long Month = 30 * 24 * 60 * Minute;
    private const long Year = 12 * Month;

    /// <summary>Every copy scores in a month of its own, before all others.</summary>
    public static Copies InEarlierMonths { get; } = new(HistoryFile.FinishedPrefix + "%", (copy, column) => column switch
    {
        "registered_at" or "received_at" => $"{column} - {copy * Month}",
        "reply_month" or "answer_month" or "unreached_month" =>
            $"CASE WHEN {column} IS NOT NULL THEN {((2019 - (copy / 12)) * 100) + (copy % 12) + 1} END",
        _ => null,
    });

    /// <summary>Open tickets, each copy a minute older; every tenth copy is overdue. Their next alarm is far away.</summary>
    public static Copies StillOpen { get; } = new(HistoryFile.OpenPrefix + "%", (copy, column) => column switch
    {
        "registered_at" => $"{column} - {copy * Minute}",
        "open_due_at" => $"CASE WHEN {column} IS NOT NULL THEN registered_at + {(copy % 10 == 5 ? -Minute : Month)} + {copy} END",
        "next_alarm_at" => $"CASE WHEN {column} IS NOT NULL THEN registered_at + {Year} + {copy} END",
        _ => null,
    });

    /// <summary>Within the month; with <paramref name="parts"/> above 1 each unit's copies are spread evenly over so many units, named after it
    /// with -0, -1, …</summary>
    public static Copies InTheMonth(int parts) => new(HistoryFile.FinishedPrefix + "%", (copy, column) => column switch
    {
        "unit" or "score_unit" when parts > 1 =>
            $"{column} || '-' || ((CAST(substr(external_no, 2) AS INTEGER) / 20 + {copy}) % {parts})",
        _ => null,
    });
}
