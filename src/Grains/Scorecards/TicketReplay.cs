using System.Globalization;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>One ticket's history, replayed: as far as it was known at a cutoff, and to its end.</summary>
/// <param name="seq">The last event, as the index tells.</param>
internal sealed class TicketReplay(string id, string number, int seq)
{
    private readonly TicketHistory _history = new(id);
    private readonly List<(EventRow Event, bool Known)> _events = [];
    private TicketState? _known;

    public string Id => id;

    /// <summary>The next event, in order, to be replayed.</summary>
    /// <param name="known">It was there when the figures were fixed.</param>
    public void Add(EventRow e, bool known) => _events.Add((e, known));

    /// <summary>Replays what was added; once, before anything is asked of the ticket.</summary>
    public void Run()
    {
        foreach (var (e, known) in _events)
        {
            _history.Take(e);
            _known = known ? _history.State : _known;
        }
    }

    /// <summary>What is wrong with this ticket, or null.</summary>
    public TicketDiscrepancy? Discrepancy(ScoredRows stored)
    {
        if (_history.Damage is not null || _history.State is not { } now || now.Seq != seq)
        {
            return new(id, number, _history.Damage ?? string.Create(CultureInfo.InvariantCulture, $"第 {seq} 条经过缺失"), []);
        }

        var (made, kept) = (TicketProjection.Scored(now).InOrder(), stored.InOrder());
        return made.Equals(kept) ? null : new(id, number, "责任或评价与办理经过不一致", ScoredFacts.Differences(kept, made));
    }

    /// <summary>What the ticket counted for, as known at the cutoff.</summary>
    public IEnumerable<(int Month, string Unit, UnitCounts Counts)> Parts(long asOf) => _known is null ? []
        : CountRow.Of(TicketProjection.Scored(_known), asOf).Select(part => (part.Month, part.Unit, part.Counts));
}

/// <summary>Obligations and answers fact by fact, for comparing.</summary>
internal static class ScoredFacts
{
    /// <summary>Where the stored facts are not those that the history makes.</summary>
    public static IReadOnlyList<LeagueDifference> Differences(ScoredRows stored, ScoredRows made)
    {
        var (before, after) = (Named(stored), Named(made));
        return [.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Select(name => new LeagueDifference(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .Where(d => d.Published != d.Recomputed)];
    }

    private static Dictionary<string, string?> Named(ScoredRows rows)
    {
        var named = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var o in rows.Obligations)
        {
            var name = $"{o.Unit}.{(o.Support ? "support" : "lead")}.";
            (named[name + "month"], named[name + "dueAt"], named[name + "repliedAt"]) = (Text(o.Month), Text(o.DueAt), Text(o.RepliedAt));
            (named[name + "onTime"], named[name + "completed"], named[name + "ending"]) = (Text(o.OnTime), Text(o.Completed), Text(o.Ending));
            (named[name + "excluded"], named[name + "owed"]) = (Text(o.Excluded), Text(o.Owed));
        }

        foreach (var a in rows.Answers)
        {
            var name = a.Unit + ".answer.";
            (named[name + "month"], named[name + "at"], named[name + "answer"]) = (Text(a.Month), Text(a.At), Text(a.Answer));
            (named[name + "firstAnswer"], named[name + "excluded"], named[name + "blameless"]) = (Text(a.FirstAnswer), Text(a.Excluded), Text(a.Blameless));
        }

        return named;
    }

    private static string? Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";
}
