using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>A new version of the deadlines over HTTP: proposed, compared, tried, approved by another person, felt by new dispatches only.</summary>
public sealed class DeadlinePolicyTests(LateDecemberApp app) : IClassFixture<LateDecemberApp>
{
    private const string Path = "/api/v1/policies/deadlines/";

    [Fact]
    public async Task Version_ProposedComparedTriedAndApproved_BindsNewDispatchesOnly()
    {
        var (wang, li) = (await Person("officeDirector"), await Person("deputyChief"));
        var old = await Dispatched("DP-1");
        var handler = await Person("unitHandler");

        var proposed = await wang.Put(Path + "2027-a", await Stricter());
        Assert.Equal((202, "proposed"), (proposed.Status, proposed["status"]!.GetValue<string>()));
        Assert.Equal("新增派出所投诉类答复时限：一般3个工作日、紧急120分钟，须提供现场照片、询问笔录。",
            Assert.Single((await wang.Get(Path + "2027-a/diff"))["changes"]!.AsArray())!["sentence"]!.GetValue<string>());
        var tried = await wang.Post(Path + "2027-a/preview", new JsonObject());
        Assert.Equal((1, old), (tried["tickets"]!.GetValue<int>(), tried["items"]![0]!["ticket"]!.GetValue<string>()));
        Assert.Equal("v1", Promise(await app.Client.Get("/api/v1/tickets/" + old)));

        (await (await Person("officeDirector", "leader")).Post(Path + "other/approve", new JsonObject())).IsProblem(409, "policy.not-proposed");
        Assert.Equal(403, (await wang.Post(Path + "2027-a/approve", new JsonObject())).Status);
        var approved = await li.Post(Path + "2027-a/approve", new JsonObject());
        Assert.Equal((200, "active"), (approved.Status, approved["status"]!.GetValue<string>()));

        var fresh = await Dispatched("DP-2");
        Assert.Equal("2027-a", Promise(await app.Client.Get("/api/v1/tickets/" + fresh)));
        Assert.Equal("v1", Promise(await app.Client.Get("/api/v1/tickets/" + old)));
        await RecordsAreDemanded(handler, fresh);
        Assert.Equal(200, (await Worked(handler, old, new JsonArray())).Status);
        (await wang.Put(Path + "2027-a", await Stricter(4))).IsProblem(409, "policy.approved");
        Assert.Equal(["v1", "2027-a"], (await wang.Get(Path.TrimEnd('/')))["items"]!.AsArray().Take(2).Select(p => p!["version"]!.GetValue<string>()));
    }

