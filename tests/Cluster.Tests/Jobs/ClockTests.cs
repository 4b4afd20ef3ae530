using System.Reflection;
using Hotline.Imports;
using Hotline.Notices;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Silo;
using Hotline.Storage;
using Hotline.Tickets;
using Hotline.Units;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static Hotline.Storage.StoreLab;

namespace Hotline.Jobs;

/// <summary>A silo whose clock is more than a second off the database's gives no command and fires nothing.</summary>
public sealed class ClockTests(PostgresServer server) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hotline-clock-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1001), InlineData(-1001)]
    public async Task SkewedSilo_RefusesCommands_AndFiresNothing(int milliseconds)
    {
        await using var lab = await ClusterLab.Start(Sqlite, server);
        await lab.Register("A1");
        await lab.Register("P1");
        lab.Clock.Advance(TimeSpan.FromDays(1));
        lab.Of<ClockGuard>().Report(TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal("clock.skewed", (await lab.Register("A2")).Rejection!.Code);
        Assert.Equal("clock.skewed", (await lab.Ticket("A1").Execute(new Annotate("备注"), new(ClusterLab.Centre))).Rejection!.Code);
        Assert.Equal("clock.skewed", (await lab.Ticket("P1").JoinChild(new("T-x", null, null, null, null), ClusterLab.Centre))!.Code);
        Assert.Equal(0, await lab.Sweep());
        Assert.Equal(0, await lab.Ticket("A1").FireAlarms());
        Assert.Equal("triage", await lab.Scalar<string>("SELECT status FROM ticket_index WHERE external_no = 'A1'"));
        Assert.Equal(2, await lab.Scalar<long>("SELECT count(*) FROM ticket_event"));

        lab.Of<ClockGuard>().Report(TimeSpan.FromMilliseconds(Math.Sign(milliseconds) * 1000));
        Assert.True((await lab.Register("A2")).IsDone);
        lab.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, await lab.Sweep());
    }

    [Fact]
    public async Task ClockAhead_FiresNoAlarmBeforeTheDatabasesClockSaysSo()
    {
        await using var lab = await ClusterLab.Start(Sqlite, server);
        await lab.Register("A1");
        lab.Of<ClockGuard>().Report(TimeSpan.FromMilliseconds(800));
        lab.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromMilliseconds(799));

        Assert.Equal(0, await lab.Sweep());
        lab.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await lab.Sweep());
    }

    [Fact]
    public async Task Pulse_ComparesWithTheDatabasesClock()
    {
        await using var lab = await ClusterLab.Start(PostgreSql, server);
        var guard = lab.Of<ClockGuard>();
        // The lab's clock stands in October 2026, the server's does not.
        var pulse = new Pulse(lab.Of<Database>(), guard, lab.Of<AlarmSweep>(), lab.Clock, new("", "", null, null), NullLogger<Pulse>.Instance);
        Assert.Null(guard.Refusal);

        await pulse.Beat(CancellationToken.None);

        Assert.Equal("clock.skewed", guard.Refusal!.Code);
        Assert.Equal("clock.skewed", (await lab.Register("A1")).Rejection!.Code);
    }

    [Fact]
    public void WallClockSetBetweenTwoComparisons_IsNoticedAtOnce()
    {
        var clock = new SteppedClock();
        var guard = new ClockGuard(clock);
        guard.Report(TimeSpan.Zero);
        clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Null(guard.Refusal);

        clock.Set(TimeSpan.FromSeconds(-1.5));
        Assert.Equal("clock.skewed", guard.Refusal!.Code);
        clock.Set(TimeSpan.FromSeconds(1.5));
        Assert.Null(guard.Refusal);
    }

    /// <summary>P15 and its like: whatever changes a record is refused, whichever grain it is; reads go on.</summary>
    [Fact]
    public async Task SkewedSilo_RefusesEveryCallThatIsNotARead()
    {
        await using var lab = await ClusterLab.Start(Sqlite, server, more: s => s.AddScorecards().AddNotices().AddImports(_folder));
        lab.Of<ClockGuard>().Report(TimeSpan.FromDays(20));
        var refused = 0;
        foreach (var (grain, method) in Calls)
        {
            var proxy = (IGrain)GrainOf.MakeGenericMethod(grain).Invoke(null, [lab.Grains])!;
            if (method.IsDefined(typeof(ReadsAttribute)) || grain.IsDefined(typeof(ReadsAttribute)))
            {
                continue;
            }

            var answer = (Task)method.Invoke(proxy, method.GetParameters().Select(p => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null).ToArray())!;
            var told = await Told(answer);
            Assert.True(told is "clock.skewed" or "0", $"{grain.Name}.{method.Name}: {told}");
            refused++;
        }
        Assert.InRange(refused, 40, 200);
        Assert.NotNull(await lab.Of<UnitDirectory>().Resolve("DG"));
        Assert.Null((await lab.Grains.GetGrain<ILeagueTableGrain>(LeagueKeys.Of(new(2026, 10), LeagueTier.Station)).Standing()).ClosedAt);
    }

    private static MethodInfo GrainOf { get; } = typeof(ClockTests).GetMethod(nameof(Grain), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static IEnumerable<(Type Grain, MethodInfo Method)> Calls => typeof(ITicketGrain).Assembly.GetTypes()
        .Where(t => t.IsInterface && typeof(IGrainWithStringKey).IsAssignableFrom(t)).SelectMany(t => t.GetMethods().Select(m => (t, m)));

    private static TGrain Grain<TGrain>(IGrainFactory grains) where TGrain : IGrainWithStringKey => grains.GetGrain<TGrain>("L-2026-10-station");

    private static async Task<string?> Told(Task call)
    {
        try
        {
            await call;
        }
        catch (StorageUnavailableException refused)
        {
            return refused.Message;
        }

        var value = call.GetType().GetProperty("Result")?.GetValue(call);
        return value as Rejection is { } rejection ? rejection.Code
            : (value?.GetType().GetProperty("Rejection")?.GetValue(value) as Rejection)?.Code ?? value?.ToString();
    }

    /// <summary>P16: on a SQLite store the wall clock jumps, no time having passed for the machine.</summary>
    [Fact]
    public async Task WallClockThatJumps_OnSqlite_HoldsAlarmsAndCloses_UntilItIsConfirmed()
    {
        var clock = new SteppedClock();
        await using var lab = await ClusterLab.Start(Sqlite, server, more: s => s.AddScorecards().AddSingleton<TimeProvider>(clock));
        var (guard, october) = (lab.Of<ClockGuard>(), lab.Grains.GetGrain<ILeagueTableGrain>(LeagueKeys.Of(new(2026, 10), LeagueTier.Station)));
        guard.WatchAlone();
        await lab.Register("J1");
        clock.Set(TimeSpan.FromDays(20));

        Assert.Equal("clock.jumped", guard.Held!.Code);
        Assert.Equal((0, 0), (await lab.Sweep(), await lab.Ticket("J1").FireAlarms()));
        await lab.Of<MonthClose>().Run(CancellationToken.None);
        Assert.Equal("clock.jumped", (await october.Close(ScoreLab.Wang)).Rejection!.Code);
        Assert.Null((await october.Standing()).ClosedAt);
        Assert.True((await lab.Ticket("J1").Execute(new Annotate("照常办理"), new(ClusterLab.Centre))).IsDone);

        guard.Confirm();
        Assert.True(await lab.Sweep() > 0);
        Assert.True((await october.Close(ScoreLab.Wang)).IsDone);
    }

    /// <summary>Wall clock and monotonic clock apart.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private DateTimeOffset _wall = new(2026, 10, 12, 1, 0, 0, TimeSpan.Zero);
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _wall;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan span) => (_wall, _ticks) = (_wall + span, _ticks + span.Ticks);

        public void Set(TimeSpan by) => _wall += by;
    }
}
