using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>异议期 of a month that was worked live, over HTTP: the clock goes from the last days of December 2026 into January.</summary>
public sealed class ObjectionStoryTests(LateDecemberApp app) : IClassFixture<LateDecemberApp>
{
    private const string Table = "/api/v1/league-tables/2026-12", Station = "?tier=station";

    [Fact]
    public async Task LiveMonth_IsClosedObjectedToDecidedAndPublished_WithBothFigures()
    {
        await Handled("OB-1", "satisfied");
        var bad = await Handled("OB-2", "dissatisfied");
        var (director, leader, station) = (await app.WithRoles("officeDirector"), await app.WithRoles("leader"), await app.WithRoles("unitHandler"));

        app.MoveTo(At("2027-01-04T09:00:00+08:00"));
        var closed = await director.Post($"{Table}/close{Station}", new JsonObject());
        Assert.Equal((200, "provisional", "2027-01-07T17:30:00"), (closed.Status, Text(closed, "status"), Text(closed, "objectionsUntil")[..19]));
        (await director.Post($"{Table}/propose-publication{Station}", new JsonObject())).IsProblem(409, "league.window");

        var asked = new JsonObject { ["reason"] = "诉求事项已由法院受理，超出公安机关职责。", ["evidence"] = "长清区人民法院受理案件通知书复印件一份", ["against"] = new JsonArray("satisfaction") };
        Assert.Equal(200, (await station.Post($"/api/v1/tickets/{bad}/request-exclusion", asked)).Status);
        var listed = await director.Get($"{Table}/exclusions{Station}");
        Assert.Equal((1, "长清区人民法院受理案件通知书复印件一份", "pending"), (listed["undecided"]!.GetValue<int>(), listed["items"]![0]!["evidence"]!.GetValue<string>(), listed["items"]![0]!["decision"]!.GetValue<string>()));

        app.MoveTo(At("2027-01-07T17:29:00+08:00"));
        (await director.Post($"{Table}/propose-publication{Station}", new JsonObject())).IsProblem(409, "league.window");
        app.MoveTo(At("2027-01-07T17:30:00+08:00"));
        (await director.Post($"{Table}/propose-publication{Station}", new JsonObject())).IsProblem(409, "league.undecided");

        var decision = new JsonObject { ["approve"] = true, ["reason"] = "受理通知书经核对无误，同意剔除。" };
        Assert.Equal(200, (await leader.Post($"/api/v1/tickets/{bad}/decide-exclusion", decision)).Status);
        var proposed = await director.Post($"{Table}/propose-publication{Station}", new JsonObject());
        Assert.True(proposed.Status == 200, proposed.Text);
        var published = await leader.Post($"{Table}/approve-publication{Station}", new JsonObject());
        Assert.Equal((200, "published"), (published.Status, Text(published, "status")));
        ShowsBoth(published["rows"]!.AsArray().Single(r => r!["unit"]!["code"]!.GetValue<string>() == "DG")!);
        Assert.True((await leader.Get($"{Table}/verify{Station}"))["matches"]!.GetValue<bool>());
        var decided = (await director.Get($"{Table}/exclusions{Station}"))["items"]![0]!;
        Assert.Equal(("approved", "受理通知书经核对无误，同意剔除。"), (decided["decision"]!.GetValue<string>(), decided["decisionReason"]!.GetValue<string>()));
    }

    /// <summary>Of two tickets one is excluded: the figures without it, and those with it beside them.</summary>
    private static void ShowsBoth(JsonNode row)
    {
        foreach (var rate in new[] { "replyRate", "satisfactionRate" })
        {
            Assert.Equal((1, 1, 2), (row[rate]!["denominator"]!.GetValue<int>(), row[rate]!["excluded"]!.GetValue<int>(), row[rate]!["withExcluded"]!["denominator"]!.GetValue<int>()));
        }
        Assert.Equal((100m, 75m), (row["score"]!.GetValue<decimal>(), row["scoreWithExcluded"]!.GetValue<decimal>()));
    }

    /// <summary>A consultation that DG answers at once and the centre asks about; its id. The reply is due on the next working day, in December.</summary>
    private async Task<string> Handled(string number, string satisfaction)
    {
        var id = await app.Dispatched(number, "consultation");
        await Act("丁磊", id, "accept", []);
        await Act("丁磊", id, "contact", new() { ["channel"] = "phone", ["reached"] = true });
        await Act("丁磊", id, "reply", new() { ["finding"] = "true", ["measures"] = "现场劝离商贩并约谈。", ["outcome"] = "solved", ["text"] = "您好，民警已到现场劝离商贩，并已安排晚间巡逻，如再发生请及时联系我们。", ["channel"] = "phone" });
        await Act("齐悦", id, "approve-reply", []);
        await Act("柏宁", id, "callback", new() { ["outcome"] = "answered", ["contacted"] = true, ["solved"] = true, ["satisfaction"] = satisfaction });
        return id;
    }

    private async Task Act(string person, string id, string command, JsonObject body)
    {
        var done = await app.Client.Post($"/api/v1/tickets/{id}/{command}", body, HistoryMonth.ActingFor(person));
        Assert.True(done.Status == 200, $"{command}: {done.Text}");
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(HotlineAnswer answer, string name) => answer[name]!.GetValue<string>();
}
