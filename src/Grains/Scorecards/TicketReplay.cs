using System.Globalization;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>The scoring facts of an index row, for comparing.</summary>
internal sealed record ScoredFacts(string? ScoreUnit, int? ReplyMonth, long? ReplyDueAt, long? RepliedAt, bool RepliedOnTime, bool CompletedOnTime, int ReplyHold,
    int? AnswerMonth, int? Answer, int? FirstAnswer, int? UnreachedMonth, bool Excluded, bool Blameless)
{
    public static ScoredFacts Of(TicketIndexRow r) => new(r.ScoreUnit, r.ReplyMonth, r.ReplyDueAt, r.RepliedAt, r.RepliedOnTime, r.CompletedOnTime, r.ReplyHold,
        r.AnswerMonth, r.Answer, r.FirstAnswer, r.UnreachedMonth, r.Excluded, r.Blameless);

    /// <summary>Each fact by name, as text.</summary>
    public IReadOnlyList<(string Name, string? Value)> Named =>
    [
        ("scoreUnit", ScoreUnit), ("replyMonth", Text(ReplyMonth)), ("replyDueAt", Text(ReplyDueAt)), ("repliedAt", Text(RepliedAt)),
        ("repliedOnTime", Text(RepliedOnTime)), ("completedOnTime", Text(CompletedOnTime)), ("replyHold", Text(ReplyHold)), ("answerMonth", Text(AnswerMonth)),
        ("answer", Text(Answer)), ("firstAnswer", Text(FirstAnswer)), ("unreachedMonth", Text(UnreachedMonth)), ("excluded", Text(Excluded)), ("blameless", Text(Blameless)),
    ];

    private static string? Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";
}

/// <summary>One ticket's history, replayed: as far as it was known at a cutoff, and to its end.</summary>
/// <param name="seq">The last event, as the index tells.</param>
internal sealed class TicketReplay(string id, string number, int seq, ScoredFacts indexed)
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
    public TicketDiscrepancy? Discrepancy(IReadOnlyList<SupportRow> support)
    {
        if (_history.Damage is not null || _history.State is not { } now || now.Seq != seq)
        {
            return new(id, number, _history.Damage ?? string.Create(CultureInfo.InvariantCulture, $"第 {seq} 条经过缺失"), []);
        }

        var facts = ScoredFacts.Of(TicketProjection.Row(now));
        var own = TicketProjection.Support(now);
        if (facts == indexed && own.OrderBy(s => s.Unit, StringComparer.Ordinal).SequenceEqual(support.OrderBy(s => s.Unit, StringComparer.Ordinal)))
        {
            return null;
        }

        var differing = indexed.Named.Zip(facts.Named).Where(p => p.First.Value != p.Second.Value)
            .Select(p => new LeagueDifference(p.First.Name, p.First.Value, p.Second.Value)).ToList();
        return new(id, number, "索引与办理经过不一致", differing.Count > 0 ? differing : [new("support", null, null)]);
    }

    /// <summary>What the ticket counted for, as known at the cutoff.</summary>
    public IEnumerable<(int Month, string Unit, UnitCounts Counts)> Parts(long asOf)
    {
        if (_known is null)
        {
            return [];
        }

        var row = TicketProjection.Row(_known);
        return CountRow.Of(row, TicketProjection.Support(_known), asOf).Select(part => (part.Month, part.Unit, part.Counts));
    }
}
