using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>An administrator finds out why a unit is last; afterwards the figures are published and the facts go on.</summary>
public sealed class ExplainTests(HotlineApp app)
{
    [Fact]
    public async Task WhyAUnitIsLast_IsFoundWithTwoRequests_AndStaysSoAfterPublication()
    {
        var month = new HistoryMonth(app, 2019);
        await Fill(month);

        var last = (await month.Table())["rows"]!.AsArray().Last(r => r!["ranked"]!.GetValue<bool>())!["unit"]!["code"]!.GetValue<string>();
        var explained = await month.Explain(last);

        Assert.Equal(200, explained.Status);
        Assert.Equal(
        [
            "Ｅ7大队2019年5月综合分 79.50，排第 7 名（共 7 个参评单位）。",
            "主要失分：满意率扣 10.50 分（2 件不满意、1 件基本满意），办结率扣 6.00 分（2 件未按期办结），回复率扣 4.00 分（2 件未按期答复）。",
            "若第 2019-045 号工单按期答复并办结且群众满意，名次为第 6。",
            "比前一名Ｅ6大队少 3.83 分，列后三位，已连续 1 个月。",
            "另有 1 件经批准剔除，不剔除时综合分为 81.36。",
        ], explained["summary"]!.AsArray().Select(s => s!.GetValue<string>()));
        var measures = explained["measures"]!.AsArray();
        Assert.Equal(["标题2019-044", "标题2019-045"], measures[0]!["losses"]!.AsArray().Select(l => l!["title"]!.GetValue<string>()));
        Assert.All(measures[0]!["losses"]!.AsArray(), l => Assert.Equal("答复超期 2 小时", l!["reason"]!.GetValue<string>()));
        Assert.All(measures[1]!["losses"]!.AsArray(), l => Assert.Equal("办结超期 2 小时", l!["reason"]!.GetValue<string>()));
        Assert.Equal(["已批准剔除：同一人反复拨打"], measures[0]!["notCounted"]!.AsArray().Select(t => t!["reason"]!.GetValue<string>()));

        await month.Publish();
        var published = await month.Explain("Ｅ7");
        Assert.Equal(("published", null), (published["status"]!.GetValue<string>(), published["laterFacts"]));
        Assert.Equal(explained["measures"]!.ToJsonString(), Unlinked(published["measures"]!, explained["measures"]!));

        var dear = await month.IdOf("2019-045");
        var why = new JsonObject { ["reason"] = "诉求事项已由法院受理，超出公安机关职责。", ["evidence"] = "长清区人民法院受理案件通知书复印件一份。" };
        Assert.Equal(200, (await app.Client.Post($"/api/v1/tickets/{dear}/request-exclusion", why, HistoryMonth.ActingFor("陈静"))).Status);
        Assert.Equal(200, (await app.Client.Post($"/api/v1/tickets/{dear}/decide-exclusion", new JsonObject { ["approve"] = true, ["reason"] = "受理通知书经核对无误，同意剔除。" }, HistoryMonth.ActingFor("李卫东"))).Status);

        var after = await month.Explain("Ｅ7");
        Assert.Equal("截止时刻以后有 1 件工单发生变化，按现有事实综合分为 88.33；已固定的数字不受影响，须经更正才能改变。", after["laterFacts"]!.GetValue<string>());
        Assert.Equal(published["measures"]!.ToJsonString(), after["measures"]!.ToJsonString());
        Assert.Equal(published["score"]!.ToJsonString(), after["score"]!.ToJsonString());
        (await month.Explain("Ｅ7", "&revision=2")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Explanation_ShowsTitlesToThoseWhoReadTickets_AndItsOwnUnitOnlyToAUnit()
    {
        var month = new HistoryMonth(app, 2018);
        await month.Unit("Ｖ1");
        await month.Unit("Ｖ2");
        month.Tickets("Ｖ1", 2, "不满意");
        await month.Import();

        var viewer = await app.WithRoles("viewer");
        var path = $"/api/v1/league-tables/{month.Month}/units/{Uri.EscapeDataString("Ｖ1")}/explain";
        var seen = await viewer.Get(path);
        Assert.Equal(200, seen.Status);
        Assert.All(seen["costliestTickets"]!.AsArray(), t => Assert.Null(t!["title"]));
        Assert.Equal(2, seen["costliestTickets"]!.AsArray().Count);

        var made = await app.Client.Post("/api/v1/api-keys", new JsonObject { ["name"] = app.Unique("handler"), ["roles"] = new JsonArray("unitHandler"), ["unit"] = "Ｖ2" });
        (await app.With(made["key"]!.GetValue<string>()).Get(path)).IsProblem(404, "not-found");
        (await app.Client.Get($"/api/v1/league-tables/{month.Month}/units/nobody/explain")).IsProblem(404, "not-found");
        (await app.Client.Get("/api/v1/league-tables/2017-05/units/" + Uri.EscapeDataString("Ｖ1") + "/explain")).IsProblem(404, "league.unit-absent");
    }

    /// <summary>Seven brigades. The seventh: ten counted tickets, two late, two dissatisfied (one of them late) and one basically satisfied; one excluded.</summary>
    private static async Task Fill(HistoryMonth month)
    {
        for (var u = 1; u <= 7; u++)
            await month.Unit($"Ｅ{u}");
        for (var u = 1; u <= 5; u++)
            month.Tickets($"Ｅ{u}", 6);
        month.Tickets("Ｅ6", 4);
        month.Tickets("Ｅ6", 2, "不满意");
        month.Tickets("Ｅ7", 6);
        month.Tickets("Ｅ7", 1, "基本满意");
        month.Tickets("Ｅ7", 1, "满意", late: true);
        month.Tickets("Ｅ7", 1, "不满意", late: true);
        month.Tickets("Ｅ7", 1, "不满意");
        month.Tickets("Ｅ7", 1, excluded: "同一人反复拨打");
        await month.Import();
    }

    /// <summary>The published figures link to their own tickets; everything else must be the same.</summary>
    private static string Unlinked(JsonNode measures, JsonNode other)
    {
        var copy = measures.DeepClone().AsArray();
        for (var i = 0; i < copy.Count; i++)
            copy[i]!["tickets"] = other[i]!["tickets"]?.DeepClone();
        return copy.ToJsonString();
    }
}
