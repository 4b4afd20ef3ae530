using System.Diagnostics;

namespace Hotline.Faults;

/// <summary>F5. A silo is frozen, declared dead by the others, and thawed: it must not go on as if nothing had happened.</summary>
[Collection(nameof(ClusterLab))]
public sealed class ZombieTests(ClusterLab lab)
{
    /// <summary>Eight callers, each with at most two requests that the frozen silo had taken and not answered, an event or two each. What it writes of them when it
    /// thaws is decided on the stored version like every write: the verdict below shows that nothing is lost or doubled by it.</summary>
    private const int InHand = 32;

    [Fact]
    public async Task FrozenSilo_IsEvicted_WritesAtMostWhatItHadInHand_AndEndsItself()
    {
        await lab.Heal();
        var database = lab.Postgres.Connection();
        await WriterLog.Install(database);
        var victim = Settings.Seed % lab.Silos.Count;
        var (zombie, node) = (lab.Silos[victim], lab.Nodes[victim]);
        IReadOnlyList<Node> living = [.. lab.Everywhere.Where(n => n != node)];
        var report = new Report("zombie");
        await using var load = await Load.Start("zombie", lab.Everywhere);
        await Task.Delay(Settings.Span(4, 15));

        var frozen = load.Recorder.Now;
        zombie.Freeze();
        var dead = await Evicted(lab.SiloPort(victim), database, Settings.Span(60, 60));
        report.Add("evictedAfterSeconds", (load.Recorder.Now - frozen) / 1000.0);
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, 20_000 - (load.Recorder.Now - frozen))));
        var window = Window.Started(frozen, load.Recorder.Attempts, living, load.Recorder.Now);
        var thawed = Stopwatch.GetTimestamp();
        zombie.Thaw();
        await zombie.Ended(Settings.Bound(10));
        report.Add("errorWindowSeconds", window.TotalSeconds).Add("endedAfterThawSeconds", Stopwatch.GetElapsedTime(thawed).TotalSeconds)
            .Add("exitCode", zombie.ExitCode).Add("eventsWrittenAfterEviction", await WriterLog.WrittenAfter(database, zombie.Name, dead));

        Assert.NotEqual(0, zombie.ExitCode);
        Assert.InRange(await WriterLog.WrittenAfter(database, zombie.Name, dead), 0, InHand);
        Assert.InRange(window, TimeSpan.Zero, Settings.Bound(15));
        report.Add("restartSeconds", (await lab.Heal()).TotalSeconds);
        await WriterLog.Remove(database);
        await Verdict.Demand(load, report, database, lab.Everywhere);
    }

    private static async Task<DateTime> Evicted(int siloPort, string database, TimeSpan patience)
    {
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < patience)
        {
            if (await WriterLog.DeclaredDead(database, siloPort) is { } dead)
            {
                return dead;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException($"The frozen silo was not declared dead within {patience}.");
    }
}
