using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>Grain keys of this slice.</summary>
internal static class LeagueKeys
{
    public const string Tables = "L-tables";

    public const string Inquiry = "L-inquiry";

    public static string Of(Month month, LeagueTier tier) => $"L-{month}-{Codes.Of(tier)}";

    public static (Month Month, LeagueTier Tier) Read(string key) => (Month.Parse(key.Substring(2, 7))!.Value, Codes.Parse<LeagueTier>(key[10..])!.Value);
}
