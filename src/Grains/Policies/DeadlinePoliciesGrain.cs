using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Policies;

internal sealed class DeadlinePoliciesGrain([PersistentState("deadline-policies", StorageHosting.Records)] IPersistentState<DeadlinePolicyState> store,
    TimeProvider clock, DeadlinePolicies copies) : Grain, IDeadlinePoliciesGrain
{
    public Task<DeadlineBook?> Changes(long knownVersion) => Task.FromResult(
        knownVersion == store.State.Version ? null : new DeadlineBook(store.State.Version, store.State.Policies, store.State.Proposals));

    public async Task<Result<DeadlineOutcome>> Put(DeadlinePolicy policy, PolicyCondition condition, Actor actor)
    {
        var decided = await Save(DeadlineBookRules.Put(store.State, policy, condition, actor, Now()));
        return decided.Map(book => new DeadlineOutcome(book.Find(policy.Version), book.Proposed(policy.Version)));
    }

    public async Task<Result<StoredDeadlinePolicy>> Approve(string version, Actor actor)
    {
        // A repeat after a lost answer is told what it did.
        if (store.State.Find(version) is { } done && done.ApprovedBy == actor.Id)
        {
            return done;
        }

        var decided = await Save(DeadlineBookRules.Approve(store.State, version, actor, Now()));
        return decided.Map(book => book.Find(version)!);
    }

    public async Task<Result<DeadlineProposal>> Drop(string version, Actor actor)
    {
        if (store.State.Proposed(version) is not { } proposal)
        {
            return ScoringPolicyBookRules.NotProposed;
        }

        await Save(store.State.Drop(proposal, actor.Id, Now()));
        return proposal;
    }

    private async Task<Result<DeadlinePolicyState>> Save(Result<DeadlinePolicyState> decided)
    {
        if (decided.IsDone && !ReferenceEquals(decided.Value, store.State))
        {
            await store.WriteOrRestore(decided.Value!);
            copies.Forget();
        }

        return decided;
    }

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
