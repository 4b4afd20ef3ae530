using System.Text;
using System.Text.Json;
using Hotline.Policies;

namespace Hotline.Scorecards;

/// <summary>核验: compares published bytes with recomputed ones and names what differs.</summary>
internal static class LeagueVerifyRules
{
    private const int MostDifferences = 100;

    /// <param name="history">Recomputed from the histories up to the cutoff.</param>
    /// <param name="now">Recomputed from what is known now.</param>
    /// <param name="tickets">Those with which something is wrong.</param>
    public static LeagueVerification Compare(Revision published, LeagueBody history, LeagueBody now,
        int ticketsRead, IReadOnlyList<TicketDiscrepancy> tickets)
    {
        var (bytes, later) = (LeagueCanon.Bytes(history), LeagueCanon.Bytes(now));
        var recomputed = Encoding.UTF8.GetString(bytes);
        var intact = published.IsIntact;
        var matches = published.Body == recomputed;
        var changes = !bytes.AsSpan().SequenceEqual(later);
        return new(published.Month, published.Tier, published.Number, matches, intact, published.ContentHash, Revision.Hash(recomputed),
            matches ? [] : Differences(published.Body, bytes), ticketsRead, [.. tickets.Take(MostDifferences)], changes,
            changes ? Differences(Encoding.UTF8.GetString(bytes), later) : [], Conclusion(intact, matches, changes, tickets.Count));
    }

    private static string Conclusion(bool intact, bool matches, bool changes, int tickets)
    {
        var text = new StringBuilder();
        text.Append(intact ? "" : "公布内容与其校验值不符，可能被改动。");
        text.Append(matches ? "按办理经过重新计算，与公布内容完全一致。" : "按办理经过重新计算，与公布内容不一致。");
        text.Append(tickets == 0 ? "" : $"有 {tickets} 件工单的办理经过受损，或与索引不一致。");
        text.Append(changes ? "截止时刻以后的事实会改变结果，如需采用，请提请更正。" : "");
        return text.ToString();
    }

    /// <summary>The policy it was published with; null when the stored text is so damaged that it cannot be read.</summary>
    public static ScoringPolicy? PolicyOf(Revision published)
    {
        try
        {
            return LeagueCanon.Read(Encoding.UTF8.GetBytes(published.Body)).Policy;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Member by member; rows are matched by unit, so that one unit's change does not make every row below it differ.</summary>
    private static LeagueDifference[] Differences(string published, byte[] recomputed)
    {
        var before = Flat(Encoding.UTF8.GetBytes(published));
        var after = Flat(recomputed);
        return [.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Select(pointer => new LeagueDifference(pointer, before.GetValueOrDefault(pointer), after.GetValueOrDefault(pointer)))
            .Where(d => d.Published != d.Recomputed).Take(MostDifferences)];
    }

    private static Dictionary<string, string> Flat(byte[] json)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(json);
            Flatten(document.RootElement, "", flat);
        }
        catch (JsonException)
        {
            flat[""] = "not JSON";
        }
        return flat;
    }

    private static void Flatten(JsonElement element, string pointer, Dictionary<string, string> into)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                Flatten(member.Value, $"{pointer}/{member.Name}", into);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in element.EnumerateArray().Index())
            {
                Flatten(item, $"{pointer}/{UnitOf(item) ?? $"{index}"}", into);
            }
        }
        else
        {
            into[pointer] = element.GetRawText();
        }
    }

    private static string? UnitOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("unit", out var unit) && unit.TryGetProperty("code", out var code) ? code.GetString() : null;
}
