using Hotline.Policies;
using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Silo.Demo;

/// <summary>A ticket while its story is being made up, stage by stage; instants may still lie after now.</summary>
internal sealed class DemoDraft
{
    public required DemoUnit Unit { get; init; }
    public required DemoTopic Topic { get; init; }
    public required Nature Nature { get; init; }
    public required Urgency Urgency { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset DispatchedAt { get; init; }
    public required DateTimeOffset? UpstreamDueAt { get; init; }

    /// <summary>The scored promise, by the same rule that the replay uses.</summary>
    public required Promise Reply { get; init; }

    public bool IsUrgent => Urgency == Urgency.Urgent;

    public bool IsLate { get; set; }
    public bool IsUnreplied { get; set; }
    public bool IsUnreviewed { get; set; }
    public string? ExclusionReason { get; set; }

    public DateTimeOffset AcceptedAt { get; set; }
    public DateTimeOffset ContactedAt { get; set; }
    public DateTimeOffset? RepliedAt { get; set; }
    public DateTimeOffset? ReviewedAt { get; set; }
    public DateTimeOffset? CalledBackAt { get; set; }
    public HistoryResult Result { get; set; } = HistoryResult.Satisfied;
}
