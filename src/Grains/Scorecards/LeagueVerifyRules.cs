using System.Text;
using System.Text.Json;
using Hotline.Policies;

namespace Hotline.Scorecards;

/// <summary>核验: compares published bytes with recomputed ones and names what differs.</summary>
internal static class LeagueVerifyRules
{
    private const int MostDifferences = 100;

    public static LeagueVerification Compare(LeagueRevision published, LeagueBody recomputed)
    {
        var bytes = LeagueCanon.Bytes(recomputed);
        var hash = LeagueCanon.Hash(bytes);
        var intact = LeagueCanon.Hash(Encoding.UTF8.GetBytes(published.Body)) == published.ContentHash;
        var matches = published.Body == Encoding.UTF8.GetString(bytes);
        return new(published.Month, published.Tier, published.Number, matches, intact, published.ContentHash, hash,
            matches ? [] : Differences(published.Body, bytes));
    }

    /// <summary>The policy it was published with; null when the stored text is so damaged that it cannot be read.</summary>
    public static ScoringPolicy? PolicyOf(LeagueRevision published)
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
