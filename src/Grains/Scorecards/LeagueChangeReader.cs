using System.Text;

namespace Hotline.Scorecards;

/// <summary>前后对照 of a correction, with what every slice says of its consequences.</summary>
internal sealed class LeagueChangeReader(IEnumerable<IKnockOn> knockOns, TimeProvider clock)
{
    /// <summary>Of a published correction.</summary>
    public Task<LeagueChanges> Of(Revision before, Revision after, CancellationToken cancellationToken) =>
        Of(before, after.Read(), after.Number, after.Reason, false, cancellationToken);

    /// <summary>Of a proposed one.</summary>
    public Task<LeagueChanges> Of(Revision before, ProposedTable proposal, CancellationToken cancellationToken) =>
        Of(before, LeagueCanon.Read(Encoding.UTF8.GetBytes(proposal.Body)), proposal.Revision, proposal.Reason, true, cancellationToken);

    private async Task<LeagueChanges> Of(
        Revision before, LeagueBody after, int number, string? reason, bool proposed, CancellationToken cancellationToken)
    {
        var change = new TableChange(before.Read(), before.Number, after, number, clock.GetUtcNow());
        List<KnockOn> found = [];
        foreach (var source in knockOns)
        {
            found.AddRange(await source.Of(change, cancellationToken));
        }
        return new(after.Month, after.Tier, number, proposed, reason, LeagueChangeRules.Units(change.Before, after), found);
    }
}
