using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>Stories of the assessment, told by files that are imported and requests that people make. Each has years and units of its own.</summary>
public sealed class AssessmentStoryTests(HotlineApp app)
{
    private readonly HistoryFile file = new();

    [Fact]
    public async Task FourUnitsTiedForTheLastTwoPlaces_AreAllLast_AndAllInTheBottomThree()
    {
        for (var unit = 0; unit < 8; unit++)
        {
            file.Tickets($"并列{unit}所", "2012-03", 10 - (unit < 4 ? unit % 2 : 3), unit < 4 ? unit % 2 : 3);
        }
        await file.Import(app.Client);
        var table = await Table("2012-03");
        var mine = Rows(table, "并列");
        Assert.Equal([1, 1, 3, 3, 5, 5, 5, 5], mine.Select(r => r["rank"]!.GetValue<int>()));
        Assert.All(mine.Skip(4), r => Assert.True(r["bottomThree"]!.GetValue<bool>()));
        Assert.All(mine.Skip(4), r => Assert.Contains("last", Flags(r)));
        Assert.All(mine.Take(4), r => Assert.False(r["bottomThree"]!.GetValue<bool>()));
        Assert.Equal(["并列4所", "并列5所", "并列6所", "并列7所"], mine.Skip(4).Select(r => r["unit"]!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task AllUnitsAtAHundred_HaveNobodyLast_AndAUnitWithOneTicketIsShownUnranked()
    {
        for (var unit = 0; unit < 8; unit++)
        {
            file.Tickets($"满分{unit}所", "2013-03", 6, 0);
        }
        file.Tickets("独件所", "2013-03", 1, 0);
        await file.Import(app.Client);
        var table = await Table("2013-03");
        var mine = Rows(table, "满分");
        Assert.All(mine, r => Assert.Equal((1, 100m, false), (r["rank"]!.GetValue<int>(), r["score"]!.GetValue<decimal>(), r["bottomThree"]!.GetValue<bool>())));
        Assert.All(mine, r => Assert.Equal(["commended"], Flags(r)));
        var single = Assert.Single(Rows(table, "独件"));
        Assert.Equal((null, false, "too-few-callbacks", 100m),
            (single["rank"], single["ranked"]!.GetValue<bool>(), single["notRankedReason"]!.GetValue<string>(), single["score"]!.GetValue<decimal>()));
    }

    [Fact]
    public async Task CorrectionOfMonthTwoOfThree_LiftsThePublishedFlag()
    {
        string[] months = ["2014-03", "2014-04", "2014-05"];
        foreach (var month in months)
        {
            for (var unit = 0; unit < 8; unit++)
            {
                file.Tickets($"更正{unit}所", month, 10 - unit, unit);
            }
        }
        await file.Import(app.Client);
        foreach (var month in months)
        {
            await Publish(month);
        }
        Assert.Equal(["更正5所", "更正6所", "更正7所"], await Flagged("2014-05"));

        // Three better units had their worst tickets in another file.
        for (var unit = 0; unit < 3; unit++)
        {
            file.Tickets($"更正{unit}所", "2014-04", 0, 60);
        }
        await file.Import(app.Client);
        var proposed = await (await Director()).Post(Address("2014-04", "propose-correction"), new JsonObject { ["reason"] = "补录遗漏的工单" });
        Assert.Equal(200, proposed.Status);
        Assert.Equal(["published", "2"], [Text(proposed["table"]!["status"]), Text(proposed["table"]!["proposal"]!["revision"])]);
        var knockOns = proposed["changes"]!["knockOns"]!.AsArray();
        Assert.Contains(knockOns, k => Text(k!["kind"]) == "flag" && Text(k["month"]) == "2014-05" && Text(k["unit"]!["code"]) == "更正5所");
        var approved = await (await Leader()).Post(Address("2014-04", "approve-correction"), new JsonObject(), ("If-Match", proposed.Headers["ETag"]));
        Assert.Equal((200, "corrected", "2"), (approved.Status, Text(approved["status"]), Text(approved["revision"])));

        Assert.Empty(await Flagged("2014-05"));
        var flags = await app.Client.Get("/api/v1/flags/bottom-three?month=2014-05");
        Assert.Equal(3, flags["lifted"]!.AsArray().Count);
        var old = await app.Client.Get("/api/v1/league-tables/2014-04?revision=1");
        Assert.Equal(("\"1000000\"", "max-age=31536000, private, immutable"), (old.Headers["ETag"], old.Headers["Cache-Control"]));
        Assert.Equal("no-store", (await app.Client.Get("/api/v1/league-tables/2014-04")).Headers["Cache-Control"]);
        var revisions = (await app.Client.Get("/api/v1/league-tables/2014-04/revisions"))["items"]!.AsArray();
        Assert.Equal(["published", "corrected"], revisions.Select(r => Text(r!["status"])));
        foreach (var revision in new[] { "2014-04&revision=1", "2014-04&revision=2", "2014-05&revision=1" })
        {
            var parts = revision.Split('&');
            var verified = await (await Leader()).Get($"/api/v1/league-tables/{parts[0]}/verify?{parts[1]}");
            Assert.True(verified["matches"]!.GetValue<bool>(), verified.Text);
        }
    }

    [Fact]
    public async Task CallbackAnsweredAfterPublication_AndRename_LeaveThePublicationVerifiable()
    {
        file.Tickets("后访所", "2015-03", 6, 0);
        var open = file.Unanswered("后访所", "2015-03");
        await file.Import(app.Client);
        await Publish("2015-03");

        file.Add(open.Replace(",,", ",2015-03-12 10:00:00,不满意", StringComparison.Ordinal));
        await file.Import(app.Client);
        var unit = await app.Client.Get("/api/v1/units/" + Uri.EscapeDataString("后访所"));
        var renamed = await app.Client.Put("/api/v1/units/" + Uri.EscapeDataString("后访所"),
            new JsonObject { ["name"] = "新访所", ["tier"] = "station", ["activeFrom"] = unit["activeFrom"]?.GetValue<string>() });
        Assert.Equal(200, renamed.Status);
        file.Tickets("新访所", "2015-04", 6, 0);
        await file.Import(app.Client);

        var verified = await (await Leader()).Get("/api/v1/league-tables/2015-03/verify");
        Assert.True(verified["matches"]!.GetValue<bool>(), verified.Text);
        Assert.True(verified["wouldChange"]!.GetValue<bool>());
        Assert.Equal("后访所", Text(Assert.Single(Rows(await Table("2015-03"), "后访所"))["unit"]!["name"]));
        var april = Assert.Single(Rows(await Table("2015-04"), "后访所"));
        Assert.Equal(("新访所", 6), (Text(april["unit"]!["name"]), april["replyRate"]!["denominator"]!.GetValue<int>()));
    }

    [Fact]
    public async Task TwoPeoplePressingPublishAtOnce_MakeOneRevision()
    {
        file.Tickets("抢先所", "2016-03", 6, 0);
        await file.Import(app.Client);
        var director = await Director();
        Assert.Equal(200, (await director.Post(Address("2016-03", "close"), new JsonObject())).Status);
        Assert.Equal(200, (await director.Post(Address("2016-03", "propose-publication"), new JsonObject())).Status);
        HotlineClient[] leaders = [await Leader(), await Leader()];

        var answers = await Task.WhenAll(leaders.Select(l => l.Post(Address("2016-03", "approve-publication"), new JsonObject())));

        Assert.Equal([200, 409], answers.Select(a => a.Status).Order());
        answers.Single(a => a.Status == 409).IsProblem(409, "league.published");
        Assert.Single((await app.Client.Get("/api/v1/league-tables/2016-03/revisions"))["items"]!.AsArray());
    }

    private Task<HotlineClient> Director() => app.WithRoles("officeDirector");

    private Task<HotlineClient> Leader() => app.WithRoles("leader");

    private static string Address(string month, string step) => $"/api/v1/league-tables/{month}/{step}";

    private static string Text(JsonNode? node) => node!.ToString();

    private static string[] Flags(JsonNode row) => [.. row["flags"]!.AsArray().Select(Text)];

    /// <summary>The tier left out means stations.</summary>
    private async Task<JsonNode> Table(string month) => (await app.Client.Get($"/api/v1/league-tables/{month}?detail=full")).Body;

    private static JsonNode[] Rows(JsonNode table, string unit) =>
        [.. table["rows"]!.AsArray().Where(r => Text(r!["unit"]!["code"]).StartsWith(unit, StringComparison.Ordinal)).Select(r => r!)];

    private async Task<string[]> Flagged(string month) =>
        [.. (await app.Client.Get("/api/v1/flags/bottom-three?month=" + month))["units"]!.AsArray().Select(u => Text(u!["unit"]!["code"]))];

    private async Task Publish(string month)
    {
        var director = await Director();
        Assert.Equal(200, (await director.Post(Address(month, "close"), new JsonObject())).Status);
        var proposed = await director.Post(Address(month, "propose-publication"), new JsonObject());
        Assert.True(proposed.Status == 200, proposed.Text);
        Assert.Equal(200, (await (await Leader()).Post(Address(month, "approve-publication"), new JsonObject())).Status);
    }
}
