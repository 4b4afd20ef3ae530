using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Hotline.Faults;

/// <summary>The machine is lost; what was saved while people worked goes on in another place.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hotline-faults-backup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task BackupUnderLoad_RestoredElsewhere_GoesOn_AndReadersOfTheFeedAreTold()
    {
        await using var silo = await SqliteSilo.Start("saved");
        await Service.PutUnit(silo.Node, "DG", "东关派出所");
        var (backup, elsewhere) = (Path.Combine(_folder, "backup"), Path.Combine(_folder, "elsewhere"));
        await using (await Load.Start("backup", [silo.Node]))
        {
            await Task.Delay(Settings.Span(2, 10));
            var saved = await Verb(silo.Folder, "backup", backup);
            Assert.True(saved.ExitCode == 0 && saved.Output.Contains("Verified", StringComparison.Ordinal), saved.Output);
            await Task.Delay(Settings.Span(1, 5));
        }
        var cursor = (await Events(silo.Node, null)).Body.GetProperty("nextCursor").GetString()!;
        var refused = await Verb(silo.Folder, "restore", backup);
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal("restore.not-empty", refused.Output.Trim().Split('\n')[^1].Split(':')[0]);
        await silo.Kill();

        var restored = await Verb(elsewhere, "restore", backup);
        Assert.True(restored.ExitCode == 0, restored.Output);
        await using var next = await SqliteSilo.Start("restored", elsewhere);
        var events = await next.Count("SELECT count(*) FROM ticket_event");
        Assert.True(events > 50, $"{events} events");
        Assert.Equal((HttpStatusCode.Gone, "feed.restored"), await Refusal(next.Node, cursor));
        await Service.PutUnit(next.Node, "XG", "西关派出所");
        Assert.InRange(await Delivered(next.Node), events, int.MaxValue);
        await next.DisposeAsync();
        await silo.Remove();
    }

    [Fact]
    public async Task WhatFails_IsOneLine()
    {
        File.WriteAllText(Path.Combine(_folder, "backup.json"), "{\"schema\":1");

        foreach (var (verb, folder, code) in new[] { ("backup", "x", "backup.no-store"), ("restore", _folder, "backup.damaged"), ("restore", "/proc/none", "restore.no-backup") })
        {
            var ended = await Verb(Path.Combine(_folder, "none"), verb, folder);

            Assert.Equal(2, ended.ExitCode);
            Assert.StartsWith(code + ": ", Assert.Single(ended.Output.Trim().Split('\n')), StringComparison.Ordinal);
        }
    }

    private static async Task<(int ExitCode, string Output)> Verb(string data, string verb, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Silo, verb, folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["HOTLINE_DATA"], start.Environment["HOTLINE_POSTGRES"]) = (data, "");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static async Task<int> Delivered(Node node)
    {
        var (delivered, cursor, more) = (0, (string?)null, true);
        while (more)
        {
            var (_, page) = await Events(node, cursor);
            (cursor, more) = (page.GetProperty("nextCursor").GetString(), page.GetProperty("items").GetArrayLength() > 0);
            delivered += page.GetProperty("items").GetArrayLength();
        }
        return delivered;
    }

    private static async Task<(HttpStatusCode Status, string? Code)> Refusal(Node node, string cursor)
    {
        var (status, body) = await Events(node, cursor);
        return (status, body.GetProperty("code").GetString());
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Events(Node node, string? after)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", Service.ApiKey);
        using var response = await http.GetAsync($"{node.Url}/api/v1/events?limit=200&after={after}");
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
