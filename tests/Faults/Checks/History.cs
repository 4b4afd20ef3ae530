namespace Hotline.Faults;

/// <summary>What a caller knows after an attempt.</summary>
internal enum Outcome
{
    /// <summary>2xx: it took effect and was flushed.</summary>
    Done = 1,
    /// <summary>4xx: it took no effect.</summary>
    Refused = 2,
    /// <summary>5xx, time-out, reset: nobody can tell yet.</summary>
    Unknown = 3,
}

/// <summary>One request, as its sender saw it. Instants are monotonic milliseconds of the test's process.</summary>
/// <param name="Key">The idempotency key: attempts with the same key are one operation.</param>
/// <param name="Subject">The external number of the ticket meant.</param>
/// <param name="Command">The command's name in routes; <c>register</c> for intake.</param>
/// <param name="Version">The ticket's version in the answer, when done.</param>
/// <param name="Answer">The body of a done answer.</param>
/// <param name="Code">The problem's code, or the transport's complaint, when not done.</param>
internal sealed record Attempt(string Node, string Key, string BodyHash, string Subject, string Command, long StartedAt, long EndedAt, Outcome Outcome,
    int Status = 0, string? Code = null, long? Version = null, string? Answer = null, bool Replayed = false);

/// <summary>All attempts of one key.</summary>
internal sealed record Operation(string Key, IReadOnlyList<Attempt> Attempts)
{
    public string Command => Attempts[0].Command;

    public string Subject => Attempts[0].Subject;

    public Attempt? Done => Attempts.FirstOrDefault(a => a.Outcome == Outcome.Done);

    /// <summary>Surely without effect: refused, and no attempt whose fate is open.</summary>
    public bool IsSurelyRefused => Attempts.All(a => a.Outcome == Outcome.Refused);

    public static IReadOnlyList<Operation> Of(IEnumerable<Attempt> attempts) =>
        [.. attempts.GroupBy(a => a.Key).Select(g => new Operation(g.Key, [.. g.OrderBy(a => a.StartedAt)]))];
}

/// <summary>An event as the database holds it.</summary>
internal sealed record StoredEvent(int Seq, string Type, long At, string Actor, string Client, string Body, string Hash);

/// <summary>A ticket as the database holds it, and the status that the service tells.</summary>
internal sealed record StoredTicket(string Id, string ExternalNo, long Version, string IndexStatus, string? ServedStatus, long? ServedVersion,
    IReadOnlyList<StoredEvent> Events);

/// <summary>An idempotency key as the database holds it.</summary>
internal sealed record StoredKey(string Key, long Seq);

/// <summary>Everything that is there after the faults are healed.</summary>
internal sealed record FinalState(IReadOnlyList<StoredTicket> Tickets, IReadOnlyList<StoredKey> Keys);

/// <summary>A broken promise.</summary>
/// <param name="Kind">lost, doubled, ghost, gap, chain, fork, answer, refused, twin, status.</param>
internal sealed record Finding(string Kind, string Where, string What)
{
    public override string ToString() => $"{Kind}: {Where}: {What}";
}
