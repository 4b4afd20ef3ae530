using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Notices;

internal sealed class YearGrain(RecordStore records, AwardReckoner reckoner, Revisions revisions) : RecordGrain<YearState>(records, "year"), IYearGrain
{
    /// <summary>One list for all units: winning quarters counts, whatever the tier.</summary>
    private const LeagueTier Tier = LeagueTier.All;

    private int Year => AwardKeys.YearOf(this.GetPrimaryKeyString());

    private string Period => AwardKeys.PeriodOf(Year);

    public Task<Result<RewardList>> List(int? revision, bool preview) => AwardReads.Honest<RewardList>(async () =>
    {
        var live = await reckoner.Year(Year);
        var approved = preview ? null : await Find(revision);
        return revision is not null && approved is null
            ? AwardLifeRules.NotFound
            : View(live, approved, preview ? null : Record.Proposal, preview ? Record.Proposal?.Proposal : null);
    });

    public Task<Result<RewardList>> Propose(string? reason, CallContext call) => AwardReads.Honest(() => Decide(call, async _ =>
    {
        var (live, newest) = (await reckoner.Year(Year), await Find(null));
        return AwardLifeRules.Propose(Tier, AwardCanon.Text(live.Body), live.IsReady, newest, reason, (call.Actor, reckoner.Instant()))
            .Map(proposed => new Change<YearState, RewardList>(new() { Proposal = proposed }, View(live, newest, proposed, null)));
    }));

    public async Task<Result<RewardList>> Approve(CallContext call)
    {
        var approved = await AwardReads.Honest(() => Decide<RewardList>(call, async state =>
        {
            var live = await reckoner.Year(Year);
            if (AwardLifeRules.MayApprove(state.Proposal, AwardCanon.Text(live.Body), call.Actor, []) is { } refused)
            {
                return refused;
            }

            var revision = AwardLifeRules.Approve(RevisionKind.Year, Period, state.Proposal!, call.Actor, reckoner.Instant());
            return new Change<YearState, RewardList>(new(), View(live, revision, null, null), Revisions.Row(revision));
        }));
        if (approved.IsDone)
        {
            await reckoner.SettleYear(Year);
        }

        return approved;
    }

    private Task<Revision?> Find(int? number) => revisions.Find(RevisionKind.Year, Period, Tier, number, CancellationToken.None);

    /// <summary>The approved list, else the proposed one, else a preview.</summary>
    private static RewardList View((YearBody Body, bool IsReady) live, Revision? approved, ProposedAward? open, AwardProposal? beside)
    {
        var (body, stage) = approved is not null
            ? (AwardCanon.Read<YearBody>(approved.Text), AwardLifeRules.Approved(approved, open?.Proposal, AwardCanon.Text(live.Body), live.IsReady))
            : open is not null
                ? (AwardCanon.Read<YearBody>(open.Body), AwardLifeRules.Proposed(open.Proposal, AwardCanon.Text(live.Body), live.IsReady))
                : (live.Body, AwardLifeRules.Preview(live.IsReady, beside));
        return new(body.Year, stage, body.PolicyVersion, body.QuartersForReward, body.Lists, YearRules.Winners(body), body.Candidates);
    }
}
