using Orleans.Storage;

namespace Hotline.Storage;

/// <summary>The refusals both engines answer for one item.</summary>
internal static class TicketFaults
{
    public static InconsistentStateException Stale(TicketWrite item) =>
        new($"Ticket {item.TicketId} is not at version {item.ExpectedVersion} any more.");

    public static CommandKeyTakenException KeyTaken(TicketWrite item) =>
        new($"An idempotency key of client {item.Key!.Client} is in use already.");
}
