using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Notices;

internal sealed class YearGrain([PersistentState("year", StorageHosting.Records)] IPersistentState<YearState> store,
    AwardReckoner reckoner, AwardRevisions awards) : Grain, IYearGrain
{
    /// <summary>One list for all units: winning quarters counts, whatever the tier.</summary>
    private const LeagueTier Tier = LeagueTier.All;

    private int Year => AwardKeys.YearOf(this.GetPrimaryKeyString());

    private string Period => AwardKeys.PeriodOf(Year);

    public Task<Result<RewardList>> List(int? revision, bool preview) => AwardReads.Honest<RewardList>(async () =>
    {
        var (now, isReady) = await reckoner.Year(Year);
        var approved = preview ? null : await awards.Find(Period, Tier, revision, CancellationToken.None);
        if (revision is not null && approved is null)
        {
            return AwardLifeRules.NotFound;
        }

        var open = store.State.Proposal;
        if (approved is not null)
        {
            var waiting = open?.Proposal.Revision > approved.Number ? open.Proposal : null;
            return View(approved.Read<YearBody>(), AwardLifeRules.Approved(approved, waiting, AwardCanon.Text(now), isReady));
        }

        return open is null || preview
            ? View(now, AwardLifeRules.Preview(isReady, open?.Proposal))
            : View(AwardCanon.Read<YearBody>(open.Body), AwardLifeRules.Proposed(open.Proposal, AwardCanon.Text(now), isReady));
    });

    public Task<Result<RewardList>> Propose(string? reason, Actor actor) => AwardReads.Honest<RewardList>(async () =>
    {
        var (now, isReady) = await reckoner.Year(Year);
        var newest = await awards.Find(Period, Tier, null, CancellationToken.None);
        var decided = AwardLifeRules.Propose(Tier, AwardCanon.Text(now), isReady, newest, reason, (actor, reckoner.Instant()));
        if (decided.Rejection is { } rejection)
        {
            return rejection;
        }

        await store.WriteOrRestore(new YearState { Proposal = decided.Value });
        return await List(null, false);
    });

    public Task<Result<RewardList>> Approve(Actor actor) => AwardReads.Honest<RewardList>(async () =>
    {
        var newest = await awards.Find(Period, Tier, null, CancellationToken.None);
        if (newest is not null && store.State.Proposal is { } done && done.Proposal.Revision <= newest.Number)
        {
            await store.WriteOrRestore(new YearState());
        }

        if (AwardLifeRules.WasApprovedBy(newest, store.State.Proposal, actor))
        {
            return await List(null, false);
        }

        var (now, _) = await reckoner.Year(Year);
        if (AwardLifeRules.MayApprove(store.State.Proposal, AwardCanon.Text(now), actor, []) is { } refused)
        {
            return refused;
        }

        var (proposal, body) = (store.State.Proposal!.Proposal, store.State.Proposal.Body);
        await awards.Insert(new(Period, Tier, proposal.Revision, proposal.ContentHash, body, proposal.ProposedBy, actor.Id, proposal.Reason, reckoner.Instant()),
            CancellationToken.None);
        await store.WriteOrRestore(new YearState());
        await reckoner.SettleYear(Year);
        return await List(null, false);
    });

    private static RewardList View(YearBody body, AwardStage stage) =>
        new(body.Year, stage, body.PolicyVersion, body.QuartersForReward, body.Lists, YearRules.Winners(body), body.Candidates);
}
