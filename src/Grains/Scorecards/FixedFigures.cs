using System.Text;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>Fixes a table's figures for publication: everything read in one moment of the store, under the policies and the roll in force, and on what they
/// rest beside them.</summary>
internal sealed class FixedFigures(LeagueReckoner reckoner, ExclusionRequests exclusions, FeedSeals seals, Database database, TimeProvider clock)
{
    private const int MostNamed = 5;

    /// <summary>What counts in a month was written at most this long before it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(100);

    /// <summary>The figures at this instant, as a proposal: only if the histories of the month's tickets give the same ones.
    /// Errors: <c>league.undecided</c>, <c>league.history-differs</c>.</summary>
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
        with = with with { Earlier = earlier };
        var body = Encoding.UTF8.GetString(LeagueCanon.Bytes(await reckoner.Body(month, tier, with, cancellationToken)));
        if (await Differing(month, tier, with, body, cancellationToken) is { } differs)
        {
            return differs;
        }

        return new ProposedTable(actor.Id, cutoff, Revision.Hash(body), body, (replaced?.Number ?? 0) + 1, reason,
            new LeagueBasis(moment.Events, with.Units, with.Policies, earlier).Write());
    }

    /// <summary>Beside the caller's turn: a month of a hundred thousand tickets takes seconds.</summary>
    private Task<Rejection?> Differing(Month month, LeagueTier tier, Reckoning with, string body, CancellationToken cancellationToken) => Task.Run(async () =>
    {
        var moment = with.Moment!;
        var facts = new MonthHistory(database, KnownHistory.All, moment, (ShanghaiTime.StartOf(month) - Longest, ShanghaiTime.StartOf(month.Next)));
        var told = LeagueCanon.Bytes(await reckoner.Body(month, tier, with with { Facts = facts, Roll = new object() }, cancellationToken));
        var cut = await seals.Check(moment.Connection, moment.Transaction, ShanghaiTime.StartOf(month) - Longest, cancellationToken);
        if (facts.Discrepancies.Count == 0 && cut.Count == 0 && Encoding.UTF8.GetString(told) == body)
        {
            return null;
        }

        var named = string.Join("、", facts.Discrepancies.Take(MostNamed).Select(d => d.ExternalNo));
        return LeagueLifeRules.HistoryDiffers(facts.Discrepancies.Count, named, cut.Count);
    }, cancellationToken);

    /// <summary>Refuses a proposal whose policy is no longer the month's, or whose units no longer stand in the month's table: the figures
    /// were fixed before.</summary>
    public async Task<Rejection?> Outdated(Month month, ProposedTable proposal)
    {
        var inForce = (await reckoner.Newest(Instant())).Value;
        return LeagueBasis.Read(proposal.Basis) is { } basis
            && (ScoringPolicyRules.PolicyFor(month, basis.Policies) != inForce.PolicyOf(month)
                || (proposal.Revision == 1 && HasMoved(month, basis, inForce, TierOf(proposal))))
            ? new("league.outdated", "提请之后考核办法或单位的类别、启用日期有变化，请重新提请。", RejectionKind.State, AllowedActions: [])
            : null;
    }

    private static LeagueTier TierOf(ProposedTable proposal) => LeagueCanon.Read(Encoding.UTF8.GetBytes(proposal.Body)).Tier;

    /// <summary>A unit that was on the roll has another place now, among the table's rows or not. A unit that came later enters with the
    /// next proposal.</summary>
    private static bool HasMoved(Month month, LeagueBasis basis, Reckoning inForce, LeagueTier tier)
    {
        var known = basis.Units.Select(u => u.Code).ToHashSet(StringComparer.Ordinal);
        var now = inForce.UnitsOf(month, tier).Select(u => u.Code).Where(known.Contains);
        return !(inForce with { Units = basis.Units }).UnitsOf(month, tier).Select(u => u.Code).ToHashSet(StringComparer.Ordinal)
            .SetEquals(now);
    }

    public DateTimeOffset Instant() => clock.Instant();
}
