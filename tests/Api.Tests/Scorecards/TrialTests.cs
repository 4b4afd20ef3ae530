using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>What-if questions, the tickets behind every figure, and the maps that dashboards draw, on one past month.</summary>
public sealed class TrialTests(HotlineApp app)
{
    [Fact]
    public async Task PastMonth_AnswersTrials_ShowsTheTicketsOfEveryFigure_AndIsDrawn()
    {
        var month = new HistoryMonth(app, 2016);
        var (bad, other) = await Fill(month);
        var before = await month.Table();

        await Trials(month, bad, other);
        Assert.Equal(Rows(before), Rows(await month.Table()));

        await LinksShowTheDenominators(month);
        await month.Publish();
        Assert.Contains("revision=1", (await month.Table())["rows"]![0]!["replyRate"]!["tickets"]!.GetValue<string>(), StringComparison.Ordinal);
        await LinksShowTheDenominators(month);
        await Trials(month, bad, other);
        await Maps();
    }

    [Fact]
    public async Task BadQuestions_AreRefusedWithTheirCodes()
    {
        async Task<HotlineAnswer> Ask(string body) => await app.Client.Post("/api/v1/league-tables/2016-03/what-if?tier=station", JsonNode.Parse(body)!);
        (await Ask("{}")).IsProblem(422, "trial.empty");
        (await Ask("""{"withoutTickets":[],"period":"quarter"}""")).IsProblem(422, "trial.empty");
        var unknown = await Ask("""{"withoutTickets":["no-such-ticket"]}""");
        unknown.IsProblem(422, "trial.ticket-unknown");
        Assert.Equal("/withoutTickets/0", unknown["errors"]![0]!["pointer"]!.GetValue<string>());
        (await Ask("""{"basicallySatisfiedValue":1.01}""")).IsProblem(422, "trial.share");
        (await Ask("""{"basicallySatisfiedValue":-0.1}""")).IsProblem(422, "trial.share");
        (await Ask("""{"policyVersion":"never-stored"}""")).IsProblem(422, "trial.policy-unknown");
        Assert.Equal(400, (await Ask("""{"basicallySatisfiedValue":0.5,"period":"year"}""")).Status);
        Assert.Equal(400, (await Ask("""{"beta":0.5}""")).Status);
        (await app.Client.Get("/api/v1/league-tables/heat-map?from=2016-05&to=2016-04&tier=all")).IsProblem(400, "validation.range");
        (await app.Client.Get("/api/v1/league-tables/series?from=2000-05&to=2016-04&tier=all")).IsProblem(400, "validation.range");
    }

    [Fact]
    public async Task Standing_ShowsMonthsAndOpenTickets_InOneRead()
    {
        var code = app.Unique("S");
        await app.Client.Put("/api/v1/units/" + code, new JsonObject { ["name"] = code + "所", ["tier"] = "station" });
        var made = await app.Client.Post("/api/v1/tickets", new JsonObject
        {
            ["source"] = "12345", ["externalNo"] = app.Unique("ST-"), ["nature"] = "help", ["urgency"] = "ordinary", ["title"] = "求助", ["receivedAt"] = "2026-10-09T09:30:00+08:00",
        });
        await app.Client.Post($"/api/v1/tickets/{made["id"]!.GetValue<string>()}/dispatch", new JsonObject { ["leadUnit"] = code, ["supportingUnits"] = new JsonArray() });

        var standing = await app.Client.Get($"/api/v1/units/{code}/standing");

        Assert.Equal(200, standing.Status);
        Assert.Equal(11, standing["months"]!.AsArray().Count);
        Assert.Equal(("没有考核指标", null, null), (standing["thisMonth"]!["notRankedReason"]!.GetValue<string>(), standing["thisMonth"]!["rank"], standing["streakAtRisk"]));
        Assert.Equal((1, "unit", 1), (standing["open"]!.GetValue<int>(), standing["openByDesk"]![0]!["desk"]!.GetValue<string>(), standing["openByDesk"]![0]!["open"]!.GetValue<int>()));
        Assert.Equal((0, 0), (standing["quartersWon"]!.AsArray().Count, standing["openReports"]!.AsArray().Count));
        Assert.Equal(0, standing["replyRate"]!["denominator"]!.GetValue<int>());
    }

    private async Task Trials(HistoryMonth month, string[] bad, string other)
    {
        var without = await Ask(month, new JsonObject { ["withoutTickets"] = new JsonArray(bad[0], await month.IdOf(bad[1])) });
        Assert.True(without["trial"]!.GetValue<bool>());
        Assert.Equal(["以下为试算，不保存，不是排名。", "名次变化：Ｔ7大队由第 7 名变为不参加排名。"], Texts(without, "summary"));
        var seventh = without["units"]!.AsArray().Single(u => u!["unit"]!["code"]!.GetValue<string>() == "Ｔ7")!;
        Assert.Equal((7, 83.33m, true), (seventh["before"]!["rank"]!.GetValue<int>(), seventh["before"]!["score"]!.GetValue<decimal>(), seventh["before"]!["bottomThree"]!.GetValue<bool>()));
        Assert.Equal((null, "有效回访 4 件，不足 5 件", 100m), (seventh["after"]!["rank"], seventh["after"]!["notRankedReason"]!.GetValue<string>(), seventh["after"]!["score"]!.GetValue<decimal>()));

        var beta = await Ask(month, new JsonObject { ["basicallySatisfiedValue"] = 0 });
        Assert.Equal(["以下为试算，不保存，不是排名。", "名次变化：Ｔ6大队由第 6 名升至第 5 名。"], Texts(beta, "summary"));

        var idle = await Ask(month, new JsonObject { ["withoutTickets"] = new JsonArray(other) });
        Assert.Equal("名次没有变化。", Texts(idle, "summary")[1]);
        Assert.Equal((other, "本期的数字不含这件工单"), (idle["withoutEffect"]![0]!["externalNo"]!.GetValue<string>(), idle["withoutEffect"]![0]!["reason"]!.GetValue<string>()));

        var quarter = await Ask(month, new JsonObject { ["policyVersion"] = "v1", ["period"] = "quarter" });
        Assert.Equal(["2016-04", "2016-05", "2016-06"], Texts(quarter, "months"));
        Assert.All(quarter["units"]!.AsArray().Where(u => u!["unit"]!["code"]!.GetValue<string>()[0] == 'Ｔ'),
            u => Assert.Equal("有效回访 6 件，不足 10 件", u!["after"]!["notRankedReason"]!.GetValue<string>()));
    }

