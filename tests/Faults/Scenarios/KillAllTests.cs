namespace Hotline.Faults;

/// <summary>F2. Every process dies at once, the database included; the gateway stays and finds the cluster again.</summary>
[Collection(nameof(ClusterLab))]
public sealed class KillAllTests(ClusterLab lab)
{
    [Fact]
    public async Task KilledClusterAndDatabase_ComeBackWithEverythingAcknowledged()
    {
        await lab.Heal();
        var report = new Report("kill-all");
        await using var load = await Load.Start("kill-all", lab.Everywhere);
        for (var round = 0; round < (Settings.IsLong ? 3 : 1); round++)
        {
            await Task.Delay(Settings.Span(4, 20));
            await Task.WhenAll([.. lab.Silos.Select(s => s.Kill()), lab.Postgres.StopAtOnce()]);
            await Task.Delay(Settings.Span(1, 5));

            var restart = await lab.Heal();

            Assert.True(lab.Gateway.IsRunning);
            Assert.InRange(restart, TimeSpan.Zero, Settings.Bound(15));
            report.Add($"restartSeconds{round}", restart.TotalSeconds);
            await Task.Delay(Settings.Span(3, 10));
        }
        await Verdict.Demand(load, report, lab.Postgres.Connection(), lab.Everywhere);
    }
}
