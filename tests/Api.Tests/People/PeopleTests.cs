using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>The register decides who may act. On a host of its own: from the first person on, nobody else is known.</summary>
public sealed class PeopleTests : IAsyncLifetime
{
    private readonly HotlineApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task ActingFor_AnybodyUntilSomebodyIsRegistered_ThenOnlyTheRegistered()
    {
        Assert.Equal(201, (await Register("A-1", "费警官")).Status);

        Assert.Equal(201, (await Person("FANG", "方敏", null, "dispatcher")).Status);

        (await Register("A-2", "费警官")).IsProblem(422, "actor.unknown");
        var made = await Register("A-3", "FANG");
        Assert.Equal(201, made.Status);
        var events = await app.Client.Get($"/api/v1/tickets/{made["id"]!.GetValue<string>()}/events");
        Assert.Equal(("FANG", "key-1"), (events["items"]![0]!["actor"]!.GetValue<string>(), events["items"]![0]!["client"]!.GetValue<string>()));
    }

    [Fact]
    public async Task ActingFor_TakesThePersonsRolesAndUnit()
    {
        await Unit("DG", "东关派出所");
        await Unit("XG", "西关派出所");
        await Person("FANG", "方敏", null, "dispatcher");
        await Person("DING", "丁磊", "DG", "unitHandler");
        await Person("XIE", "谢安", "西关派出所", "unitHandler");
        var ticket = "/api/v1/tickets/" + (await Register("B-1", "FANG"))["id"]!.GetValue<string>();
        (await app.Client.Post("/api/v1/tickets", Ticket("B-2"), For("DING"))).IsProblem(403, "auth.forbidden");
        Assert.Equal(200, (await app.Client.Post(ticket + "/dispatch", new JsonObject { ["leadUnit"] = "DG" }, For("FANG"))).Status);

        (await app.Client.Post(ticket + "/accept", new JsonObject(), For("FANG"))).IsProblem(403, "auth.forbidden");
        (await app.Client.Post(ticket + "/accept", new JsonObject(), For("XIE"))).IsProblem(404, "ticket.not-found");
        Assert.Equal(200, (await app.Client.Post(ticket + "/accept", new JsonObject(), For("DING"))).Status);
    }

    [Fact]
    public async Task PersonNoLongerActive_IsUnknown_AndSoIsTheirKey()
    {
        await Person("QI", "齐悦", null, "reviewer");
        var key = await app.Client.Post("/api/v1/api-keys", new JsonObject { ["name"] = "齐悦的密钥", ["roles"] = new JsonArray("reviewer"), ["person"] = "QI" });
        var own = app.With(key["key"]!.GetValue<string>());
        Assert.Equal(200, (await own.Get("/api/v1/my-work")).Status);
        Assert.Equal("QI", (await app.Client.Get("/api/v1/api-keys"))["items"]!.AsArray()[^1]!["person"]!.GetValue<string>());

        var ended = await app.Client.Put("/api/v1/people/QI", new JsonObject { ["name"] = "齐悦", ["roles"] = new JsonArray("reviewer"), ["activeTo"] = "2020-01-01" });

        Assert.Equal(200, ended.Status);
        (await own.Get("/api/v1/my-work")).IsProblem(401, "auth.required");
        (await app.Client.Get("/api/v1/my-work", For("QI"))).IsProblem(422, "actor.unknown");
    }

    [Fact]
    public async Task KeyOfAPerson_HasNoMoreRolesThanThePerson()
    {
        await Person("QI", "齐悦", null, "reviewer");
        var wanted = new JsonObject { ["name"] = "密钥", ["roles"] = new JsonArray("reviewer", "leader"), ["person"] = "QI" };
        (await app.Client.Post("/api/v1/api-keys", wanted)).IsProblem(422, "key.roles-beyond");
        wanted["person"] = "NOBODY";
        (await app.Client.Post("/api/v1/api-keys", wanted.DeepClone())).IsProblem(422, "actor.unknown");
        (await app.Client.Post("/api/v1/api-keys", new JsonObject { ["name"] = "两职", ["roles"] = new JsonArray("administrator", "auditor") })).IsProblem(422, "roles.apart");
    }

