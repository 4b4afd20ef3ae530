using Dapper;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;
using static Hotline.Scorecards.ScoreLab;
using static Hotline.Storage.StoreLab;

namespace Hotline.Notices;

/// <summary>The quarter's and the year's lists on the real storage: fixed by two people, kept for ever, corrected by a next revision.</summary>
public sealed class AwardTests(PostgresServer server)
{
    private static readonly Quarter Q3 = new(2026, 3);

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Quarter_IsPreviewedProposedAndApproved_AndSurvivesARestart(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await Summer(lab, publish: false);
        var preview = await Read(lab);
        Assert.Equal((AwardStatus.Preview, false), (preview.Stage.Status, preview.Stage.Ready));
        Assert.Equal(["A", "B"], preview.Units.Select(u => u.Code));
        Assert.Equal("award.not-ready", (await Quarter(lab).Propose(LeagueTier.Station, null, Wang)).Rejection!.Code);
        Assert.Equal("award.not-official", (await Quarter(lab).Propose(LeagueTier.All, null, Wang)).Rejection!.Code);
        Assert.Equal("award.not-proposed", (await Quarter(lab).Approve(LeagueTier.Station, Li)).Rejection!.Code);

        await Publish(lab);
        Assert.Equal(AwardStatus.Proposed, (await Quarter(lab).Propose(LeagueTier.Station, null, Wang)).Value!.Lists[0].Stage.Status);
        Assert.Equal("duty.same-person", (await Quarter(lab).Approve(LeagueTier.Station, Wang)).Rejection!.Code);
        var approved = (await Quarter(lab).Approve(LeagueTier.Station, new(Li, "k", "body"))).Value!.Lists[0];
        Assert.Equal((AwardStatus.Approved, 1, false), (approved.Stage.Status, approved.Stage.Revision, approved.Stage.Outdated));
        Assert.Equal(1, (await Quarter(lab).Approve(LeagueTier.Station, new(Li, "k", "body"))).Value!.Lists[0].Stage.Revision);

        await lab.Restart();
        var read = await Read(lab);
        Assert.Equal(approved.Stage.ContentHash, read.Stage.ContentHash);
        Assert.Equal([(7, 1), (8, 1), (9, 1)], read.Tables.Select(t => (t.Month.Number, t.Revision)));
        Assert.Equal("not-found", (await Quarter(lab).Lists(LeagueTier.Station, 2, false)).Rejection!.Code);
        var won = Assert.Single((await lab.Grains.GetGrain<INoticesGrain>(INoticesGrain.Key).RecordOf("B")).QuartersWon);
        Assert.Equal((Q3, 2, 1), (won.Quarter, won.Rank, won.Revision));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task CorrectedMonth_NamesNoticeAndQuarterBeforehand_AndMakesTheListOutdated_UntilItIsCorrected(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.SmallTables();
        await Summer(lab, publish: true);
        await Quarter(lab).Propose(LeagueTier.Station, null, Wang);
        await Quarter(lab).Approve(LeagueTier.Station, Li);
        var notice = lab.Grains.GetGrain<INoticeGrain>(NoticeIdentity.Of(September, LeagueTier.Station, NoticeKind.Criticise, "B"));
        Assert.Null((await notice.Issue(null, null, Li)).Rejection);

        // B's bad month turns out to have been A's.
        await lab.Tickets("A", September, 0, 40);
        Assert.Null((await lab.Table(September).ProposeCorrection("漏登四十件", Wang)).Rejection);
        var revisions = lab.Of<Revisions>();
        var proposal = (await lab.Table(September).Standing()).Proposal!;
        var changes = await lab.Of<LeagueChangeReader>().Of((await revisions.Table(September, LeagueTier.Station, null, default))!, proposal, default);
        Assert.Contains(changes.KnockOns, k => k is { Kind: "notice", Unit.Code: "B", Before: "criticise", After: null } && k.Text.Contains("须撤回", StringComparison.Ordinal));
        Assert.Contains(changes.KnockOns, k => k is { Kind: "notice", Unit.Code: "A", Before: null, After: "criticise" });
        Assert.Contains(changes.KnockOns, k => k is { Kind: "quarter", Unit.Code: "B", Before: "won 2", After: "won 1" });
        Assert.False((await Read(lab)).Stage.Outdated);

        Assert.Null((await lab.Table(September).ApproveCorrection(Li)).Rejection);
        Assert.Equal(NoticeStatus.GroundGone, (await notice.Read()).Value!.Notice.Status);
        Assert.True((await Read(lab)).Stage.Outdated);
        Assert.Equal("award.reason-missing", (await Quarter(lab).Propose(LeagueTier.Station, null, Wang)).Rejection!.Code);
        await Quarter(lab).Propose(LeagueTier.Station, "九月排名更正", Wang);
        var corrected = (await Quarter(lab).Approve(LeagueTier.Station, Li)).Value!.Lists[0];
        Assert.Equal((AwardStatus.Corrected, 2, false), (corrected.Stage.Status, corrected.Stage.Revision, corrected.Stage.Outdated));
        Assert.Equal(["A", "B"], (await Quarter(lab).Lists(LeagueTier.Station, 1, false)).Value!.Lists[0].Units.Select(u => u.Code));
        Assert.Equal("B", corrected.Units[0].Code);
        Assert.Equal("award.unchanged", (await Quarter(lab).Propose(LeagueTier.Station, "再来", Wang)).Rejection!.Code);
    }

    [Fact]
    public async Task Veto_ByTheApprover_NeedsAnotherApprover_AndOneAfterTheProposalANewProposal()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await Summer(lab, publish: true);
        await Quarter(lab).Propose(LeagueTier.Station, null, Wang);
        Assert.Equal("unit.unknown", (await Quarter(lab).Veto("没有的所", VetoGround.Leak, "证据", null, Li)).Rejection!.Code);
        Assert.Equal("V-1", (await Quarter(lab).Veto("B所", VetoGround.OverdueSupervisionOrder, "督办单逾期三日", "T-1", Li)).Value!.Id);
        Assert.Equal("duty.same-person", (await Quarter(lab).Approve(LeagueTier.Station, Li)).Rejection!.Code);
        var other = new Actor("周副局长", "key-3", [Role.DeputyChief], null, true);
        Assert.Equal("award.outdated", (await Quarter(lab).Approve(LeagueTier.Station, other)).Rejection!.Code);
        await Quarter(lab).Propose(LeagueTier.Station, null, Wang);
        Assert.Equal(["A"], (await Quarter(lab).Approve(LeagueTier.Station, other)).Value!.Lists[0].Units.Select(u => u.Code));

        await lab.Restart();
        Assert.Null((await Quarter(lab).WithdrawVeto("V-1", "查否", Li)).Rejection);
        Assert.True((await Read(lab)).Stage.Outdated);
        Assert.Equal("查否", Assert.Single(await Quarter(lab).Vetoes()).WithdrawnReason);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Year_RewardsThreeQuarters_ByTwoPeople(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        lab.Clock.SetUtcNow(new(2027, 1, 15, 1, 0, 0, TimeSpan.Zero));
        for (var month = new Month(2026, 1); month.Year == 2026; month = month.Next)
        {
            await lab.Tickets("A", month, 4);
            if (month.Number > 6)
            {
                await lab.Tickets("B", month, 4);
            }
            await lab.Publish(month);
            await PublishBrigades(lab, month);
        }
        var year = lab.Grains.GetGrain<IYearGrain>(AwardKeys.OfYear(2026));
        foreach (var n in Enumerable.Range(1, 4))
        {
            Assert.Equal("award.not-ready", (await year.Propose(null, Wang)).Rejection!.Code);
            var quarter = lab.Grains.GetGrain<IQuarterGrain>(AwardKeys.Of(new(2026, n)));
            foreach (var tier in new[] { LeagueTier.Station, LeagueTier.Brigade })
            {
                Assert.Null((await quarter.Propose(tier, null, Wang)).Rejection);
                Assert.Null((await quarter.Approve(tier, Li)).Rejection);
            }
        }
        await BreakingOff(lab, call => lab.Grains.GetGrain<IYearGrain>(AwardKeys.OfYear(2026)).Propose(null, call), new(Wang, "p", "body"));
        Assert.Equal("duty.same-person", (await year.Approve(Wang)).Rejection!.Code);
        await BreakingOff(lab, call => lab.Grains.GetGrain<IYearGrain>(AwardKeys.OfYear(2026)).Approve(call), new(Li, "a", "body"));
        await lab.Restart();
        var list = (await lab.Grains.GetGrain<IYearGrain>(AwardKeys.OfYear(2026)).List(null, false)).Value!;
        Assert.Equal((AwardStatus.Approved, 1), (list.Stage.Status, list.Stage.Revision));
        Assert.Equal(["A"], list.Units.Select(u => u.Code));
        Assert.Equal([("A", 4), ("B", 2)], list.Candidates.Select(c => (c.Unit.Code, c.Quarters.Count)));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task ApprovedList_IsRefusedAnyChangeByTheDatabase_AndDamageIsNamed(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await Summer(lab, publish: true);
        await Quarter(lab).Propose(LeagueTier.Station, null, Wang);
        await Quarter(lab).Approve(LeagueTier.Station, Li);
        foreach (var sql in new[] { "UPDATE revision SET body = ''", "DELETE FROM revision",
            engine == Sqlite ? "INSERT OR REPLACE INTO revision SELECT * FROM revision" : "TRUNCATE revision" })
        {
            var fault = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
                lab.Of<Database>().Write((connection, transaction) => connection.ExecuteAsync(sql, transaction: transaction), CancellationToken.None));
            Assert.Contains("append-only", fault.Message);
        }
        await lab.Of<Database>().Write((connection, transaction) => connection.ExecuteAsync(
            "INSERT INTO revision SELECT kind, period, tier, 2, content_hash, body || ' ', proposed_by, approved_by, reason, basis, cutoff_at, at, row_hash FROM revision WHERE kind = 'quarter'", transaction: transaction), default);
        Assert.Equal("award.damaged", (await Quarter(lab).Lists(LeagueTier.Station, null, false)).Rejection!.Code);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task ProposedList_IsTakenBackByItsProposer_TurnedDownByAnother_AndStaysOnRecord(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await Summer(lab, publish: true);
        Assert.Equal("award.not-proposed", (await Quarter(lab).EndProposal(LeagueTier.Station, "没有提请", Wang)).Rejection!.Code);
        await Quarter(lab).Propose(LeagueTier.Station, null, Wang);
        Assert.Equal(AwardStatus.Preview, (await Quarter(lab).EndProposal(LeagueTier.Station, "九月正在更正", Wang)).Value!.Lists[0].Stage.Status);
        await Quarter(lab).Propose(LeagueTier.Station, null, Wang);
        await Quarter(lab).EndProposal(LeagueTier.Station, "证据不足", Li);
        Assert.Equal("award.not-proposed", (await Quarter(lab).Approve(LeagueTier.Station, Zhao)).Rejection!.Code);

        await lab.Restart();
        var ended = (await Read(lab)).Stage.Ended!;
        Assert.Equal([(ProposalEnd.Withdrawn, "王主任", "九月正在更正"), (ProposalEnd.Rejected, "李局长", "证据不足")], ended.Select(e => (e.End, e.EndedBy, e.Reason)));
    }

    /// <summary>A fault before the write of the year's record, one after it, and the repeat.</summary>
    private static async Task BreakingOff(ScoreLab lab, Func<CallContext, Task<Result<RewardList>>> command, CallContext call)
    {
        lab.Faults.Arm(Fault.Before, "year");
        Assert.Equal("storage.unavailable", (await command(call)).Rejection!.Code);
        lab.Faults.Arm(Fault.After, "year");
        Assert.Equal("outcome.unknown", (await command(call)).Rejection!.Code);
        Assert.True(lab.Faults.Struck);
        Assert.True((await command(call)).Replayed);
    }

    private static IQuarterGrain Quarter(ScoreLab lab) => lab.Grains.GetGrain<IQuarterGrain>(AwardKeys.Of(Q3));

    private static async Task<QuarterList> Read(ScoreLab lab) => Assert.Single((await Quarter(lab).Lists(LeagueTier.Station, null, false)).Value!.Lists);

    /// <summary>A is perfect, B is good until a bad September.</summary>
    private static async Task Summer(ScoreLab lab, bool publish)
    {
        foreach (var month in Q3.Months)
        {
            await lab.Tickets("A", month, 6);
            await lab.Tickets("B", month, month == September ? 3 : 6, month == September ? 3 : 0);
        }
        if (publish)
        {
            await Publish(lab);
        }
    }

    private static async Task Publish(ScoreLab lab)
    {
        foreach (var month in Q3.Months)
        {
            await lab.Publish(month);
        }
    }

    private static async Task PublishBrigades(ScoreLab lab, Month month)
    {
        var table = lab.Grains.GetGrain<ILeagueTableGrain>(LeagueKeys.Of(month, LeagueTier.Brigade));
        await table.Close(Actor.System);
        await table.ProposePublication(Wang);
        Assert.Null((await table.ApprovePublication(Li)).Rejection);
    }
}
