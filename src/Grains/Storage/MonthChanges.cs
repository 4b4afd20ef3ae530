using System.Collections.Concurrent;

namespace Hotline.Storage;

/// <summary>Counts, for each scoring month, the batches of this process that touched it: a ticket that entered, left or changed there. The same number
/// means that the month's figures still hold, but for other silos' writes. A write of unknown outcome counts as done.</summary>
internal sealed class MonthChanges
{
    private readonly ConcurrentDictionary<int, long> _changes = new();
    private long _ofAll;

    /// <summary>The number for a month (year × 100 + month).</summary>
    public long Of(int month) => _changes.GetValueOrDefault(month) + Interlocked.Read(ref _ofAll);

    /// <summary>Rows were written beside the store: no month's figures are taken for granted.</summary>
    public void NoteAll() => Interlocked.Increment(ref _ofAll);

    public void Note(IEnumerable<TicketWrite> writes)
    {
        var months = new HashSet<int>();
        foreach (var write in writes)
        {
            AddMonths(months, write.Index, write.Support);
            months.UnionWith(write.FormerMonths);
        }

        foreach (var month in months)
        {
            _changes.AddOrUpdate(month, 1, (_, count) => count + 1);
        }
    }

    /// <summary>Where a ticket counts, for its lead unit and its supporting units.</summary>
    public static IReadOnlyList<int> MonthsOf(TicketIndexRow row, IReadOnlyList<SupportRow>? support)
    {
        if (row is { ReplyMonth: null, AnswerMonth: null, UnreachedMonth: null } && support is null or [])
        {
            return [];
        }

        var months = new HashSet<int>();
        AddMonths(months, row, support);
        return [.. months];
    }

    private static void AddMonths(HashSet<int> months, TicketIndexRow row, IReadOnlyList<SupportRow>? support)
    {
        Add(months, row.ReplyMonth);
        Add(months, row.AnswerMonth);
        Add(months, row.UnreachedMonth);
        for (var i = 0; i < support?.Count; i++)
        {
            Add(months, support[i].ReplyMonth);
        }
    }

    private static void Add(HashSet<int> months, int? month)
    {
        if (month is { } own)
        {
            months.Add(own);
        }
    }
}
