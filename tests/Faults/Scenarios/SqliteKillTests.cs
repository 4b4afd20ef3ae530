using System.Diagnostics;

namespace Hotline.Faults;

/// <summary>F2 on SQLite: the one process of a small branch is killed in the middle of its work.</summary>
public sealed class SqliteKillTests
{
    [Fact]
    public async Task KilledSilo_ComesBackWithEverythingAcknowledged()
    {
        var folder = Directory.CreateTempSubdirectory("hotline-faults-sqlite-").FullName;
        var node = new Node("sqlite", $"http://127.0.0.1:{Repository.FixedPorts(1)[0]}");
        await using var silo = new ServiceProcess(node.Name, Repository.Silo, folder, new Dictionary<string, string>
        {
            ["HOTLINE_DATA"] = folder,
            ["HOTLINE_POSTGRES"] = "",
            ["HOTLINE_BOOTSTRAP_KEY"] = Service.ApiKey,
            ["ASPNETCORE_URLS"] = node.Url,
        });
        silo.Start();
        await Service.UntilReady(node, TimeSpan.FromSeconds(60));
        await Service.PutUnit(node, "DG", "东关派出所");
        var report = new Report("sqlite-kill");
        await using var load = await Load.Start("sqlite-kill", [node]);
        for (var round = 0; round < (Settings.IsLong ? 10 : 2); round++)
        {
            await Task.Delay(Settings.Span(3, 15));
            await silo.Kill();
            var since = Stopwatch.GetTimestamp();
            silo.Start();
            await Service.UntilReady(node, TimeSpan.FromSeconds(60));
            report.Add($"restartSeconds{round}", Stopwatch.GetElapsedTime(since).TotalSeconds);
        }
        await Task.Delay(Settings.Span(2, 5));

        await Verdict.Demand(load, report, Path.Combine(folder, "hotline.db"), [node]);
        await silo.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
