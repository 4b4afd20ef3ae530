using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>通报与评优 as people use them over HTTP: drafted at publication, issued and withdrawn, lists proposed and vetoed.</summary>
public sealed class NoticeStoryTests(HotlineApp app)
{
    private static readonly string[] Codes = ["甲", "乙", "丙", "丁", "戊", "己", "庚"];

    [Fact]
    public async Task PublishedMonth_DraftsNotices_ThatPeopleEditIssueAndWithdraw_AndACorrectionLiftsTheGround()
    {
        var month = await Publish(2024);
        var listed = (await app.Client.Get($"/api/v1/notices?month={month.Month}&includeTotal=true")).Body;
        Assert.Equal(["commend 甲2024", "criticise 庚2024"], Named(listed));
        Assert.Equal(2, listed["total"]!.GetValue<int>());
        Assert.Single((await app.Client.Get($"/api/v1/notices?month={month.Month}&kind=criticise&unit=庚2024&status=drafted"))["items"]!.AsArray());

        var address = "/api/v1/notices/" + listed["items"]!.AsArray().Single(n => Kind(n!) == "criticise")!["id"]!.GetValue<string>();
        var drafted = await app.Client.Get(address);
        Assert.Equal(("\"1\"", "drafted", "system"), (drafted.Headers["ETag"], Status(drafted), drafted["steps"]![0]!["actor"]!.GetValue<string>()));
        Assert.Equal(200, (await app.Client.Get(drafted["evidence"]!["table"]!.GetValue<string>())).Status);

        (await (await app.WithRoles("officeDirector")).Post(address + "/issue", new JsonObject())).IsProblem(403, "notice.role");
        Assert.Equal("改过的通报", (await As("王主任", address, "edit", new() { ["text"] = "改过的通报" }))["text"]!.GetValue<string>());
        (await app.Client.Post(address + "/issue", new JsonObject(), ("If-Match", "\"1\""))).IsProblem(412, "precondition.failed");
        var issued = await As("李局长", address, "issue", new() { ["note"] = "照发" });
        Assert.Equal(("issued", "李局长"), (Status(issued), issued["issuedBy"]!.GetValue<string>()));
        Assert.Equal(200, (await (await Officer("庚2024")).Get(address)).Status);
        (await (await Officer("甲2024")).Get(address)).IsProblem(404, "not-found");
        Assert.Equal(["criticise 庚2024"], Named((await (await Officer("庚2024")).Get("/api/v1/notices")).Body));
        (await As("李局长", address, "issue", [])).IsProblem(409, "notice.wrong-status");

        // Twenty bad answers of 甲 come in late: 甲 is last now.
        month.Tickets("甲2024", 20, "不满意", late: true);
        await month.Import();
        await month.Correct("补录");
        var marked = await app.Client.Get(address);
        Assert.Equal(("groundGone", true, 2), (Status(marked), marked["withdrawalAsked"]!.GetValue<bool>(), marked["revision"]!.GetValue<int>()));
        (await As("李局长", address, "withdraw", new() { ["reason"] = " " })).IsProblem(400, "validation.required");
        Assert.Equal("withdrawn", Status(await As("李局长", address, "withdraw", new() { ["reason"] = "排名已更正" })));
        Assert.Equal(["drafted", "edited", "issued", "groundLost", "withdrawn"],
            (await app.Client.Get(address))["steps"]!.AsArray().Select(s => s!["kind"]!.GetValue<string>()));
        Assert.Contains("criticise 甲2024", Named((await app.Client.Get($"/api/v1/notices?month={month.Month}&status=drafted")).Body));
    }

