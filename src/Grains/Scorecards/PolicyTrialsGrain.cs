using Hotline.Policies;
using Hotline.Shared;
using Orleans.Concurrency;

namespace Hotline.Scorecards;

[StatelessWorker, Reentrant]
internal sealed class PolicyTrialsGrain(PolicyTrials trials, ScoringPolicies policies, TimeProvider clock) : Grain, IPolicyTrialsGrain
{
    public async Task<Result<PolicyTrial>> Run(Month month, LeagueTier tier, string version)
    {
        var book = await policies.Book();
        if (book.Find(version) is not { } policy)
        {
            return new Rejection("not-found", "没有这个版本的考核办法。", RejectionKind.NotFound);
        }

        return await trials.Run(policy, month, tier, clock.Instant(), CancellationToken.None);
    }
}
