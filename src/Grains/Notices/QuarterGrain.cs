using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Units;

namespace Hotline.Notices;

using Decided = Result<Change<QuarterState, QuarterLists>>;

internal sealed class QuarterGrain(RecordStore records, AwardReckoner reckoner, Revisions revisions, UnitDirectory units)
    : RecordGrain<QuarterState>(records, "quarter"), IQuarterGrain
{
    private Quarter Quarter => AwardKeys.QuarterOf(this.GetPrimaryKeyString());

    private string Period => Quarter.ToString();

    public Task<Result<QuarterLists>> Lists(LeagueTier? tier, int? revision, bool preview) => AwardReads.Honest(async () =>
    {
        List<QuarterList> lists = [];
        var with = await reckoner.Recent();
        foreach (var one in tier is { } asked ? [asked] : AwardReckoner.Tiers(Quarter, with))
        {
            var live = await reckoner.Quarter(Quarter, one, Record, with);
            var approved = preview ? null : await Find(one, revision);
            if ((live.Rejection ?? (revision is not null && approved is null ? AwardLifeRules.NotFound : null)) is { } refused)
            {
                return refused;
            }

            lists.Add(View(live.Value!, approved, Record, one, preview));
        }

        return new Result<QuarterLists>(new QuarterLists(Quarter, lists), null);
    });

    public Task<Result<QuarterLists>> Propose(LeagueTier tier, string? reason, CallContext call) => AwardReads.Honest(() => Decide(call, async state =>
    {
        var with = await reckoner.InForce();
        if (!AwardReckoner.Tiers(Quarter, with).Contains(tier))
        {
            return AwardLifeRules.NotOfficial;
        }

        var (live, newest) = (await reckoner.Quarter(Quarter, tier, state, with), await Find(tier, null));
        var decided = live.Rejection is { } damaged ? damaged
            : AwardLifeRules.Propose(tier, AwardCanon.Text(live.Value!), QuarterRules.IsReady(live.Value!), newest, reason, (call.Actor, reckoner.Instant()));
        return decided.Map(proposed => Become(state with { Lists = state.Lists.With(proposed) }, tier, live.Value!, newest));
    }));

    public Task<Result<QuarterLists>> Approve(LeagueTier tier, CallContext call) => Settled(AwardReads.Honest(() => Decide(call, async Task<Decided> (state) =>
    {
        var live = await reckoner.Quarter(Quarter, tier, state, await reckoner.InForce());
        if (live.Value is not { } body)
        {
            return live.Rejection!;
        }

        var acting = body.Candidates.SelectMany(c => c.Vetoes).ToHashSet();
        var recorders = state.Vetoes.Where(v => acting.Contains(v.Id)).Select(v => v.RecordedBy);
        if (AwardLifeRules.MayApprove(state.Lists.Find(tier), AwardCanon.Text(body), call.Actor, recorders) is { } refused)
        {
            return refused;
        }

        var revision = AwardLifeRules.Approve(RevisionKind.Quarter, Period, state.Lists.Find(tier)!, call.Actor, reckoner.Instant());
        return Become(state with { Lists = state.Lists.Drop(tier) }, tier, body, revision, Revisions.Row(revision));
    })));

    public Task<Result<QuarterLists>> EndProposal(LeagueTier tier, string reason, CallContext call) => AwardReads.Honest(() => Decide(call, async Task<Decided> (state) =>
    {
        var (live, newest) = (await reckoner.Quarter(Quarter, tier, state, await reckoner.Recent()), await Find(tier, null));
        return live.Value is not { } body ? live.Rejection!
            : state.Lists.End(tier, call.Actor, reason, reckoner.Instant()).Map(lists => Become(state with { Lists = lists }, tier, body, newest));
    }));

    public Task<IReadOnlyList<QuarterVeto>> Vetoes() => Task.FromResult(Record.Vetoes);

    public async Task<Result<QuarterVeto>> Veto(string unit, VetoGround ground, string evidence, string? ticket, CallContext call)
    {
        var known = await units.Resolve(unit);
        var named = known is null ? null : new LeagueUnitName(known.Code, known.Name);
        return await Save(call, state => VetoRules.Record(state, named, ground, (evidence, ticket), call.Actor, reckoner.Instant()));
    }

    public Task<Result<QuarterVeto>> WithdrawVeto(string id, string reason, CallContext call) =>
        Save(call, state => VetoRules.Withdraw(state, id, reason, call.Actor, reckoner.Instant()));

    private Task<Result<QuarterVeto>> Save(CallContext call, Func<QuarterState, Result<QuarterVeto>> decide) =>
        Decide(call, state => decide(state).Map(veto => new Change<QuarterState, QuarterVeto>(VetoRules.Put(state, veto), veto)));

    private async Task<Result<QuarterLists>> Settled(Task<Result<QuarterLists>> approving)
    {
        var approved = await approving;
        if (approved.IsDone)
        {
            await Afterwards(() => reckoner.Settle(Quarter));
        }

        return approved;
    }

    private Task<Revision?> Find(LeagueTier tier, int? number) => revisions.Find(RevisionKind.Quarter, Period, tier, number, CancellationToken.None);

    /// <summary>The next record with the list as it then reads.</summary>
    private Change<QuarterState, QuarterLists> Become(QuarterState next, LeagueTier tier, QuarterBody live, Revision? approved, params RecordRow[] rows) =>
        new(next, new(Quarter, [View(live, approved, next, tier, false)]), rows);

    private static QuarterList View(QuarterBody live, Revision? approved, QuarterState state, LeagueTier tier, bool preview)
    {
        var (body, stage) = AwardLifeRules.Shown(live, QuarterRules.IsReady(live), approved, state.Lists, tier, preview);
        return new(body.Quarter, body.Tier, stage, body.PolicyVersion, body.Terms, body.Tables, QuarterRules.Winners(body), body.Candidates);
    }
}
