using System.Text.Json.Nodes;

namespace Hotline.Api;

public sealed class IdempotencyTests(HotlineApp app)
{
    private JsonObject NewViewer() => new() { ["name"] = app.Unique("viewer"), ["roles"] = new JsonArray("viewer") };

    [Fact]
    public async Task Post_WithoutKey_IsRefused() =>
        (await app.Client.Send("POST", "/api/v1/api-keys", HotlineClient.Json(NewViewer()))).IsProblem(400, "idempotency.missing");

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    public async Task Post_WithMalformedKey_IsRefused(string key) =>
        (await app.Client.Post("/api/v1/api-keys", NewViewer(), ("Idempotency-Key", key))).IsProblem(400, "idempotency.malformed");

    [Fact]
    public async Task Post_WithOverlongKey_IsRefused() =>
        (await app.Client.Post("/api/v1/api-keys", NewViewer(), ("Idempotency-Key", new string('k', 256)))).IsProblem(400, "idempotency.malformed");

    [Fact]
    public async Task Repeat_GetsTheFirstAnswerMarkedAndWithoutTheSecret()
    {
        var (body, key) = (NewViewer(), ("Idempotency-Key", Guid.NewGuid().ToString()));
        var first = await app.Client.Post("/api/v1/api-keys", body, key);
        var second = await app.Client.Post("/api/v1/api-keys", body, key);
        Assert.Equal((201, 201), (first.Status, second.Status));
        Assert.Equal("true", second.Headers["Idempotency-Replayed"]);
        Assert.DoesNotContain("Idempotency-Replayed", first.Headers.Keys);
        Assert.Equal(first.Headers["Location"], second.Headers["Location"]);
        Assert.Equal(first["id"]!.ToString(), second["id"]!.ToString());
        Assert.Null(second["key"]);
    }

    [Fact]
    public async Task KeyWithAnotherBody_IsRefused()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        await app.Client.Post("/api/v1/api-keys", NewViewer(), key);
        (await app.Client.Post("/api/v1/api-keys", NewViewer(), key)).IsProblem(422, "idempotency.mismatch");
    }

    [Fact]
    public async Task KeyOfAnotherClient_IsFresh()
    {
        var (body, key) = (NewViewer(), ("Idempotency-Key", Guid.NewGuid().ToString()));
        var other = await app.WithRoles("administrator");
        var first = await app.Client.Post("/api/v1/api-keys", body, key);
        var second = await other.Post("/api/v1/api-keys", body, key);
        Assert.NotEqual(first["id"]!.ToString(), second["id"]!.ToString());
    }

    [Fact]
    public async Task KeyOfAnotherPersonBehindTheSameApiKey_IsRefused()
    {
        var (body, key) = (NewViewer(), ("Idempotency-Key", Guid.NewGuid().ToString()));
        Assert.Equal(201, (await app.Client.Post("/api/v1/api-keys", body, key, ("X-Acting-For", Uri.EscapeDataString("王主任")))).Status);
        (await app.Client.Post("/api/v1/api-keys", body, key, ("X-Acting-For", Uri.EscapeDataString("李局长")))).IsProblem(422, "idempotency.mismatch");
    }

    [Fact]
    public async Task Refusal_IsNotKept()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var body = new JsonObject { ["name"] = "民警乙", ["roles"] = new JsonArray("unitHandler"), ["unit"] = app.Unique("LATE") };
        (await app.Client.Post("/api/v1/api-keys", body, key)).IsProblem(422, "unit.unknown");
        await app.Client.Put($"/api/v1/units/{body["unit"]}", new JsonObject { ["name"] = app.Unique("迟到派出所"), ["tier"] = "station" });
        Assert.Equal(201, (await app.Client.Post("/api/v1/api-keys", body, key)).Status);
    }

    [Fact]
    public async Task SameRequestManyTimesAtOnce_TakesEffectOnce()
    {
        var (body, key) = (NewViewer(), ("Idempotency-Key", Guid.NewGuid().ToString()));
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => app.Client.Post("/api/v1/api-keys", body, key)));
        Assert.All(answers, a => Assert.True(a.Status == 201 || a.Code == "idempotency.running", a.Text));
        var list = await app.Client.Get("/api/v1/api-keys");
        Assert.Single(list["items"]!.AsArray(), k => k!["name"]!.GetValue<string>() == body["name"]!.GetValue<string>());
    }
}