    private async Task<HotlineAnswer> Ask(HistoryMonth month, JsonObject question)
    {
        var answer = await app.Client.Post($"/api/v1/league-tables/{month.Month}/what-if?tier=brigade", question);
        Assert.True(answer.Status == 200, answer.Text);
        return answer;
    }

    private async Task LinksShowTheDenominators(HistoryMonth month)
    {
        foreach (var row in (await month.Table())["rows"]!.AsArray())
        {
            foreach (var measure in new[] { "replyRate", "completionRate", "satisfactionRate" })
                await Shows(row![measure]!["tickets"]!.GetValue<string>(), row[measure]!["denominator"]!.GetValue<int>());
            await Shows(row!["satisfactionRate"]!["unreachedTickets"]!.GetValue<string>(), row["satisfactionRate"]!["unreached"]!.GetValue<int>());
        }
    }

    private async Task Shows(string link, int count)
    {
        var listed = await app.Client.Get(link);
        Assert.True(listed.Status == 200, link + listed.Text);
        Assert.Equal((link, count), (link, listed["items"]!.AsArray().Count));
    }

    private async Task Maps()
    {
        var map = await app.Client.Get("/api/v1/league-tables/heat-map?from=2016-04&to=2016-06&tier=brigade");
        Assert.Equal([("2016-04", "live", 0), ("2016-05", "published", 7), ("2016-06", "live", 0)],
            map["months"]!.AsArray().Select(m => (m!["month"]!.GetValue<string>(), m["status"]!.GetValue<string>(), m["rankedUnits"]!.GetValue<int>())));
        var cells = map["units"]!.AsArray().Single(u => u!["unit"]!["code"]!.GetValue<string>() == "Ｔ7")!["cells"]!.AsArray();
        Assert.Equal([(null, "不在本月的排名表中", 0), (7, null, 1), (null, "不在本月的排名表中", 1)],
            cells.Select(c => ((int?)c!["rank"], (string?)c["notRankedReason"], c["streak"]!.GetValue<int>())));

        var series = await app.Client.Get("/api/v1/league-tables/series?from=2016-04&to=2016-06&tier=brigade");
        var point = series["months"]![1]!;
        Assert.Equal(("2016-05", 1, 38.9m, 42m), (point["period"]!.GetValue<string>(), point["revision"]!.GetValue<int>(),
            point["satisfactionRate"]!["numerator"]!.GetValue<decimal>(), point["satisfactionRate"]!["denominator"]!.GetValue<decimal>()));
        // 38.9 of 42 beside the one satisfied ticket of a year before.
        Assert.Equal((-0.0738095238m, null), (point["yearOnYear"]!["satisfactionRate"]!.GetValue<decimal>(), series["months"]![0]!["yearOnYear"]!["score"]));
        Assert.Equal(("2016", 3, point["score"]!.GetValue<decimal>()), (series["years"]![0]!["period"]!.GetValue<string>(),
            series["years"]![0]!["months"]!.GetValue<int>(), series["years"]![0]!["score"]!.GetValue<decimal>()));
    }

    /// <summary>Five brigades with six satisfied each, the fifth with one basically satisfied; the sixth with one dissatisfied, the seventh with two;
    /// one unreached, one excluded, and a ticket of another month.</summary>
    private async Task<(string[] Bad, string Other)> Fill(HistoryMonth month)
    {
        for (var u = 1; u <= 7; u++)
            await month.Unit($"Ｔ{u}");
        for (var u = 1; u <= 4; u++)
            month.Tickets($"Ｔ{u}", 6);
        month.Tickets("Ｔ5", 5);
        month.Tickets("Ｔ5", 1, "基本满意");
        month.Tickets("Ｔ6", 5);
        month.Tickets("Ｔ6", 1, "不满意");
        month.Tickets("Ｔ6", 1, "未接通");
        month.Tickets("Ｔ6", 1, "不满意", excluded: "重复");
        month.Tickets("Ｔ7", 4);
        var (one, two) = (month.Tickets("Ｔ7", 1, "不满意"), month.Tickets("Ｔ7", 1, "不满意"));
        await month.Import();
        var elsewhere = new HistoryMonth(app, 2015);
        var other = elsewhere.Tickets("Ｔ8", 1);
        await elsewhere.Unit("Ｔ8");
        await elsewhere.Import();
        return ([one, two], other);
    }

    private static string Rows(HotlineAnswer table) => table["rows"]!.ToJsonString();

    private static string[] Texts(HotlineAnswer answer, string name) => [.. answer[name]!.AsArray().Select(t => t!.GetValue<string>())];
}
