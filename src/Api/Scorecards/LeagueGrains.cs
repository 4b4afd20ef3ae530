using Hotline.Scorecards;

namespace Hotline.Api;

/// <summary>The grains of tables, as addresses name them.</summary>
internal static class LeagueGrains
{
    /// <summary>The tier asked for; stations when none is named.</summary>
    public static LeagueTier Tier(CodeParameter<LeagueTier>? tier) => tier?.Value ?? LeagueTier.Station;

    public static ILeagueTablesGrain Tables(IGrainFactory grains) => grains.GetGrain<ILeagueTablesGrain>(LeagueKeys.Tables);

    public static ILeagueTableGrain Table(IGrainFactory grains, MonthParameter month, CodeParameter<LeagueTier>? tier) =>
        grains.GetGrain<ILeagueTableGrain>(LeagueKeys.Of(month.Month, Tier(tier)));
}
