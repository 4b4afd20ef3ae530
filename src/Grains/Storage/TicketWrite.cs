namespace Hotline.Storage;

/// <summary>Everything one command writes. It becomes visible together or not at all; all of it hangs on the append of the events.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="ExpectedSeq">The last event the command was decided on, and so the ticket's version; 0 for a new ticket. A stale item writes nothing.</param>
/// <param name="Index">The typed row that lists and scores read, as the events make it.</param>
/// <param name="Scored">What units owe and what citizens answered, as far as the command changed it.</param>
/// <param name="Events">New events, numbered on from <paramref name="ExpectedSeq"/> without a gap; at least one.</param>
/// <param name="Texts">New or replaced personal texts.</param>
/// <param name="Key">The caller's idempotency key, or null.</param>
internal sealed record TicketWrite(
    string TicketId,
    int ExpectedSeq,
    TicketIndexRow Index,
    ScoredRows Scored,
    IReadOnlyList<EventRow> Events,
    IReadOnlyList<TicketText> Texts,
    CommandKey? Key)
{
    /// <summary>The scoring months that this write touches: where the ticket counted before and where it counts now.</summary>
    public IReadOnlyList<int> Months { get; init; } = [];
}

/// <summary>One event as stored: append-only, primary key ticket + sequence.</summary>
/// <param name="Seq">1..n without a gap.</param>
/// <param name="Type">Event code, e.g. <c>dispatched</c>.</param>
/// <param name="At">Unix milliseconds UTC.</param>
/// <param name="Actor">The person, or the machine itself.</param>
/// <param name="Client">The API key that was used.</param>
/// <param name="Body">JSON without personal texts (they are referred to by keyed hash).</param>
/// <param name="Hash">SHA-256 (hex) over ticket, previous event's hash and everything above.</param>
internal sealed record EventRow(int Seq, string Type, long At, string Actor, string Client, string Body, string Hash);

/// <summary>A personal or free text, kept apart from history so that it can be erased (caller, title, content, reply, notes).</summary>
/// <param name="Slot">What it is: <c>title</c>, <c>content</c>, <c>callerName</c>, <c>callerPhone</c>, or <c>{event type}/{seq}</c>.</param>
/// <param name="Hash">Keyed hash over ticket, slot and text.</param>
internal sealed record TicketText(string Slot, string Text, string Hash);

/// <summary>An idempotency key and what it did: the ticket as its events up to <paramref name="Seq"/> make it is what was answered.
/// (client, key) is unique over the whole store.</summary>
/// <param name="BodyHash">SHA-256 (hex) over method, path and body.</param>
/// <param name="At">Unix milliseconds UTC.</param>
/// <param name="Hash">Keyed hash over all of it.</param>
internal sealed record CommandKey(string Client, string Key, string BodyHash, string TicketId, int Seq, long At, string Hash = "");

/// <summary>责任: what one unit owes, or owed, for one ticket. It is never taken away again; how it ended stands in it.</summary>
/// <param name="Support">The unit supports (协办); else it leads (主办). One unit can have both, one after the other.</param>
/// <param name="Month">Month of the final due in Asia/Shanghai, year × 100 + month; null while nothing is due.</param>
/// <param name="OnTime">Replied at or before the final due.</param>
/// <param name="Completed">The submission that passed review was made at or before the final due.</param>
/// <param name="Ending">Why it is outside the rates, 0 when it counts: the numbers are those of <c>ObligationEnd</c>.</param>
/// <param name="Owed">The reply or opinion is still owed.</param>
internal sealed record ObligationRow(string Unit, bool Support, int? Month, long? DueAt, long? RepliedAt, bool OnTime, bool Completed, int Ending,
    bool Excluded, bool Owed);

/// <summary>What citizens said of one unit's reply to one ticket, or that the callback ended without an answer.</summary>
/// <param name="Unit">Whose reply was judged.</param>
/// <param name="Month">Month of <paramref name="At"/>.</param>
/// <param name="At">Completion of the first effective callback, or the end without one.</param>
/// <param name="Answer">The answer that counts: 1 satisfied, 2 basically satisfied, 3 dissatisfied; or why there is none: 4 unreachable, 5 refused,
/// 6 wrong number, 7 no number.</param>
/// <param name="FirstAnswer">The first answer; 0 without one.</param>
internal sealed record AnswerRow(string Unit, int Month, long At, int Answer, int FirstAnswer, bool Excluded, bool Blameless);

/// <summary>All that a ticket counts for.</summary>
internal sealed record ScoredRows(IReadOnlyList<ObligationRow> Obligations, IReadOnlyList<AnswerRow> Answers)
{
    public static ScoredRows None { get; } = new([], []);

    public bool IsEmpty => Obligations.Count == 0 && Answers.Count == 0;

    /// <summary>The rows that are not among the former ones as they are.</summary>
    public ScoredRows ChangedFrom(ScoredRows former) => IsEmpty ? None
        : new([.. Obligations.Where(o => !former.Obligations.Contains(o))], [.. Answers.Where(a => !former.Answers.Contains(a))]);

    /// <summary>The scoring months in which the ticket counts.</summary>
    public IEnumerable<int> Months => Obligations.Select(o => o.Month).OfType<int>().Concat(Answers.Select(a => a.Month)).Distinct();

    /// <summary>As the check reads them: by unit, ordinal, what it led first.</summary>
    public ScoredRows InOrder() => new([.. Obligations.OrderBy(o => o.Unit, StringComparer.Ordinal).ThenBy(o => o.Support)],
        [.. Answers.OrderBy(a => a.Unit, StringComparer.Ordinal)]);

    public bool Equals(ScoredRows? other) =>
        other is not null && Obligations.SequenceEqual(other.Obligations) && Answers.SequenceEqual(other.Answers);

    public override int GetHashCode() => HashCode.Combine(Obligations.Count, Answers.Count);
}
