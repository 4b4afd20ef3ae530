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
        var live = await reckoner.Year(Year, await reckoner.Recent());
        var approved = preview ? null : await Find(revision);
        return revision is not null && approved is null
            ? AwardLifeRules.NotFound
            : View(live, approved, Record, preview);
    });

    public Task<Result<RewardList>> Propose(string? reason, CallContext call) => AwardReads.Honest(() => Decide(call, async state =>
    {
        var (live, newest) = (await reckoner.Year(Year, await reckoner.InForce()), await Find(null));
        return AwardLifeRules.Propose(Tier, AwardCanon.Text(live.Body), live.IsReady, newest, reason, (call.Actor, reckoner.Instant()))
            .Map(proposed => Become(state.Lists.With(proposed), live, newest));
    }));

    public async Task<Result<RewardList>> Approve(CallContext call)
    {
        var approved = await AwardReads.Honest(() => Decide<RewardList>(call, async state =>
        {
            var live = await reckoner.Year(Year, await reckoner.InForce());
            if (AwardLifeRules.MayApprove(state.Lists.Find(Tier), AwardCanon.Text(live.Body), call.Actor, []) is { } refused)
            {
                return refused;
            }

            var revision = AwardLifeRules.Approve(RevisionKind.Year, Period, state.Lists.Find(Tier)!, call.Actor, reckoner.Instant());
            return Become(state.Lists.Drop(Tier), live, revision, Revisions.Row(revision));
        }));
        if (approved.IsDone)
        {
            await Afterwards(() => reckoner.SettleYear(Year));
        }

        return approved;
    }

    public Task<Result<RewardList>> EndProposal(string reason, CallContext call) => AwardReads.Honest(() => Decide(call, async state =>
    {
        var (live, newest) = (await reckoner.Year(Year, await reckoner.Recent()), await Find(null));
        return state.Lists.End(Tier, call.Actor, reason, reckoner.Instant()).Map(lists => Become(lists, live, newest));
    }));

    private Task<Revision?> Find(int? number) => revisions.Find(RevisionKind.Year, Period, Tier, number, CancellationToken.None);

    private static Change<YearState, RewardList> Become(AwardProposals lists, (YearBody Body, bool IsReady) live, Revision? approved, params RecordRow[] rows)
    {
        var next = new YearState { Lists = lists };
        return new(next, View(live, approved, next, false), rows);
    }

    private static RewardList View((YearBody Body, bool IsReady) live, Revision? approved, YearState state, bool preview)
    {
        var (body, stage) = AwardLifeRules.Shown(live.Body, live.IsReady, approved, state.Lists, Tier, preview);
        return new(body.Year, stage, body.PolicyVersion, body.QuartersForReward, body.Lists, YearRules.Winners(body), body.Candidates);
    }
}