    [Fact]
    public async Task OnePersonWithAllRoles_CannotApproveTheOwnProposal()
    {
        Assert.Equal(202, (await app.Client.Put(Path + "own", await Stricter(2, "2027-06-01"))).Status);
        (await app.Client.Post(Path + "own/approve", new JsonObject())).IsProblem(403, "duty.same-person");
        Assert.Equal(200, (await app.Client.Post(Path + "own/drop", new JsonObject())).Status);
        (await app.Client.Get(Path + "own")).IsProblem(404, "not-found");
        (await app.Client.Get(Path + "own/diff")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task BadVersions_AreRefusedWithTheirPlace()
    {
        await Refused(400, "validation.enum", "/rows/0/clock", b => b["rows"]![0]!["clock"] = "lunch");
        await Refused(422, "policy.invalid", "/rows/0/ordinary", b => b["rows"]![0]!["ordinary"]!["amount"] = -3);
        await Refused(422, "policy.invalid", "/rows", b => b["rows"]!.AsArray().RemoveAt(1));
        await Refused(422, "policy.invalid", "/rows", b => b["rows"]!.AsArray().Add(b["rows"]![0]!.DeepClone()));
        await Refused(422, "policy.invalid", "/rows/1/records", b => b["rows"]![1]!["records"] = new JsonArray("photos"));
        await Refused(422, "policy.effective-from", "/effectiveFrom", b => b["effectiveFrom"] = "2026-12-28");
        await Refused(400, "validation.unknown", "/effective", b => b["effective"] = 1, anyPointer: true);
    }

    [Fact]
    public async Task DecisionsClocks_MayBeLeftOutOrNamed_AndTheDocumentNamesThem()
    {
        var wang = await Person("officeDirector");
        var body = await Stricter(2, "2027-08-01");
        var rows = body["rows"]!.AsArray();
        foreach (var young in rows.Where(r => Clock(r!) is "decision" or "answerCaller" or "archive" or "outcome").ToArray())
        {
            rows.Remove(young);
        }
        rows.Add(Row("returnDecision", 2));
        rows.Add(Row("archive", 16));
        Assert.Equal(202, (await wang.Put(Path + "young", body)).Status);

        var changes = (await wang.Get(Path + "young/diff?against=v1"))["changes"]!.AsArray();
        Assert.Equal(
            ["新增退单审定时限：一般2个工作小时、紧急15分钟。", "归档时限由一般5个工作日、紧急5个工作日改为一般16个工作小时、紧急15分钟。"],
            changes.Skip(1).Select(c => c!["sentence"]!.GetValue<string>()));
        Assert.Equal(200, (await wang.Post(Path + "young/drop", new JsonObject())).Status);
        var schemas = (await app.Client.Get("/swagger/v1/swagger.json"))["components"]!["schemas"]!;
        Assert.EndsWith("`support` 协办，`decision` 审定，`returnDecision` 退单审定，`extensionDecision` 延期审批，"
            + "`suspensionDecision` 挂起审批，`exclusionDecision` 剔除审定，`withdrawalDecision` 撤单确认，"
            + "`correctionDecision` 更正确认，`mergeDecision` 并单确认，`divertDecision` 分流确认，`redispatch` 重新派单，"
            + "`answerCaller` 答复诉求人，`archive` 归档，`outcome` 分流结果",
            schemas["Clock"]!["description"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static string Clock(JsonNode row) => row["clock"]!.GetValue<string>();

    private static JsonObject Row(string clock, int hours) => new()
    {
        ["clock"] = clock, ["ordinary"] = new JsonObject { ["unit"] = "workingHours", ["amount"] = hours },
        ["urgent"] = new JsonObject { ["unit"] = "minutes", ["amount"] = 15 },
    };

    private async Task Refused(int status, string code, string pointer, Action<JsonObject> spoil, bool anyPointer = false)
    {
        var body = (await Stricter(2, "2027-07-01")).DeepClone().AsObject();
        spoil(body);
        var answer = await app.Client.Put(Path + "bad", body);
        if (anyPointer)
        {
            Assert.Equal(status, answer.Status);
            return;
        }
        answer.IsProblem(status, code);
        Assert.Equal(pointer, answer["errors"]![0]!["pointer"]!.GetValue<string>());
    }

    private async Task RecordsAreDemanded(HotlineClient handler, string ticket)
    {
        var refused = await Worked(handler, ticket, new JsonArray());
        refused.IsProblem(422, "reply.records-missing");
        Assert.Equal(["/records/photos", "/records/transcript"], refused["errors"]!.AsArray().Select(e => e!["pointer"]!.GetValue<string>()));
        var records = new JsonArray(Record("photos"), Record("transcript"));
        Assert.Equal(200, (await handler.Post($"/api/v1/tickets/{ticket}/reply", Reply(records))).Status);
        Assert.Contains("现场照片：卷三", (await app.Client.Get($"/api/v1/tickets/{ticket}/events")).Text);
    }

    private static async Task<HotlineAnswer> Worked(HotlineClient handler, string ticket, JsonArray records)
    {
        Assert.Equal(200, (await handler.Post($"/api/v1/tickets/{ticket}/accept", new JsonObject())).Status);
        Assert.Equal(200, (await handler.Post($"/api/v1/tickets/{ticket}/contact", new JsonObject { ["channel"] = "phone", ["reached"] = true })).Status);
        return await handler.Post($"/api/v1/tickets/{ticket}/reply", Reply(records));
    }

    private static JsonObject Record(string kind) => new() { ["kind"] = kind, ["reference"] = "卷三" };

    private static JsonObject Reply(JsonArray records) => new()
    {
        ["finding"] = "true", ["measures"] = "现场劝离商贩并约谈。", ["outcome"] = "solved", ["text"] = "您好，民警已到现场劝离商贩，并已安排晚间巡逻，如再发生请及时联系我们。", ["channel"] = "phone", ["records"] = records,
    };

    /// <summary>v1 with a row of its own for stations' complaints, which asks for photographs and a transcript.</summary>
    private async Task<JsonObject> Stricter(int days = 3, string from = "2026-12-29")
    {
        var rows = (await app.Client.Get(Path + "v1"))["rows"]!.DeepClone().AsArray();
        rows.Insert(0, new JsonObject
        {
            ["clock"] = "reply", ["nature"] = "complaint", ["tier"] = "station", ["ordinary"] = new JsonObject { ["unit"] = "workingDays", ["amount"] = days },
            ["urgent"] = new JsonObject { ["unit"] = "minutes", ["amount"] = 120 }, ["records"] = new JsonArray("photos", "transcript"),
        });
        return new() { ["effectiveFrom"] = from, ["rows"] = rows };
    }

    private static string Promise(HotlineAnswer ticket) =>
        ticket["deadlines"]!.AsArray().Single(d => d!["clock"]!.GetValue<string>() == "reply")!["policyVersion"]!.GetValue<string>();

    private Task<HotlineClient> Person(params string[] roles) => app.WithRoles(roles);

    private Task<string> Dispatched(string number) => app.Dispatched(number);
}