    [Fact]
    public async Task Questions_OutsideTheRules_AreRefused_AndPeopleSeeWhatConcernsThem()
    {
        (await app.Client.Get("/api/v1/notices?kind=praise")).IsProblem(400, "validation.enum");
        (await app.Client.Get("/api/v1/notices/A-000000000000000000000000")).IsProblem(404, "not-found");
        Assert.Equal(403, (await (await app.WithRoles("viewer")).Get("/api/v1/notices")).Status);
        Assert.Empty((await (await Officer("M")).Get("/api/v1/notices"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Quarter_IsPreviewed_VetoedWithEvidence_AndNotProposedBeforeItsMonthsArePublished()
    {
        var preview = await app.Client.Get("/api/v1/quarters/2026-Q3/excellent-units");
        Assert.Equal(["station", "brigade"], preview["lists"]!.AsArray().Select(l => l!["tier"]!.GetValue<string>()));
        Assert.Equal("preview", preview["lists"]![0]!["stage"]!["status"]!.GetValue<string>());
        Assert.Single((await app.Client.Get("/api/v1/quarters/2026-Q3/excellent-units?tier=station"))["lists"]!.AsArray());
        (await app.Client.Get("/api/v1/quarters/2026-Q5/excellent-units")).IsProblem(404, "not-found");
        (await app.Client.Get("/api/v1/years/26/reward-list")).IsProblem(404, "not-found");
        Assert.Equal("preview", (await app.Client.Get("/api/v1/years/2026/reward-list"))["stage"]!["status"]!.GetValue<string>());

        (await app.Client.Post("/api/v1/quarters/2026-Q3/excellent-units/propose?tier=station", new JsonObject())).IsProblem(409, "award.not-ready");
        (await app.Client.Post("/api/v1/years/2026/reward-list/propose", new JsonObject())).IsProblem(409, "award.not-ready");
        var veto = new JsonObject { ["unit"] = "没有的所", ["ground"] = "leak", ["evidence"] = "证据" };
        (await app.Client.Post("/api/v1/quarters/2026-Q3/vetoes", veto.DeepClone())).IsProblem(422, "unit.unknown");
        var code = app.Unique("V");
        await app.Client.Put($"/api/v1/units/{code}", new JsonObject { ["name"] = code + "派出所", ["tier"] = "station" });
        veto["unit"] = code;
        var made = await app.Client.Post("/api/v1/quarters/2026-Q3/vetoes", veto.DeepClone());
        Assert.Equal(201, made.Status);
        var withdrawn = await app.Client.Post($"/api/v1/quarters/2026-Q3/vetoes/{made["id"]!.GetValue<string>()}/withdraw", new JsonObject { ["reason"] = "查否" });
        Assert.Equal("查否", withdrawn["withdrawnReason"]!.GetValue<string>());
        Assert.Contains((await app.Client.Get("/api/v1/quarters/2026-Q3/vetoes"))["items"]!.AsArray(), v => v!["unit"]!["code"]!.GetValue<string>() == code);
    }

    [Fact]
    public async Task MergedUnit_NamesItsSuccessor_WithTheDayOfItsEnd()
    {
        var code = app.Unique("M");
        var body = new JsonObject { ["name"] = code + "派出所", ["tier"] = "station", ["succeededBy"] = "A" };
        (await app.Client.Put($"/api/v1/units/{code}", body.DeepClone())).IsProblem(422, "unit.successor-invalid");
        body["activeTo"] = "2026-08-15";
        Assert.Equal("A", (await app.Client.Put($"/api/v1/units/{code}", body.DeepClone()))["succeededBy"]!.GetValue<string>());
    }

    /// <summary>Seven brigades: the first has only satisfied answers, each further one more dissatisfied.</summary>
    private async Task<HistoryMonth> Publish(int year)
    {
        var month = new HistoryMonth(app, year);
        foreach (var (i, code) in Codes.Select(c => c + year).Index())
        {
            await month.Unit(code);
            month.Tickets(code, 12 - i);
            if (i > 0)
            {
                month.Tickets(code, i, "不满意");
            }
        }
        await month.Import();
        await month.Publish();
        return month;
    }

    private async Task<HotlineClient> Officer(string unit)
    {
        if (unit == "M")
        {
            unit = app.Unique("M");
            await app.Client.Put($"/api/v1/units/{unit}", new JsonObject { ["name"] = unit + "派出所", ["tier"] = "station" });
        }
        var made = await app.Client.Post("/api/v1/api-keys", new JsonObject { ["name"] = app.Unique("民警"), ["roles"] = new JsonArray("unitHandler"), ["unit"] = unit });
        return app.With(made["key"]!.GetValue<string>());
    }

    private Task<HotlineAnswer> As(string person, string address, string command, JsonObject body) =>
        app.Client.Post($"{address}/{command}", body, HistoryMonth.ActingFor(person));

    private static string[] Named(JsonNode listed) =>
        [.. listed["items"]!.AsArray().Select(n => $"{Kind(n!)} {n!["unit"]!["code"]!.GetValue<string>()}").Order(StringComparer.Ordinal)];

    private static string Kind(JsonNode notice) => notice["kind"]!.GetValue<string>();

    private static string Status(HotlineAnswer notice) => notice["status"]!.GetValue<string>();
}
