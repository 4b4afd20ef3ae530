using System.Text.Json;
using Dapper;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using static Hotline.Scorecards.ScoreLab;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>A table's life on the real storage: live, closed, proposed, published, and what may never happen to it.</summary>
public sealed class LeagueTableTests(PostgresServer server)
{
    private static decimal? ScoreOf(LeagueTable table, string unit) => table.Rows.Single(r => r.Unit.Code == unit).Score;

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task LiveTable_ShowsAnAcknowledgedTicketAtOnce(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        for (var count = 1; count <= 20; count++)
        {
            await lab.Tickets("A", September, 1);
            Assert.Equal(count, (await lab.Read(September)).Total.ReplyRate.Denominator);
        }
    }

    [Fact]
    public async Task LiveTable_ShowsANewUnitAndANewPolicyAtOnce()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        Assert.Equal(["A", "B"], (await lab.Read(September)).Rows.Select(r => r.Unit.Code));
        await lab.Unit("C");
        await lab.Unit("D", UnitTier.Brigade);
        await lab.SmallTables();
        var table = await lab.Read(September);
        Assert.Equal(["A", "B", "C"], table.Rows.Select(r => r.Unit.Code));
        Assert.Equal("small", table.PolicyVersion);
    }

    [Fact]
    public async Task LiveTable_ReadByManyAtOnce_IsTheSameForAll()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Tickets("A", September, 3);
        var read = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => lab.Read(September)));
        Assert.All(read, table => Assert.Equal(3, table.Total.ReplyRate.Denominator));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task ClosedTable_IsProvisional_FollowsTheFacts_AndSurvivesARestart(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.Tickets("A", September, 6);
        Assert.Equal((LeagueStatus.Live, 0), ((await lab.Read(September)).Status, (await lab.Read(September)).Revision));

        Assert.Equal(LeagueStatus.Provisional, (await lab.Table(September).Close(Wang)).Value!.Status);
        await lab.Tickets("A", September, 0, 2);
        await lab.Restart();

        var table = await lab.Read(September);
        Assert.Equal((LeagueStatus.Provisional, 75m), (table.Status, ScoreOf(table, "A")));
    }

    [Fact]
    public async Task RunningMonth_IsNotClosed()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        Assert.Equal("league.month-running", (await lab.Table(new(2026, 10)).Close(Wang)).Rejection!.Code);
        Assert.Equal("league.not-closed", (await lab.Table(September).ProposePublication(Wang)).Rejection!.Code);
        Assert.Equal("league.not-proposed", (await lab.Table(September).ApprovePublication(Li)).Rejection!.Code);
        Assert.Equal("league.not-published", (await lab.Table(September).Verify()).Rejection!.Code);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Publication_TakesTheProposedFigures_ByTwoPeople_ForEver(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.Tickets("A", September, 6);
        await lab.Table(September).Close(Wang);
        var proposed = (await lab.Table(September).ProposePublication(Wang)).Value!;
        await lab.Tickets("A", September, 0, 6);

        Assert.Equal(100m, ScoreOf(await lab.Read(September), "A"));
        Assert.Equal("duty.same-person", (await lab.Table(September).ApprovePublication(Wang)).Rejection!.Code);
        var published = (await lab.Table(September).ApprovePublication(Li)).Value!;

        Assert.Equal((LeagueStatus.Published, 1, proposed.Proposal!.ContentHash), (published.Status, published.Revision, published.ContentHash));
        Assert.Equal("league.published", (await lab.Table(September).ProposePublication(Wang)).Rejection!.Code);
        Assert.Equal("league.published", (await lab.Table(September).ApprovePublication(Wang)).Rejection!.Code);
        await lab.Restart();
        var read = await lab.Read(September);
        Assert.Equal((100m, published.ContentHash, proposed.AsOf, null), (ScoreOf(read, "A"), read.ContentHash, read.AsOf, read.Proposal));
        Assert.Equal(read.ContentHash, (await lab.Read(September, 1)).ContentHash);
    }

    [Fact]
    public async Task ApprovalRepeatedUnderItsKey_GetsTheFirstAnswer_AndUnderAnotherIsRefused()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Table(September).Close(Wang);
        await lab.Table(September).ProposePublication(Wang);
        var first = await lab.Table(September).ApprovePublication(new(Li, "k", "body"));
        await lab.Restart();
        var again = await lab.Table(September).ApprovePublication(new(Li, "k", "body"));
        Assert.Equal((false, true), (first.Replayed, again.Replayed));
        Assert.Equal(JsonSerializer.Serialize(first.Value), JsonSerializer.Serialize(again.Value));
        Assert.Equal("idempotency.mismatch", (await lab.Table(September).ApprovePublication(new(Li, "k", "other"))).Rejection!.Code);
        Assert.Equal("league.published", (await lab.Table(September).ApprovePublication(Li)).Rejection!.Code);
    }

    [Fact]
    public async Task StaleVersion_IsRefused()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        Assert.Equal(0, (await lab.Read(September)).Version);
        var closed = (await lab.Table(September).Close(new(Wang, IfMatch: 0))).Value!;
        Assert.Equal("precondition.failed", (await lab.Table(September).ProposePublication(new(Wang, IfMatch: 0))).Rejection!.Code);
        var proposed = (await lab.Table(September).ProposePublication(new(Wang, IfMatch: closed.Version))).Value!;
        var published = (await lab.Table(September).ApprovePublication(new(Li, IfMatch: proposed.Version))).Value!;
        Assert.True(published.Version > proposed.Version);
        Assert.Equal("precondition.failed", (await lab.Table(September).Close(new(Wang, IfMatch: proposed.Version))).Rejection!.Code);
    }

    [Fact]
    public async Task SameFacts_GiveTheSameBytes_OnBothEngines_InAnyOrder_WheneverPublished()
    {
        await using var first = await ScoreLab.Start(Sqlite, server);
        await first.Tickets("A", September, 6, 2);
        await first.Tickets("B", September, 7);
        await using var second = await ScoreLab.Start(PostgreSql, server);
        second.Clock.Advance(TimeSpan.FromDays(40));
        await second.Tickets("B", September, 3);
        await second.Tickets("A", September, 6, 2);
        await second.Tickets("B", September, 4);

        Assert.Equal((await first.Publish(September)).ContentHash, (await second.Publish(September)).ContentHash);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Verify_Matches_WhateverComesLater_AndSaysWhatThatWouldChange(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.Tickets("A", September, 6);
        await lab.Publish(September);
        Assert.True((await lab.Table(September).Verify()).Value!.Result is { Matches: true, Intact: true, WouldChange: false, TicketsRead: 6, Tickets.Count: 0 });

        await lab.Tickets("A", September, 0, 1);

        var verified = (await lab.Table(September).Verify()).Value!.Result!;
        Assert.True(verified is { Matches: true, Intact: true, WouldChange: true, TicketsRead: 7, Differences.Count: 0 });
        Assert.Contains(new("/rows/A/replyRate/denominator", "6", "7"), verified.Later);
    }

    [Fact]
    public async Task Verify_UsesThePolicyOfThePublication()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Tickets("A", September, 3);
        await lab.Publish(September);
        var late = ScoringPolicy.V1 with { Version = "late", MinEffectiveCallbacks = 0 };
        Assert.NotNull((await lab.Policies.Put(late, new(false, null), Wang)).Value!.Proposed);
        Assert.Null((await lab.Policies.Approve("late", Li)).Rejection);
        Assert.True((await lab.Table(September).Verify()).Value!.Result!.Matches);
        Assert.Equal("v1", (await lab.Read(September)).PolicyVersion);
    }

    [Fact]
    public async Task EditedRevision_IsNamed_NotServed()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Publish(September);
        await lab.Of<Database>().Write(async (connection, transaction) =>
        {
            await connection.ExecuteAsync("DROP TRIGGER revision_no_update", transaction: transaction);
            await connection.ExecuteAsync("UPDATE revision SET body = replace(body, '\"rankedUnits\":0', '\"rankedUnits\":9')", transaction: transaction);
        }, CancellationToken.None);

        var read = await lab.Grains.GetGrain<ILeagueTablesGrain>(LeagueKeys.Tables).Get(September, LeagueTier.Station, null);
        Assert.Equal("league.damaged", read.Rejection!.Code);
        Assert.False((await lab.Table(September).Verify()).Value!.Result!.Intact);
    }

    [Fact]
    public async Task ClosedMonth_TurnsAPolicyChangeIntoAProposal()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Table(September).Close(Wang);
        await lab.Restart();
        var policy = ScoringPolicy.V1 with { Version = "late" };
        Assert.NotNull((await lab.Policies.Put(policy, new(false, null), Wang)).Value!.Proposed);
        Assert.NotNull((await lab.Policies.Put(policy with { EffectiveFrom = new(2026, 10) }, new(false, null), Wang)).Value!.Stored);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Streak_ReadsPublishedMonthsAsTheyWerePublished(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.SmallTables();
        foreach (var month in new Month[] { new(2026, 7), new(2026, 8), September })
        {
            await lab.Tickets("A", month, 6, 2);
            await lab.Tickets("B", month, 8);
        }
        await lab.Publish(new(2026, 7));
        // Afterwards it would have been B's turn, but July is published.
        await lab.Tickets("B", new(2026, 7), 0, 50);

        var flag = Assert.Single((await lab.Flags(September)).Value!.Units);

        Assert.Equal(("A", 3), (flag.Unit.Code, flag.Streak));
        Assert.Equal(["2026-07/1", "2026-08/0", "2026-09/0"], flag.Months.Select(m => $"{m.Month}/{m.Revision}"));
        Assert.All(flag.Months, m => Assert.Equal((2, 2, 75m), (m.Rank, m.RankedUnits, m.Score)));
        Assert.Empty((await lab.Flags(new(2026, 8))).Value!.Units);
        Assert.Equal(2, Assert.Single((await lab.Flags(new(2026, 8), atRisk: true)).Value!.Units).Streak);
    }

    [Fact]
    public async Task Streak_FollowsAnEarlierMonthAtOnce_AlsoWhenATicketLeavesIt()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.SmallTables();
        var (july, august) = (new Month(2026, 7), new Month(2026, 8));
        foreach (var month in new[] { july, august, September })
        {
            await lab.Tickets("A", month, 6, 2);
            await lab.Tickets("B", month, 8);
        }
        async Task<int> Streak() => (await lab.Read(September)).Rows.Single(r => r.Unit.Code == "A").BottomThreeStreak;
        Assert.Equal(3, await Streak());

        var spoilt = await lab.Tickets("B", july, 0, 9);
        Assert.Equal(2, await Streak());
        foreach (var ticket in spoilt)
        {
            await lab.Move(ticket, new(2026, 10));
        }
        Assert.Equal(3, await Streak());
    }

    [Fact]
    public async Task Totals_PoolEachMonth()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Tickets("A", new(2026, 8), 1, 1);
        await lab.Tickets("B", new(2026, 8), 6);
        await lab.Tickets("A", September, 3);
        await lab.Publish(new(2026, 8));
        var tables = lab.Grains.GetGrain<ILeagueTablesGrain>(LeagueKeys.Tables);

        var totals = (await tables.Totals(new(2026, 7), September, LeagueTier.Station)).Value!;

        Assert.Equal([("2026-07", 0, 0, 0), ("2026-08", 1, 7, 8), ("2026-09", 0, 3, 3)],
            totals.Select(t => (t.Month.ToString(), t.Revision, t.Total.ReplyRate.Numerator, t.Total.ReplyRate.Denominator)));
        Assert.Equal("validation.range", (await tables.Totals(September, new(2026, 7), LeagueTier.Station)).Rejection!.Code);
    }

    [Fact]
    public async Task UnknownRevision_IsNotFound()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Publish(September);
        Assert.Equal("not-found", (await lab.Grains.GetGrain<ILeagueTablesGrain>(LeagueKeys.Tables).Get(September, LeagueTier.Station, 2)).Rejection!.Code);
    }
}
