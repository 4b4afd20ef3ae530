namespace Hotline.Storage;

/// <summary>Everything one command writes. It becomes visible together or not at all; all of it hangs on the append of the events.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="ExpectedSeq">The last event the command was decided on, and so the ticket's version; 0 for a new ticket. A stale item writes nothing.</param>
/// <param name="Index">The typed row that lists and scores read, as the events make it.</param>
/// <param name="Support">The supporting units' own scored rows; replaces the stored set. Null leaves it alone.</param>
/// <param name="Events">New events, numbered on from <paramref name="ExpectedSeq"/> without a gap; at least one.</param>
/// <param name="Texts">New or replaced personal texts.</param>
/// <param name="Key">The caller's idempotency key, or null.</param>
internal sealed record TicketWrite(
    string TicketId,
    int ExpectedSeq,
    TicketIndexRow Index,
    IReadOnlyList<SupportRow>? Support,
    IReadOnlyList<EventRow> Events,
    IReadOnlyList<TicketText> Texts,
    CommandKey? Key)
{
    /// <summary>The scoring months in which the ticket counted before this write; it may have left them.</summary>
    public IReadOnlyList<int> FormerMonths { get; init; } = [];
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

/// <summary>A supporting unit's own promise, scored apart from the lead unit's.</summary>
/// <param name="Owed">The opinion is still owed.</param>
internal sealed record SupportRow(string Unit, int? ReplyMonth, long? ReplyDueAt, long? RepliedAt, bool OnTime, bool Excluded, bool Owed = false);
