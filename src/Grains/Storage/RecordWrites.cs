namespace Hotline.Storage;

/// <summary>Writes of grains that keep an immutable record in the <c>records</c> provider.</summary>
internal static class RecordWrites
{
    /// <summary>Saves <paramref name="next"/>. When the write fails the last saved record stands again: Orleans would go on serving the unsaved one.</summary>
    public static async Task WriteOrRestore<T>(this IPersistentState<T> state, T next)
    {
        var last = state.State;
        state.State = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State = last;
            throw;
        }
    }
}
