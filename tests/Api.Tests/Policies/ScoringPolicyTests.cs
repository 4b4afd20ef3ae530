using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>Versions of the assessment over HTTP, around a closed month. The clock stands at the end of December 2026.</summary>
public sealed class ScoringPolicyTests(LateDecemberApp app) : IClassFixture<LateDecemberApp>
{
    private const string Path = "/api/v1/policies/scoring/";

    [Fact]
    public async Task VersionThatTouchesAClosedMonth_WaitsForAnotherPerson()
    {
        var (wang, li) = (await app.WithRoles("officeDirector"), await app.WithRoles("leader"));
        Assert.Equal(200, (await wang.Post("/api/v1/league-tables/2026-10/close?tier=station", new JsonObject())).Status);
        Assert.Equal(201, (await wang.Put(Path + "free", Body("2026-11"))).Status);

        var proposed = await wang.Put(Path + "bound", Body("2026-10", satisfaction: 60));
        Assert.Equal((202, "proposed", Path + "bound"), (proposed.Status, proposed["status"]!.GetValue<string>(), proposed.Headers["Location"]));
        Assert.Equal("v1", await InForce("2026-10"));
        var diff = await li.Get(Path + "bound/diff");
        Assert.Equal(("v1", "满意率权重由50改为60。"), (diff["against"]!.GetValue<string>(), diff["changes"]!.AsArray()[1]!["sentence"]!.GetValue<string>()));
        Assert.Equal("free", (await li.Get(Path + "bound/diff?against=free"))["against"]!.GetValue<string>());

        Assert.Equal(403, (await wang.Post(Path + "bound/approve", new JsonObject())).Status);
        Assert.Equal((200, "active"), ((await li.Post(Path + "bound/approve", new JsonObject())).Status, (await li.Get(Path + "bound"))["status"]!.GetValue<string>()));
        Assert.Equal("bound", await InForce("2026-10"));
        (await li.Post(Path + "bound/approve", new JsonObject())).IsProblem(409, "policy.not-proposed");
    }

    [Fact]
    public async Task OnePersonWithAllRoles_CannotApproveTheOwnProposal_AndMayDropIt()
    {
        await app.Client.Post("/api/v1/league-tables/2026-09/close?tier=brigade", new JsonObject());
        Assert.Equal(202, (await app.Client.Put(Path + "own", Body("2026-09"))).Status);
        (await app.Client.Post(Path + "own/approve", new JsonObject())).IsProblem(403, "duty.same-person");
        Assert.Equal(200, (await app.Client.Post(Path + "own/drop", new JsonObject())).Status);
        (await app.Client.Post(Path + "own/drop", new JsonObject())).IsProblem(409, "policy.not-proposed");
        (await app.Client.Get(Path + "own")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task StoredVersion_IsReplacedOnlyUponItsNumber()
    {
        var made = await app.Client.Put(Path + "mine", Body("2027-05"));
        Assert.Equal(200, (await app.Client.Put(Path + "mine", Body("2027-05"))).Status);
        (await app.Client.Put(Path + "mine", Body("2027-06"))).IsProblem(428, "precondition.required");
        (await app.Client.Put(Path + "mine", Body("2027-06"), ("If-Match", "\"99\""))).IsProblem(412, "precondition.failed");
        Assert.Equal(200, (await app.Client.Put(Path + "mine", Body("2027-06"), ("If-Match", made.Headers["ETag"]))).Status);
    }

    [Fact]
    public async Task BadVersions_AreRefusedWithTheirPlace()
    {
        await Refused(422, "policy.weights", "/weights", b => b["weights"] = new JsonObject { ["reply"] = 0, ["completion"] = 0, ["satisfaction"] = 0 });
        await Refused(422, "policy.weight", "/weights/reply", b => b["weights"]!["reply"] = -1);
        await Refused(422, "policy.share", "/basicallySatisfiedValue", b => b["basicallySatisfiedValue"] = 1.5);
        await Refused(422, "policy.count", "/streakMonths", b => b["streakMonths"] = 0);
        await Refused(400, "date.invalid", "/effectiveFrom", b => b["effectiveFrom"] = "2026-13");
        (await app.Client.Get(Path + "unknown/diff")).IsProblem(404, "not-found");
        (await app.Client.Post(Path + "unknown/sandbox?month=2026-10&tier=station", new JsonObject())).IsProblem(404, "not-found");
        (await app.Client.Post(Path + "v1/sandbox?month=2026-1x&tier=station", new JsonObject())).IsProblem(400, "date.invalid");
        Assert.Equal(403, (await (await app.WithRoles("viewer")).Post(Path + "v1/sandbox?month=2026-10&tier=station", new JsonObject())).Status);
    }

    [Fact]
    public async Task Sandbox_ShowsBothTables_AndStoresNothing()
    {
        await app.Dispatched("SP-1");
        Assert.True((await app.Client.Put(Path + "later", Body("2027-01", satisfaction: 60, minimum: 0))).Status is 200 or 201);
        var before = (await app.Client.Get("/api/v1/league-tables/2026-12?tier=station"))["rows"]!.ToJsonString();

        var trial = await app.Client.Post(Path + "later/sandbox?month=2026-12&tier=station", new JsonObject());

        Assert.Equal((200, true, "later"), (trial.Status, trial["trial"]!.GetValue<bool>(), trial["version"]!.GetValue<string>()));
        Assert.Contains("不存入", trial["note"]!.GetValue<string>());
        Assert.Equal("DG", trial["rows"]![0]!["unit"]!["code"]!.GetValue<string>());
        Assert.Contains(trial["changes"]!.AsArray(), c => c!["sentence"]!.GetValue<string>() == "参加排名所需的有效回访由5件改为0件。");
        Assert.Equal(before, (await app.Client.Get("/api/v1/league-tables/2026-12?tier=station"))["rows"]!.ToJsonString());
    }

    private async Task Refused(int status, string code, string pointer, Action<JsonObject> spoil)
    {
        var body = Body("2027-09");
        spoil(body);
        var answer = await app.Client.Put(Path + "bad", body);
        answer.IsProblem(status, code);
        Assert.Equal(pointer, answer["errors"]![0]!["pointer"]!.GetValue<string>());
    }

    private async Task<string> InForce(string month) => (await app.Client.Get($"/api/v1/league-tables/{month}?tier=brigade"))["policyVersion"]!.GetValue<string>();

    private static JsonObject Body(string from, int satisfaction = 50, int minimum = 5) => new()
    {
        ["effectiveFrom"] = from, ["weights"] = new JsonObject { ["reply"] = 20, ["completion"] = 30, ["satisfaction"] = satisfaction },
        ["basicallySatisfiedValue"] = 0.9, ["minEffectiveCallbacks"] = minimum, ["minRankedForLast"] = 5, ["minRankedForBottomThree"] = 7, ["bottomCount"] = 3,
        ["streakMonths"] = 3, ["unrankedMonth"] = "skip", ["penalties"] = "on",
    };
}
