using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>月内决定 over HTTP: two stations, one whose extension was approved and one whose extension was refused; who reads what of
/// it.</summary>
[Collection(nameof(Stories))]
public sealed class MovesStoryTests(StoryApp app)
{
    [Fact]
    public async Task ApprovedAndRefusedExtension_StandInTheMonthWithWhatTheyDid_ForWhoeverMayReadThem()
    {
        var helped = await Story.InProgress(app);
        var other = await app.Station();
        var refused = await helped.Another();
        await refused.DispatchTo(other);
        await refused.Taken(other);
        foreach (var (story, unit) in new[] { (helped, helped.Unit), (refused, other) })
        {
            await story.Do(Who.Of(unit), "request-extension",
                new() { ["newDueAt"] = story.Text(3, "17:30"), ["grounds"] = "噪声检测须等待夜间施工时段，两日后才能完成。" });
        }

        await helped.Do(Who.Director, "approve-extension", new() { ["note"] = "检测机构已出具排期证明，同意延期。" });
        await refused.Do(Who.Director, "refuse-extension", Words.Because("现场即可核实噪声情况，不同意延期。"));
        helped.GoTo(2, "10:00");
        await helped.Passed();
        await refused.Passed(other);

        var path = $"/api/v1/league-tables/{helped.Text(0, "09:00")[..7]}/moves?tier=station&unit=";
        var approved = Single(await app.Client.Get(path + helped.Unit));
        Assert.Equal(("extensionApproved", "同意延期", Who.Director, helped.Handler, helped.Id),
            (Text(approved, "kind"), Text(approved, "kindName"), Text(approved, "decidedBy"),
            Text(approved, "requestedBy"), Text(approved, "ticket")));
        Assert.Equal(("夜间施工噪声扰民", "检测机构已出具排期证明，同意延期。", "噪声检测须等待夜间施工时段，两日后才能完成。"),
            (Text(approved, "title"), Text(approved, "reason"), Text(approved, "grounds")));
        Assert.Equal((helped.Text(1, "17:30"), helped.Text(3, "17:30"), 100m),
            (Text(approved, "dueFrom"), Text(approved, "dueTo"), Points(approved)));
        // The ticket is all that the station owes in the month: replied in time it has full marks, late none. Nobody has enough answers
        // to be ranked.
        var against = Single(await app.Client.Get(path + other));
        Assert.Equal(("extensionRefused", -100m, null), (Text(against, "kind"), Points(against), against["places"]));

        var own = await app.Client.Get(path + helped.Unit, ("X-Acting-For", helped.Handler));
        Assert.Equal("夜间施工噪声扰民", Text(Single(own), "title"));
        Assert.Equal(helped.Unit,
            Single(await app.Client.Get(path, ("X-Acting-For", helped.Handler)))["unit"]!["code"]!.GetValue<string>());
        (await app.Client.Get(path + other, ("X-Acting-For", helped.Handler))).IsProblem(404, "not-found");
        (await app.Client.Get(path + "nobody")).IsProblem(404, "unit.unknown");
        (await app.Client.Get(path + helped.Unit + "&cursor=00")).IsProblem(400, "cursor.invalid");

        var reader = app.Unique("VIEWER");
        Assert.Equal(201, (await app.Client.Put("/api/v1/people/" + reader,
            new JsonObject { ["name"] = reader, ["unit"] = null, ["roles"] = new JsonArray("viewer") })).Status);
        var viewer = Single(await app.Client.Get(path + helped.Unit, ("X-Acting-For", reader)));
        Assert.Equal((null, null, null, 100m), (viewer["title"], viewer["reason"], viewer["grounds"], Points(viewer)));
    }

    private static JsonNode Single(HotlineAnswer answer)
    {
        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(1, answer["summary"]!["total"]!.GetValue<int>());
        return Assert.Single(answer["items"]!.AsArray())!;
    }

    private static string Text(JsonNode line, string member) => line[member]!.GetValue<string>();

    private static decimal Points(JsonNode line) => line["points"]!.GetValue<decimal>();
}
