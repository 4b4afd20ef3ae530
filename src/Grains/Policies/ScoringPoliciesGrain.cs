using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Policies;

internal sealed class ScoringPoliciesGrain([PersistentState("scoring-policies", StorageHosting.Records)] IPersistentState<ScoringPolicyState> store,
    TimeProvider clock, ScoringPolicies copies) : Grain, IScoringPoliciesGrain
{
    public Task<PolicyBook?> Changes(long knownVersion) => Task.FromResult(
        knownVersion == store.State.Version ? null : new PolicyBook(store.State.Version, store.State.Policies, store.State.Proposals));

    public async Task<Result<PolicyOutcome>> Put(ScoringPolicy policy, PolicyCondition condition, Actor actor)
    {
        var decided = await Save(ScoringPolicyBookRules.Put(store.State, policy, condition, actor, clock.GetUtcNow()));
        return decided.Map(book => book.Find(policy.Version) is { } stored && stored.Policy == policy
            ? new PolicyOutcome(stored, null)
            : new PolicyOutcome(null, book.Proposed(policy.Version)));
    }

    public async Task<Result<StoredPolicy>> Approve(string version, Actor actor)
    {
        var decided = await Save(ScoringPolicyBookRules.Approve(store.State, version, actor, clock.GetUtcNow()));
        return decided.Map(book => book.Find(version)!);
    }

    public async Task<Result<PolicyProposal>> Drop(string version, Actor actor)
    {
        if (store.State.Proposed(version) is not { } proposal)
        {
            return ScoringPolicyBookRules.NotProposed;
        }

        await Save(store.State.Drop(proposal, actor.Id, clock.GetUtcNow()));
        return proposal;
    }

    public async Task<ScoringPolicy> RecordClosed(Month month, string tier)
    {
        await Save(store.State.Close(month, tier));
        return ScoringPolicyRules.PolicyFor(month, [.. store.State.Policies.Select(p => p.Policy)]);
    }

    private async Task<Result<ScoringPolicyState>> Save(Result<ScoringPolicyState> decided)
    {
        if (!decided.IsDone || ReferenceEquals(decided.Value, store.State))
        {
            return decided;
        }

        await store.WriteOrRestore(decided.Value!);
        copies.Forget();
        return decided;
    }
}
