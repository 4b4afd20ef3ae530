using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>剔除申请 of a month's tickets, read from their histories.</summary>
internal sealed class ExclusionRequests(LeagueReckoner reckoner, TextHasher hasher, Database database, TimeProvider clock)
{
    private const string InMonth = "(SELECT ticket_id FROM ticket_obligation WHERE month IN @months UNION SELECT ticket_id FROM ticket_answer WHERE month IN @months)";

    private const string Requests = $"""
        SELECT e.ticket_id AS Ticket, i.external_no AS ExternalNo, e.at AS At, e.actor AS Actor, e.type AS Type, e.body AS Body, p.text AS Text, p.slot AS Slot, p.hash AS TextHash
        FROM ticket_event e JOIN ticket_index i ON i.ticket_id = e.ticket_id
        LEFT JOIN ticket_text p ON p.ticket_id = e.ticket_id AND p.slot = e.type || '/' || e.seq
        WHERE e.type IN ('exclusionRequested', 'exclusionDecided', 'exclusionRevoked') AND e.ticket_id IN {InMonth}
        ORDER BY e.ticket_id, e.seq
        """;

    private const string Concerned = $"""
        SELECT ticket_id, unit, support FROM ticket_obligation o WHERE o.ticket_id IN {InMonth}
            AND EXISTS (SELECT 1 FROM ticket_event e WHERE e.ticket_id = o.ticket_id AND e.type IN ('exclusionRequested', 'exclusionDecided', 'exclusionRevoked'))
        ORDER BY ticket_id, support, unit
        """;

    /// <summary>The requests concerning this table's units, lead or supporting, those without a decision first.</summary>
    public async Task<IReadOnlyList<ExclusionLine>> Of(Month month, LeagueTier tier, CancellationToken cancellationToken) =>
        await Of(month, tier, await reckoner.Now(clock.GetUtcNow()), cancellationToken);

    /// <summary>How many wait for a decision, in the moment of the reckoning.</summary>
    public async Task<int> Undecided(Month month, LeagueTier tier, Reckoning with, CancellationToken cancellationToken) =>
        (await Of(month, tier, with, cancellationToken)).Count(l => l.Decision == ExclusionDecision.Pending);

    private async Task<IReadOnlyList<ExclusionLine>> Of(Month month, LeagueTier tier, Reckoning with, CancellationToken cancellationToken)
    {
        var units = with.UnitsOf(month, tier).ToDictionary(u => u.Code, u => new LeagueUnitName(u.Code, u.Name), StringComparer.Ordinal);
        var rows = await Query(Requests).Read<Row>(database, with.Moment, cancellationToken);
        var concerned = (await Query(Concerned).Read<(string Ticket, string Unit, long Support)>(database, with.Moment, cancellationToken)).ToLookup(o => o.Ticket, o => o.Unit);
        List<ExclusionLine> lines = [];
        foreach (var row in rows)
        {
            row.Text = hasher.Shown(row.Ticket, row.Slot ?? "", row.Text, row.TextHash);
            if (concerned[row.Ticket].FirstOrDefault(units.ContainsKey) is { } unit)
            {
                Add(lines, row, units[unit]);
            }
        }

        ListQuery Query(string sql) => new ListQuery(sql).WithList("months", [month.Key]);
        return [.. lines.OrderBy(l => l.Decision != ExclusionDecision.Pending).ThenBy(l => l.RequestedAt).ThenBy(l => l.Ticket, StringComparer.Ordinal)];
    }

    private static void Add(List<ExclusionLine> lines, Row row, LeagueUnitName unit)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(row.At);
        switch (TicketJson.Event(row.Type, row.Body))
        {
            case ExclusionRequested e:
                var (reason, evidence) = e.Parts(row.Text);
                lines.Add(new(row.Ticket, row.ExternalNo, unit, row.Actor, at, e.Against ?? Enum.GetValues<ScoredMeasure>(), reason, evidence,
                    ExclusionDecision.Pending, null, null, null));
                break;
            case ExclusionDecided e:
                lines[^1] = lines[^1] with
                {
                    Decision = e.Approved ? ExclusionDecision.Approved : ExclusionDecision.Refused,
                    DecidedBy = row.Actor,
                    DecidedAt = at,
                    DecisionReason = row.Text,
                };
                break;
            case ExclusionRevoked:
                lines[^1] = lines[^1] with { Decision = ExclusionDecision.Revoked, DecidedBy = row.Actor, DecidedAt = at, DecisionReason = row.Text };
                break;
        }
    }

    private sealed class Row
    {
        public string Ticket { get; set; } = "";
        public string ExternalNo { get; set; } = "";
        public long At { get; set; }
        public string Actor { get; set; } = "";
        public string Type { get; set; } = "";
        public string Body { get; set; } = "";
        public string? Text { get; set; }
        public string? Slot { get; set; }
        public string? TextHash { get; set; }
    }
}
