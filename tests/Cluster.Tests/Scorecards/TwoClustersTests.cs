using Hotline.Access;
using Hotline.Notices;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Units;
using Orleans.Runtime;
using static Hotline.Scorecards.ScoreLab;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>Two activations of one grain, as after a partition: what one was told, the other cannot undo or pass over; and figures are fixed under what is in
/// force, wherever that was decided.</summary>
public sealed class TwoClustersTests(PostgresServer server)
{
    [Fact]
    public async Task WithdrawnProposal_WhoseAnswerWasLost_IsNotPublished()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await Proposed(lab);
        lab.Faults.Arm(Fault.After);
        Assert.Equal("outcome.unknown", (await lab.Table(September).EndProposal("数字有误，撤回", Wang)).Rejection!.Code);

        Assert.Equal("league.not-proposed", (await lab.Table(September).ApprovePublication(Li)).Rejection!.Code);
        var list = (await lab.Tables.Revisions(September, LeagueTier.Station)).Value!;
        Assert.Equal((0, 1, LeagueStatus.Provisional), (list.Items.Count, list.Ended.Count, (await lab.Read(September)).Status));
    }

    [Fact]
    public async Task WithdrawalToldInOneCluster_IsNotPublishedByTheOther()
    {
        await using var one = await ScoreLab.Start(PostgreSql, server);
        await Proposed(one);
        var two = await one.Twin();
        Assert.NotNull((await two.Table(September).Standing()).Proposal);
        Assert.True((await one.Table(September).EndProposal("撤回", Wang)).IsDone);

        Assert.Equal("storage.conflict", (await two.Table(September).ApprovePublication(Li)).Rejection!.Code);
        Assert.Equal("league.not-proposed", (await two.Table(September).ApprovePublication(Li)).Rejection!.Code);
        Assert.Empty((await one.Tables.Revisions(September, LeagueTier.Station)).Value!.Items);
        await two.Stop();
    }

    [Fact]
    public async Task TableApprovedInTwoClusters_IsPublishedOnce()
    {
        await using var one = await ScoreLab.Start(PostgreSql, server);
        await Proposed(one);
        var two = await one.Twin();
        await two.Table(September).Standing();
        var answers = await Task.WhenAll(one.Table(September).ApprovePublication(Li), two.Table(September).ApprovePublication(Zhao));

        Assert.Single(answers, a => a.IsDone);
        Assert.Contains(answers.Single(a => !a.IsDone).Rejection!.Code, new[] { "storage.conflict", "league.published" });
        var revision = Assert.Single((await one.Tables.Revisions(September, LeagueTier.Station)).Value!.Items);
        Assert.Equal(answers[0].IsDone ? "李局长" : "赵政委", revision.ApprovedBy);
        await two.Stop();
    }

    [Fact]
    public async Task QuarterApprovedInTwoClusters_IsApprovedOnce_AndAVetoBetweenIsSeen()
    {
        await using var one = await ScoreLab.Start(PostgreSql, server);
        foreach (var month in new[] { new Month(2026, 7), new Month(2026, 8), September })
        {
            await one.Tickets("A", month, 6);
            await one.Publish(month);
        }
        var key = AwardKeys.Of(new(2026, 3));
        await one.Grains.GetGrain<IQuarterGrain>(key).Propose(LeagueTier.Station, null, Wang);
        var two = await one.Twin();
        await two.Grains.GetGrain<IQuarterGrain>(key).Vetoes();
        Assert.True((await one.Grains.GetGrain<IQuarterGrain>(key).Veto("A", VetoGround.Leak, "泄露诉求人信息", null, Wang)).IsDone);

        Assert.Equal("storage.conflict", (await two.Grains.GetGrain<IQuarterGrain>(key).Approve(LeagueTier.Station, Li)).Rejection!.Code);
        Assert.Equal("award.outdated", (await two.Grains.GetGrain<IQuarterGrain>(key).Approve(LeagueTier.Station, Li)).Rejection!.Code);
        await two.Stop();
    }

    [Fact]
    public async Task PolicyChangedInOneCluster_IsNotOverwrittenByTheOther()
    {
        await using var one = await ScoreLab.Start(PostgreSql, server);
        var two = await one.Twin();
        await two.Policies.Changes(-1);
        Assert.True((await one.Policies.Put(ScoringPolicy.V1 with { Version = "a" }, new(false, null), Wang)).IsDone);

        Assert.Equal("storage.conflict", (await two.Policies.Put(ScoringPolicy.V1 with { Version = "b" }, new(false, null), Wang)).Rejection!.Code);
        Assert.True((await two.Policies.Put(ScoringPolicy.V1 with { Version = "b" }, new(false, null), Wang)).IsDone);
        Assert.Equal(["v1", "a", "b"], (await two.Policies.Changes(-1))!.Policies.Select(p => p.Policy.Version));
        await two.Stop();
    }

    /// <summary>P22: the revocation was stored and its answer lost: the ring is read again, and the key is on it nowhere.</summary>
    [Fact]
    public async Task RevokedKey_WhoseAnswerWasLost_IsOffTheRing()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        var access = lab.Grains.GetGrain<IAccessGrain>(KeyRingCopy.GrainKey);
        await access.Create(new("a", [Role.Viewer], null, null, "hash-a"), Wang);
        lab.Faults.Arm(Fault.After);
        Assert.Equal("outcome.unknown", (await access.Revoke("key-1", Li)).Rejection!.Code);
        Assert.DoesNotContain((await access.Changes(-1))!.Keys, k => k.Hash == "hash-a");
    }

    [Fact]
    public async Task KeyRevokedInOneCluster_IsRevokedInTheOther_AsSoonAsThatWrites()
    {
        await using var one = await ScoreLab.Start(PostgreSql, server);
        var (mine, name) = (one.Grains.GetGrain<IAccessGrain>(KeyRingCopy.GrainKey), "key-1");
        await mine.Create(new("a", [Role.Viewer], null, null, "hash-a"), Wang);
        var two = await one.Twin();
        var theirs = two.Grains.GetGrain<IAccessGrain>(KeyRingCopy.GrainKey);
        await theirs.List();
        Assert.True((await mine.Revoke(name, Li)).IsDone);

        Assert.Equal("storage.conflict", (await theirs.Create(new("b", [Role.Viewer], null, null, "hash-b"), Wang)).Rejection!.Code);
        Assert.NotNull((await theirs.List())[0].RevokedAt);
        await two.Stop();
    }

    /// <summary>P25: the policy is approved on another silo, and acknowledged, just before the figures are fixed.</summary>
    [Theory, InlineData("policy"), InlineData("unit")]
    public async Task ProposalRightAfterAChangeOnAnotherSilo_IsFixedUnderIt(string change)
    {
        for (var i = 0; i < 3; i++)
        {
            await using var lab = await ScoreLab.Start(PostgreSql, server, silos: 2);
            var table = lab.At(0).GetGrain<ILeagueTableGrain>(LeagueKeys.Of(September, LeagueTier.Station));
            await table.Standing();
            var policies = lab.At(1).GetGrain<IScoringPoliciesGrain>(ScoringPolicies.Key);
            await policies.Changes(-1);
            RequestContext.Clear();
            await lab.Tickets("A", September, 6, 1);
            await table.Close(Wang);
            await policies.Put(ScoringPolicy.V1 with { Version = "v2", EffectiveFrom = new(2026, 9), MinEffectiveCallbacks = 1 }, new(false, null), Wang);
            await table.ProposePublication(Wang);

            if (change == "policy")
            {
                Assert.True((await policies.Approve("v2", Li)).IsDone);
                Assert.Equal("league.outdated", (await table.ApprovePublication(Li)).Rejection!.Code);
                Assert.Equal("v2", (await table.ProposePublication(Wang)).Value!.PolicyVersion);
            }
            else
            {
                var renamed = await lab.At(1).GetGrain<IUnitGrain>(UnitKeys.Of("A")).Describe(new("改名所", UnitTier.Station, null, null, null, null, null), Wang);
                RequestContext.Clear();
                Assert.True(renamed.IsDone);
                Assert.Contains((await table.ProposePublication(Wang)).Value!.Rows, r => r.Unit.Name == "改名所");
            }
            Assert.True((await table.ApprovePublication(Li)).IsDone);
        }
    }

    private static async Task Proposed(ScoreLab lab)
    {
        await lab.Tickets("A", September, 6, 1);
        Assert.True((await lab.Table(September).Close(Wang)).IsDone);
        Assert.True((await lab.Table(September).ProposePublication(Wang)).IsDone);
    }
}
