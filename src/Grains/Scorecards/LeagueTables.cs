using System.Text;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>Tables as they are read: published ones from their revision, all others computed. One per silo.</summary>
internal sealed class LeagueTables(LeagueReckoner reckoner, Revisions revisions, LiveTables live, ObjectionWindow window, TimeProvider clock)
{
    /// <summary>The newest revision as a table, or null while none is published.</summary>
    public async Task<LeagueTable?> Published(Month month, LeagueTier tier, int? number, CancellationToken cancellationToken)
    {
        var revision = await revisions.Table(month, tier, number, cancellationToken);
        return revision is null ? null : LeagueViewRules.View(revision.Read(), revision);
    }

    /// <summary>The newest revision with its streaks as they are now; without them while they cannot be worked out, for a publication is to be read whatever fails.</summary>
    public async Task<LeagueTable?> Newest(Month month, LeagueTier tier, CancellationToken cancellationToken)
    {
        if (await Published(month, tier, null, cancellationToken) is not { } table)
        {
            return null;
        }

        try
        {
            return LeagueViewRules.WithStreaks(table, await reckoner.Streaks(table, await reckoner.Now(clock.GetUtcNow()), cancellationToken));
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException or RevisionDamagedException)
        {
            return table;
        }
    }

    /// <summary>A table that is not published: the proposal's fixed figures, or what is true now.</summary>
    public async Task<LeagueTable> Unpublished(Month month, LeagueTier tier, LeagueStanding standing, CancellationToken cancellationToken)
    {
        var until = await WindowEnd(month, standing.ClosedAt);
        if (standing.Proposal is { } proposal)
        {
            return LeagueViewRules.View(LeagueCanon.Read(Encoding.UTF8.GetBytes(proposal.Body)), standing, proposal.CutoffAt, until);
        }

        var table = await live.Get(month, tier, cancellationToken);
        return LeagueViewRules.View(table.Body, standing, table.AsOf, until);
    }

    /// <summary>A fixed table with how far the history went into it.</summary>
    /// <param name="proposal">The proposal whose figures it shows; null for a revision.</param>
    public async Task<TableSource> Fixed(LeagueTable table, ProposedTable? proposal, CancellationToken cancellationToken) =>
        new(table, KnownHistory.Of(table.AsOf, proposal is null ? (await revisions.Table(table.Month, table.Tier, table.Revision, cancellationToken))?.Basis : proposal.Basis));

    /// <summary>When the month's objection window ends; null when it has none.</summary>
    public Task<DateTimeOffset?> WindowEnd(Month month, DateTimeOffset? closedAt) => window.EndOf(month, closedAt, CancellationToken.None);

    /// <summary>The pooled figures by month.</summary>
    public async Task<IReadOnlyList<MonthTotal>> Totals(Month from, Month to, LeagueTier tier, CancellationToken cancellationToken)
    {
        List<Month> months = [];
        for (var month = from; month <= to; month = month.Next)
        {
            months.Add(month);
        }

        var with = await reckoner.Now(clock.GetUtcNow());
        var newest = await revisions.LatestOf(months, tier, with, cancellationToken);
        var computed = await reckoner.Totals([.. months.Where(m => !newest.ContainsKey(m))], tier, with, cancellationToken);
        List<MonthTotal> totals = [];
        foreach (var month in months)
        {
            var table = newest.ContainsKey(month) ? await Published(month, tier, null, cancellationToken) : null;
            totals.Add(table is null
                ? new(month, 0, with.PolicyOf(month).Version, computed[month])
                : new(month, table.Revision, table.PolicyVersion, table.Total));
        }
        return totals;
    }
}
