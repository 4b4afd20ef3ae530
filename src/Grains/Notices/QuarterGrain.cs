using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Units;

namespace Hotline.Notices;

internal sealed class QuarterGrain([PersistentState("quarter", StorageHosting.Records)] IPersistentState<QuarterState> store,
    AwardReckoner reckoner, AwardRevisions awards, UnitDirectory units) : Grain, IQuarterGrain
{
    private Quarter Quarter => AwardKeys.QuarterOf(this.GetPrimaryKeyString());

    private string Period => Quarter.ToString();

    public Task<Result<QuarterLists>> Lists(LeagueTier? tier, int? revision, bool preview) => Honest(async () =>
    {
        List<QuarterList> lists = [];
        foreach (var one in tier is { } asked ? [asked] : await reckoner.Tiers(Quarter))
        {
            var read = await List(one, revision, preview);
            if (read.Rejection is { } rejection)
            {
                return rejection;
            }

            lists.Add(read.Value!);
        }
        return new QuarterLists(Quarter, lists);
    });

    public Task<Result<QuarterLists>> Propose(LeagueTier tier, string? reason, Actor actor) => Honest(async () =>
    {
        if (!(await reckoner.Tiers(Quarter)).Contains(tier))
        {
            return AwardLifeRules.NotOfficial;
        }

        var live = await reckoner.Quarter(Quarter, tier, store.State);
        var newest = await awards.Find(Period, tier, null, CancellationToken.None);
        var decided = live.Rejection is { } damaged ? damaged
            : AwardLifeRules.Propose(tier, AwardCanon.Text(live.Value!), QuarterRules.IsReady(live.Value!), newest, reason, (actor, reckoner.Instant()));
        if (decided.Rejection is { } rejection)
        {
            return rejection;
        }

        await store.WriteOrRestore(store.State.Propose(decided.Value!));
        return await One(tier);
    });

    public Task<Result<QuarterLists>> Approve(LeagueTier tier, Actor actor) => Honest(async () =>
    {
        var newest = await awards.Find(Period, tier, null, CancellationToken.None);
        await DropDone(tier, newest);
        if (AwardLifeRules.WasApprovedBy(newest, store.State.Proposed(tier), actor))
        {
            return await One(tier);
        }

        var live = await reckoner.Quarter(Quarter, tier, store.State);
        if (live.Rejection is { } damaged)
        {
            return damaged;
        }

        var acting = live.Value!.Candidates.SelectMany(c => c.Vetoes).ToHashSet();
        var recorders = store.State.Vetoes.Where(v => acting.Contains(v.Id)).Select(v => v.RecordedBy);
        if (AwardLifeRules.MayApprove(store.State.Proposed(tier), AwardCanon.Text(live.Value), actor, recorders) is { } refused)
        {
            return refused;
        }

        var (proposal, body) = (store.State.Proposed(tier)!.Proposal, store.State.Proposed(tier)!.Body);
        await awards.Insert(new(Period, tier, proposal.Revision, proposal.ContentHash, body, proposal.ProposedBy, actor.Id, proposal.Reason, reckoner.Instant()),
            CancellationToken.None);
        await store.WriteOrRestore(store.State.Drop(tier));
        await reckoner.Settle(Quarter);
        return await One(tier);
    });

    public Task<IReadOnlyList<QuarterVeto>> Vetoes() => Task.FromResult(store.State.Vetoes);

    public async Task<Result<QuarterVeto>> Veto(string unit, VetoGround ground, string evidence, string? ticket, Actor actor)
    {
        var known = await units.Resolve(unit);
        return await Save(VetoRules.Record(store.State, known is null ? null : new(known.Code, known.Name), ground, (evidence, ticket), actor, reckoner.Instant()));
    }

    public Task<Result<QuarterVeto>> WithdrawVeto(string id, string reason, Actor actor) =>
        Save(VetoRules.Withdraw(store.State, id, reason, actor, reckoner.Instant()));

    private async Task<Result<QuarterVeto>> Save(Result<QuarterVeto> decided)
    {
        if (decided.Value is { } veto)
        {
            await store.WriteOrRestore(VetoRules.Put(store.State, veto));
        }

        return decided;
    }

    private Task<Result<QuarterLists>> One(LeagueTier tier) => Lists(tier, null, false);

    private async Task<Result<QuarterList>> List(LeagueTier tier, int? revision, bool preview)
    {
        var live = await reckoner.Quarter(Quarter, tier, store.State);
        if (live.Rejection is { } damaged)
        {
            return damaged;
        }

        var (now, isReady) = (live.Value!, QuarterRules.IsReady(live.Value!));
        var approved = preview ? null : await awards.Find(Period, tier, revision, CancellationToken.None);
        if (revision is not null && approved is null)
        {
            return AwardLifeRules.NotFound;
        }

        var open = store.State.Proposed(tier);
        if (approved is not null)
        {
            return View(approved.Read<QuarterBody>(), AwardLifeRules.Approved(approved, Waiting(open, approved), AwardCanon.Text(now), isReady));
        }

        return open is null || preview
            ? View(now, AwardLifeRules.Preview(isReady, open?.Proposal))
            : View(AwardCanon.Read<QuarterBody>(open.Body), AwardLifeRules.Proposed(open.Proposal, AwardCanon.Text(now), isReady));
    }

    /// <summary>A proposal that is still there was approved by the row, perhaps just before a crash.</summary>
    private async Task DropDone(LeagueTier tier, AwardRevision? newest)
    {
        if (newest is not null && store.State.Proposed(tier) is { } open && Waiting(open, newest) is null)
        {
            await store.WriteOrRestore(store.State.Drop(tier));
        }
    }

    private static AwardProposal? Waiting(ProposedAward? open, AwardRevision newest) => open?.Proposal.Revision > newest.Number ? open.Proposal : null;

    private static QuarterList View(QuarterBody body, AwardStage stage) =>
        new(body.Quarter, body.Tier, stage, body.PolicyVersion, body.Terms, body.Tables, QuarterRules.Winners(body), body.Candidates);

    private static Task<Result<QuarterLists>> Honest(Func<Task<Result<QuarterLists>>> work) => AwardReads.Honest(work);
}
