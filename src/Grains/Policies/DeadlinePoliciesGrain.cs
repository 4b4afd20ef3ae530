using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Policies;

internal sealed class DeadlinePoliciesGrain(RecordStore records, TimeProvider clock, DeadlinePolicies copies)
    : RecordGrain<DeadlinePolicyState>(records, "deadline-policies"), IDeadlinePoliciesGrain
{
    public Task<DeadlineBook?> Changes(long knownVersion) => Task.FromResult(
        knownVersion == Record.Version ? null : new DeadlineBook(Record.Version, Record.Policies, Record.Proposals));

    public Task<Result<DeadlineOutcome>> Put(DeadlinePolicy policy, PolicyCondition condition, CallContext call) =>
        Save(call, book => DeadlineBookRules.Put(book, policy, condition, call.Actor, clock.Instant()),
            book => new DeadlineOutcome(book.Find(policy.Version), book.Proposed(policy.Version)));

    public Task<Result<StoredDeadlinePolicy>> Approve(string version, CallContext call) =>
        Save(call, book => DeadlineBookRules.Approve(book, version, call.Actor, clock.Instant()), book => book.Find(version)!);

    public Task<Result<DeadlineProposal>> Drop(string version, CallContext call) =>
        Save(call, book => book.Proposed(version) is { } proposal
            ? book.Drop(proposal, call.Actor.Id, clock.Instant())
            : ScoringPolicyBookRules.NotProposed, book => book.Dropped[^1].Proposal);

    private async Task<Result<T>> Save<T>(CallContext call, Func<DeadlinePolicyState, Result<DeadlinePolicyState>> decide, Func<DeadlinePolicyState, T> answer)
        where T : class
    {
        var saved = await Decide(call, book => decide(book).Map(next => new Change<DeadlinePolicyState, T>(next, answer(next))));
        copies.Forget();
        return saved;
    }
}
