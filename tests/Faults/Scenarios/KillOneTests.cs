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
        var windows = new List<double>();
        for (var round = 0; round < (Settings.IsLong ? 5 : 1); round++)
        {
            var victim = (Settings.Seed + round) % lab.Silos.Count;
            IReadOnlyList<Node> living = [.. lab.Everywhere.Where((_, i) => i != victim)];
            var killed = load.Recorder.Now;
            await lab.Silos[victim].Kill();
            await Task.Delay(Settings.Span(8, 20));
            var (attempts, before) = (load.Recorder.Attempts, load.Recorder.Now);
            var everything = await FinalRead.Run(lab.Postgres.Connection(), load.Source, living);
            Assert.DoesNotContain(everything.Tickets, t => t.ServedStatus == "nothing");
            windows.Add(Window.Started(killed, attempts, living, before).TotalSeconds);
            report.Add($"errorWindowSeconds{round}", windows[^1]).Add($"lastErrorEnded{round}", Window.After(killed, attempts, living, before).TotalSeconds)
                .Add($"errors{round}", Window.Errors(killed, attempts, living, before))
                .Add($"restartSeconds{round}", (await lab.Heal()).TotalSeconds);
            await Task.Delay(Settings.Span(3, 10));
        }
        var all = await load.Stop();
        var state = await FinalRead.Run(lab.Postgres.Connection(), load.Source, lab.Everywhere);
        report.Add(all).Add("tickets", state.Tickets.Count).Write();

        Assert.Empty(HistoryCheck.Run(all, state));
        Assert.Equal(0, await FinalRead.Torn(lab.Postgres.Connection()));
        Assert.All(windows, w => Assert.InRange(w, 0, Settings.Bound(3).TotalSeconds));
    }
}
