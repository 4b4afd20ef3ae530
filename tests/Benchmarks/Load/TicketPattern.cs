using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Benchmarks.Load;

/// <summary>All rows of a ticket.</summary>
internal sealed record TicketRows(TicketIndexRow Index, ScoredRows Scored, IReadOnlyList<EventRow> Events,
    IReadOnlyList<TicketText> Texts);

/// <summary>A ticket to be copied. A copy has the true id of its new number, a history that is chained anew for it, and the rows that
/// this history makes: nothing tells it from a ticket that came through the service.</summary>
internal sealed class TicketPattern(string source, string number, IEnumerable<EventRow> events, IEnumerable<TicketText> texts)
{
    private static readonly string Alarm = TicketJson.Types.Single(t => t.Value == typeof(AlarmFired)).Key;

    private readonly List<(EventRow Event, BodyPattern Body)> _events = [.. events.Select(e => (e, new BodyPattern(e.Body)))];

    /// <summary>By slot, with the words of a copy.</summary>
    private readonly Dictionary<string, string> _texts = texts.ToDictionary(t => t.Slot,
        t => t.Text.Replace(HistoryFile.RareWord, HistoryFile.FrequentWord, StringComparison.Ordinal));

    /// <param name="now">Alarms that were to fall before it are recorded as fallen, as an import does.</param>
    public TicketRows Copy(int copy, Difference difference, TextHasher hasher, DateTimeOffset now)
    {
        var newNumber = $"{number}-{copy}";
        var history = new History(TicketIdentity.KeyOf(source, newNumber), hasher);
        // The texts that a ticket begins with are not named after an event.
        foreach (var (slot, text) in _texts.Where(t => !t.Key.Contains('/', StringComparison.Ordinal)))
        {
            history.Keep(slot, text);
        }
        var registered = hasher.OfAll(history.Texts);
        foreach (var (e, body) in _events)
        {
            if (e.Type != Alarm || difference.Longer == TimeSpan.Zero)
            {
                var hash = e.Seq == 1 ? registered
                    : _texts.TryGetValue($"{e.Type}/{e.Seq}", out var text) ? history.Keep($"{e.Type}/{history.Next}", text) : null;
                var at = e.At + (long)difference.Shift.TotalMilliseconds;
                history.Add(e with { At = at, Body = body.Of(difference, number, newNumber, hash) });
            }
        }
        while (AlarmRules.Next(history.State!) is { } next && next.At < now)
        {
            var fallen = TicketJson.Body(next.Alarm with { Silent = true });
            history.Add(new(0, Alarm, next.At.ToUnixTimeMilliseconds(), Actor.System.Id, Actor.System.Client, fallen, ""));
        }
        return new(TicketProjection.Row(history.State!), TicketProjection.Scored(history.State!), history.Events, history.Texts);
    }

    /// <summary>A history that is being made, and the ticket as far as it goes.</summary>
    private sealed class History(string id, TextHasher hasher)
    {
        public List<EventRow> Events { get; } = [];

        public List<TicketText> Texts { get; } = [];

        public TicketState? State { get; private set; }

        public int Next => Events.Count + 1;

        /// <summary>Answers the text's hash in this ticket.</summary>
        public string Keep(string slot, string text)
        {
            var hash = hasher.Of(id, slot, text);
            Texts.Add(new(slot, text, hash));
            return hash;
        }

        public void Add(EventRow e)
        {
            var row = e with { Seq = Next };
            row = row with { Hash = TicketChain.Next(id, State?.LastHash ?? "", row) };
            var (at, told) = (DateTimeOffset.FromUnixTimeMilliseconds(row.At), TicketJson.Event(row.Type, row.Body));
            State = TicketFold.Apply(State, id, new(row.Seq, at, row.Actor, told, row.Hash));
            Events.Add(row);
        }
    }
}
