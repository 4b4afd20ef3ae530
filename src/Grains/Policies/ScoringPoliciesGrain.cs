using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Policies;

internal sealed class ScoringPoliciesGrain(RecordStore records, TimeProvider clock, ScoringPolicies copies)
    : RecordGrain<ScoringPolicyState>(records, "scoring-policies"), IScoringPoliciesGrain
{
    public Task<PolicyBook?> Changes(long knownVersion) => Task.FromResult(
        knownVersion == Record.Version ? null : new PolicyBook(Record.Version, Record.Policies, Record.Proposals));

    public Task<Result<PolicyOutcome>> Put(ScoringPolicy policy, PolicyCondition condition, CallContext call) =>
        Save(call, book => ScoringPolicyBookRules.Put(book, policy, condition, call.Actor, clock.GetUtcNow()), book =>
            book.Find(policy.Version) is { } stored && stored.Policy == policy
                ? new PolicyOutcome(stored, null)
                : new PolicyOutcome(null, book.Proposed(policy.Version)));

    public Task<Result<StoredPolicy>> Approve(string version, CallContext call) =>
        Save(call, book => ScoringPolicyBookRules.Approve(book, version, call.Actor, clock.GetUtcNow()), book => book.Find(version)!);

    public Task<Result<PolicyProposal>> Drop(string version, CallContext call) =>
        Save(call, book => book.Proposed(version) is { } proposal
            ? book.Drop(proposal, call.Actor.Id, clock.GetUtcNow())
            : ScoringPolicyBookRules.NotProposed, book => book.Dropped[^1].Proposal);

    public Task<Result<ScoringPolicy>> RecordClosed(Month month, string tier) => Save(Actor.System, book => book.Close(month, tier),
        book => ScoringPolicyRules.PolicyFor(month, [.. book.Policies.Select(p => p.Policy)]));

    private async Task<Result<T>> Save<T>(CallContext call, Func<ScoringPolicyState, Result<ScoringPolicyState>> decide, Func<ScoringPolicyState, T> answer)
        where T : class
    {
        var saved = await Decide(call, book => decide(book).Map(next => new Change<ScoringPolicyState, T>(next, answer(next))));
        copies.Forget();
        return saved;
    }
}
