using System.Globalization;
using System.Text;

namespace Hotline.Faults;

/// <summary>A history file is on its way into the store when the process is killed: the import goes on at the next start, and every row counts once.</summary>
public sealed class ImportKillTests
{
    private const int Rows = 6_000;

    [Fact]
    public async Task KilledImport_GoesOnAtTheNextStart_AndDoublesNoRow()
    {
        await using var silo = await SqliteSilo.Start("import");
        var import = await Service.Upload(silo.Node, HistoryFile());
        await silo.Until(import, view => view.GetProperty("rows").GetInt32() >= 500);

        await silo.Kill();
        var stored = await silo.Count("SELECT count(*) FROM ticket_index");
        await silo.Start();
        var ended = await silo.Until(import, view => view.GetProperty("status").GetString() != "running");

        Assert.InRange(stored, 500, Rows - 1);
        Assert.Equal(("completed", Rows, 0),
            (ended.GetProperty("status").GetString(), ended.GetProperty("accepted").GetInt32(), ended.GetProperty("rejected").GetInt32()));
        await silo.DisposeAsync();
        Assert.Equal(Rows, await silo.Count("SELECT count(*) FROM ticket_index"));
        Assert.All(["registered", "dispatched", "replied", "replyApproved", "calledBack"], type => Assert.Equal((Rows, Rows), (
            silo.Count($"SELECT count(*) FROM ticket_event WHERE type = '{type}'").Result,
            silo.Count($"SELECT count(DISTINCT ticket_id) FROM ticket_event WHERE type = '{type}'").Result)));
        await silo.Remove();
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
}
