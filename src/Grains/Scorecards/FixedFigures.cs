using System.Text;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>Fixes a table's figures for publication: everything read in one moment of the store, and on what they rest beside them.</summary>
internal sealed class FixedFigures(LeagueReckoner reckoner, Database database, TimeProvider clock)
{
    /// <summary>The figures at this instant, as a proposal.</summary>
    /// <param name="replaced">The revision to be corrected: its units keep the names and tiers under which they were published.</param>
    public async Task<ProposedTable> Fix(Month month, LeagueTier tier, Actor actor, LeagueRevision? replaced, string? reason, CancellationToken cancellationToken)
    {
        await using var moment = await ReadSnapshot.Open(database, cancellationToken);
        // After the moment: nothing later than this instant can have entered.
        var cutoff = Instant();
        var with = await reckoner.Now(cutoff) with { Anew = true, Moment = moment };
        if (LeagueBasis.Read(replaced?.Basis) is { } then)
        {
            with = with.WithUnits(then.Units);
        }

        var earlier = await LeagueRevisions.NumbersBefore(month, tier, moment, cancellationToken);
        var body = LeagueCanon.Bytes(await reckoner.Body(month, tier, with with { Earlier = earlier }, cancellationToken));
        return new(actor.Id, cutoff, LeagueCanon.Hash(body), Encoding.UTF8.GetString(body), (replaced?.Number ?? 0) + 1, reason,
            new LeagueBasis(moment.Events, with.Units, with.Policies, earlier).Write());
    }

    /// <summary>Whole milliseconds: what is stored is what was decided on.</summary>
    public DateTimeOffset Instant() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
