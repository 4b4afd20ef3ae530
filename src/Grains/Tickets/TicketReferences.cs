namespace Hotline.Tickets;

/// <summary>References to tickets. Orleans' own <c>GetGrain</c> reads the attributes of interface and grain by reflection at every call; which grain
/// serves the interface never changes, so it is asked for once.</summary>
internal static class TicketReferences
{
    private static Kind? _kind;

    public static ITicketGrain Ticket(this IGrainFactory grains, string id)
    {
        if (Volatile.Read(ref _kind) is { } kind)
        {
            return (ITicketGrain)grains.GetGrain(GrainId.Create(kind.Grain, IdSpan.Create(id)), kind.Interface);
        }

        var first = grains.GetGrain<ITicketGrain>(id);
        Volatile.Write(ref _kind, new(first.GetGrainId().Type, ((GrainReference)first).InterfaceType));
        return first;
    }

    private sealed record Kind(GrainType Grain, GrainInterfaceType Interface);
}
