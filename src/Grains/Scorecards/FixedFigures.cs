using System.Text;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>Fixes a table's figures for publication: everything read in one moment of the store, under the policies and the roll in force, and on what they
/// rest beside them.</summary>
internal sealed class FixedFigures(LeagueReckoner reckoner, ExclusionRequests exclusions, Database database, TimeProvider clock)
{
    /// <summary>The figures at this instant, as a proposal. Errors: <c>league.undecided</c>.</summary>
    /// <param name="replaced">The revision to be corrected: its units keep the names and tiers under which they were published.</param>
    public async Task<Result<ProposedTable>> Fix(Month month, LeagueTier tier, Actor actor, Revision? replaced, string? reason, CancellationToken cancellationToken)
    {
        await using var moment = await ReadSnapshot.Open(database, cancellationToken);
        // After the moment: nothing later than this instant can have entered.
        var cutoff = Instant();
        var with = (await reckoner.Newest(cutoff)).Value with { Anew = true, Moment = moment };
        if (LeagueLifeRules.Undecided(await exclusions.Undecided(month, tier, with, cancellationToken)) is { } undecided)
        {
            return undecided;
        }

        if (LeagueBasis.Read(replaced?.Basis) is { } then)
        {
            with = with.WithUnits(then.Units);
        }

        var earlier = await Revisions.NumbersBefore(month, tier, moment, cancellationToken);
        var body = Encoding.UTF8.GetString(LeagueCanon.Bytes(await reckoner.Body(month, tier, with with { Earlier = earlier }, cancellationToken)));
        return new ProposedTable(actor.Id, cutoff, Revision.Hash(body), body, (replaced?.Number ?? 0) + 1, reason,
            new LeagueBasis(moment.Events, with.Units, with.Policies, earlier).Write());
    }

    /// <summary>Refuses a proposal whose policy is no longer the month's: it was replaced after the figures were fixed.</summary>
    public async Task<Rejection?> Outdated(Month month, ProposedTable proposal)
    {
        var inForce = (await reckoner.Newest(Instant())).Value.PolicyOf(month);
        return LeagueBasis.Read(proposal.Basis) is { } basis && ScoringPolicyRules.PolicyFor(month, basis.Policies) != inForce
            ? new("league.outdated", "提请之后考核办法有变化，请重新提请。", RejectionKind.State, AllowedActions: [])
            : null;
    }

    public DateTimeOffset Instant() => clock.Instant();
}
