using System.Globalization;
using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>评优 over a whole year as people do it: months imported and published, a unit renamed, one merged, one founded; quarters and the year's rewards
/// approved by two people; and a correction afterwards, which names what it brings down.</summary>
public sealed class YearStoryTests(HotlineApp app)
{
    private const string Director = "王主任", Leader = "李局长";
    private const string Station = "?tier=station", Year = "/api/v1/years/2010/reward-list";
    private const string First = "年甲所", Renamed = "年乙所", Third = "年丙所", Fourth = "年丁所", Merged = "年戊所", Founded = "年己所";

    private readonly HistoryFile file = new();

    [Fact]
    public async Task Year_WithARenamedAMergedAndAFoundedUnit_IsVetoedApprovedRewarded_AndBroughtDownByACorrection()
    {
        await Months(1, 4, Renamed);
        await ChangeTheUnits();
        await Months(5, 12, "年乙新所");
        await TablesFollowTheUnits();

        await VetoMovesTheNextUp();
        Assert.Equal([First, Renamed, Third], await Approve(Quarter(2)));
        await MonthsCountUnderTheirOwnCode();
        (await Act(Director, Year + "/propose")).IsProblem(409, "award.not-ready");
        Assert.Equal([First, Founded, Renamed], await Approve(Quarter(4)));
        Assert.DoesNotContain((await List(Quarter(4)))["candidates"]!.AsArray(), c => Code(c!) == Merged);

        await Rewarded();
        await CorrectionNamesQuarterAndReward();
        await ListsAreCorrectedInTheirTurn();
    }

    /// <summary>The better, the earlier in the alphabet; the founded unit has tickets from August on and hardly a dissatisfied one.</summary>
    private async Task Months(int from, int to, string renamed)
    {
        for (var number = from; number <= to; number++)
        {
            string[] names = number <= 8 ? [First, renamed, Third, Fourth, Merged] : [First, renamed, Third, Fourth];
            foreach (var (bad, name) in names.Index())
            {
                file.Tickets(name, Month(number), 10 - bad, bad);
            }
            if (number >= 8)
            {
                file.Tickets(Founded, Month(number), number % 3 == 0 ? 9 : 10, number % 3 == 0 ? 1 : 0);
            }
        }
        await file.Import(app.Client);
        for (var number = from; number <= to; number++)
        {
            await Act(Director, Table(number, "/close"), 200);
            await Act(Director, Table(number, "/propose-publication"), 200);
            await Act(Leader, Table(number, "/approve-publication"), 200);
        }
    }

    private async Task ChangeTheUnits()
    {
        await Describe(Renamed, new() { ["name"] = "年乙新所" });
        await Describe(Merged, new() { ["name"] = Merged, ["activeTo"] = "2010-08-15", ["succeededBy"] = Fourth });
        await Describe(Founded, new() { ["name"] = Founded, ["activeFrom"] = "2010-08-01" });
    }

    private async Task Describe(string code, JsonObject body)
    {
        var address = "/api/v1/units/" + Uri.EscapeDataString(code);
        body["tier"] = "station";
        body["activeFrom"] ??= (await app.Client.Get(address))["activeFrom"]?.DeepClone();
        var put = await app.Client.Put(address, body);
        Assert.True(put.Status is 200 or 201, put.Text);
    }

    private async Task TablesFollowTheUnits()
    {
        async Task<JsonNode?> Row(int month, string code) =>
            (await app.Client.Get(Table(month)))["rows"]!.AsArray().SingleOrDefault(r => Code(r!) == code);
        Assert.Equal("年乙所", (await Row(4, Renamed))!["unit"]!["name"]!.GetValue<string>());
        Assert.Equal("年乙新所", (await Row(5, Renamed))!["unit"]!["name"]!.GetValue<string>());
        Assert.Null(await Row(7, Founded));
        Assert.Null(await Row(9, Merged));
        // In August the founded unit has full marks beside the first; in September it has one dissatisfied of ten beside the second.
        Assert.Equal((6, 2), ((await Row(8, Merged))!["rank"]!.GetValue<int>(), (await Row(9, Founded))!["rank"]!.GetValue<int>()));
    }

    private async Task VetoMovesTheNextUp()
    {
        Assert.Equal([First, Renamed, Third], Units(await List(Quarter(1))));
        var veto = new JsonObject { ["unit"] = "年乙新所", ["ground"] = "overdueSupervisionOrder", ["evidence"] = "督办单逾期三日，见督办台账第十二号。" };
        var made = await app.Client.Post(Quarter(1).Replace("/excellent-units", "/vetoes", StringComparison.Ordinal), veto, HistoryMonth.ActingFor("赵政委"));
        Assert.Equal((201, Renamed), (made.Status, Code(made.Body)));
        Assert.Equal([First, Third, Fourth], await Approve(Quarter(1)));
        var vetoed = Candidate(await List(Quarter(1)), Renamed);
        Assert.Equal(("vetoed", null), (vetoed["outcome"]!.GetValue<string>(), vetoed["rank"]));
        Assert.Equal(made["id"]!.GetValue<string>(), Assert.Single(vetoed["vetoes"]!.AsArray())!.GetValue<string>());
    }

