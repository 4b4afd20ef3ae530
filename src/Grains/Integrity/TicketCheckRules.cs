using System.Globalization;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Integrity;

/// <summary>What was found of one ticket.</summary>
/// <param name="State">The ticket as its events make it; null when they are damaged, or some or all are missing.</param>
/// <param name="Derived">What is wrong with rows that can be derived again from the events.</param>
/// <param name="Lost">What is wrong with events and texts: nothing can make these again.</param>
internal sealed record TicketFindings(TicketState? State, IReadOnlyList<string> Derived, IReadOnlyList<string> Lost)
{
    public bool IsSound => Derived.Count == 0 && Lost.Count == 0;
}

/// <summary>Holds all that is stored of a ticket against its events.</summary>
internal static class TicketCheckRules
{
    public static TicketFindings Check(StoredTicket ticket, TextHasher hasher)
    {
        var history = new TicketHistory(ticket.Id);
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (var e in ticket.Events)
            {
                var told = history.Take(e);
                if (told?.TextHash is { } hash)
                {
                    hashes[e.Seq == 1 ? "" : $"{e.Type}/{e.Seq}"] = hash;
                }

                if (told is Corrected { TextsHash: { } anew } corrected)
                {
                    hashes[""] = anew;
                    foreach (var former in corrected.Former ?? [])
                    {
                        hashes[former.Slot] = former.Hash;
                    }
                }
            }
        }
        catch (NewerSchemaException newer)
        {
            return new(null, [], [$"ticket {ticket.Id}: {newer.Message}"]);
        }

        if (history.Damage is not null || history.State is not { } state)
        {
            return new(null, [], [ticket.Events.Count == 0 ? $"ticket {ticket.Id}: no events"
                : string.Create(CultureInfo.InvariantCulture, $"ticket {ticket.Id}: the chain of events is broken at {(history.State?.Seq ?? 0) + 1}")]);
        }

        return ticket.Index?[TicketColumns.Seq] is { } seq && Convert.ToInt64(seq, CultureInfo.InvariantCulture) is var last && last > state.Seq
            ? new(null, [], [string.Create(CultureInfo.InvariantCulture, $"ticket {ticket.Id}: events {state.Seq + 1} to {last} are missing")])
            : new(state, [.. Rows(ticket, state)], [.. Texts(ticket, hashes, hasher)]);
    }

    private static IEnumerable<string> Rows(StoredTicket ticket, TicketState state)
    {
        if (ticket.Index is null)
        {
            yield return $"ticket {ticket.Id}: no index row";
        }
        else if (Differing(ticket.Index, TicketProjection.Row(state)) is { Count: > 0 } columns)
        {
            yield return $"ticket {ticket.Id}: the index row is not what its events make it ({string.Join(", ", columns)})";
        }

        var scored = TicketProjection.Scored(state).InOrder();
        if (!scored.Obligations.SequenceEqual(ticket.Scored.Obligations))
        {
            yield return $"ticket {ticket.Id}: the units' obligations are not what its events make them";
        }

        if (!scored.Answers.SequenceEqual(ticket.Scored.Answers))
        {
            yield return $"ticket {ticket.Id}: the citizen's answers are not what its events make them";
        }
    }

    private static List<string> Differing(object?[] stored, TicketIndexRow row)
    {
        var differing = new List<string>();
        for (var i = 0; i < stored.Length; i++)
        {
            if (!Same(stored[i], TicketColumns.All[i].Value(row)))
            {
                differing.Add(TicketColumns.All[i].Name);
            }
        }

        return differing;
    }

    /// <summary>Engines differ in how wide they give numbers back.</summary>
    private static bool Same(object? stored, object? made) => (stored, made) switch
    {
        (null, null) => true,
        (string a, string b) => a == b,
        (IConvertible a and not string, IConvertible b and not string) => a.ToInt64(CultureInfo.InvariantCulture) == b.ToInt64(CultureInfo.InvariantCulture),
        _ => false,
    };

    private static IEnumerable<string> Texts(StoredTicket ticket, Dictionary<string, string> hashes, TextHasher hasher)
    {
        foreach (var text in ticket.Texts)
        {
            if (!hasher.IsSound(ticket.Id, text) || (!TicketTexts.OfRegistration.Contains(text.Slot) && hashes.GetValueOrDefault(text.Slot) != text.Hash))
            {
                yield return $"ticket {ticket.Id}: the text {text.Slot} is not the one that was kept";
            }
        }

        foreach (var (slot, _) in hashes.Where(h => h.Key.Length > 0 && ticket.Texts.All(t => t.Slot != h.Key)))
        {
            yield return $"ticket {ticket.Id}: the text {slot} is missing";
        }

        if (hasher.OfAll(ticket.Texts.Where(t => TicketTexts.OfRegistration.Contains(t.Slot))) != hashes.GetValueOrDefault(""))
        {
            yield return $"ticket {ticket.Id}: a text of its registration is missing or not the one that was kept";
        }
    }
}
