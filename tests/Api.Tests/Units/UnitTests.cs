using System.Text.Json.Nodes;

namespace Hotline.Api;

public sealed class UnitTests(HotlineApp app)
{
    private static JsonObject Station(string name) => new() { ["name"] = name, ["tier"] = "station", ["head"] = "张三", ["deputyChief"] = "李四" };

    [Fact]
    public async Task FirstPut_CreatesWithAddressAndVersion()
    {
        var code = app.Unique("U");
        var made = await app.Client.Put($"/api/v1/units/{code}", Station(app.Unique("新建派出所")));
        Assert.Equal((201, $"/api/v1/units/{code}", "\"1\""), (made.Status, made.Headers["Location"], made.Headers["ETag"]));
        var read = await app.Client.Get($"/api/v1/units/{code}");
        Assert.Equal((200, made.Text, "\"1\""), (read.Status, read.Text, read.Headers["ETag"]));
    }

    [Fact]
    public async Task SameDescriptionAgain_KeepsTheVersion()
    {
        var (code, body) = (app.Unique("U"), Station(app.Unique("重复派出所")));
        await app.Client.Put($"/api/v1/units/{code}", body);
        var again = await app.Client.Put($"/api/v1/units/{code}", body.DeepClone());
        Assert.Equal("\"1\"", again.Headers["ETag"]);
    }

    [Fact]
    public async Task StaleVersion_IsRefusedAndChangesNothing()
    {
        var (code, name) = (app.Unique("U"), app.Unique("旧版派出所"));
        await app.Client.Put($"/api/v1/units/{code}", Station(name));
        var second = await app.Client.Put($"/api/v1/units/{code}", Station(name + "二"), ("If-Match", "\"1\""));
        Assert.Equal("\"2\"", second.Headers["ETag"]);
        (await app.Client.Put($"/api/v1/units/{code}", Station(name + "三"), ("If-Match", "\"1\""))).IsProblem(412, "precondition.failed");
        (await app.Client.Put($"/api/v1/units/{code}", Station(name + "三"), ("If-Match", "W/\"2\""))).IsProblem(412, "precondition.failed");
        Assert.Equal(name + "二", (await app.Client.Get($"/api/v1/units/{code}"))["name"]!.GetValue<string>());
        Assert.Equal(200, (await app.Client.Put($"/api/v1/units/{code}", Station(name + "三"), ("If-Match", "*"))).Status);
    }

    [Fact]
    public async Task NameOfAnotherUnit_IsTaken()
    {
        var (first, second, name) = (app.Unique("U"), app.Unique("U"), app.Unique("同名派出所"));
        await app.Client.Put($"/api/v1/units/{first}", Station(name));
        var refused = await app.Client.Put($"/api/v1/units/{second}", Station(name));
        refused.IsProblem(409, "unit.name-taken");
        Assert.NotNull(refused["allowedActions"]);
        (await app.Client.Get($"/api/v1/units/{second}")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task RenamedUnit_KeepsItsFormerNameAsAlias()
    {
        var (code, name) = (app.Unique("U"), app.Unique("曾用名派出所"));
        await app.Client.Put($"/api/v1/units/{code}", Station(name));
        var renamed = await app.Client.Put($"/api/v1/units/{code}", Station(name + "新"));
        Assert.Equal([name], renamed["aliases"]!.AsArray().Select(a => a!.GetValue<string>()));
        (await app.Client.Put($"/api/v1/units/{app.Unique("U")}", Station(name))).IsProblem(409, "unit.name-taken");
    }

    [Fact]
    public async Task ChineseCode_IsAnAddress()
    {
        var code = app.Unique("单位");
        var made = await app.Client.Put("/api/v1/units/" + Uri.EscapeDataString(code), Station(app.Unique("中文代码派出所")));
        Assert.Equal(201, made.Status);
        Assert.Equal(code, (await app.Client.Get(made.Headers["Location"]))["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("a%20b")]
    [InlineData("-a")]
    public async Task CodeThatIsNone_IsRefused(string code) => (await app.Client.Put($"/api/v1/units/{code}", Station("不应建立"))).IsProblem(400, "unit.code-invalid");

    [Fact]
    public async Task EndBeforeStart_IsRefused()
    {
        var body = Station(app.Unique("日期派出所"));
        (body["activeFrom"], body["activeTo"]) = ("2026-02-01", "2026-01-31");
        (await app.Client.Put($"/api/v1/units/{app.Unique("U")}", body)).IsProblem(422, "unit.dates-invalid");
    }

    [Fact]
    public async Task List_ShowsAllInTheOrderOfTheirCodes()
    {
        var codes = new[] { app.Unique("ZZ"), app.Unique("AA") };
        foreach (var code in codes)
        {
            await app.Client.Put($"/api/v1/units/{code}", Station("列表" + code));
        }
        var listed = (await app.Client.Get("/api/v1/units"))["items"]!.AsArray().Select(u => u!["code"]!.GetValue<string>()).ToArray();
        Assert.Subset(listed.ToHashSet(), codes.ToHashSet());
        Assert.Equal(listed.Order(StringComparer.Ordinal), listed);
    }
}
