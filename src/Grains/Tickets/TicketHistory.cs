using System.Globalization;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>One ticket read back from its events: the only way there is. Each event is checked before it is folded.</summary>
internal sealed class TicketHistory(string ticketId)
{
    public string Id => ticketId;

    /// <summary>The ticket after all events taken so far; null before the first.</summary>
    public TicketState? State { get; private set; }

    /// <summary>What is wrong with the history, in Chinese; null while it is sound. What comes after a damage is not taken.</summary>
    public string? Damage { get; private set; }

    /// <summary>The events in order.</summary>
    public static TicketHistory Of(string ticketId, IEnumerable<EventRow> events)
    {
        var history = new TicketHistory(ticketId);
        foreach (var e in events)
        {
            history.Take(e);
        }

        return history;
    }

    /// <summary>The next event; answers what it says, or null when it is not taken.</summary>
    /// <exception cref="NewerSchemaException">The event is in its place but a later version's.</exception>
    public TicketEvent? Take(EventRow e)
    {
        if (Damage is not null)
        {
            return null;
        }

        if (e.Seq != (State?.Seq ?? 0) + 1 || TicketChain.Next(ticketId, State?.LastHash ?? "", e) != e.Hash)
        {
            Damage = string.Create(CultureInfo.InvariantCulture, $"第 {e.Seq} 条经过与校验值不符或前后不连续");
            return null;
        }

        var stamped = new Stamped(e.Seq, DateTimeOffset.FromUnixTimeMilliseconds(e.At), e.Actor, TicketJson.Event(e.Type, e.Body), e.Hash);
        State = TicketFold.Apply(State, ticketId, stamped);
        return stamped.Event;
    }

    /// <summary>The ticket as far as its events were taken.</summary>
    /// <exception cref="DamagedTicketException">An event is edited or missing.</exception>
    public TicketState Sound() => Sound(State?.Seq ?? 0);

    /// <summary>The ticket, whose last event must be this one.</summary>
    /// <exception cref="DamagedTicketException">An event is edited, missing, or cut off.</exception>
    public TicketState Sound(int last) => Damage is null && State?.Seq == last ? State
        : throw new DamagedTicketException(ticketId, Damage ?? string.Create(CultureInfo.InvariantCulture, $"第 {last} 条经过缺失"));
}
