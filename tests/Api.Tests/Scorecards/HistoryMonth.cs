using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>A past month of brigades that exist in no other month, brought in by a history file: 求助 dispatched on a Wednesday, due three working days
/// later, on the next Monday at 17:30.</summary>
internal sealed class HistoryMonth(HotlineApp app, int year)
{
    private readonly StringBuilder _rows = new("工单编号,诉求性质,标题,登记时间,承办单位,派单时间,答复时间,审核时间,回访时间,回访结果,剔除原因\n");
    private int _count;

    /// <summary>May: the 8th is the Wednesday in 2019.</summary>
    public string Month => $"{year}-05";

    public async Task Unit(string code)
    {
        var body = new JsonObject { ["name"] = code + "大队", ["tier"] = "brigade", ["activeFrom"] = $"{Month}-01", ["activeTo"] = $"{Month}-31" };
        Assert.Contains((await app.Client.Put("/api/v1/units/" + Uri.EscapeDataString(code), body)).Status, new[] { 200, 201 });
    }

    /// <summary>Adds tickets that are alike; answers the last one's number.</summary>
    /// <param name="late">Replied two hours late.</param>
    public string Tickets(string unit, int count, string result = "满意", bool late = false, string excluded = "")
    {
        var number = "";
        for (var i = 0; i < count; i++)
        {
            number = string.Create(CultureInfo.InvariantCulture, $"{year}-{++_count:000}");
            var (replied, reviewed, called) = late ? ("13 19:30:00", "13 20:00:00", "14 10:00:00") : ("09 10:00:00", "09 10:30:00", "10 10:00:00");
            _rows.Append(CultureInfo.InvariantCulture,
                $"{number},求助,标题{number},{Month}-08 08:55:00,{unit},{Month}-08 09:00:00,{Month}-{replied},{Month}-{reviewed},{Month}-{called},{result},{excluded}\n");
        }
        return number;
    }

    public async Task Import()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(_rows.ToString())), "file", "history.csv" } };
        var sent = await app.Client.Send("POST", "/api/v1/imports?kind=history", form, ("Idempotency-Key", Guid.NewGuid().ToString()));
        Assert.Equal(202, sent.Status);
        var address = "/api/v1/imports/" + sent["id"]!.GetValue<string>();
        for (var tries = 0; tries < 300; tries++)
        {
            var state = await app.Client.Get(address);
            if (state["status"]!.GetValue<string>() != "running")
            {
                Assert.Equal(("completed", _count, "[]"), (state["status"]!.GetValue<string>(), state["accepted"]!.GetValue<int>(), state["errors"]!.ToJsonString()));
                return;
            }
            await Task.Delay(100);
        }
        Assert.Fail("The import did not end.");
    }

    public async Task Publish()
    {
        await Step("close", "王主任");
        await Step("propose-publication", "王主任");
        await Step("approve-publication", "李局长");
    }

    public async Task Correct(string reason)
    {
        await Step("propose-correction", "王主任", new() { ["reason"] = reason });
        await Step("approve-correction", "李局长");
    }

    public Task<HotlineAnswer> Explain(string unit, string more = "") =>
        app.Client.Get($"/api/v1/league-tables/{Month}/units/{Uri.EscapeDataString(unit)}/explain?tier=brigade{more}");

    public Task<HotlineAnswer> Table() => app.Client.Get($"/api/v1/league-tables/{Month}?tier=brigade&detail=full");

    public async Task<string> IdOf(string number) => (await app.Client.Get("/api/v1/tickets?externalNo=" + number))["items"]![0]!["id"]!.GetValue<string>();

    public static (string Name, string Value) ActingFor(string person) => ("X-Acting-For", Uri.EscapeDataString(person));

    private async Task Step(string step, string person, JsonObject? body = null)
    {
        var done = await app.Client.Post($"/api/v1/league-tables/{Month}/{step}?tier=brigade", body ?? [], ActingFor(person));
        Assert.True(done.Status == 200, done.Text);
    }
}
