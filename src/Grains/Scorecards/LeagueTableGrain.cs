using System.Data.Common;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

internal sealed class LeagueTableGrain([PersistentState("league-table", StorageHosting.Records)] IPersistentState<LeagueTableState> store,
    LeagueTables tables, FixedFigures figures, LeagueVerifier verifier, ExclusionRequests exclusions, LeagueRevisions revisions,
    IEnumerable<IPublicationWitness> witnesses) : Grain, ILeagueTableGrain
{
    private Month Month => LeagueKeys.Read(this.GetPrimaryKeyString()).Month;

    private LeagueTier Tier => LeagueKeys.Read(this.GetPrimaryKeyString()).Tier;

    public Task<LeagueStanding> Standing() =>
        Task.FromResult(new LeagueStanding(store.State.Version, store.State.ClosedAt, store.State.Proposal, store.State.Ended));

    public async Task<Result<LeagueTable>> Close(Actor actor, long? expectedVersion)
    {
        if (Stale(expectedVersion, await Newest()) is { } stale)
        {
            return stale;
        }

        var decided = LeagueLifeRules.Close(store.State, Month, actor, figures.Instant());
        if (decided.Rejection is { } rejection)
        {
            return rejection;
        }

        if (!ReferenceEquals(decided.Value, store.State))
        {
            // The guard first: from here on the month's policy changes by two people only, even if the write below is lost.
            await GrainFactory.GetGrain<IScoringPoliciesGrain>(ScoringPolicies.Key).RecordClosed(Month, Codes.Of(Tier));
            await store.WriteOrRestore(decided.Value!);
        }
        return await Table();
    }

    public async Task<Result<LeagueTable>> ProposePublication(Actor actor, long? expectedVersion)
    {
        var published = await Newest();
        if ((Stale(expectedVersion, published) ?? (published is null ? await MayPropose() : LeagueLifeRules.Published)) is { } refused)
        {
            return refused;
        }

        await Save(LeagueLifeRules.Propose(store.State, await figures.Fix(Month, Tier, actor, null, null, CancellationToken.None)));
        return await Table();
    }

    public async Task<Result<LeagueTable>> ApprovePublication(Actor actor, long? expectedVersion)
    {
        // A repeat after a lost answer is told what it did.
        if (await Newest() is { } published)
        {
            return published is { Number: 1 } && published.ApprovedBy == actor.Id ? await Table() : LeagueLifeRules.Published;
        }

        if ((Stale(expectedVersion, null) ?? LeagueLifeRules.MayApprove(store.State, actor)) is { } refused)
        {
            return refused;
        }

        return await Publish(actor);
    }

    public async Task<Result<LeagueTable>> ProposeCorrection(Actor actor, string reason, long? expectedVersion)
    {
        if (await Newest() is not { } published)
        {
            return LeagueLifeRules.NotPublished;
        }

        if (Stale(expectedVersion, published) is { } stale)
        {
            return stale;
        }

        if (LeagueLifeRules.Undecided(await exclusions.Undecided(Month, Tier, CancellationToken.None)) is { } undecided)
        {
            return undecided;
        }

        var proposal = await figures.Fix(Month, Tier, actor, published, reason, CancellationToken.None);
        if (proposal.ContentHash == published.ContentHash)
        {
            return LeagueLifeRules.Unchanged;
        }

        await Save(LeagueLifeRules.Propose(store.State, proposal));
        return await Table();
    }

    public async Task<Result<LeagueTable>> ApproveCorrection(Actor actor, long? expectedVersion)
    {
        if (await Newest() is not { } published)
        {
            return LeagueLifeRules.NotPublished;
        }

        // A repeat after a lost answer is told what it did; it names the revision that it replaced.
        var repeated = store.State.Proposal is null && published.Number > 1 && published.ApprovedBy == actor.Id;
        if (repeated && (expectedVersion is null || LeagueViewRules.RevisionOf(expectedVersion.Value) == published.Number - 1))
        {
            return await Table();
        }

        if ((Stale(expectedVersion, published) ?? LeagueLifeRules.MayApproveCorrection(store.State, published.Number, actor)) is { } refused)
        {
            return refused;
        }

        return await Publish(actor);
    }

    public async Task<Result<LeagueTable>> EndProposal(Actor actor, string reason, long? expectedVersion)
    {
        if (Stale(expectedVersion, await Newest()) is { } stale)
        {
            return stale;
        }

        var decided = LeagueLifeRules.EndProposal(store.State, actor, reason, figures.Instant());
        if (decided.Rejection is { } rejection)
        {
            return rejection;
        }

        await Save(decided.Value!);
        return await Table();
    }

    public async Task<Result<LeagueVerification>> Verify(int? revision = null)
    {
        var published = revision is { } number
            ? await revisions.Find(Month, Tier, number, CancellationToken.None)
            : await revisions.Latest(Month, Tier, CancellationToken.None);
        return published is null ? LeagueLifeRules.NotPublished : await verifier.Verify(published);
    }

    /// <summary>The inserted row is the publication. Two activations of this table may try at once for a moment: the row's key lets one win.</summary>
    private async Task<Result<LeagueTable>> Publish(Actor actor)
    {
        var p = store.State.Proposal!;
        try
        {
            await revisions.Insert(new(Month, Tier, p.Revision, p.ContentHash, p.Body, p.ProposedBy, actor.Id, p.Reason, p.CutoffAt, figures.Instant(), p.Basis),
                CancellationToken.None);
        }
        catch (DbException)
        {
            if (await revisions.Find(Month, Tier, p.Revision, CancellationToken.None) is not { } there)
            {
                throw;
            }

            if (there.ApprovedBy != actor.Id || there.ContentHash != p.ContentHash)
            {
                await Newest();
                return LeagueLifeRules.Published;
            }
        }
        await Newest();
        foreach (var witness in witnesses)
        {
            await witness.Published();
        }
        return await Table();
    }

    /// <summary>The newest revision. A proposal for it that is still there was published by it, perhaps just before a crash.</summary>
    private async Task<LeagueRevision?> Newest()
    {
        var newest = await revisions.Latest(Month, Tier, CancellationToken.None);
        if (newest is not null && store.State.Proposal is { } proposal && proposal.Revision <= newest.Number)
        {
            await Save(LeagueLifeRules.DropProposal(store.State));
        }

        return newest;
    }

    private async Task<Rejection?> MayPropose() => LeagueLifeRules.MayPropose(store.State,
        await tables.WindowEnd(Month, store.State.ClosedAt), await exclusions.Undecided(Month, Tier, CancellationToken.None), figures.Instant());

    private Task Save(LeagueTableState next) => store.WriteOrRestore(next);

    /// <summary>A published table is named by its revision; who saw its waiting correction too may name both.</summary>
    private Rejection? Stale(long? expectedVersion, LeagueRevision? newest)
    {
        if (expectedVersion is null || newest is null)
        {
            return LeagueLifeRules.Stale(expectedVersion, store.State.Version);
        }

        var whole = LeagueViewRules.VersionOf(newest, new(store.State.Version, null, null));
        return expectedVersion == whole ? null : LeagueLifeRules.Stale(expectedVersion, LeagueViewRules.VersionOf(newest));
    }

    private async Task<LeagueTable> Table()
    {
        var standing = await Standing();
        return await tables.Published(Month, Tier, null, CancellationToken.None) is { } published
            ? LeagueViewRules.WithProposal(published, standing)
            : await tables.Unpublished(Month, Tier, standing, CancellationToken.None);
    }
}
