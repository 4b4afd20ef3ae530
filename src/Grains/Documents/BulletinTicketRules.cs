using Hotline.Scorecards;

namespace Hotline.Documents;

/// <summary>Which tickets stand behind a table, in what order, and whether they add up to its figures.</summary>
internal static class BulletinTicketRules
{
    private const int MostNamed = 10;

    /// <summary>Those that add anything to their unit's month, by unit in the table's order, then by number.</summary>
    public static IReadOnlyList<BulletinTicket> Listed(LeagueTable table, IReadOnlyList<LeagueTableRow> rows, IEnumerable<ScoredTicket> tickets)
    {
        var places = rows.Select((row, i) => (row.Unit, i)).ToDictionary(x => x.Unit.Code, StringComparer.Ordinal);
        return
        [
            .. tickets.Select(t => (Place: places[t.Unit], Ticket: new BulletinTicket(table.Tier, places[t.Unit].Unit, t, t.CountsIn(table.Month, table.AsOf))))
                .Where(t => t.Ticket.Adds != UnitCounts.None)
                .OrderBy(t => t.Place.i).ThenBy(t => t.Ticket.Ticket.Number, StringComparer.Ordinal).ThenBy(t => t.Ticket.Ticket.Id, StringComparer.Ordinal)
                .ThenBy(t => t.Ticket.Ticket.IsSupport).Select(t => t.Ticket),
        ];
    }

    /// <summary>Names the units whose listed tickets do not add up to the table's figures.</summary>
    public static IEnumerable<string> Differences(LeagueTable table, IReadOnlyList<LeagueTableRow> rows, IReadOnlyList<BulletinTicket> listed)
    {
        var sums = listed.GroupBy(t => t.Unit.Code, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Aggregate(default(CountSet), (sum, t) => sum + t.Adds.Counted), StringComparer.Ordinal);
        string[] off = [.. rows.Where(r => sums.GetValueOrDefault(r.Unit.Code) != PlaceRules.CountsOf(r).Counted).Select(r => r.Unit.Name)];
        if (off.Length > 0)
        {
            yield return $"{BulletinTable.NameOf(table.Tier)}：{string.Join("、", off.Take(MostNamed))}{(off.Length > MostNamed ? $"等 {off.Length} 个单位" : "")}的工单明细与排名表的数字不一致"
                + (table.Revision > 0 ? "（可能有公布后补录的历史工单），请以公布的数字为准，并进行核验。" : "（导出时数字仍在变化），请重新导出。");
        }
    }
}
