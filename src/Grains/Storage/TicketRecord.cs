namespace Hotline.Storage;

/// <summary>What a ticket grain holds of the store: the stored JSON it was loaded from, and the one command it is about to write.</summary>
internal sealed class TicketRecord
{
    /// <summary>The stored state as UTF-8 JSON; null when there is none. The grain may drop it once it has read it.</summary>
    public byte[]? Payload { get; set; }

    /// <summary>Set before a write; always null after it, whether it went well or not.</summary>
    public TicketWrite? Pending { get; set; }
}
