using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>Tables under another policy than the one in force. Reads only.</summary>
internal sealed class PolicyTrials(LeagueReckoner reckoner)
{
    /// <summary>The month's table as the policy in force makes it and as this one would, from the same facts; other months keep their own policies.</summary>
    public async Task<(LeagueBody InForce, LeagueBody Tried)> Tables(ScoringPolicy policy, Month month, LeagueTier tier, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var with = await reckoner.Now(asOf);
        var bodies = await reckoner.Bodies(month, tier, [with, with with { Fixed = (month, policy) }], cancellationToken);
        return (bodies[0], bodies[1]);
    }

    public async Task<PolicyTrial> Run(ScoringPolicy policy, Month month, LeagueTier tier, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var (inForce, tried) = await Tables(policy, month, tier, asOf, cancellationToken);
        return PolicyTrialRules.Compare(inForce, tried, asOf);
    }
}
