using Hotline.Shared;
using Hotline.Storage;
using static Hotline.Scorecards.ScoreLab;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>A published table is corrected by a new revision only, by two people, and says what that changes elsewhere.</summary>
public sealed class CorrectionTests(PostgresServer server)
{
    private static readonly Month July = new(2026, 7), August = new(2026, 8);

    private static decimal? ScoreOf(LeagueTable table, string unit) => table.Rows.Single(r => r.Unit.Code == unit).Score;

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Correction_IsTheNextRevision_ByTwoPeople_AndTheFirstStays(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.Tickets("A", September, 6);
        var first = await lab.Publish(September);
        await lab.Tickets("A", September, 0, 2);

        var proposed = (await lab.Table(September).ProposeCorrection("漏登两件", new(Wang, IfMatch: first.Version))).Value!;
        Assert.Equal((LeagueStatus.Published, 2, "漏登两件"), (proposed.Status, proposed.Proposal!.Revision, proposed.Proposal.Reason));
        Assert.Equal("duty.same-person", (await lab.Table(September).ApproveCorrection(Wang)).Rejection!.Code);
        Assert.Equal("precondition.failed", (await lab.Table(September).ApproveCorrection(new(Li, IfMatch: proposed.Version + 1))).Rejection!.Code);
        var corrected = (await lab.Table(September).ApproveCorrection(new(Li, IfMatch: proposed.Version))).Value!;

        Assert.Equal((LeagueStatus.Corrected, 2, 75m), (corrected.Status, corrected.Revision, ScoreOf(corrected, "A")));
        await lab.Restart();
        Assert.Equal((2, 75m), ((await lab.Read(September)).Revision, ScoreOf(await lab.Read(September), "A")));
        var old = await lab.Read(September, 1);
        Assert.Equal((LeagueStatus.Published, first.ContentHash, 100m, first.Version), (old.Status, old.ContentHash, ScoreOf(old, "A"), old.Version));
        var list = (await lab.Tables.Revisions(September, LeagueTier.Station)).Value!;
        Assert.Equal([(1, null, false), (2, "漏登两件", true)], list.Items.Select(r => (r.Revision, r.Reason, r.Current)));
    }

