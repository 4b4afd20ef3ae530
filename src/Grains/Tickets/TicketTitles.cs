using Dapper;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>What people call a ticket, and why it was excluded when it was.</summary>
internal sealed record TicketTitle(string? Title, string? ExclusionReason);

/// <summary>Titles of many tickets at once, for answers that name tickets. Whoever asks has made sure that the reader may see them.</summary>
internal sealed class TicketTitles(Database database, TextHasher hasher)
{
    private const int MostAtOnce = 400;

    public async Task<IReadOnlyDictionary<string, TicketTitle>> Of(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var titles = new Dictionary<string, TicketTitle>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(MostAtOnce))
        {
            foreach (var texts in (await Read(some, cancellationToken)).GroupBy(t => t.Id, StringComparer.Ordinal))
            {
                // The last request is the one that was decided on; its evidence stands on the lines below.
                var reason = texts.Where(t => t.Slot != "title").OrderBy(t => t.Slot.Length).ThenBy(t => t.Slot, StringComparer.Ordinal).LastOrDefault().Text?.Split('\n')[0];
                titles[texts.Key] = new(texts.FirstOrDefault(t => t.Slot == "title").Text, reason);
            }
        }
        return titles;
    }

    private async Task<IEnumerable<(string Id, string Slot, string Text)>> Read(string[] ids, CancellationToken cancellationToken)
    {
        var values = new DynamicParameters();
        var names = ids.Select((id, n) =>
        {
            values.Add($"id{n}", id);
            return $"@id{n}";
        }).ToArray();
        await using var connection = await database.OpenRead(cancellationToken);
        var texts = await connection.QueryAsync<(string Id, string Slot, string Text, string Hash)>(new CommandDefinition("SELECT ticket_id, slot, text, hash FROM ticket_text WHERE ticket_id IN ("
            + $"{string.Join(", ", names)}) AND (slot = 'title' OR slot LIKE 'exclusionRequested/%')", values, cancellationToken: cancellationToken));
        return texts.Select(t => (t.Id, t.Slot, hasher.Shown(t.Id, t.Slot, t.Text, t.Hash)!));
    }
}
