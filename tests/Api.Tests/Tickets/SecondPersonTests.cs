using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>What waits for a second person is in that person's work, never in the asker's; and what a unit missed is explained to it when others have the ticket.</summary>
[Collection(nameof(Stories))]
public sealed class SecondPersonTests(StoryApp app)
{
    [Fact]
    public async Task Question_WaitsInTheWorkOfSomebodyElse_UntilItIsDecided()
    {
        var story = await Story.InProgress(app, "help");
        await story.Do(Who.Dispatcher, "withdraw", Words.WithdrawnByCaller);
        Assert.Equal(("", "confirmWithdrawal"), (await Waiting(story, Who.Dispatcher), await Waiting(story, Who.SecondDispatcher)));
        await story.Do(Who.SecondDispatcher, "refuse-withdrawal", Words.Because("回电核实，诉求人并未要求撤回。"));
        Assert.Empty(await Waiting(story, Who.SecondDispatcher));

        await story.Do(story.Handler, "request-suspension", Words.Suspension(story.Day(2)));
        Assert.Equal("decideSuspension", await Waiting(story, Who.Director));
        await story.Do(Who.Director, "refuse-suspension", Words.Because("委托检测不影响先行答复，不同意挂起。"));
        await story.Do(Who.SecondDispatcher, "correct", new() { ["reason"] = "经回听录音，来电人是投诉工地，不是求助。", ["nature"] = "complaint" });
        Assert.Equal(("confirmCorrection", ""), (await Waiting(story, Who.Dispatcher), await Waiting(story, Who.SecondDispatcher)));
    }

    [Fact]
    public async Task Explanation_ShowsTheMissToTheUnitThatMissedIt_WhoeverHasTheTicketNow()
    {
        var story = await Story.InProgress(app);
        var other = await app.Station();
        story.GoTo(2, "09:00");
        await story.Do(Who.Dispatcher, "recall", Words.Because("经核对，事发地点属另一派出所辖区，派单有误。"));
        await story.DispatchTo(other);
        await story.Taken(other);
        await story.Passed(other);
        await story.Asked("satisfied");
        await story.Row();

        var missed = await Explained(story, story.Unit);
        Assert.Equal((0m, 1, story.Id), (missed["numerator"]!.GetValue<decimal>(), missed["denominator"]!.GetValue<int>(), missed["losses"]![0]!["id"]!.GetValue<string>()));
        var kept = await Explained(story, other);
        Assert.Equal((1m, 1, 0), (kept["numerator"]!.GetValue<decimal>(), kept["denominator"]!.GetValue<int>(), kept["losses"]!.AsArray().Count));
    }

    /// <summary>What the person has to decide on this ticket.</summary>
    private async Task<string> Waiting(Story story, string person) =>
        string.Join(", ", (await app.Client.Get("/api/v1/my-work?limit=200", ("X-Acting-For", person)))["items"]!.AsArray()
            .Where(i => i!["ticket"]!.GetValue<string>() == story.Id).Select(i => i!["kind"]!.GetValue<string>()));

    /// <summary>The reply rate as it is explained to the unit's own people.</summary>
    private async Task<JsonNode> Explained(Story story, string unit)
    {
        var told = await app.Client.Get($"/api/v1/league-tables/{story.Month}/units/{unit}/explain?tier=station", ("X-Acting-For", Who.Of(unit)));
        Assert.True(told.Status == 200, told.Text);
        return told["measures"]!.AsArray().Single(m => m!["measure"]!.GetValue<string>() == "reply")!;
    }
}
