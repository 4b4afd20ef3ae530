using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>待办 and 预警台账 over HTTP.</summary>
public sealed class MyWorkTests(HotlineApp app)
{
    [Fact]
    public async Task Handler_SeesItsUnitsTickets_AndNobodyElses()
    {
        var (mine, other) = (await NewUnit(), await NewUnit());
        var id = await Dispatched(mine);
        await Dispatched(other);

        var work = await (await Handler(mine)).Get("/api/v1/my-work");

        var item = Assert.Single(work["items"]!.AsArray())!;
        Assert.Equal((id, "accept", "签收", mine), (Text(item, "ticket"), Text(item, "kind"), Text(item, "kindName"), Text(item, "unit")));
        Assert.Equal(["accept", "request-return"], item["commands"]!.AsArray().Select(c => c!.GetValue<string>()));
        Assert.Equal(200, (await app.Client.Get(Text(item, "link"))).Status);
        Assert.NotNull(item["dueAt"]);
        Assert.StartsWith("剩余", Text(item, "timeLeft"), StringComparison.Ordinal);
        Assert.Equal(1, work["counts"]!.AsArray().Single(c => Text(c!, "kind") == "accept")!["count"]!.GetValue<long>());
        Assert.Equal(200, (await (await Handler(mine)).Get($"/api/v1/my-work?unit={mine}&role=unitHandler")).Status);
        (await (await Handler(mine)).Get($"/api/v1/my-work?unit={other}")).IsProblem(404, "unit.unknown");
    }

    [Fact]
    public async Task NobodysWork_IsAnEmptyList()
    {
        var viewer = await app.WithRoles("viewer");

        var work = await viewer.Get("/api/v1/my-work");

        Assert.Equal(200, work.Status);
        Assert.Equal("""{"counts":[],"reminders":[],"items":[],"nextCursor":null}""", work.Text);
    }

    [Fact]
    public async Task OthersWork_IsForAdministratorsAndMachines()
    {
        var unit = await NewUnit();
        await Dispatched(unit);
        var administrator = await app.WithRoles("administrator");
        var query = $"/api/v1/my-work?role=unitHandler&unit={unit}";

        var item = (await administrator.Get(query))["items"]!.AsArray().Single()!;

        Assert.Equal("accept", Text(item, "kind"));
        Assert.Null(item["title"]);
        Assert.NotNull((await (await app.WithRoles("commandSystem")).Get(query))["items"]!.AsArray().Single()!["title"]);
        (await (await app.WithRoles("reviewer")).Get(query)).IsProblem(403, "auth.forbidden");
        (await administrator.Get("/api/v1/my-work?role=unitHandler")).IsProblem(400, "unit.required");
        (await administrator.Get("/api/v1/my-work?role=mayor")).IsProblem(400, "validation.enum");
    }

    [Fact]
    public async Task Pages_FollowTheCursor()
    {
        var unit = await NewUnit();
        var ids = new[] { await Dispatched(unit), await Dispatched(unit), await Dispatched(unit) };
        var handler = await Handler(unit);

        var first = await handler.Get("/api/v1/my-work?limit=2");
        var second = await handler.Get($"/api/v1/my-work?limit=2&cursor={first["nextCursor"]!.GetValue<string>()}");

        var shown = first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(i => Text(i!, "ticket")).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
        Assert.Null(second["nextCursor"]);
    }

    [Fact]
    public async Task Alarms_OfAUnitWithoutAny_AreAnEmptyList()
    {
        var unit = await NewUnit();

        var alarms = await (await Handler(unit)).Get("/api/v1/alarms?month=2026-10&level=red");

        Assert.Equal(200, alarms.Status);
        Assert.Empty(alarms["items"]!.AsArray());
        (await app.Client.Get("/api/v1/alarms?level=none")).IsProblem(400, "validation.enum");
        (await app.Client.Get("/api/v1/alarms?unit=nobody")).IsProblem(404, "unit.unknown");
        Assert.Equal(404, (await (await Handler(unit)).Get($"/api/v1/alarms?unit={await NewUnit()}")).Status);
        Assert.Equal(403, (await (await app.WithRoles("viewer")).Get("/api/v1/alarms")).Status);
    }

    [Fact]
    public async Task Alarms_ReplayedFromHistory_StandInTheLedgerSilently()
    {
        var unit = await NewUnit();
        const string header = "工单编号,诉求性质,标题,登记时间,承办单位,派单时间,答复时间,审核时间";
        var row = $"{app.Unique("AL-")},投诉,噪音,2019-03-04 09:00:00,{unit},2019-03-04 09:30:00,2019-03-29 10:00:00,2019-03-29 11:00:00";
        using var form = new MultipartFormDataContent { { new StringContent(header + "\n" + row + "\n"), "file", "history.csv" } };
        var import = await app.Client.Send("POST", "/api/v1/imports?kind=history&charset=utf-8", form, ("Idempotency-Key", Guid.NewGuid().ToString()));
        Assert.Equal(202, import.Status);
        await Completed(import["id"]!.GetValue<string>());

        var alarms = (await app.Client.Get($"/api/v1/alarms?unit={unit}&month=2019-03"))["items"]!.AsArray();

        Assert.Equal(["escalated", "red", "yellow"], alarms.Where(a => Text(a!, "clock") == "reply").Select(a => Text(a!, "level")));
        Assert.Equal(["分管副局长", "单位负责人", "办理单位"], alarms.Where(a => Text(a!, "clock") == "reply").Select(a => Text(a!, "recipientName")));
        Assert.All(alarms, a => Assert.True(a!["silent"]!.GetValue<bool>()));
        Assert.Empty((await app.Client.Get($"/api/v1/alarms?unit={unit}&month=2019-02"))["items"]!.AsArray());
        Assert.Single((await app.Client.Get($"/api/v1/alarms?unit={unit}&level=escalated&from=2019-03-01T00:00:00%2B08:00&to=2019-04-01T00:00:00%2B08:00&limit=1"))["items"]!.AsArray());
    }

    private async Task Completed(string import)
    {
        for (var i = 0; i < 300; i++)
        {
            if ((await app.Client.Get("/api/v1/imports/" + import))["status"]!.GetValue<string>() != "running")
            {
                return;
            }
            await Task.Delay(50);
        }
        Assert.Fail("The import did not end.");
    }

    private async Task<string> NewUnit()
    {
        var code = app.Unique("W");
        Assert.Equal(201, (await app.Client.Put("/api/v1/units/" + code, new JsonObject { ["name"] = code + "派出所", ["tier"] = "station" })).Status);
        return code;
    }

    private async Task<HotlineClient> Handler(string unit)
    {
        var made = await app.Client.Post("/api/v1/api-keys", new JsonObject { ["name"] = app.Unique("民警"), ["roles"] = new JsonArray("unitHandler"), ["unit"] = unit });
        return app.With(made["key"]!.GetValue<string>());
    }

    private async Task<string> Dispatched(string unit)
    {
        var made = await app.Client.Post("/api/v1/tickets", new JsonObject
        {
            ["source"] = "12345",
            ["externalNo"] = app.Unique("W-"),
            ["nature"] = "complaint",
            ["urgency"] = "ordinary",
            ["title"] = "噪音扰民",
            ["receivedAt"] = "2026-10-09T09:30:00+08:00",
        });
        var id = made["id"]!.GetValue<string>();
        Assert.Equal(200, (await app.Client.Post($"/api/v1/tickets/{id}/dispatch", new JsonObject { ["leadUnit"] = unit })).Status);
        return id;
    }

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}
