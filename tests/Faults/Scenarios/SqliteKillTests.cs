using System.Diagnostics;

namespace Hotline.Faults;

/// <summary>F2 on SQLite: the one process of a small branch is killed in the middle of its work.</summary>
public sealed class SqliteKillTests
{
    [Fact]
    public async Task KilledSilo_ComesBackWithEverythingAcknowledged()
    {
        await using var silo = await SqliteSilo.Start("sqlite");
        await Service.PutUnit(silo.Node, "DG", "东关派出所");
        var report = new Report("sqlite-kill");
        await using var load = await Load.Start("sqlite-kill", [silo.Node]);
        for (var round = 0; round < (Settings.IsLong ? 10 : 2); round++)
        {
            await Task.Delay(Settings.Span(3, 15));
            await silo.Kill();
            var since = Stopwatch.GetTimestamp();
            await silo.Start();
            report.Add($"restartSeconds{round}", Stopwatch.GetElapsedTime(since).TotalSeconds);
        }
        await Task.Delay(Settings.Span(2, 5));

        await Verdict.Demand(load, report, silo.File, [silo.Node]);
        await silo.Remove();
    }
}
