using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>One word and one example for each member name, so that the same name means and shows the same in the whole document.
/// A name may be given with its type (<c>LeagueUnitName.name</c>) where it means something else there. A member's own documentation and an endpoint's own example go first.</summary>
internal static class MemberWords
{
    private static readonly Lazy<JsonObject> Words = new(() => JsonNode.Parse(Asset.Open("words.json"))!.AsObject());

    /// <summary>The Chinese word for a member, or null.</summary>
    public static string? Of(string member) => Words.Value[member]?[0]?.GetValue<string>();

    /// <summary>Whether there is an example for the member, and it.</summary>
    public static bool TryExample(string member, out JsonNode? example)
    {
        var found = Words.Value.TryGetPropertyValue(member, out var word);
        example = word?[1]?.DeepClone();
        return found;
    }
}
