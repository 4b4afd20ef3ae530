using System.Text;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

internal sealed class LeagueTableGrain([PersistentState("league-table", StorageHosting.Records)] IPersistentState<LeagueTableState> store,
    LeagueTables tables, LeagueReckoner reckoner, LeagueRevisions revisions, TimeProvider clock) : Grain, ILeagueTableGrain
{
    private Month Month => LeagueKeys.Read(this.GetPrimaryKeyString()).Month;

    private LeagueTier Tier => LeagueKeys.Read(this.GetPrimaryKeyString()).Tier;

    public Task<LeagueStanding> Standing() => Task.FromResult(new LeagueStanding(store.State.Version, store.State.ClosedAt, store.State.Proposal));

    public async Task<Result<LeagueTable>> Close(Actor actor, long? expectedVersion)
    {
        if (await Stale(expectedVersion) is { } stale)
        {
            return stale;
        }

        var decided = LeagueLifeRules.Close(store.State, Month, actor, clock.GetUtcNow());
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
        if (await Stale(expectedVersion) is { } stale)
        {
            return stale;
        }

        if (await Published() is not null)
        {
            return LeagueLifeRules.Published;
        }

        if (LeagueLifeRules.MayPropose(store.State) is { } refused)
        {
            return refused;
        }

        var cutoff = Instant();
        var body = LeagueCanon.Bytes(await reckoner.Body(Month, Tier, await reckoner.Now(cutoff) with { Anew = true }, CancellationToken.None));
        await store.WriteOrRestore(LeagueLifeRules.Propose(store.State, new(actor.Id, cutoff, LeagueCanon.Hash(body), Encoding.UTF8.GetString(body))));
        return await Table();
    }

    public async Task<Result<LeagueTable>> ApprovePublication(Actor actor, long? expectedVersion)
    {
        // A repeat after a lost answer is told what it did.
        if (await Published() is { } published)
        {
            return published.ApprovedBy == actor.Id ? await Table() : LeagueLifeRules.Published;
        }

        if ((await Stale(expectedVersion) ?? LeagueLifeRules.MayApprove(store.State, actor)) is { } refused)
        {
            return refused;
        }

        var proposal = store.State.Proposal!;
        await revisions.Insert(new(Month, Tier, 1, proposal.ContentHash, proposal.Body, proposal.ProposedBy, actor.Id, null, proposal.CutoffAt, Instant()),
            CancellationToken.None);
        await Published();
        return await Table();
    }

    public async Task<Result<LeagueVerification>> Verify()
    {
        if (await revisions.Latest(Month, Tier, CancellationToken.None) is not { } published)
        {
            return LeagueLifeRules.NotPublished;
        }

        var with = await reckoner.Now(published.CutoffAt) with { Anew = true };
        if (LeagueVerifyRules.PolicyOf(published) is { } policy)
        {
            with = with with { Fixed = (Month, policy) };
        }

        return LeagueVerifyRules.Compare(published, await reckoner.Body(Month, Tier, with, CancellationToken.None));
    }

    /// <summary>The inserted row is the publication; a proposal that is still there was published by it, perhaps just before a crash.</summary>
    private async Task<LeagueRevision?> Published()
    {
        var published = await revisions.Latest(Month, Tier, CancellationToken.None);
        if (published is not null && store.State.Proposal is not null)
        {
            await store.WriteOrRestore(LeagueLifeRules.DropProposal(store.State));
        }

        return published;
    }

    private async Task<Rejection?> Stale(long? expectedVersion) =>
        expectedVersion is null ? null : LeagueLifeRules.Stale(expectedVersion,
            await revisions.Latest(Month, Tier, CancellationToken.None) is { } published ? LeagueViewRules.VersionOf(published) : store.State.Version);

    private async Task<LeagueTable> Table() =>
        await tables.Published(Month, Tier, null, CancellationToken.None)
        ?? await tables.Unpublished(Month, Tier, await Standing(), CancellationToken.None);

    /// <summary>Whole milliseconds: what is stored is what was decided on.</summary>
    private DateTimeOffset Instant() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
