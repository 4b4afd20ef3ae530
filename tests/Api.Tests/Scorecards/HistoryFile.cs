using System.Globalization;
using System.Text;

namespace Hotline.Api;

/// <summary>A history file that grows row by row: tickets of stations, dispatched on the 10th and replied in time.</summary>
internal sealed class HistoryFile
{
    private readonly List<string> _rows = [];
    private int _number;

    /// <summary>So many satisfied, so many dissatisfied.</summary>
    /// <param name="unit">Code or name: an unknown one becomes a station.</param>
    public void Tickets(string unit, string month, int satisfied, int dissatisfied)
    {
        for (var i = 0; i < satisfied + dissatisfied; i++)
        {
            Add(Row(unit, month, $"{month}-12 10:00:00,{(i < satisfied ? "满意" : "不满意")}"));
        }
    }

    /// <summary>A ticket that nobody has asked about yet; its row.</summary>
    public string Unanswered(string unit, string month)
    {
        Add(Row(unit, month, ","));
        return _rows[^1];
    }

    public void Add(string row) => _rows.Add(row);

    /// <summary>Brings the rows in that were added since the last time; all must be accepted.</summary>
    public async Task Import(HotlineClient client)
    {
        var csv = "工单编号,诉求性质,标题,登记时间,承办单位,派单时间,答复时间,审核时间,回访时间,回访结果\n" + string.Join('\n', _rows) + "\n";
        var count = _rows.Count;
        _rows.Clear();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "file", "history.csv" } };
        var made = await client.Send("POST", "/api/v1/imports?kind=history", form, ("Idempotency-Key", Guid.NewGuid().ToString()));
        Assert.Equal(202, made.Status);
        for (var i = 0; i < 600; i++)
        {
            var state = await client.Get("/api/v1/imports/" + made["id"]!.GetValue<string>());
            if (state["status"]!.GetValue<string>() != "running")
            {
                Assert.True(state["status"]!.GetValue<string>() == "completed" && state["accepted"]!.GetValue<int>() == count, state.Text);
                return;
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.Fail("The import did not end.");
    }

    private string Row(string unit, string month, string answer) => string.Create(CultureInfo.InvariantCulture,
        $"{unit}-{month}-{++_number},求助,事项,{month}-10 10:00:00,{unit},{month}-10 10:00:00,{month}-11 10:00:00,{month}-11 11:00:00,{answer}");
}