    [Fact]
    public async Task Register_GoesOutAndInAsCsv_WholeOrNotAtAll()
    {
        await Unit("DG", "东关派出所");
        var file = "编号,姓名,单位,角色,启用日期,停用日期\r\nP1,王强,,派单员;审核员,,\r\nP2,丁磊,东关派出所,unitHandler,2026-01-01,\r\n";
        var first = await Import(file);
        Assert.Equal((200, 2, 0, 0), (first.Status, Number(first, "added"), Number(first, "changed"), Number(first, "unchanged")));

        var out1 = await app.Client.Get("/api/v1/people/export.csv");
        var again = await Import(out1.Text.TrimStart('\uFEFF') + "P3,王 强,,viewer,,\r\n");
        again.IsProblem(422, "people.rows-invalid");
        Assert.Contains("/4/name", again.Body["errors"]!.AsArray().Select(e => e!["pointer"]!.GetValue<string>()));
        Assert.Equal(2, (await app.Client.Get("/api/v1/people"))["items"]!.AsArray().Count);
        var same = await Import(out1.Text);
        Assert.Equal((0, 0, 2), (Number(same, "added"), Number(same, "changed"), Number(same, "unchanged")));
        (await Import("编号,姓名,单位,角色\r\nP4,赵六,没有的所,viewer\r\nP5,钱七,,皇帝\r\n")).IsProblem(422, "people.rows-invalid");
        (await Import("name\r\nx\r\n")).IsProblem(422, "people.rows-invalid");
    }

    [Fact]
    public async Task CommandSystem_ActsForNoAdministrator_AndKeysThatReadAlikeAreOne()
    {
        await Person("ADM", "管理员甲", null, "administrator");
        await Person("FANG", "方敏", null, "dispatcher");
        var system = await app.WithRoles("commandSystem");
        (await system.Get("/api/v1/people", For("ADM"))).IsProblem(403, "auth.acting-forbidden");
        (await system.Get("/api/v1/my-work", For("方敏"))).IsProblem(422, "actor.unknown");
        Assert.Equal(200, (await system.Get("/api/v1/my-work", For("FANG"))).Status);
        Assert.Equal(200, (await app.Client.Get("/api/v1/people", For("ADM"))).Status);

        Assert.Equal(201, (await Key("张三")).Status);
        Assert.Equal(201, (await Key("张三")).Status);
        (await Key("张 三")).IsProblem(409, "key.name-taken");
    }

    private Task<HotlineAnswer> Key(string name) => app.Client.Post("/api/v1/api-keys", new JsonObject { ["name"] = name, ["roles"] = new JsonArray("viewer") });

    [Fact]
    public async Task OtherFileUnderTheSameKey_IsRefused()
    {
        async Task<HotlineAnswer> Send(string name)
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes($"编号,姓名,角色\r\nP1,{name},viewer\r\n"));
            content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
            return await app.Client.Send("POST", "/api/v1/people/import", content, ("Idempotency-Key", "one-key"));
        }

        Assert.Equal(200, (await Send("王强")).Status);
        Assert.Equal("true", (await Send("王强")).Headers["Idempotency-Replayed"]);
        (await Send("李刚")).IsProblem(422, "idempotency.mismatch");
    }

    [Fact]
    public async Task Readiness_WarnsWhileTheFirstKeyIsInUse()
    {
        var ready = await app.Client.Get("/health/ready");
        Assert.Equal("key.bootstrap-in-use", ready["warnings"]![0]!.GetValue<string>());
        var admin = await app.WithRoles("administrator");

        Assert.Equal(200, (await admin.Post("/api/v1/api-keys/key-1/revoke", new JsonObject())).Status);

        Assert.Empty((await admin.Get("/health/ready"))["warnings"]!.AsArray());
    }

    private Task<HotlineAnswer> Person(string code, string name, string? unit, params string[] roles) => app.Client.Put($"/api/v1/people/{code}",
        new JsonObject { ["name"] = name, ["unit"] = unit, ["roles"] = new JsonArray([.. roles.Select(r => (JsonNode)r)]) });

    private Task<HotlineAnswer> Unit(string code, string name) => app.Client.Put($"/api/v1/units/{code}", new JsonObject { ["name"] = name, ["tier"] = "station" });

    private Task<HotlineAnswer> Register(string no, string person) => app.Client.Post("/api/v1/tickets", Ticket(no), For(person));

    private static JsonObject Ticket(string no) => new()
    {
        ["source"] = "12345", ["externalNo"] = no, ["nature"] = "complaint", ["urgency"] = "ordinary", ["title"] = "噪音扰民", ["receivedAt"] = "2026-10-09T09:30:00+08:00",
    };

    private Task<HotlineAnswer> Import(string file)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(file));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return app.Client.Send("POST", "/api/v1/people/import", content, ("Idempotency-Key", Guid.NewGuid().ToString()));
    }

    private static int Number(HotlineAnswer answer, string member) => answer[member]!.GetValue<int>();

    private static (string, string) For(string person) => ("X-Acting-For", Uri.EscapeDataString(person));
}
