using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

using Decided = Result<Change<LeagueTableState, LeagueTable>>;

/// <summary>A revision is inserted in the same transaction in which its proposal leaves the record: there are both or neither.</summary>
internal sealed class LeagueTableGrain(RecordStore records, LeagueTables tables, FixedFigures figures, LeagueVerifier verifier, Revisions revisions,
    IEnumerable<IPublicationWitness> witnesses) : RecordGrain<LeagueTableState>(records, "league-table"), ILeagueTableGrain
{
    private readonly Verifications _verifications = new();

    private Month Month => LeagueKeys.Read(this.GetPrimaryKeyString()).Month;

    private LeagueTier Tier => LeagueKeys.Read(this.GetPrimaryKeyString()).Tier;

    public Task<LeagueStanding> Standing() => Task.FromResult(StandingOf(Record));

    public Task<Result<LeagueTable>> Close(CallContext call) => Act(call, async (state, newest) =>
    {
        var decided = LeagueLifeRules.Close(state, Month, call.Actor, figures.Instant());
        if (decided.IsDone && !ReferenceEquals(decided.Value, state))
        {
            // The guard first: from here on the month's policy changes by two people only, even if the write below is lost.
            var guarded = await GrainFactory.GetGrain<IScoringPoliciesGrain>(ScoringPolicies.Key).RecordClosed(Month, Codes.Of(Tier));
            if (guarded.Rejection is { } refused)
            {
                return refused;
            }
        }

        return decided.Value is { } next ? await Become(next, newest) : decided.Rejection!;
    });

    public Task<Result<LeagueTable>> ProposePublication(CallContext call) => Act(call, async (state, newest) =>
    {
        var refused = newest is null
            ? LeagueLifeRules.MayPropose(state, await tables.WindowEnd(Month, state.ClosedAt), figures.Instant())
            : LeagueLifeRules.Published;
        return refused is null ? await Propose(state, null, call.Actor, null) : refused;
    });

    public Task<Result<LeagueTable>> ApprovePublication(CallContext call) => Act(call, async (state, newest) =>
        (newest is null ? LeagueLifeRules.MayApprove(state, call.Actor) : LeagueLifeRules.Published) is { } refused
            ? refused
            : await Publish(state, call.Actor));

    public Task<Result<LeagueTable>> ProposeCorrection(string reason, CallContext call) => Act(call, async (state, newest) =>
        newest is null ? LeagueLifeRules.NotPublished : await Propose(state, newest, call.Actor, reason));

    public Task<Result<LeagueTable>> ApproveCorrection(CallContext call) => Act(call, async (state, newest) =>
        (newest is null ? LeagueLifeRules.NotPublished : LeagueLifeRules.MayApproveCorrection(state, newest.Number, call.Actor)) is { } refused
            ? refused
            : await Publish(state, call.Actor));

    public Task<Result<LeagueTable>> EndProposal(string reason, CallContext call) => Act(call, async (state, newest) =>
        LeagueLifeRules.EndProposal(state, call.Actor, reason, figures.Instant()) is { Value: { } next }
            ? await Become(next, newest)
            : LeagueLifeRules.NotProposed("propose-publication", "propose-correction"));

    public async Task<Result<VerificationRun>> Verify(int? revision = null) =>
        await revisions.Table(Month, Tier, revision, CancellationToken.None) is { } published
            ? await _verifications.Begin(published.Number, () => verifier.Begin(published), figures.Instant()) : LeagueLifeRules.NotPublished;

    public Task<Result<VerificationRun>> Verification(string run) => _verifications.Read(run);

    private async Task<Result<LeagueTable>> Act(CallContext call, Func<LeagueTableState, Revision?, Task<Decided>> decide)
    {
        var before = Record.Proposal;
        var acted = await RevisionDamagedException.Named("league.damaged", () => Decide(call, async state =>
        {
            var newest = await revisions.Table(Month, Tier, null, CancellationToken.None);
            return Stale(call.IfMatch, state, newest) is { } stale ? stale : await decide(state, newest);
        }));
        if (acted is { IsDone: true, Replayed: false } && before is not null && acted.Value!.Revision == before.Revision)
        {
            foreach (var witness in witnesses)
            {
                await Afterwards(witness.Published);
            }
        }

        return acted;
    }

    private async Task<Decided> Propose(LeagueTableState state, Revision? replaced, Actor actor, string? reason)
    {
        var proposed = await figures.Fix(Month, Tier, actor, replaced, reason, CancellationToken.None);
        if (proposed.Value is not { } proposal)
        {
            return proposed.Rejection!;
        }

        return proposal.ContentHash == replaced?.ContentHash ? LeagueLifeRules.Unchanged : await Become(LeagueLifeRules.Propose(state, proposal), replaced);
    }

    private async Task<Decided> Publish(LeagueTableState state, Actor actor)
    {
        var p = state.Proposal!;
        if (await figures.Outdated(Month, p) is { } outdated)
        {
            return outdated;
        }

        var revision = new Revision(RevisionKind.Table, Month.ToString(), Tier, p.Revision, p.ContentHash, p.Body, p.ProposedBy, actor.Id, p.Reason, p.CutoffAt,
            figures.Instant(), p.Basis);
        return await Become(LeagueLifeRules.DropProposal(state), revision, Revisions.Row(revision));
    }

    /// <summary>The next record with the table as it then reads.</summary>
    private async Task<Change<LeagueTableState, LeagueTable>> Become(LeagueTableState next, Revision? newest, params RecordRow[] rows)
    {
        var standing = StandingOf(next);
        var table = newest is not null
            ? LeagueViewRules.WithProposal(LeagueViewRules.View(newest.Read(), newest), standing)
            : await tables.Unpublished(Month, Tier, standing, CancellationToken.None);
        return new(next, table, rows);
    }

    private static LeagueStanding StandingOf(LeagueTableState state) => new(state.Version, state.ClosedAt, state.Proposal, state.Ended);

    /// <summary>A published table is named by its revision; who saw its waiting correction too may name both.</summary>
    private static Rejection? Stale(long? expectedVersion, LeagueTableState state, Revision? newest)
    {
        if (expectedVersion is null || newest is null)
        {
            return LeagueLifeRules.Stale(expectedVersion, state.Version);
        }

        var whole = LeagueViewRules.VersionOf(newest, StandingOf(state));
        return expectedVersion == whole ? null : LeagueLifeRules.Stale(expectedVersion, LeagueViewRules.VersionOf(newest));
    }
}
