namespace Hotline.Policies;

/// <summary>A proposal that was taken back or turned down.</summary>
internal sealed record DroppedDeadlines(DeadlineProposal Proposal, string DroppedBy, DateTimeOffset At);

/// <summary>The stored book of deadlines. What is dropped stays on record.</summary>
internal sealed record DeadlinePolicyState
{
    public long Version { get; init; } = 1;

    public IReadOnlyList<StoredDeadlinePolicy> Policies { get; init; } =
        [new(DeadlinePolicy.V1, 1, "system", "system", DateTimeOffset.UnixEpoch, DateTimeOffset.MinValue)];

    public IReadOnlyList<DeadlineProposal> Proposals { get; init; } = [];

    public IReadOnlyList<DroppedDeadlines> Dropped { get; init; } = [];

    public StoredDeadlinePolicy? Find(string version) => Policies.FirstOrDefault(p => p.Policy.Version == version);

    public DeadlineProposal? Proposed(string version) => Proposals.FirstOrDefault(p => p.Policy.Version == version);

    public DeadlinePolicyState Propose(DeadlinePolicy policy, string by, DateTimeOffset at) => this with
    {
        Version = Version + 1,
        Proposals = [.. Without(policy.Version), new(policy, Version + 1, by, at)],
    };

    public DeadlinePolicyState Approve(DeadlineProposal proposal, string by, DateTimeOffset at, DateTimeOffset actsFrom) => this with
    {
        Version = Version + 1,
        Policies = [.. Policies, new(proposal.Policy, Policies[^1].Number + 1, proposal.ProposedBy, by, at, actsFrom)],
        Proposals = Without(proposal.Policy.Version),
    };

    public DeadlinePolicyState Drop(DeadlineProposal proposal, string by, DateTimeOffset at) => this with
    {
        Version = Version + 1,
        Proposals = Without(proposal.Policy.Version),
        Dropped = [.. Dropped, new(proposal, by, at)],
    };

    private DeadlineProposal[] Without(string version) => [.. Proposals.Where(p => p.Policy.Version != version)];
}
