using Hotline.Shared;
using Orleans.Concurrency;

namespace Hotline.Scorecards;

/// <summary>Answers on the silo that is asked, many questions at once.</summary>
[StatelessWorker, Reentrant]
internal sealed class LeagueInquiryGrain(LeagueTables tables, LeagueTrials trials, LeagueExplain explain, LeagueMaps maps, MoveReader moves,
    TimeProvider clock) : Grain, ILeagueInquiryGrain
{
    private const int MostMapMonths = 36;
    private const int MostSeriesMonths = 120;

    public Task<Result<TrialAnswer>> WhatIf(Month month, LeagueTier tier, WhatIf question, string? visibleTo) =>
        RevisionDamagedException.Named("league.damaged", () => trials.Run(month, tier, question, visibleTo, m => Source(m, tier), CancellationToken.None));

    public Task<Result<IReadOnlyList<CountedTicket>>> Tickets(Month month, LeagueTier tier, string unit, MeasureName measure, int? revision) => RevisionDamagedException.Named("league.damaged", async () =>
    {
        var published = revision is null ? null : await tables.Published(month, tier, revision, CancellationToken.None);
        if (revision is not null && published is null)
        {
            return new Rejection("not-found", "没有这个版本。", RejectionKind.NotFound);
        }

        var source = published is null ? await Source(month, tier) : await tables.Fixed(published, null, CancellationToken.None);
        return await explain.Tickets(month, tier, source, unit, measure, CancellationToken.None);
    });

    public Task<Result<HeatMap>> HeatMap(Month from, Month to, LeagueTier tier) => RevisionDamagedException.Named<HeatMap>("league.damaged", async () =>
        TooWide(from, to, MostMapMonths) is { } refused ? refused
            : await maps.Map(from, to, tier, async m => (await Standing(m, tier)).ClosedAt is null ? LeagueStatus.Live : LeagueStatus.Provisional, CancellationToken.None));

    public Task<Result<TotalSeries>> Series(Month from, Month to, LeagueTier tier) => RevisionDamagedException.Named<TotalSeries>("league.damaged", async () =>
        TooWide(from, to, MostSeriesMonths) is { } refused ? refused : await maps.Series(from, to, tier, CancellationToken.None));

    public Task<Result<LeagueMoves>> Moves(Month month, LeagueTier tier, MovesQuestion question) => RevisionDamagedException.Named("league.damaged", async () =>
    {
        var source = await Source(month, tier);
        var status = source.Fixed?.Status ?? ((await Standing(month, tier)).ClosedAt is null ? LeagueStatus.Live : LeagueStatus.Provisional);
        return await moves.Read(month, tier, source, status, question, CancellationToken.None);
    });

    private static Rejection? TooWide(Month from, Month to, int most) => ((to.Year - from.Year) * 12) + to.Number - from.Number + 1 is var months && (months < 1 || months > most)
        ? new("validation.range", $"起止月份应为 1 至 {most} 个月。", RejectionKind.Shape, "?to")
        : null;

    private async Task<LeagueStanding> Standing(Month month, LeagueTier tier) => LeagueLifeRules.IsOver(month, clock.GetUtcNow())
        ? await GrainFactory.GetGrain<ILeagueTableGrain>(LeagueKeys.Of(month, tier)).Standing()
        : new(0, null, null);

    /// <summary>The newest revision, the proposal's fixed figures, or nothing fixed.</summary>
    private async Task<TableSource> Source(Month month, LeagueTier tier)
    {
        if (await tables.Published(month, tier, null, CancellationToken.None) is { } published)
        {
            return await tables.Fixed(published, null, CancellationToken.None);
        }

        var standing = await Standing(month, tier);
        return standing.Proposal is { } proposal
            ? await tables.Fixed(await tables.Unpublished(month, tier, standing, CancellationToken.None), proposal, CancellationToken.None)
            : new(null, null);
    }
}
