using Hotline.Shared;
using Hotline.Storage;
using Hotline.Units;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>Nobody alone moves a unit into or out of the table of a month that runs or is past.</summary>
public sealed class UnitMoveTests(PostgresServer server)
{
    private static readonly Month September = ScoreLab.September, October = new(2026, 10), November = new(2026, 11);
    private static readonly Actor Wang = ScoreLab.Wang, Li = ScoreLab.Li;

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task OneAdministrator_CannotMoveAUnitOutOfTheRunningMonthsTable(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await Worked(lab, October);
        Assert.Equal(["A", "B", "C"], await Rows(lab, October));

        var put = (await Unit(lab, "C").Describe(As(UnitTier.Brigade, October), Wang)).Value!;
        Assert.True(put.Waits);
        Assert.Equal("unit.not-proposed", (await Unit(lab, "A").ApproveChange(Li)).Rejection!.Code);
        Assert.Equal("duty.same-person", (await Unit(lab, "C").ApproveChange(Wang)).Rejection!.Code);
        Assert.Equal(["A", "B", "C"], await Rows(lab, October));
        await MovesAreShown(lab);

        await lab.Restart();
        Assert.Equal(put.Unit.Waiting, (await Unit(lab, "C").Get())!.Waiting);
        Assert.Equal(["A", "B", "C"], await Rows(lab, October));
        var approved = (await Unit(lab, "C").ApproveChange(Li)).Value!;
        Assert.Equal((October, null), (approved.TierSince(), approved.Waiting));
        Assert.Equal(["A", "B"], await Rows(lab, October));
        Assert.Equal(["C"], await Rows(lab, October, LeagueTier.Brigade));
        Assert.Equal(["A", "B", "C"], await Rows(lab, September));
        Assert.Equal(["A", "B", "C"], await Rows(lab, October, LeagueTier.All));
        Assert.Equal((Wang.Id, Li.Id, null), Assert.Single(await Unit(lab, "C").DecidedChanges()) is var d
            ? (d.Change.ProposedBy, d.DecidedBy, d.End) : default);
    }

    [Fact]
    public async Task RowsOfPastMonths_GoByTwoPeopleToo_AndARefusedChangeLeavesThem()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await Worked(lab, September);
        Assert.True((await Unit(lab, "C").Describe(As(UnitTier.Station) with { ActiveTo = new DateOnly(2026, 8, 31) }, Wang)).Value!.Waits);
        Assert.Equal(["A", "B", "C"], await Rows(lab, September));
        Assert.Equal(Wang.Id, (await Unit(lab, "C").RefuseChange("仍在办理", Wang)).Value is { Waiting: null } ? Wang.Id : null);
        Assert.Equal((ProposalEnd.Withdrawn, "仍在办理"), Assert.Single(await Unit(lab, "C").DecidedChanges()) is var d ? (d.End, d.Reason)
            : default);

        Assert.True((await Unit(lab, "C").Describe(As(UnitTier.Station) with { ActiveTo = new DateOnly(2026, 8, 31) }, Wang)).Value!.Waits);
        Assert.True((await Unit(lab, "C").ApproveChange(Li)).IsDone);
        Assert.Equal(["A", "B"], await Rows(lab, September));

