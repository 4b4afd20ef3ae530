namespace Hotline.Api;

/// <summary>重办 over HTTP: the last answer counts in the place of the first when the rework was on time; both are shown.</summary>
[Collection(nameof(Stories))]
public sealed class ReworkTests(StoryApp app)
{
    [Fact]
    public async Task SatisfiedAfterAReworkOnTime_CountsInThePlaceOfTheFirstAnswer_WhichStaysVisible()
    {
        var story = await Reworked(1);
        await story.Asked("satisfied");

        Assert.Equal("reply 1/1, completion 1/1, satisfaction 1/1", await story.Rates());
        var first = (await story.Row())["satisfactionRate"]!["firstAnswer"]!;
        Assert.Equal((0, 1), (first["satisfied"]!.GetValue<int>(), first["dissatisfied"]!.GetValue<int>()));
    }

    [Fact]
    public async Task SatisfiedAfterALateRework_DoesNotCount()
    {
        var story = await Reworked(4);
        await story.Asked("satisfied");

        Assert.Equal("closed", await story.Status());
        Assert.Equal("reply 1/1, completion 1/1, satisfaction 0/1", await story.Rates());
    }

    [Fact]
    public async Task LateRework_AndAReplySentBackInIt_LeaveTheFirstRoundAsItWas()
    {
        var story = await Reworked(4, passes: false);
        await story.Do(Who.Director, "send-back", new() { ["reason"] = "答复内容与现场情况不符，未见处理记录。", ["kind"] = "void" });

        Assert.Equal("received 1, counted 1", await story.Owed());
        Assert.Equal("reply 1/1, completion 1/1, satisfaction 0/1", await story.Rates());
        await story.Refused(Who.Dispatcher, "recall", Words.Because("经核对，事发地点属另一派出所辖区，派单有误。"), 409, "ticket.not-now");
    }

    /// <summary>Passed and asked on Monday with a dissatisfied answer; the rework is due on Thursday and replied on that day.</summary>
    private async Task<Story> Reworked(int day, bool passes = true)
    {
        var story = await Story.InProgress(app);
        await story.Passed();
        await story.Asked("dissatisfied");
        await story.Do(story.Handler, "rework", new() { ["plan"] = "由副所长带队连续一周夜查，并会同城管部门驻点。" });
        story.GoTo(day, "10:00");
        await (passes ? story.Passed() : story.Do(story.Handler, "reply", Words.Reply));
        return story;
    }
}
