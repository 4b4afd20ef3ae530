namespace Hotline.Api;

/// <summary>回访 over HTTP: who may call, and when a callback ends without an answer.</summary>
[Collection(nameof(Stories))]
public sealed class CallbackTests(StoryApp app)
{
    [Fact]
    public async Task Refusal_WithoutTheRecordingsNumber_DoesNotEndTheCallback()
    {
        var story = await AwaitingCallback();
        await story.Refused(Who.CallbackOfficer, "callback", Words.Call("refused"), 422, "callback.recording-required", "/recording");
        await story.Refused(Who.CallbackOfficer, "callback", Words.Call("refused", "无"), 400, "text.too-thin", "/recording");
        Assert.Equal("awaitingCallback", await story.Status());

        var closed = await story.Do(Who.CallbackOfficer, "callback", Words.Call("refused", "LY-20261016-0093"));

        Assert.Equal(("closed", "unrated"), (closed["status"]!.GetValue<string>(), closed["closeReason"]!.GetValue<string>()));
        var satisfaction = (await story.Row())["satisfactionRate"]!;
        Assert.Equal((0, 1, 1), (satisfaction["denominator"]!.GetValue<int>(), satisfaction["unreached"]!.GetValue<int>(), satisfaction["unreachedBy"]!["refused"]!.GetValue<int>()));
    }

    [Fact]
    public async Task WrongNumber_NeedsTwoPeopleAndTheNumberOfThePlatform()
    {
        var story = await AwaitingCallback();
        await StaysAfter(story, Who.CallbackOfficer, "registered");
        await StaysAfter(story, Who.CallbackOfficer, "registered");
        await StaysAfter(story, Who.SecondCallbackOfficer, "registered");

        await story.Do(Who.SecondCallbackOfficer, "callback", Words.Call("wrongNumber", dialled: "upstream"));

        Assert.Equal("closed", await story.Status());
        var satisfaction = (await story.Row())["satisfactionRate"]!;
        Assert.Equal((0, 1, 1), (satisfaction["denominator"]!.GetValue<int>(), satisfaction["unreached"]!.GetValue<int>(), satisfaction["unreachedBy"]!["wrongNumber"]!.GetValue<int>()));
    }

    [Fact]
    public async Task WrongNumber_ByOnePersonOnBothNumbers_DoesNotEndTheCallback()
    {
        var story = await AwaitingCallback();
        await StaysAfter(story, Who.CallbackOfficer, "registered");
        await StaysAfter(story, Who.CallbackOfficer, "upstream");
        Assert.Equal(0, (await story.Row())["satisfactionRate"]!["unreached"]!.GetValue<int>());
    }

    [Fact]
    public async Task Unreachable_EndsOnlyAfterThreeTriesOnTwoDaysInTwoBandsByDay()
    {
        var story = await AwaitingCallback();
        foreach (var time in new[] { "10:00", "10:01", "10:02" })
        {
            story.GoTo(0, time);
            await story.Do(Who.CallbackOfficer, "callback", Words.Call("unreachable"));
            Assert.Equal("awaitingCallback", await story.Status());
        }

        story.GoTo(0, "21:30");
        await story.Refused(Who.CallbackOfficer, "callback", Words.Call("unreachable"), 422, "callback.hours");
        await story.Refused(Who.CallbackOfficer, "callback", Words.Call("noNumber"), 422, "callback.has-number", "/outcome");
        story.GoTo(1, "15:00");
        await story.Do(Who.CallbackOfficer, "callback", Words.Call("unreachable"));

        Assert.Equal("closed", await story.Status());
        Assert.Equal(1, (await story.Row())["satisfactionRate"]!["unreachedBy"]!["unreachable"]!.GetValue<int>());
    }

    [Fact]
    public async Task Answer_CountsAtAnyHour_AndIsNeverTakenByTheUnit()
    {
        var story = await AwaitingCallback();
        await story.Refused(story.Handler, "callback", Words.Answer("satisfied"), 403, "auth.forbidden");
        Assert.DoesNotContain("callback", await story.Allowed(story.Handler));
        story.GoTo(0, "21:30");
        await story.Asked("basicallySatisfied");
        Assert.Equal("reply 1/1, completion 1/1, satisfaction 0.9/1", await story.Rates());
    }

    private static async Task StaysAfter(Story story, string officer, string dialled)
    {
        await story.Do(officer, "callback", Words.Call("wrongNumber", dialled: dialled));
        Assert.Equal("awaitingCallback", await story.Status());
    }

    private async Task<Story> AwaitingCallback()
    {
        var story = await Story.InProgress(app);
        await story.Passed();
        return story;
    }
}
