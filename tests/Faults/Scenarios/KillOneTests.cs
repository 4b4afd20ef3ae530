namespace Hotline.Faults;

/// <summary>F1. One of three silos is killed under load.</summary>
[Collection(nameof(ClusterLab))]
public sealed class KillOneTests(ClusterLab lab)
{
    [Fact]
    public async Task KilledSilo_LosesNothing_AndItsTicketsAreServedByTheOthers()
    {
        await lab.Heal();
        var report = new Report("kill-one");
        await using var load = await Load.Start("kill-one", lab.Everywhere);
        await Task.Delay(Settings.Span(4, 20));
        for (var round = 0; round < (Settings.IsLong ? 5 : 1); round++)
        {
            var victim = (Settings.Seed + round) % lab.Silos.Count;
            IReadOnlyList<Node> living = [.. lab.Everywhere.Where((_, i) => i != victim)];
            var killed = load.Recorder.Now;
            await lab.Silos[victim].Kill();
            await Task.Delay(Settings.Span(8, 20));

            var (attempts, before) = (load.Recorder.Attempts, load.Recorder.Now);
            var window = Window.Started(killed, attempts, living, before);
            report.Add($"errorWindowSeconds{round}", window.TotalSeconds).Add($"errors{round}", Window.Errors(killed, attempts, living, before));
            var everything = await FinalRead.Run(lab.Postgres.Connection(), load.Source, living);
            Assert.DoesNotContain(everything.Tickets, t => t.ServedStatus == FinalRead.Nothing);
            Assert.InRange(window, TimeSpan.Zero, Settings.Bound(3));
            report.Add($"restartSeconds{round}", (await lab.Heal()).TotalSeconds);
            await Task.Delay(Settings.Span(3, 10));
        }
        await Verdict.Demand(load, report, lab.Postgres.Connection(), lab.Everywhere);
    }
}
