using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Hotline.Faults;

/// <summary>
/// The process is killed in the middle of each step of a month's close, publication and correction, a little later each time. Repeating the step at the next
/// start brings it to its end; at no moment is there half a revision, or one too many.
/// </summary>
public sealed class CloseKillTests
{
    private const string Table = "/api/v1/league-tables/2025-06";
    private static readonly object Nothing = new { };
    private static readonly object Reason = new { reason = "补录遗漏的工单" };

    /// <summary>From just after the request was sent to about when it is answered.</summary>
    private static int[] Delays => Settings.IsLong ? [0, 2, 5, 10, 20, 40, 80] : [3, 15];

    [Fact]
    public async Task StepKilledHalfway_IsBroughtToItsEndByARepeat_AndLeavesNoneOrOneWholeRevision()
    {
        var folder = Directory.CreateTempSubdirectory("hotline-faults-close-").FullName;
        var node = new Node("close", $"http://127.0.0.1:{Repository.FixedPorts(1)[0]}");
        await using var silo = new ServiceProcess(node.Name, Repository.Silo, folder, new Dictionary<string, string>
        {
            ["HOTLINE_DATA"] = folder,
            ["HOTLINE_POSTGRES"] = "",
            ["HOTLINE_BOOTSTRAP_KEY"] = Service.ApiKey,
            ["ASPNETCORE_URLS"] = node.Url,
        });
        silo.Start();
        await Service.UntilReady(node, TimeSpan.FromSeconds(60));
        await Import(node, 0, 600);

        await Demand("close", "周主任", Nothing, revisions: 0);
        await Demand("propose-publication", "周主任", Nothing, revisions: 0);
        await Demand("approve-publication", "高副局长", Nothing, revisions: 1);
        await Import(node, 600, 640);
        await Demand("propose-correction", "周主任", Reason, revisions: 1);
        await Demand("approve-correction", "高副局长", Nothing, revisions: 2);

        foreach (var revision in new[] { 1, 2 })
        {
            var verified = await Service.Read(node, $"{Table}/verify?tier=all&revision={revision}");
            Assert.True(verified!.Value.GetProperty("matches").GetBoolean(), verified.ToString());
        }
        await silo.DisposeAsync();
        Directory.Delete(folder, recursive: true);

        async Task Demand(string step, string actor, object body, int revisions)
        {
            var before = await Revisions(folder);
            foreach (var delay in Delays)
            {
                var sent = Service.Post(node, $"{Table}/{step}?tier=all", actor, $"{step}-{delay}", body);
                await Task.Delay(delay);
                await silo.Kill();
                await sent;
                Assert.Contains(await Revisions(folder), new[] { before, revisions });
                silo.Start();
                await Service.UntilReady(node, TimeSpan.FromSeconds(60));
                await Whole(node);
            }
            var last = await Service.Post(node, $"{Table}/{step}?tier=all", actor, $"{step}-last", body);
            Assert.True(last?.Status == 200, $"{step}: {last?.Status.ToString(CultureInfo.InvariantCulture) ?? "no answer"} {last?.Body}");
            Assert.Equal(revisions, await Revisions(folder));
        }
    }

    /// <summary>The table can be read, and each of its revisions is whole: a damaged one would be refused.</summary>
    private static async Task Whole(Node node)
    {
        Assert.NotNull(await Service.Read(node, $"{Table}?tier=all"));
        var listed = (await Service.Read(node, $"{Table}/revisions?tier=all"))!.Value.GetProperty("items").EnumerateArray().ToList();
        foreach (var revision in listed)
        {
            Assert.NotNull(await Service.Read(node, $"{Table}?tier=all&revision={revision.GetProperty("revision").GetInt32()}"));
        }
    }

    private static async Task Import(Node node, int from, int to)
    {
        var text = new StringBuilder("工单编号,诉求性质,标题,登记时间,承办单位,派单时间,答复时间,审核时间,回访时间,回访结果\n");
        for (var row = from; row < to; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"M{row},投诉,夜间施工噪声,2025-06-03 09:00:00,第{row % 8 + 1}派出所,2025-06-03 09:30:00,")
                .Append(CultureInfo.InvariantCulture, $"2025-06-03 15:00:00,2025-06-03 16:00:00,2025-06-04 10:00:00,{(row % (7 + row % 8) == 0 ? "不满意" : "满意")}\n");
        }
        var import = await Service.Upload(node, Encoding.UTF8.GetBytes(text.ToString()));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await Service.Read(node, import) is not { } view || view.GetProperty("status").GetString() == "running")
        {
            await Task.Delay(50, limit.Token);
        }
    }

    private static async Task<int> Revisions(string folder)
    {
        await using var store = new SqliteConnection($"Data Source={Path.Combine(folder, "hotline.db")};Pooling=False");
        await store.OpenAsync();
        await using var command = store.CreateCommand();
        command.CommandText = "SELECT count(*) FROM league_revision";
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
