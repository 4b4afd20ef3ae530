using System.Text.Json.Nodes;
using Hotline.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Api;

/// <summary>A holiday notice meets promises already given, over HTTP, at the end of December 2026.</summary>
public sealed class CalendarMoveTests(LateDecemberApp app) : IClassFixture<LateDecemberApp>
{
    [Fact]
    public async Task Notice_MovesProvisionalDues_AndALaterChangeWaitsForAPersonWithAReason()
    {
        var ticket = await Dispatched();
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
        (await app.Client.Post("/api/v1/calendar/2028/preview?limit=0", Notice("2028-01-01"))).IsProblem(400, "validation.range");
        (await app.Client.Post("/api/v1/calendar/2028/apply", Reason)).IsProblem(404, "calendar.year-not-loaded");
        (await app.Client.Get("/api/v1/calendar/moves/999")).IsProblem(404, "not-found");
    }

    private static JsonObject Reason => new() { ["reason"] = "按新通知顺延" };

    private async Task ApplyIsGuarded(string oldVersion)
    {
        (await app.Client.Post("/api/v1/calendar/2027/apply", Reason, ("If-Match", oldVersion))).IsProblem(412, "precondition.failed");
        (await app.Client.Post("/api/v1/calendar/2027/apply", new JsonObject())).IsProblem(400, "validation.required");
        var key = await app.Client.Post("/api/v1/api-keys", new JsonObject { ["name"] = "看客", ["roles"] = new JsonArray("viewer") });
        var viewer = app.With(key["key"]!.GetValue<string>());
        Assert.Equal(403, (await viewer.Post("/api/v1/calendar/2027/apply", Reason)).Status);
        Assert.Equal(403, (await viewer.Post("/api/v1/calendar/2027/preview", Notice("2027-01-01"))).Status);
    }

    private static JsonObject Notice(params string[] off) =>
        new() { ["notice"] = "2027年放假通知", ["daysOff"] = new JsonArray([.. off.Select(d => (JsonNode)d)]), ["makeUpWorkdays"] = new JsonArray() };

    private static string Due(JsonNode deadline) => deadline["dueAt"]!.GetValue<string>();

    private async Task<JsonNode> Reply(string ticket) =>
        (await app.Client.Get("/api/v1/tickets/" + ticket))["deadlines"]!.AsArray().Single(d => d!["clock"]!.GetValue<string>() == "reply")!;

    private async Task<string> Dispatched()
    {
        Assert.True((await app.Client.Put("/api/v1/units/DG", new JsonObject { ["name"] = "东关派出所", ["tier"] = "station" })).Status < 300);
        var registered = await app.Client.Post("/api/v1/tickets", new JsonObject
        {
            ["source"] = "12345", ["externalNo"] = "YE-1", ["nature"] = "complaint", ["urgency"] = "ordinary", ["title"] = "夜间施工噪声",
            ["content"] = "工地夜间施工。", ["caller"] = new JsonObject { ["name"] = "张三", ["phone"] = "13800000000" }, ["receivedAt"] = "2026-12-29T09:30:00+08:00",
        });
        var id = registered["id"]!.GetValue<string>();
        Assert.Equal(200, (await app.Client.Post($"/api/v1/tickets/{id}/dispatch", new JsonObject { ["leadUnit"] = "DG", ["supportingUnits"] = new JsonArray() })).Status);
        return id;
    }
}

/// <summary>A host of its own whose clock began on Tuesday 2026-12-29 at 10:00 in Shanghai.</summary>
public sealed class LateDecemberApp : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("hotline-api-").FullName;
    private WebApplication host = null!;

    public HotlineClient Client => With(HotlineApp.BootstrapKey);

    public HotlineClient With(string key) => new(host.Urls.First(), key);

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton<TimeProvider>(new ShiftedClock(new(2026, 12, 29, 2, 0, 0, TimeSpan.Zero)));
        host = Hotline.Silo.Program.Build(builder, new SiloOptions("http://127.0.0.1:0", folder, null, HotlineApp.BootstrapKey));
        await host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Runs like the real clock, from another day on.</summary>
    private sealed class ShiftedClock(DateTimeOffset start) : TimeProvider
    {
        private readonly TimeSpan _shift = start - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _shift;
    }
}
