using Hotline.Shared;

namespace Hotline.Policies;

/// <summary>A table that was closed. Its tier is kept as the code that Scorecards gives it.</summary>
internal sealed record ClosedTable(Month Month, string Tier);

/// <summary>A proposal that was taken back or turned down.</summary>
internal sealed record DroppedProposal(PolicyProposal Proposal, string DroppedBy, DateTimeOffset At);

/// <summary>The stored book of policies. What is replaced or dropped stays on record.</summary>
internal sealed record ScoringPolicyState
{
    public long Version { get; init; } = 1;

    public IReadOnlyList<StoredPolicy> Policies { get; init; } = [new(ScoringPolicy.V1, 1, "system", null, DateTimeOffset.UnixEpoch)];

    public IReadOnlyList<PolicyProposal> Proposals { get; init; } = [];

    public IReadOnlyList<StoredPolicy> Replaced { get; init; } = [];

    public IReadOnlyList<DroppedProposal> Dropped { get; init; } = [];

    public IReadOnlyList<ClosedTable> Closed { get; init; } = [];

    public StoredPolicy? Find(string version) => Policies.FirstOrDefault(p => p.Policy.Version == version);

    public PolicyProposal? Proposed(string version) => Proposals.FirstOrDefault(p => p.Policy.Version == version);

    /// <summary>Stores a version last; what it replaces and its proposal go.</summary>
    public ScoringPolicyState Store(ScoringPolicy policy, string storedBy, string? approvedBy, DateTimeOffset at) => this with
    {
        Version = Version + 1,
        Policies = [.. Policies.Where(p => p.Policy.Version != policy.Version), new(policy, Policies.Max(p => p.Number) + 1, storedBy, approvedBy, at)],
        Replaced = [.. Replaced, .. Policies.Where(p => p.Policy.Version == policy.Version)],
        Proposals = Without(policy.Version),
    };

    public ScoringPolicyState Propose(PolicyProposal proposal) =>
        this with { Version = Version + 1, Proposals = [.. Without(proposal.Policy.Version), proposal] };

    public ScoringPolicyState Drop(PolicyProposal proposal, string droppedBy, DateTimeOffset at) => this with
    {
        Version = Version + 1,
        Proposals = Without(proposal.Policy.Version),
        Dropped = [.. Dropped, new(proposal, droppedBy, at)],
    };

    public ScoringPolicyState Close(Month month, string tier) =>
        Closed.Contains(new(month, tier)) ? this : this with { Closed = [.. Closed, new(month, tier)] };

    private PolicyProposal[] Without(string version) => [.. Proposals.Where(p => p.Policy.Version != version)];
}
