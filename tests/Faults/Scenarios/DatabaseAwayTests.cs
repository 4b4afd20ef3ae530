namespace Hotline.Faults;

/// <summary>F6. PostgreSQL goes away under load and comes back; the silos stay.</summary>
[Collection(nameof(ClusterLab))]
public sealed class DatabaseAwayTests(ClusterLab lab)
{
    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task WithoutItsDatabase_TheServiceRefusesHonestly_AndWorksAgainWhenItIsBack(string mode)
    {
        await lab.Heal();
        var scenario = "database-away-" + mode;
        var report = new Report(scenario);
        await using var load = await Load.Start(scenario, lab.Everywhere);
        await Task.Delay(Settings.Span(3, 20));

        await (mode == "fast" ? lab.Postgres.StopFast() : lab.Postgres.StopAtOnce());
        var gone = load.Recorder.Now;
        await Task.Delay(Settings.Span(5, 20));
        var back = load.Recorder.Now;
        await lab.Postgres.Start();
        var up = load.Recorder.Now;
        await Task.Delay(Settings.Span(8, 20));

        var attempts = load.Recorder.Attempts;
        var during = attempts.Where(a => a.StartedAt >= gone && a.EndedAt <= back).ToList();
        // An answer that needed no writing may still come; nothing new can be acknowledged.
        Assert.DoesNotContain(during, a => a is { Outcome: Outcome.Done, Replayed: false, Version: > 0 } && a.Command != "register");
        Assert.All(during.Where(a => a.Status != 0), a => Assert.Equal(503, a.Status));
        Assert.Contains(during, a => a.Status == 503);
        Assert.All(lab.Silos, s => Assert.True(s.IsRunning, s.Name + " ended with its database"));
        var first = attempts.Where(a => a.Outcome == Outcome.Done && a.EndedAt > up).Min(a => a.EndedAt) - up;
        var window = Window.Started(up, attempts, lab.Everywhere);
        report.Add("firstSuccessSeconds", first / 1000.0).Add("lastErrorStartedSeconds", window.TotalSeconds)
            .Add("slowestRefusalMs", during.Where(a => a.Status == 503).Max(a => a.EndedAt - a.StartedAt));
        Assert.InRange(window, TimeSpan.Zero, Settings.Bound(3));
        await Verdict.Demand(load, report, lab.Postgres.Connection(), lab.Everywhere);
    }
}
