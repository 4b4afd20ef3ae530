using System.Text.Json.Nodes;

namespace Hotline.Api;

public sealed class AccessTests(HotlineApp app)
{
    private static readonly JsonObject Viewer = new() { ["name"] = "查看者", ["roles"] = new JsonArray("viewer") };

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("hk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Strangers_GetOneAndTheSameAnswer(string? key)
    {
        var answer = await app.With(key).Get("/api/v1/units");
        answer.IsProblem(401, "auth.required");
        Assert.Equal("ApiKey", answer.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task Strangers_AreNotToldWhatExists() => (await app.With(null).Get("/api/v1/nothing-here")).IsProblem(401, "auth.required");

    [Fact]
    public async Task KeyHolders_AreToldThatNothingIsThere() => (await app.Client.Get("/api/v1/nothing-here")).IsProblem(404, "not-found");

    [Fact]
    public async Task Role_ThatIsNotAdmitted_IsForbidden()
    {
        var viewer = await app.WithRoles("viewer");
        Assert.Equal(200, (await viewer.Get("/api/v1/units")).Status);
        (await viewer.Get("/api/v1/api-keys")).IsProblem(403, "auth.forbidden");
        (await viewer.Put("/api/v1/units/V1", new JsonObject { ["name"] = "不应建立", ["tier"] = "station" })).IsProblem(403, "auth.forbidden");
    }

    [Fact]
    public async Task Secret_IsShownOnceAndNeverListed()
    {
        var made = await app.Client.Post("/api/v1/api-keys", Viewer.DeepClone());
        var secret = made["key"]!.GetValue<string>();
        Assert.Matches("^hk_[A-Za-z0-9_-]{43}$", secret);
        var list = await app.Client.Get("/api/v1/api-keys");
        Assert.Contains(list["items"]!.AsArray(), k => k!["id"]!.GetValue<string>() == made["id"]!.GetValue<string>());
        Assert.DoesNotContain(secret, list.Text);
        Assert.DoesNotContain("hash", list.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task RevokedKey_IsAStranger()
    {
        var made = await app.Client.Post("/api/v1/api-keys", Viewer.DeepClone());
        var viewer = app.With(made["key"]!.GetValue<string>());
        Assert.Equal(200, (await viewer.Get("/api/v1/units")).Status);
        Assert.Equal(200, (await app.Client.Post($"/api/v1/api-keys/{made["id"]}/revoke", new JsonObject())).Status);
        (await viewer.Get("/api/v1/units")).IsProblem(401, "auth.required");
        Assert.Equal(200, (await app.Client.Post($"/api/v1/api-keys/{made["id"]}/revoke", new JsonObject())).Status);
    }

    [Fact]
    public async Task OwnKey_CannotBeRevoked() => (await app.Client.Post("/api/v1/api-keys/key-1/revoke", new JsonObject())).IsProblem(422, "key.own");

    [Fact]
    public async Task UnknownKey_CannotBeRevoked() => (await app.Client.Post("/api/v1/api-keys/key-99999/revoke", new JsonObject())).IsProblem(404, "not-found");

    [Theory]
    [InlineData("""{"name":"甲","roles":[]}""", "roles.empty")]
    [InlineData("""{"name":"乙","roles":["unitHandler"]}""", "roles.unit-required")]
    [InlineData("""{"name":"丙","roles":["unitHandler"],"unit":"没有的单位"}""", "unit.unknown")]
    [InlineData("""{"name":"import:dispatcher","roles":["viewer"]}""", "key.name-reserved")]
    [InlineData("""{"name":"丁","roles":["viewer"],"expiresAt":"2020-01-01T00:00:00+08:00"}""", "key.expiry-past")]
    public async Task Key_ThatBreaksARule_IsRefused(string body, string code) =>
        (await app.Client.Post("/api/v1/api-keys", JsonNode.Parse(body)!)).IsProblem(422, code);

    [Fact]
    public async Task UnitOfAKey_IsFoundByNameAndKeptAsCode()
    {
        var (code, name) = (app.Unique("KU"), app.Unique("密钥派出所"));
        await app.Client.Put($"/api/v1/units/{code}", new JsonObject { ["name"] = name, ["tier"] = "station" });
        var made = await app.Client.Post("/api/v1/api-keys", new JsonObject { ["name"] = "民警甲", ["roles"] = new JsonArray("unitHandler"), ["unit"] = name });
        Assert.Equal(code, made["unit"]!.GetValue<string>());
    }

    [Fact]
    public async Task FirstKey_ActsForWhomeverItNames_WhileNobodyIsRegistered_AndNoOtherKeyDoes()
    {
        var system = await app.WithRoles("commandSystem");
        (await system.Post("/api/v1/api-keys", Viewer.DeepClone(), ("X-Acting-For", Uri.EscapeDataString("费警官")))).IsProblem(422, "actor.unknown");
        var made = await app.Client.Post("/api/v1/api-keys", Viewer.DeepClone(), ("X-Acting-For", Uri.EscapeDataString("费警官")));
        var list = await app.Client.Get("/api/v1/api-keys");
        var listed = list["items"]!.AsArray().Single(k => k!["id"]!.GetValue<string>() == made["id"]!.GetValue<string>());
        Assert.Equal("费警官", listed!["createdBy"]!.GetValue<string>());
    }

    [Fact]
    public async Task OtherKeys_ActForNobody() =>
        (await (await app.WithRoles("administrator")).Get("/api/v1/units", ("X-Acting-For", "somebody"))).IsProblem(403, "auth.acting-forbidden");

    [Theory]
    [InlineData("system")]
    [InlineData("import:dispatcher")]
    [InlineData("%00")]
    [InlineData("%FF")]
    [InlineData("50%")]
    [InlineData("a%0Ab")]
    [InlineData("%E2%80%AEabc")]
    public async Task PersonActedFor_MustBeAName(string header) =>
        (await app.Client.Get("/api/v1/units", ("X-Acting-For", header))).IsProblem(400, "auth.acting-malformed");
}
