using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>What a table answers by default are the members of the contract, and nothing else.</summary>
public sealed class LeagueDetailTests(HotlineApp app) : IClassFixture<HotlineApp>
{
    private const string Due = "numerator denominator value excluded";
    private const string Answers = Due + " satisfied basicallySatisfied dissatisfied unreached";

    [Fact]
    public async Task Table_AnswersTheContractsMembers_AndTheRestWithDetailFull()
    {
        var unit = app.Unique("LD");
        await app.Client.Put("/api/v1/units/" + unit, new JsonObject { ["name"] = unit + "派出所", ["tier"] = "station" });
        var brief = (await app.Client.Get("/api/v1/league-tables/2026-10?tier=station")).Body;
        var full = (await app.Client.Get("/api/v1/league-tables/2026-10?tier=station&detail=full")).Body;

        Assert.Equal("month tier status revision asOf policyVersion contentHash total rows", Members(brief));
        var row = brief["rows"]!.AsArray()[0]!;
        Assert.Equal("rank unit ranked notRankedReason score replyRate completionRate satisfactionRate bottomThree bottomThreeStreak flags", Members(row));
        Assert.Equal((Due, Due, Answers), (Members(row["replyRate"]!), Members(row["completionRate"]!), Members(row["satisfactionRate"]!)));
        Assert.Equal("replyRate completionRate satisfactionRate", Members(brief["total"]!));
        Assert.NotNull(full["policy"]);
        Assert.NotNull(full["rows"]![0]!["obligations"]);
    }

    [Fact]
    public async Task UnknownDetail_IsRefused() =>
        (await app.Client.Get("/api/v1/league-tables/2026-10?tier=station&detail=all")).IsProblem(400, "validation.enum");

    private static string Members(JsonNode node) => string.Join(' ', node.AsObject().Select(m => m.Key));
}
