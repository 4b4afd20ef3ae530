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
        foreach (var month in writes.SelectMany(w => w.Months).ToHashSet())
        {
            _changes.AddOrUpdate(month, 1, (_, count) => count + 1);
        }
    }
}
