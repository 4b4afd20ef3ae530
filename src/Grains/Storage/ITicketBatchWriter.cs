namespace Hotline.Storage;

/// <summary>Writes many commands in one transaction. One caller at a time.</summary>
internal interface ITicketBatchWriter : IAsyncDisposable
{
    /// <summary>By item: null when it is committed, otherwise why nothing of it was written (or, for
    /// <see cref="OutcomeUnknownException"/>, why nobody knows). Throws when that holds for all of them.</summary>
    ValueTask<Exception?[]> Write(IReadOnlyList<TicketWrite> items);
}
