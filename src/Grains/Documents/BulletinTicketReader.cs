using Hotline.Scorecards;

namespace Hotline.Documents;

/// <summary>Reads the tickets behind a bulletin's figures: of fixed tables as they stood when their figures were fixed, of others as they are.</summary>
internal sealed class BulletinTicketReader(ScoredTicketIndex index, Revisions revisions, IGrainFactory grains)
{
    /// <summary>A sheet of more is neither read nor written; each unit's tickets can be had by themselves.</summary>
    public const int MostListed = 50_000;

    /// <param name="unit">Only this unit's tickets; null for all.</param>
    public async Task<BulletinTickets> Read(Bulletin bulletin, string? unit, CancellationToken cancellationToken)
    {
        var left = MostListed;
        List<BulletinTicket> items = [];
        List<string> remarks = unit is null ? [] : ["只列出本单位的工单。"];
        foreach (var table in bulletin.Tables.Select(t => t.Table))
        {
            LeagueTableRow[] rows = [.. table.Rows.Where(r => unit is null || r.Unit.Code == unit)];
            left -= rows.Sum(TicketsOf);
            if (left < 0)
            {
                remarks.Add($"{BulletinTable.NameOf(table.Tier)}的工单过多（本表最多列 {MostListed} 件），没有列出；请按单位分别导出。");
                continue;
            }

            var found = await Tickets(table, rows, cancellationToken);
            var listed = BulletinTicketRules.Listed(table, rows, found);
            items.AddRange(listed);
            remarks.AddRange(BulletinTicketRules.Differences(table, rows, listed));
        }
        return new(items, remarks);
    }

    private async Task<IReadOnlyList<ScoredTicket>> Tickets(LeagueTable table, LeagueTableRow[] rows, CancellationToken cancellationToken)
    {
        var units = rows.Select(r => r.Unit.Code).ToHashSet(StringComparer.Ordinal);
        if (units.Count == 0)
        {
            return [];
        }

        return await Known(table, cancellationToken) is { } known
            ? (await index.Then(table.Month, units, known, cancellationToken)).Tickets
            : await index.Now(table.Month, units, cancellationToken);
    }

    /// <summary>How far the history went into a fixed table; null while its figures follow the facts.</summary>
    private async Task<KnownHistory?> Known(LeagueTable table, CancellationToken cancellationToken)
    {
        if (table.Revision > 0)
        {
            return KnownHistory.Of(table.AsOf, (await revisions.Table(table.Month, table.Tier, table.Revision, cancellationToken))?.Basis);
        }

        if (table.Proposal is null)
        {
            return null;
        }

        // The proposal may have been replaced since the table was read: then the instant is all that is known of it.
        var proposal = (await grains.GetGrain<ILeagueTableGrain>(LeagueKeys.Of(table.Month, table.Tier)).Standing()).Proposal;
        return KnownHistory.Of(table.AsOf, proposal?.CutoffAt == table.AsOf ? proposal.Basis : null);
    }

    /// <summary>At most so many tickets lie behind a row: one may lie behind two figures.</summary>
    private static int TicketsOf(LeagueTableRow row) =>
        row.Obligations.Received
        + row.SatisfactionRate.Denominator + row.SatisfactionRate.Excluded + row.SatisfactionRate.Unreached;
}
