namespace Hotline.Shared;

/// <summary>Saving a grain's record so that memory never runs ahead of the store.</summary>
internal static class StoredRecord
{
    /// <summary>Writes the next record; when the write fails the last one is put back, because Orleans would go on serving the unsaved state.</summary>
    public static async Task Save<T>(this IPersistentState<T> store, T next)
    {
        var last = store.State;
        store.State = next;
        try
        {
            await store.WriteStateAsync();
        }
        catch
        {
            store.State = last;
            throw;
        }
    }
}
