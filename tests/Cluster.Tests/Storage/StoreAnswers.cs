namespace Hotline.Storage;

/// <summary>For tests that need a write to be done.</summary>
internal static class StoreAnswers
{
    /// <summary>Writes, and fails the test when it was not.</summary>
    public static async Task Done(this TicketStore store, TicketWrite write) => Assert.Equal(WriteOutcome.Written, await store.Write(write));
}
