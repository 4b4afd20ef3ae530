using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>A holiday notice meets promises already given, over HTTP, at the end of December 2026.</summary>
public sealed class CalendarMoveTests(LateDecemberApp app) : IClassFixture<LateDecemberApp>
{
    [Fact]
    public async Task Notice_MovesProvisionalDues_AndALaterChangeWaitsForAPersonWithAReason()
    {
        var ticket = await app.Dispatched("YE-1");
        var provisional = await Reply(ticket);
        Assert.Equal(("2027-01-05T17:30:00+08:00", true), (Due(provisional), provisional["calendarIncomplete"]!.GetValue<bool>()));

        var body = Notice("2027-01-01", "2027-01-02", "2027-01-03");
        var preview = await app.Client.Post("/api/v1/calendar/2027/preview", body);
        Assert.Equal(200, preview.Status);
        Assert.Contains(preview["items"]!.AsArray(), i => i!["ticket"]!.GetValue<string>() == ticket && i["dueTo"]!.GetValue<string>() == "2027-01-06T17:30:00+08:00");
        Assert.Equal("2027-01-05T17:30:00+08:00", Due(await Reply(ticket)));
        (await app.Client.Get("/api/v1/calendar/2027")).IsProblem(404, "calendar.year-not-loaded");

        var made = await app.Client.Put("/api/v1/calendar/2027", body);
        Assert.Equal((201, "completed", 1, 1), (made.Status, made["recomputed"]!["status"]!.GetValue<string>(), made["recomputed"]!["tickets"]!.GetValue<int>(),
            made["recomputed"]!["moved"]!.GetValue<int>()));
        var moved = await Reply(ticket);
        Assert.Equal(("2027-01-06T17:30:00+08:00", "2027-01-05T17:30:00+08:00", false), (Due(moved), moved["originalDueAt"]!.GetValue<string>(), moved["calendarIncomplete"]!.GetValue<bool>()));
        var history = (await app.Client.Get($"/api/v1/tickets/{ticket}/events")).Text;
        Assert.Contains("promiseRecomputed", history);
        Assert.Contains("2027年放假通知", history);
        Assert.Equal("2027年放假通知", (await app.Client.Get("/api/v1/calendar/2027"))["notice"]!.GetValue<string>());

        var longer = Notice("2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04");
        (await app.Client.Put("/api/v1/calendar/2027", longer)).IsProblem(428, "precondition.required");
        var replaced = await app.Client.Put("/api/v1/calendar/2027", longer, ("If-Match", made.Headers["ETag"]));
        Assert.Equal((200, null, 1), (replaced.Status, replaced["recomputed"], replaced["pending"]!["tickets"]!.GetValue<int>()));
        Assert.Equal("2027-01-06T17:30:00+08:00", Due(await Reply(ticket)));

        await ApplyIsGuarded(made.Headers["ETag"]);
        var applied = await app.Client.Post("/api/v1/calendar/2027/apply", Reason, ("If-Match", replaced.Headers["ETag"]));
        Assert.Equal((200, 1), (applied.Status, applied["moved"]!.GetValue<int>()));
        Assert.Equal("2027-01-07T17:30:00+08:00", Due(await Reply(ticket)));
        Assert.Equal(0, (await app.Client.Post("/api/v1/calendar/2027/apply", Reason))["tickets"]!.GetValue<int>());
        Assert.Equal([2, 1], (await app.Client.Get("/api/v1/calendar/moves"))["items"]!.AsArray().Select(r => r!["number"]!.GetValue<int>()));
        Assert.Equal("按新通知顺延", (await app.Client.Get("/api/v1/calendar/moves/2"))["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task BadNoticesAndPages_AreRefused()
    {
        (await app.Client.Post("/api/v1/calendar/2028/preview", Notice())).IsProblem(422, "calendar.empty");
        (await app.Client.Post("/api/v1/calendar/2028/apply", Reason)).IsProblem(404, "calendar.year-not-loaded");
        (await app.Client.Get("/api/v1/calendar/moves/999")).IsProblem(404, "not-found");
    }

    private static JsonObject Reason => new() { ["reason"] = "按新通知顺延" };

    private async Task ApplyIsGuarded(string oldVersion)
    {
        (await app.Client.Post("/api/v1/calendar/2027/apply", Reason, ("If-Match", oldVersion))).IsProblem(412, "precondition.failed");
        (await app.Client.Post("/api/v1/calendar/2027/apply", new JsonObject())).IsProblem(400, "validation.required");
        var viewer = await app.WithRoles("viewer");
        Assert.Equal(403, (await viewer.Post("/api/v1/calendar/2027/apply", Reason)).Status);
        Assert.Equal(403, (await viewer.Post("/api/v1/calendar/2027/preview", Notice("2027-01-01"))).Status);
    }

    private static JsonObject Notice(params string[] off) =>
        new() { ["notice"] = "2027年放假通知", ["daysOff"] = new JsonArray([.. off.Select(d => (JsonNode)d)]), ["makeUpWorkdays"] = new JsonArray() };

    private static string Due(JsonNode deadline) => deadline["dueAt"]!.GetValue<string>();

    private async Task<JsonNode> Reply(string ticket) =>
        (await app.Client.Get("/api/v1/tickets/" + ticket))["deadlines"]!.AsArray().Single(d => d!["clock"]!.GetValue<string>() == "reply")!;
}
