using Hotline.Shared;
using Orleans.Concurrency;

namespace Hotline.Scorecards;

/// <summary>Answers on the silo that is asked, many reads at once: the revision first, which needs nothing but the database, then the table's record.</summary>
[StatelessWorker, Reentrant]
internal sealed class LeagueTablesGrain(LeagueTables tables, Revisions revisions, LeagueChangeReader changes, ExclusionRequests exclusions,
    LeagueExplain explain, TimeProvider clock) : Grain, ILeagueTablesGrain
{
    private const int MostMonths = 120;

    public Task<Result<LeagueTable>> Get(Month month, LeagueTier tier, int? revision) => RevisionDamagedException.Named("league.damaged", () => Read(month, tier, revision));

    public async Task<Result<BottomThreeFlags>> Flags(Month month, LeagueTier tier, bool atRisk) =>
        (await Get(month, tier, null)).Map(table => LeagueViewRules.Flags(table, atRisk));

    public Task<Result<IReadOnlyList<MonthTotal>>> Totals(Month from, Month to, LeagueTier tier) => RevisionDamagedException.Named<IReadOnlyList<MonthTotal>>("league.damaged", async () =>
    {
        var months = ((to.Year - from.Year) * 12) + to.Number - from.Number + 1;
        return months is < 1 or > MostMonths
            ? new Rejection("validation.range", $"起止月份应为 1 至 {MostMonths} 个月。", RejectionKind.Shape, "?to")
            : new Result<IReadOnlyList<MonthTotal>>(await tables.Totals(from, to, tier, CancellationToken.None), null);
    });

    public async Task<Result<LeagueExclusions>> Exclusions(Month month, LeagueTier tier)
    {
        var lines = await exclusions.Of(month, tier, CancellationToken.None);
        var until = await tables.WindowEnd(month, (await Standing(month, tier)).ClosedAt);
        return new LeagueExclusions(month, tier, lines.Count(l => l.Decision == ExclusionDecision.Pending), until, lines);
    }

    public async Task<Result<LeagueRevisionList>> Revisions(Month month, LeagueTier tier)
    {
        var all = await revisions.Tables(month, tier, CancellationToken.None);
        var standing = await Standing(month, tier);
        return new LeagueRevisionList(month, tier,
            [.. all.Select(r => new RevisionLine(r.Number, LeagueViewRules.StatusOf(r), r.Reason, r.ProposedBy, r.ApprovedBy, r.CutoffAt, r.At, r.ContentHash, r == all[^1]))],
            PublicationProposal.Of(standing.Proposal), standing.Ended ?? []);
    }

    public Task<Result<LeagueChanges>> Changes(Month month, LeagueTier tier, int? revision) => RevisionDamagedException.Named<LeagueChanges>("league.damaged", async () =>
    {
        var all = await revisions.Tables(month, tier, CancellationToken.None);
        var proposal = (await Standing(month, tier)).Proposal;
        var asked = revision ?? (proposal is null ? all.Count : proposal.Revision);
        if (asked < 1 || asked > all.Count + (proposal is null ? 0 : 1))
        {
            return NoRevision;
        }

        if (asked == 1)
        {
            return LeagueLifeRules.NotCorrected;
        }

        var before = all[asked - 2];
        return asked <= all.Count
            ? await changes.Of(before, all[asked - 1], CancellationToken.None)
            : await changes.Of(before, proposal!, CancellationToken.None);
    });

    public Task<Result<UnitExplanation>> Explain(Month month, LeagueTier tier, string unit, int? revision) => RevisionDamagedException.Named("league.damaged", async () =>
    {
        var read = revision is null ? tables.Newest(month, tier, CancellationToken.None) : tables.Published(month, tier, revision, CancellationToken.None);
        if (await read is { } published)
        {
            return await Explain(published, null, unit);
        }

        if (revision is not null)
        {
            return NoRevision;
        }

        var standing = await Standing(month, tier);
        return standing.Proposal is { } proposal
            ? await Explain(await tables.Unpublished(month, tier, standing, CancellationToken.None), proposal, unit)
            : await explain.Live(month, tier, unit, standing, CancellationToken.None);
    });

    private async Task<Result<UnitExplanation>> Explain(LeagueTable table, ProposedTable? proposal, string unit) =>
        await explain.Fixed(table, (await tables.Fixed(table, proposal, CancellationToken.None)).Known!, unit, CancellationToken.None);

    private static Rejection NoRevision { get; } = new("not-found", "没有这个版本。", RejectionKind.NotFound);

    private async Task<Result<LeagueTable>> Read(Month month, LeagueTier tier, int? revision)
    {
        var read = revision is null ? tables.Newest(month, tier, CancellationToken.None) : tables.Published(month, tier, revision, CancellationToken.None);
        if (await read is { } published)
        {
            return published;
        }

        if (revision is not null)
        {
            return NoRevision;
        }

        return await tables.Unpublished(month, tier, await Standing(month, tier), CancellationToken.None);
    }

    private async Task<LeagueStanding> Standing(Month month, LeagueTier tier) => LeagueLifeRules.IsOver(month, clock.GetUtcNow())
        ? await GrainFactory.GetGrain<ILeagueTableGrain>(LeagueKeys.Of(month, tier)).Standing()
        : new(0, null, null);
}