    [Fact]
    public async Task CorrectionThatChangesNothing_IsRefused()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Tickets("A", September, 6);
        Assert.Equal("league.not-published", (await lab.Table(September).ProposeCorrection("x", Wang)).Rejection!.Code);
        await lab.Publish(September);
        Assert.Equal("league.unchanged", (await lab.Table(September).ProposeCorrection("x", Wang)).Rejection!.Code);
        Assert.Equal("league.not-corrected", (await lab.Tables.Changes(September, LeagueTier.Station, null)).Rejection!.Code);
        Assert.Equal("not-found", (await lab.Tables.Changes(September, LeagueTier.Station, 2)).Rejection!.Code);
    }

    [Fact]
    public async Task RenamedUnit_KeepsThePublishedName_InACorrection()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Tickets("A", September, 6);
        await lab.Publish(September);
        await lab.Rename("A", "新名所");
        Assert.Equal("league.unchanged", (await lab.Table(September).ProposeCorrection("x", Wang)).Rejection!.Code);

        await lab.Tickets("A", September, 1);
        await lab.Table(September).ProposeCorrection("补登", Wang);
        var corrected = (await lab.Table(September).ApproveCorrection(Li)).Value!;
        Assert.Equal("A所", corrected.Rows.Single(r => r.Unit.Code == "A").Unit.Name);
        Assert.Equal("新名所", (await lab.Read(new(2026, 10))).Rows.Single(r => r.Unit.Code == "A").Unit.Name);
    }

    [Fact]
    public async Task Proposal_IsWithdrawnByItsAuthor_RejectedByAnother_AndBothStayOnRecord()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Table(September).Close(Wang);
        Assert.Equal("league.not-proposed", (await lab.Table(September).EndProposal("x", Wang)).Rejection!.Code);
        await lab.Table(September).ProposePublication(Wang);
        Assert.Null((await lab.Table(September).EndProposal("还有申请", Wang)).Value!.Proposal);
        await lab.Publish(September);
        await lab.Tickets("A", September, 6);
        await lab.Table(September).ProposeCorrection("补登", Wang);
        var rejected = (await lab.Table(September).EndProposal("证据不足", Li)).Value!;

        Assert.Equal((1, null), (rejected.Revision, rejected.Proposal));
        Assert.Equal("league.not-proposed", (await lab.Table(September).ApproveCorrection(Li)).Rejection!.Code);
        await lab.Restart();
        var ended = (await lab.Tables.Revisions(September, LeagueTier.Station)).Value!.Ended;
        Assert.Equal([(1, ProposalEnd.Withdrawn, "王主任", "还有申请"), (2, ProposalEnd.Rejected, "李局长", "证据不足")],
            ended.Select(e => (e.Revision, e.End, e.EndedBy, e.Reason)));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task CorrectionOfMonthTwoOfThree_LiftsThePublishedFlag_AndSaysSo(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.SmallTables();
        foreach (var month in new[] { July, August, September })
        {
            await lab.Tickets("A", month, 6, 2);
            await lab.Tickets("B", month, 8);
            await lab.Publish(month);
        }
        var published = await lab.Read(September);
        Assert.Contains(FlagRules.BottomThreeStreak, published.Rows.Single(r => r.Unit.Code == "A").Flags);
        Assert.Equal([1, 1, 1], Assert.Single((await lab.Flags(September)).Value!.Units).Months.Select(m => m.Revision));

        await lab.Tickets("B", August, 0, 9);
        await lab.Table(August).ProposeCorrection("漏登九件", Wang);
        var before = (await lab.Tables.Changes(August, LeagueTier.Station, null)).Value!;
        Assert.Null((await lab.Table(August).ApproveCorrection(Li)).Rejection);
        var after = (await lab.Tables.Changes(August, LeagueTier.Station, 2)).Value!;

        Assert.True(before.Proposed && !after.Proposed);
        Assert.Equal(before.KnockOns, after.KnockOns);
        Assert.Contains(after.KnockOns, k => k is { Kind: "rank", Unit.Code: "B", Before: "1", After: "2" } && k.Month == August);
        Assert.Contains(after.KnockOns, k => k is { Kind: "streak", Unit.Code: "A", Before: "3", After: "1" } && k.Month == September);
        Assert.Contains(after.KnockOns, k => k is { Kind: "flag", Unit.Code: "A", Before: FlagRules.BottomThreeStreak, After: null } && k.Month == September);

        var flags = (await lab.Flags(September)).Value!;
        Assert.Empty(flags.Units);
        Assert.Equal(("A", 3), (Assert.Single(flags.Lifted).Unit.Code, flags.Lifted[0].PublishedStreak));
        var now = await lab.Read(September);
        Assert.Equal((published.ContentHash, 3, 1), (now.ContentHash, now.Rows.Single(r => r.Unit.Code == "A").BottomThreeStreak, now.Rows.Single(r => r.Unit.Code == "A").StreakNow!.Streak));
        Assert.Null((await lab.Read(September, 1)).Rows[0].StreakNow);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task TwoPeoplePressingApproveAtOnce_MakeOneRevision(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.Table(September).Close(Wang);
        await lab.Table(September).ProposePublication(Wang);
        var answers = await Task.WhenAll(lab.Table(September).ApprovePublication(Li), lab.Table(September).ApprovePublication(Zhao));
        Assert.Single(answers, a => a.IsDone);
        Assert.Equal("league.published", Assert.Single(answers, a => !a.IsDone).Rejection!.Code);
        Assert.Single((await lab.Tables.Revisions(September, LeagueTier.Station)).Value!.Items);
    }
}
