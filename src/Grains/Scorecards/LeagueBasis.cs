using System.Text.Json;
using Hotline.Policies;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>On what fixed figures rest beside their policy: kept with the revision, so that they can be worked out again from history alone.</summary>
/// <param name="Events">How far the history of tickets went (<see cref="ReadSnapshot.Events"/>).</param>
/// <param name="Units">The roll of units as it was.</param>
/// <param name="Policies">The policies in the order in which they were stored.</param>
/// <param name="Earlier">The newest revision of each published earlier month, by the month's key.</param>
internal sealed record LeagueBasis(string Events, IReadOnlyList<LeagueUnit> Units, IReadOnlyList<ScoringPolicy> Policies,
    IReadOnlyDictionary<int, int> Earlier)
{
    public string Write() => JsonSerializer.Serialize(this, StoredJson.Options);

    /// <summary>Null for a revision that has none.</summary>
    public static LeagueBasis? Read(string? text) => text is null ? null : JsonSerializer.Deserialize<LeagueBasis>(text, StoredJson.Options);
}
