using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using static Hotline.Storage.StoreLab;

namespace Hotline.Jobs;

/// <summary>Deadlines fire once, never early, whatever happens to the silos.</summary>
public sealed class DeadlineTests(PostgresServer server)
{
    // Triage and dispatch have 2 working hours from Monday 09:00.
    private static readonly TimeSpan TriageDue = TimeSpan.FromHours(2);

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Deadline_FiresOnce_AndNotAMillisecondEarly(string engine)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        await lab.Register("A1");

        lab.Clock.Advance(TriageDue - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await lab.Sweep());
        lab.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await lab.Sweep());
        Assert.Equal(0, await lab.Sweep());

        Assert.Equal([("triage", "red", lab.Clock.GetUtcNow())], await lab.Alarms("A1"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task DeadlineMetInTime_NeverFires(string engine)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        await lab.Register("A1");
        lab.Clock.Advance(TriageDue);
        await lab.Do("A1", new Dispatch("DG"));

        Assert.Equal(0, await lab.Sweep());
        await lab.Do("A1", new Accept(), ClusterLab.Handler);
        await lab.Do("A1", new Contact(Channel.Phone, true), ClusterLab.Handler);
        lab.Clock.Advance(TimeSpan.FromDays(30));
        await lab.Sweep();

        Assert.Equal(["yellow", "red", "escalated"], (await lab.Alarms("A1")).Where(a => a.Clock == "reply").Select(a => a.Level));
        Assert.All(await lab.Alarms("A1"), a => Assert.Equal("reply", a.Clock));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Restart_KeepsTicketsAndWhatIsDue(string engine)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        var registered = (await lab.Register("A1")).Value!;

        await lab.Restart();
        lab.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(registered.Version, (await lab.Ticket("A1").Read(ClusterLab.Centre)).Value!.Version);
        Assert.True(await lab.Sweep() > 0);
        Assert.Equal(0, await lab.Sweep());
        await lab.Restart();
        Assert.Equal(0, await lab.Sweep());
        Assert.Equal(["red"], (await lab.Alarms("A1")).Select(a => a.Level));
    }

    [Fact]
    public async Task SiloKilled_TheOthersFireItsShareOnce()
    {
        await using var lab = await ClusterLab.Start(PostgreSql, server, silos: 3);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => lab.Register($"K{i}")));
        lab.Clock.Advance(TriageDue);
        var before = lab.Sweep(2);
        await lab.Cluster.KillSiloAsync(lab.Cluster.Silos[2]);
        await Record.ExceptionAsync(() => before);

        // Left lying for 5 s: anybody's.
        lab.Clock.Advance(TimeSpan.FromSeconds(5));
        for (var i = 0; i < 50 && await Due(lab) > 0; i++)
        {
            await Task.WhenAll(lab.Sweep(0), lab.Sweep(1));
            lab.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(0, await Due(lab));
        Assert.Equal(60, await lab.Scalar<long>("SELECT count(*) FROM ticket_event WHERE type = 'alarmFired'"));
        Assert.Equal(60, await lab.Scalar<long>("SELECT count(DISTINCT ticket_id) FROM ticket_event WHERE type = 'alarmFired'"));
    }

    [Fact]
    public async Task Silos_SweepTheirOwnShareFirst_AndOthersAfterFiveSeconds()
    {
        await using var lab = await ClusterLab.Start(PostgreSql, server, silos: 2);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => lab.Register($"S{i}")));
        lab.Clock.Advance(TriageDue);

        var mine = await lab.Sweep(0);
        Assert.InRange(mine, 1, 39);
        lab.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(40 - mine, await lab.Sweep(0));
    }

    [Fact]
    public async Task SeveralSweepsAtOnce_FireEachDeadlineOnce()
    {
        await using var lab = await ClusterLab.Start(PostgreSql, server, silos: 2);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => lab.Register($"M{i}")));
        lab.Clock.Advance(TriageDue + TimeSpan.FromSeconds(5));

        await Task.WhenAll(lab.Sweep(0), lab.Sweep(1));

        Assert.Equal(300, await lab.Scalar<long>("SELECT count(*) FROM ticket_event WHERE type = 'alarmFired'"));
        Assert.Equal(0, await Due(lab));
    }

    [Fact]
    public async Task TicketThatCannotSave_WaitsLongerEachTime_WhileOthersFire()
    {
        await using var lab = await ClusterLab.Start(Sqlite, server);
        await lab.Register("A1");
        await lab.Register("A2");
        lab.Clock.Advance(TriageDue);
        await lab.Execute($"CREATE TRIGGER refuse BEFORE INSERT ON ticket_event WHEN NEW.ticket_id = '{TicketIdentity.KeyOf("12345", "A1")}' "
            + "BEGIN SELECT RAISE(ABORT, 'refused'); END");

        Assert.Equal(1, await lab.Sweep());
        await lab.Execute("DROP TRIGGER refuse");
        Assert.Equal(0, await lab.Sweep());
        lab.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, await lab.Sweep());
        Assert.Single(await lab.Alarms("A1"));
        Assert.Single(await lab.Alarms("A2"));
    }

    private static Task<long> Due(ClusterLab lab) =>
        lab.Scalar<long>("SELECT count(*) FROM ticket_index WHERE next_alarm_at <= @now", new { now = lab.Clock.GetUtcNow().ToUnixTimeMilliseconds() });
}
