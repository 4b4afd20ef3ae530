using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>考核仅供参考: the switch of the 2025 national opinion, over HTTP. The same months, first advisory, then with consequences.</summary>
public sealed class AdvisoryStoryTests(LateDecemberApp app) : IClassFixture<LateDecemberApp>
{
    private readonly HistoryFile file = new();

    [Fact]
    public async Task Advisory_DraftsAreSuggestions_AndBringNoReport_UntilThePolicyTurnsPenaltiesOn()
    {
        await Policy("hint", "2026-05", "advisory");
        await Policy("strict", "2026-07", "on");
        foreach (var month in new[] { "2026-05", "2026-06", "2026-07" })
        {
            file.Tickets("优所", month, 6, 0);
            file.Tickets("劣所", month, 3, 3);
        }
        await file.Import(app.Client);
        foreach (var month in new[] { "2026-05", "2026-06", "2026-07" })
        {
            await Act("王主任", $"/api/v1/league-tables/{month}/close?tier=station");
            await Act("王主任", $"/api/v1/league-tables/{month}/propose-publication?tier=station");
            await Act("李局长", $"/api/v1/league-tables/{month}/approve-publication?tier=station");
        }

        foreach (var kind in new[] { "criticise", "bottomThreeStreak" })
        {
            var hint = await Draft("2026-06", kind);
            Assert.True(hint["advisory"]!.GetValue<bool>());
            Assert.StartsWith("工作提示（仅供参考，不作通报批评）", hint["text"]!.GetValue<string>());
            var address = "/api/v1/notices/" + hint["id"]!.GetValue<string>();
            var dated = await app.Client.Post(address + "/issue", new JsonObject { ["meetingOn"] = "2027-01-15" }, HistoryMonth.ActingFor("李局长"));
            dated.IsProblem(422, "notice.meeting-past");
            var issued = await Act("李局长", address + "/issue");
            Assert.Equal(("issued", null, "withdraw"), (issued["status"]!.GetValue<string>(), issued["task"], Assert.Single(issued["allowedActions"]!.AsArray())!.GetValue<string>()));
        }
        Assert.Empty(await OpenReports());

        var strict = await Draft("2026-07", "bottomThreeStreak");
        Assert.False(strict["advisory"]!.GetValue<bool>());
        Assert.StartsWith("关于责成劣所作检查报告的通报", strict["text"]!.GetValue<string>());
        var owed = await Act("李局长", $"/api/v1/notices/{strict["id"]!.GetValue<string>()}/issue");
        Assert.NotNull(owed["task"]!["dueAt"]);
        Assert.Equal("2026-07", Assert.Single(await OpenReports())!["month"]!.GetValue<string>());
    }

    private async Task<JsonNode> Draft(string month, string kind)
    {
        var drafted = Assert.Single((await app.Client.Get($"/api/v1/notices?month={month}&kind={kind}&unit={Uri.EscapeDataString("劣所")}"))["items"]!.AsArray())!;
        Assert.Equal("drafted", drafted["status"]!.GetValue<string>());
        return drafted;
    }

    private async Task<JsonArray> OpenReports() =>
        (await app.Client.Get($"/api/v1/units/{Uri.EscapeDataString("劣所")}/standing"))["openReports"]!.AsArray();

    /// <summary>Two ranked units make a last place and a bottom of one; two months make a streak.</summary>
    private async Task Policy(string version, string from, string penalties)
    {
        var put = await app.Client.Put("/api/v1/policies/scoring/" + version, new JsonObject
        {
            ["effectiveFrom"] = from, ["weights"] = new JsonObject { ["reply"] = 20, ["completion"] = 30, ["satisfaction"] = 50 },
            ["basicallySatisfiedValue"] = 0.9, ["minEffectiveCallbacks"] = 5, ["minRankedForLast"] = 2, ["minRankedForBottomThree"] = 2, ["bottomCount"] = 1,
            ["streakMonths"] = 2, ["unrankedMonth"] = "skip", ["penalties"] = penalties,
        });
        Assert.True(put.Status == 201, put.Text);
    }

    private async Task<HotlineAnswer> Act(string person, string address)
    {
        var answer = await app.Client.Post(address, new JsonObject(), HistoryMonth.ActingFor(person));
        Assert.True(answer.Status == 200, $"{address}: {answer.Text}");
        return answer;
    }
}
