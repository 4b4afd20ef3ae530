namespace Hotline.Storage;

/// <summary>Writes many commands in one transaction. One caller at a time.</summary>
internal interface ITicketBatchWriter : IAsyncDisposable
{
    /// <summary>Waits until a batch may begin, however long; disposing ends the turn. What the batch holds is chosen only then.</summary>
    Task<IDisposable?> Turn();

    /// <summary>What became of each item. A bad one costs itself only: the others go on as a batch.</summary>
    ValueTask<ItemOutcome[]> Write(IReadOnlyList<TicketWrite> items);
}

/// <summary>What became of one item of a batch.</summary>
/// <param name="Outcome">Null for a fault that is none of the database's, such as a value that cannot be stored: nothing of the item was written.</param>
/// <param name="Fault">What stood in the way; null when nothing did.</param>
internal readonly record struct ItemOutcome(WriteOutcome? Outcome, Exception? Fault = null)
{
    public static ItemOutcome Of(Exception fault) => new(WriteOutcomes.Of(fault), fault);

    public static implicit operator ItemOutcome(WriteOutcome outcome) => new(outcome);
}
