using Hotline.Reminders;
using Hotline.Shared;
using Hotline.Storage;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>The ranking job on the real storage: what the power failure kept from happening happens afterwards, in order and once.</summary>
public sealed class MonthCloseTests(PostgresServer server)
{
    private static readonly Month July = new(2026, 7);
    private static readonly Month[] Quarter = [July, July.Next, July.Next.Next];

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task AfterThreeMonthsOfDowntime_MonthsCloseInOrder_AndNoneBeforeTheFirstLiveOne(string engine)
    {
        await using var lab = await LiveSinceJuly(engine);
        lab.Clock.AutoAdvanceAmount = TimeSpan.FromMilliseconds(1);

        await Run(lab);

        var closed = new List<DateTimeOffset>();
        foreach (var month in Quarter)
        {
            closed.Add((await Standing(lab, month)).ClosedAt!.Value);
            closed.Add((await Standing(lab, month, LeagueTier.Brigade)).ClosedAt!.Value);
        }
        Assert.Equal(closed.Order(), closed);
        Assert.Equal(closed.Count, closed.Distinct().Count());
        Assert.Null((await Standing(lab, July.Previous)).ClosedAt);
        Assert.Null((await Standing(lab, Quarter[^1].Next)).ClosedAt);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task EachReminder_IsGivenOnce_AndRunningAgainChangesNothing(string engine)
    {
        await using var lab = await LiveSinceJuly(engine);
        await Run(lab);
        var first = await Board(lab);
        var version = (await Standing(lab, July)).Version;
        Assert.Equal(6, first.Count(r => r.Kind == ReminderKind.TableProvisional));

        await Run(lab);
        await lab.Restart();
        lab.Clock.Advance(TimeSpan.FromMinutes(10));
        await Run(lab);

        Assert.Equal(first, await Board(lab), Same);
        Assert.Equal(version, (await Standing(lab, July)).Version);
        // Monday the 12th: the window ends on Thursday, and the week after the publication is overdue.
        lab.Clock.Advance(TimeSpan.FromDays(2));
        await Run(lab);
        await Run(lab);
        Assert.Equal(6, (await Board(lab)).Count(r => r.Kind == ReminderKind.WindowEnds));
        lab.Clock.Advance(TimeSpan.FromDays(7));
        await Run(lab);
        await Run(lab);
        Assert.Equal(18, (await Board(lab)).Count);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task PublishedTables_SettleTheirReminders_AndTheLastOneOfAQuarterAsksForItsList(string engine)
    {
        await using var lab = await LiveSinceJuly(engine);
        await Run(lab);
        // The objection window is over on Thursday.
        lab.Clock.Advance(TimeSpan.FromDays(4));
        foreach (var month in Quarter)
        {
            await lab.Publish(month);
            await Publish(lab, month, LeagueTier.Brigade);
        }

        await Run(lab);
        await Run(lab);

        Assert.Equal("quarter/2026-Q3", Assert.Single(await Board(lab)).Subject);
        await lab.Grains.GetGrain<IReminderGrain>(IReminderGrain.Key).Settle(["quarter/2026-Q3"]);
        await Run(lab);
        Assert.Empty(await Board(lab));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task WithoutALiveTicket_NothingClosesByItself(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.Tickets("A", July, 2);

        await Run(lab);

        Assert.Null((await Standing(lab, July)).ClosedAt);
        Assert.Empty(await Board(lab));
    }

    [Theory, InlineData(Sqlite)]
    public async Task SkewedClock_ClosesNothing(string engine)
    {
        await using var lab = await LiveSinceJuly(engine);
        lab.Of<ClockGuard>().Report(TimeSpan.FromSeconds(2));

        await Run(lab);

        Assert.Null((await Standing(lab, July)).ClosedAt);
    }

    private static IEqualityComparer<Reminder> Same { get; } = EqualityComparer<Reminder>.Create((a, b) => a!.Id == b!.Id && a.At == b.At && a.Text == b.Text, r => r.Id.GetHashCode(StringComparison.Ordinal));

    /// <summary>Tickets from June on, of which the first live one came in July; it is Monday 12 October.</summary>
    private async Task<ScoreLab> LiveSinceJuly(string engine)
    {
        var lab = await ScoreLab.Start(engine, server);
        foreach (var month in Quarter.Prepend(July.Previous))
        {
            await lab.Tickets("A", month, 2);
        }
        await lab.Tickets("B", July, 1, live: true);
        return lab;
    }

    private static Task Run(ScoreLab lab) => lab.Of<MonthClose>().Run(CancellationToken.None);

    private static Task<LeagueStanding> Standing(ScoreLab lab, Month month, LeagueTier tier = LeagueTier.Station) =>
        lab.Grains.GetGrain<ILeagueTableGrain>(LeagueKeys.Of(month, tier)).Standing();

    private static Task<IReadOnlyList<Reminder>> Board(ScoreLab lab) => lab.Grains.GetGrain<IReminderGrain>(IReminderGrain.Key).Open();

    private static async Task Publish(ScoreLab lab, Month month, LeagueTier tier)
    {
        var table = lab.Grains.GetGrain<ILeagueTableGrain>(LeagueKeys.Of(month, tier));
        Assert.Null((await table.ProposePublication(ScoreLab.Wang)).Rejection);
        Assert.Null((await table.ApprovePublication(ScoreLab.Li)).Rejection);
    }
}
