using System.Text.Json.Nodes;

namespace Hotline.Api;

public sealed class CalendarTests(HotlineApp app)
{
    [Theory]
    [InlineData("start=2026-02-13T16:00:00%2B08:00&workingDays=5", "2026-02-27T17:30:00+08:00")]
    [InlineData("start=2026-02-13T16:00:00+08:00&workingDays=5", "2026-02-27T17:30:00+08:00")]
    [InlineData("start=2026-10-09T16:00:00%2B08:00&workingHours=4", "2026-10-10T11:30:00+08:00")]
    [InlineData("start=2026-10-09T08:00:00Z&workingHours=0.5", "2026-10-09T16:30:00+08:00")]
    public async Task Due_IsReckonedInWorkingTime(string query, string due)
    {
        var answer = await app.Client.Get("/api/v1/calendar/due?" + query);
        Assert.Equal(due, answer["dueAt"]!.GetValue<string>());
        Assert.True(answer["complete"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("workingDays=5", "?start", "validation.required")]
    [InlineData("start=2026-02-13T16:00:00&workingDays=5", "?start", "date.offset-required")]
    [InlineData("start=tomorrow&workingDays=5", "?start", "date.invalid")]
    [InlineData("start=2026-02-13T16:00:00Z&workingDays=five", "?workingDays", "validation.type")]
    [InlineData("start=2026-02-13T16:00:00Z&workingDays=-1", "?workingDays", "validation.range")]
    [InlineData("start=2026-02-13T16:00:00Z&workingHours=1e9", "?workingHours", "validation.type")]
    [InlineData("start=2026-02-13T16:00:00Z", "?workingDays", "validation.required")]
    [InlineData("start=2026-02-13T16:00:00Z&workingDays=1&workingHours=1", "?workingDays", "validation.required")]
    public async Task Due_OfUnreadableParameters_IsRefused(string query, string pointer, string code)
    {
        var answer = await app.Client.Get("/api/v1/calendar/due?" + query);
        answer.IsProblem(400, code);
        Assert.Equal(pointer, answer["errors"]![0]!["pointer"]!.GetValue<string>());
    }

    [Fact]
    public async Task ShippedYear_IsShown()
    {
        var year = await app.Client.Get("/api/v1/calendar/2026");
        Assert.Contains("2026-02-17", year["daysOff"]!.AsArray().Select(d => d!.GetValue<string>()));
        Assert.Contains("2026-10-10", year["makeUpWorkdays"]!.AsArray().Select(d => d!.GetValue<string>()));
        Assert.Equal("\"" + year["version"] + "\"", year.Headers["ETag"]);
    }

    [Fact]
    public async Task YearWithoutNotice_IsNotFoundAndMarkedIncomplete()
    {
        (await app.Client.Get("/api/v1/calendar/2031")).IsProblem(404, "calendar.year-not-loaded");
        Assert.False((await app.Client.Get("/api/v1/calendar/due?start=2031-03-03T10:00:00%2B08:00&workingDays=1"))["complete"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Year_IsImportedFreelyAndReplacedOnlyUponItsVersion()
    {
        var notice = new JsonObject { ["notice"] = "测试通知", ["daysOff"] = new JsonArray("2033-05-03"), ["makeUpWorkdays"] = new JsonArray("2033-05-07") };
        var made = await app.Client.Put("/api/v1/calendar/2033", notice);
        Assert.Equal(201, made.Status);
        Assert.Equal(["2033-05-03", "2033-05-07"], made["changedDays"]!.AsArray().Select(d => d!.GetValue<string>()));
        Assert.Equal("2033-05-04T17:30:00+08:00", (await app.Client.Get("/api/v1/calendar/due?start=2033-05-02T10:00:00%2B08:00&workingDays=1"))["dueAt"]!.GetValue<string>());

        var other = new JsonObject { ["notice"] = "测试通知（更正）", ["daysOff"] = new JsonArray("2033-05-04"), ["makeUpWorkdays"] = new JsonArray() };
        (await app.Client.Put("/api/v1/calendar/2033", other)).IsProblem(428, "precondition.required");
        (await app.Client.Put("/api/v1/calendar/2033", other, ("If-Match", "\"0\""))).IsProblem(412, "precondition.failed");
        Assert.Equal(200, (await app.Client.Put("/api/v1/calendar/2033", other, ("If-Match", made.Headers["ETag"]))).Status);
        Assert.Equal(200, (await app.Client.Put("/api/v1/calendar/2033", notice, ("If-Match", "*"))).Status);
    }

    [Fact]
    public async Task NoticeThatContradictsItself_IsRefused() =>
        (await app.Client.Put("/api/v1/calendar/2034", new JsonObject { ["notice"] = "x", ["daysOff"] = new JsonArray("2034-05-06"), ["makeUpWorkdays"] = new JsonArray("2034-05-06") }))
            .IsProblem(422, "calendar.contradiction");
}
