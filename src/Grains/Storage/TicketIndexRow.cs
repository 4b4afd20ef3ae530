namespace Hotline.Storage;

/// <summary>One row a ticket in <c>ticket_index</c>: what lists, work queues, the sweep and the scores read. Mapped here and nowhere else.
/// Instants are Unix milliseconds UTC, months year × 100 + month in Asia/Shanghai, codes as in JSON.</summary>
internal sealed record TicketIndexRow
{
    public required string TicketId { get; init; }
    /// <summary>The ticket's last event, and so its version.</summary>
    public required int Seq { get; init; }
    public required string Source { get; init; }
    public required string ExternalNo { get; init; }
    public required string Nature { get; init; }
    public required string Urgency { get; init; }
    public string? Topic { get; init; }
    public string? Place { get; init; }
    public required string Status { get; init; }
    /// <summary>The lead unit's code.</summary>
    public string? Unit { get; init; }
    /// <summary>Keyed hash of the caller's phone, to find repeats without storing it here.</summary>
    public string? CallerKey { get; init; }
    public required long ReceivedAt { get; init; }
    public required long RegisteredAt { get; init; }
    public long? DispatchedAt { get; init; }
    public long? ClosedAt { get; init; }
    public required long UpdatedAt { get; init; }
    /// <summary>Registered live, not by history import.</summary>
    public required bool Live { get; init; }
    public required bool Difficult { get; init; }
    /// <summary>Who has to act now: a <c>Desk</c> code, or null when nobody has to.</summary>
    public string? Desk { get; init; }
    /// <summary>The earliest open due instant; before now means overdue.</summary>
    public long? OpenDueAt { get; init; }
    /// <summary>When the sweep must next look at this ticket.</summary>
    public long? NextAlarmAt { get; init; }
    /// <summary>0 none, 1 yellow, 2 red, 3 escalated: the highest alarm among open clocks.</summary>
    public required int AlarmLevel { get; init; }
    /// <summary>The next step (待办): a <c>WorkKind</c> code, or null at the end of the way.</summary>
    public string? Work { get; init; }
    /// <summary>Whose step: a unit's code, or empty for the centre.</summary>
    public string? WorkUnit { get; init; }
    /// <summary>Who may not take it.</summary>
    public string? WorkNotBy { get; init; }
    /// <summary>What somebody asked for that a second person has to decide: a <c>WorkKind</c> code.</summary>
    public string? Asked { get; init; }
    /// <summary>Who asked for it.</summary>
    public string? AskedBy { get; init; }
    /// <summary>The role that has to decide on a pending extension.</summary>
    public string? ExtensionFor { get; init; }
    /// <summary>Who asked for that extension.</summary>
    public string? ExtensionBy { get; init; }
    /// <summary>Who asked for the exclusion that waits for a decision.</summary>
    public string? ExclusionBy { get; init; }
    /// <summary>The role that has to decide on it.</summary>
    public string? ExclusionFor { get; init; }
    /// <summary>Whose open promise has a red card or an escalation: a unit's code, empty for the centre.</summary>
    public string? CardUnit { get; init; }
    /// <summary>0–255, from the id: shares the sweep among silos.</summary>
    public required int Shard { get; init; }
}