        // The way back is no shorter.
        Assert.True((await Unit(lab, "C").Describe(As(UnitTier.Station) with { ActiveTo = new((DateOnly?)null) }, Wang)).Value!.Waits);
        await lab.Restart();
        Assert.Equal(["A", "B"], await Rows(lab, September));
        Assert.Null((await Unit(lab, "C").ApproveChange(Li)).Value!.ActiveTo);
        Assert.Equal(["A", "B", "C"], await Rows(lab, September));
    }

    [Fact]
    public async Task Tier_ChangesFromTheNextMonthOn_AndFormerTablesGoOnWithTheFormerTier()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await Worked(lab, October);
        var put = (await Unit(lab, "C").Describe(As(UnitTier.Brigade), Wang)).Value!;
        Assert.Equal((false, November), (put.Waits, put.Unit.TierSince()));
        Assert.Equal(["A", "B", "C"], await Rows(lab, October));
        Assert.Equal(UnitTier.Station, (await lab.Of<UnitDirectory>().Resolve("C"))!.Tier);

        lab.Clock.Advance(TimeSpan.FromDays(25));
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        Assert.Equal(UnitTier.Brigade, (await lab.Of<UnitDirectory>().Resolve("C"))!.Tier);
        Assert.Equal(["A", "B"], await Rows(lab, November));
        Assert.Equal(["C"], await Rows(lab, November, LeagueTier.Brigade));
        Assert.Equal(["A", "B", "C"], await Rows(lab, October));
        Assert.Equal(["A", "B", "C"], (await lab.Publish(October)).Rows.Select(r => r.Unit.Code).Order());
        Assert.True((await lab.Table(October).Verify()).Value!.Result!.Matches);
    }

    [Fact]
    public async Task PublishedMonth_IsTouchedByNobody()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await Worked(lab, September);
        await lab.Publish(September);
        Assert.Equal("unit.month-published", (await Unit(lab, "C").Describe(As(UnitTier.Brigade, September), Wang)).Rejection!.Code);
        Assert.Equal("unit.month-published",
            (await Unit(lab, "C").Describe(As(UnitTier.Station) with { ActiveTo = new DateOnly(2026, 8, 31) }, Wang)).Rejection!.Code);
        Assert.Equal("unit.month-published",
            (await Unit(lab, "C").Describe(As(UnitTier.Station) with { ActiveFrom = new DateOnly(2026, 11, 1) }, Wang)).Rejection!.Code);
        Assert.Equal(1, (await Unit(lab, "C").Get())!.Version);

        Assert.True((await Unit(lab, "C").Describe(As(UnitTier.Station) with { ActiveTo = new DateOnly(2026, 9, 30) }, Wang)).Value!.Waits);
        Assert.True((await Unit(lab, "C").ApproveChange(Li)).IsDone);
        Assert.Equal(["A", "B"], await Rows(lab, October));
        Assert.Equal(["A", "B", "C"], await Rows(lab, September));
        Assert.True((await lab.Table(September).Verify()).Value!.Result!.Matches);
    }

    [Fact]
    public async Task MonthPublishedWhileAChangeWaits_StopsItsApproval()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await Worked(lab, September);
        Assert.True((await Unit(lab, "C").Describe(As(UnitTier.Brigade, September), Wang)).Value!.Waits);
        await lab.Publish(September);
        Assert.Equal("unit.month-published", (await Unit(lab, "C").ApproveChange(Li)).Rejection!.Code);
        Assert.Equal(["A", "B", "C"], await Rows(lab, October));
    }

    /// <summary>The figures were fixed with a unit that has another place by now.</summary>
    [Fact]
    public async Task ChangeApprovedWhileATableIsProposed_StopsThePublication()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await Worked(lab, September);
        await lab.Table(September).Close(Wang);
        Assert.True((await lab.Table(September).ProposePublication(Wang)).IsDone);
        Assert.True((await Unit(lab, "C").Describe(As(UnitTier.Brigade, September), Wang)).Value!.Waits);
        Assert.True((await Unit(lab, "C").ApproveChange(Li)).IsDone);
        Assert.Equal("league.outdated", (await lab.Table(September).ApprovePublication(Li)).Rejection!.Code);
        Assert.True((await lab.Table(September).ProposePublication(Wang)).IsDone);
        Assert.Equal(["A", "B"], (await lab.Table(September).ApprovePublication(Li)).Value!.Rows.Select(r => r.Unit.Code));
        Assert.True((await lab.Table(September).Verify()).Value!.Result!.Matches);
    }

    private static async Task MovesAreShown(ScoreLab lab)
    {
        var tables = await lab.Grains.GetGrain<IUnitTrialsGrain>(IUnitTrialsGrain.Key).Run("C");
        Assert.Equal([(October, LeagueTier.Station, 3, 2), (October, LeagueTier.Brigade, 0, 1)],
            tables.Select(t => (t.Month, t.Tier, t.RankedBefore, t.RankedAfter)));
        (string, int?, int?, bool?, bool?)[] moved = [.. tables[0].Units.Select(u =>
            (u.Unit.Code, u.Before?.Rank, u.After?.Rank, u.Before?.Last, u.After?.Last))];
        Assert.Equal([("B", 2, 2, false, true), ("C", 3, null, true, null)], moved);
        Assert.Equal(("C", null, 1), Assert.Single(tables[1].Units) is var c ? (c.Unit.Code, c.Before?.Rank, c.After!.Rank) : default);
    }

    /// <summary>Three stations with tickets, C the last; two of them make a last place.</summary>
    private static async Task Worked(ScoreLab lab, Month month)
    {
        await lab.SmallTables();
        await lab.Unit("C");
        await lab.Tickets("A", month, 8);
        await lab.Tickets("B", month, 7, 1);
        await lab.Tickets("C", month, 5, 3);
    }

    private static DescribeUnit As(UnitTier tier, Month? from = null) => new("C所", tier, null, null, null, null, null, TierFrom: from);

    private static IUnitGrain Unit(ScoreLab lab, string code) => lab.Grains.GetGrain<IUnitGrain>(UnitKeys.Of(code));

    private static async Task<string[]> Rows(ScoreLab lab, Month month, LeagueTier tier = LeagueTier.Station) =>
        [.. (await lab.Tables.Get(month, tier, null)).Value!.Rows.Select(r => r.Unit.Code).Order()];
}
