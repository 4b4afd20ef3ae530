using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Hotline.Faults;

/// <summary>A history file is on its way into the store when the process is killed: the import goes on at the next start, and every row counts once.</summary>
public sealed class ImportKillTests
{
    private const int Rows = 6_000;

    [Fact]
    public async Task KilledImport_GoesOnAtTheNextStart_AndDoublesNoRow()
    {
        var folder = Directory.CreateTempSubdirectory("hotline-faults-import-").FullName;
        var node = new Node("import", $"http://127.0.0.1:{Repository.FixedPorts(1)[0]}");
        await using var silo = new ServiceProcess(node.Name, Repository.Silo, folder, new Dictionary<string, string>
        {
            ["HOTLINE_DATA"] = folder,
            ["HOTLINE_POSTGRES"] = "",
            ["HOTLINE_BOOTSTRAP_KEY"] = Service.ApiKey,
            ["ASPNETCORE_URLS"] = node.Url,
        });
        silo.Start();
        await Service.UntilReady(node, TimeSpan.FromSeconds(60));
        var import = await Service.Upload(node, HistoryFile());
        await Until(node, import, view => view.GetProperty("rows").GetInt32() >= 500);

        await silo.Kill();
        var stored = await Count(folder, "SELECT count(*) FROM ticket_index");
        silo.Start();
        await Service.UntilReady(node, TimeSpan.FromSeconds(60));
        var ended = await Until(node, import, view => view.GetProperty("status").GetString() != "running");

        Assert.InRange(stored, 500, Rows - 1);
        Assert.Equal(("completed", Rows, 0),
            (ended.GetProperty("status").GetString(), ended.GetProperty("accepted").GetInt32(), ended.GetProperty("rejected").GetInt32()));
        await silo.DisposeAsync();
        Assert.Equal(Rows, await Count(folder, "SELECT count(*) FROM ticket_index"));
        Assert.All(["registered", "dispatched", "replied", "replyApproved", "calledBack"], type => Assert.Equal((Rows, Rows), (
            Count(folder, $"SELECT count(*) FROM ticket_event WHERE type = '{type}'").Result,
            Count(folder, $"SELECT count(DISTINCT ticket_id) FROM ticket_event WHERE type = '{type}'").Result)));
        Directory.Delete(folder, recursive: true);
    }

    private static byte[] HistoryFile()
    {
        var text = new StringBuilder("工单编号,诉求性质,标题,登记时间,承办单位,派单时间,答复时间,审核时间,回访时间,回访结果\n");
        for (var row = 0; row < Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"K{row},投诉,夜间施工噪声,2025-06-03 09:00:00,第{row % 14 + 1}派出所,2025-06-03 09:30:00,")
                .Append("2025-06-03 15:00:00,2025-06-03 16:00:00,2025-06-04 10:00:00,满意\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task<JsonElement> Until(Node node, string import, Func<JsonElement, bool> reached)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (await Service.Read(node, import) is { } view && reached(view))
            {
                return view;
            }
            await Task.Delay(50, limit.Token);
        }
    }

    private static async Task<int> Count(string folder, string query)
    {
        await using var store = new SqliteConnection($"Data Source={Path.Combine(folder, "hotline.db")};Pooling=False");
        await store.OpenAsync();
        await using var command = store.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
