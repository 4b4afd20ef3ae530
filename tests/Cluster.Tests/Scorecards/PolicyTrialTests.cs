using Hotline.Policies;
using Hotline.Storage;
using static Hotline.Scorecards.ScoreLab;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>A version of the assessment tried on a month: both tables from the same facts, nothing stored.</summary>
public sealed class PolicyTrialTests(PostgresServer server)
{
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Trial_ShowsRanksAndScoresUnderBothVersions(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.Tickets("A", September, 6, 2);
        await lab.Tickets("B", September, 3);
        var put = await lab.Policies.Put(ScoringPolicy.V1 with { Version = "loose", EffectiveFrom = new(2027, 1), MinEffectiveCallbacks = 0 }, new(false, null), Wang);
        Assert.NotNull(put.Value!.Stored);

        var trial = (await lab.Grains.GetGrain<IPolicyTrialsGrain>(IPolicyTrialsGrain.Key).Run(September, LeagueTier.Station, "loose")).Value!;

        Assert.Equal((true, "loose", "v1", 1, 2), (trial.Trial, trial.Version, trial.InForce, trial.RankedBefore, trial.RankedAfter));
        Assert.Equal([("B", null, 1, 100m, 100m, true), ("A", 1, 2, 75m, 75m, true)],
            trial.Rows.Select(r => (r.Unit.Code, r.RankBefore, r.RankAfter, r.ScoreBefore, r.ScoreAfter, r.Changed)));
        Assert.Equal(["2027-01", "0件"], trial.Changes.Select(c => c.To));
        var table = await lab.Read(September);
        Assert.Equal(("v1", 1), (table.PolicyVersion, table.RankedUnits));
    }

    [Fact]
    public async Task ProposalAgainstAClosedMonth_IsTriedBeforeItIsApproved_AndLeavesThePublishedTableAlone()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Tickets("A", September, 6, 2);
        await lab.Tickets("B", September, 8);
        var published = await lab.Publish(September);
        var put = await lab.Policies.Put(ScoringPolicy.V1 with { Version = "b", Weights = new(1m, 0m, 0m), EffectiveFrom = September }, new(false, null), Wang);
        Assert.NotNull(put.Value!.Proposed);

        var trial = (await lab.Grains.GetGrain<IPolicyTrialsGrain>(IPolicyTrialsGrain.Key).Run(September, LeagueTier.Station, "b")).Value!;

        Assert.Equal(("b", "v1"), (trial.Version, trial.InForce));
        Assert.All(trial.Rows, r => Assert.Equal(r.ScoreBefore, r.ScoreAfter));
        var read = await lab.Read(September);
        Assert.Equal((published.ContentHash, "v1"), (read.ContentHash, read.PolicyVersion));
        Assert.Equal("not-found", (await lab.Grains.GetGrain<IPolicyTrialsGrain>(IPolicyTrialsGrain.Key).Run(September, LeagueTier.Station, "none")).Rejection?.Code);
    }
}
