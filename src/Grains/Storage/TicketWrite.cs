using Hotline.Shared;

namespace Hotline.Storage;

/// <summary>Everything one command writes. It becomes visible together or not at all.</summary>
/// <param name="TicketId">Primary key of state and index row.</param>
/// <param name="ExpectedVersion">The version the command was decided on; 0 for a new ticket. A stale item writes nothing.</param>
/// <param name="Payload">The ticket's state as UTF-8 JSON.</param>
/// <param name="Index">The typed row that lists and scores read.</param>
/// <param name="Support">The supporting units' own scored rows; replaces the stored set. Null leaves it alone.</param>
/// <param name="Events">New events, numbered without a gap.</param>
/// <param name="Private">New or replaced personal texts.</param>
/// <param name="Key">The caller's idempotency key with the stored answer, or null.</param>
internal sealed record TicketWrite(
    string TicketId,
    long ExpectedVersion,
    byte[] Payload,
    TicketIndexRow Index,
    IReadOnlyList<SupportRow>? Support,
    IReadOnlyList<EventRow> Events,
    IReadOnlyList<PrivateText> Private,
    CommandKey? Key)
{
    /// <summary>The scoring months in which the ticket counted before this write; it may have left them.</summary>
    public IReadOnlyList<int> FormerMonths { get; init; } = [];
}

/// <summary>One event as stored: append-only, primary key ticket + sequence.</summary>
/// <param name="Seq">1..n without a gap.</param>
/// <param name="Type">Event code, e.g. <c>dispatched</c>.</param>
/// <param name="At">Unix milliseconds UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Body">JSON without personal texts (they are referred to by keyed hash).</param>
/// <param name="Hash">SHA-256 (hex) over the previous event's hash and this event's stored bytes.</param>
internal sealed record EventRow(int Seq, string Type, long At, string Actor, string Body, string Hash);

/// <summary>A personal or free text, kept apart from history so that it can be erased (caller, title, content, reply, notes).</summary>
/// <param name="Slot">What it is: <c>title</c>, <c>content</c>, <c>callerName</c>, <c>callerPhone</c>, or <c>{event type}/{seq}</c>.</param>
internal sealed record PrivateText(string Slot, string Text);

/// <summary>An idempotency key with what was answered; (client, key) is unique over the whole store.</summary>
/// <param name="BodyHash">SHA-256 (hex) over method, path and body.</param>
/// <param name="Status">HTTP status of the stored answer.</param>
/// <param name="Answer">The stored answer's JSON, without caller fields.</param>
/// <param name="At">Unix milliseconds UTC.</param>
internal sealed record CommandKey(string Client, string Key, string BodyHash, int Status, string Answer, long At);

/// <summary>A supporting unit's own promise, scored apart from the lead unit's.</summary>
internal sealed record SupportRow(string Unit, int? ReplyMonth, long? ReplyDueAt, long? RepliedAt, bool OnTime, bool Excluded)
{
    /// <summary>The opinion is still owed.</summary>
    public bool Owed { get; init; }
}
