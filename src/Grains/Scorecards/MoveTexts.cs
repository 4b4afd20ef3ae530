using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>What people wrote when they decided and asked. Whoever asks has made sure that the reader may read the tickets.</summary>
internal sealed class MoveTexts(Database database, TextHasher hasher)
{
    private const string Title = "title";
    private const string Texts = "SELECT ticket_id, slot, text, hash FROM ticket_text WHERE ticket_id IN @ids AND slot IN @slots";

    /// <summary>The lines of these moves, with title, reason and grounds as far as they are kept.</summary>
    public async Task<IReadOnlyList<LeagueMove>> Told(IReadOnlyList<WeighedMove> moves, MonthInPlay table,
        CancellationToken cancellationToken)
    {
        var slots = moves.SelectMany(m => new[] { Slot(m.Move.Decided), Slot(m.Move.Asked) }).OfType<string>().Append(Title).Distinct();
        var query = new ListQuery(Texts).WithList("ids", moves.Select(m => m.Move.Ticket).Distinct()).WithList("slots", slots);
        var texts = (await query.Read<(string Ticket, string Slot, string Text, string Hash)>(database, null, cancellationToken))
            .ToDictionary(t => (t.Ticket, t.Slot), t => hasher.Shown(t.Ticket, t.Slot, t.Text, t.Hash));
        string? Text(string ticket, string? slot) => slot is null ? null : texts.GetValueOrDefault((ticket, slot));
        return [.. moves.Select(m => MoveEffectRules.Line(m, table) with
        {
            Title = Text(m.Move.Ticket, Title),
            Reason = Text(m.Move.Ticket, Slot(m.Move.Decided)),
            Grounds = Grounds(m.Move.Asked, Text(m.Move.Ticket, Slot(m.Move.Asked))),
        })];
    }

    /// <summary>A citizen's words at the callback are nobody's reason.</summary>
    private static string? Slot(Stamped? e) => e is null or { Event: CalledBack } ? null : $"{TicketJson.TypeOf(e.Event)}/{e.Seq}";

    private static string? Grounds(Stamped? asked, string? text) => asked?.Event is ExclusionRequested e ? e.Parts(text).Reason : text;
}
