using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>Grows a ticket's history: stamps events, folds them, chains their hashes, and keeps the texts apart.</summary>
internal sealed class TicketJournal(string ticketId, TicketState? start, TextHasher hasher)
{
    private readonly List<EventRow> _rows = [];
    private readonly List<TicketText> _texts = [];

    /// <summary>The state after all events so far.</summary>
    public TicketState? State { get; private set; } = start;

    public IReadOnlyList<EventRow> Rows => _rows;

    public IReadOnlyList<TicketText> Texts => _texts;

    public bool IsEmpty => _rows.Count == 0;

    /// <summary>Starts the ticket; its title, content and caller are kept apart, the event has their common hash.</summary>
    public void Register(Registered e, Register texts, DateTimeOffset at, Actor actor)
    {
        Keep("title", texts.Title);
        Keep("content", texts.Content);
        Keep("callerName", texts.Caller?.Name);
        Keep("callerPhone", texts.Caller?.Phone);
        Record(e with { TextHash = hasher.OfAll(_texts) }, at, actor);
    }

    public void Record(IEnumerable<TicketEvent> events, DateTimeOffset at, Actor actor)
    {
        foreach (var e in events)
        {
            Record(e, at, actor);
        }
    }

    public void Record(TicketEvent e, DateTimeOffset at, Actor actor)
    {
        var (seq, type) = ((State?.Seq ?? 0) + 1, TicketJson.TypeOf(e));
        if (Keep($"{type}/{seq}", e.Text) is { } text)
        {
            e = e with { TextHash = text.Hash };
        }

        _texts.AddRange(e is Corrected corrected ? corrected.Texts : []);

        var row = new EventRow(seq, type, at.ToUnixTimeMilliseconds(), actor.Id, actor.Client, TicketJson.Body(e), "");
        row = row with { Hash = TicketChain.Next(ticketId, State?.LastHash ?? "", row) };
        State = TicketFold.Apply(State, ticketId, new(seq, at, actor.Id, e, row.Hash));
        _rows.Add(row);
    }

    private TicketText? Keep(string slot, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var kept = new TicketText(slot, text, hasher.Of(ticketId, slot, text));
        _texts.Add(kept);
        return kept;
    }
}