    private async Task MonthsCountUnderTheirOwnCode()
    {
        Assert.Equal([First, Founded, Renamed], await Approve(Quarter(3)));
        var list = await List(Quarter(3));
        string[] MonthsOf(string code) => [.. Candidate(list, code)["months"]!.AsArray().Select(m => m!.GetValue<string>())];
        Assert.Equal([Month(7), Month(8)], MonthsOf(Merged));
        Assert.Equal([Month(8), Month(9)], MonthsOf(Founded));
        Assert.Equal(("2010-08-15", Fourth), (Candidate(list, Merged)["activeTo"]!.GetValue<string>(), Candidate(list, Merged)["succeededBy"]!.GetValue<string>()));
        Assert.Equal([30, 20], new[] { Fourth, Merged }.Select(u => Candidate(list, u)["figures"]!["satisfactionRate"]!["denominator"]!.GetValue<int>()));
    }

    private async Task Rewarded()
    {
        Assert.Equal([First, Renamed], await Approve(Year));
        var candidates = (await app.Client.Get(Year))["candidates"]!.AsArray();
        Assert.Equal([(First, 4), (Renamed, 3), (Third, 2), (Founded, 2), (Fourth, 1)],
            candidates.Select(c => (Code(c!), c!["quarters"]!.AsArray().Count)));
    }

    private async Task CorrectionNamesQuarterAndReward()
    {
        file.Tickets(Renamed, Month(6), 0, 30);
        await file.Import(app.Client);
        var proposed = await Act(Director, Table(6, "/propose-correction"), 200, new() { ["reason"] = "补录遗漏的三十件" });
        var knockOns = proposed["changes"]!["knockOns"]!.AsArray().Select(k => (k!["kind"]!.GetValue<string>(), Code(k), k["before"]?.GetValue<string>())).ToArray();
        Assert.Contains(("quarter", Renamed, "won 2"), knockOns);
        Assert.Contains(("reward", Renamed, "rewarded"), knockOns);
        Assert.False(IsOutdated(await List(Quarter(2))));
        (await Act(Director, Table(6, "/approve-correction"))).IsProblem(403, "duty.same-person");
        await Act(Leader, Table(6, "/approve-correction"), 200);
        Assert.True(IsOutdated(await List(Quarter(2))));
        Assert.Equal([First, Renamed, Third], Units(await List(Quarter(2))));
        Assert.False(IsOutdated(await List(Quarter(3))));
    }

    private async Task ListsAreCorrectedInTheirTurn()
    {
        (await Act(Director, Quarter(2) + "/propose" + Station)).IsProblem(422, "award.reason-missing");
        Assert.Equal([First, Third, Fourth], await Approve(Quarter(2), "六月排名更正"));
        Assert.True(IsOutdated((await app.Client.Get(Year)).Body));
        Assert.Equal([First], await Approve(Year, "第二季度名单更正"));
        var corrected = (await app.Client.Get(Year))["stage"]!;
        Assert.Equal(("corrected", 2, false), (corrected["status"]!.GetValue<string>(), corrected["revision"]!.GetValue<int>(), corrected["outdated"]!.GetValue<bool>()));
        Assert.Equal([First, Renamed], Units((await app.Client.Get(Year + "?revision=1")).Body));
    }

    /// <summary>Proposed by one, refused to the same person, approved by another; the units that it names.</summary>
    private async Task<string[]> Approve(string address, string? reason = null)
    {
        var tier = address == Year ? "" : Station;
        await Act(Director, $"{address}/propose{tier}", 200, reason is null ? [] : new() { ["reason"] = reason });
        (await Act(Director, $"{address}/approve{tier}")).IsProblem(403, "duty.same-person");
        await Act(Leader, $"{address}/approve{tier}", 200);
        return Units(address == Year ? (await app.Client.Get(Year)).Body : await List(address));
    }

    private async Task<HotlineAnswer> Act(string person, string address, int? expected = null, JsonObject? body = null)
    {
        var answer = await app.Client.Post(address, body ?? [], HistoryMonth.ActingFor(person));
        Assert.True(expected is null || answer.Status == expected, $"{address}: {answer.Text}");
        return answer;
    }

    private async Task<JsonNode> List(string address) => (await app.Client.Get(address + Station))["lists"]![0]!;

    private static string Quarter(int number) => string.Create(CultureInfo.InvariantCulture, $"/api/v1/quarters/2010-Q{number}/excellent-units");

    private static string Table(int month, string step = "") => $"/api/v1/league-tables/{Month(month)}{step}{Station}";

    private static string Month(int number) => string.Create(CultureInfo.InvariantCulture, $"2010-{number:00}");

    private static JsonNode Candidate(JsonNode list, string unit) => list["candidates"]!.AsArray().Single(c => Code(c!) == unit)!;

    private static string[] Units(JsonNode list) => [.. list["units"]!.AsArray().Select(u => u!["code"]!.GetValue<string>())];

    private static bool IsOutdated(JsonNode list) => list["stage"]!["outdated"]!.GetValue<bool>();

    private static string Code(JsonNode part) => part["unit"]!["code"]!.GetValue<string>();
}
