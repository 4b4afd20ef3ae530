namespace Hotline.Api;

/// <summary>局长督办单 over HTTP: what ends under an order stays what it was.</summary>
[Collection(nameof(Stories))]
public sealed class OrderTests(StoryApp app)
{
    [Fact]
    public async Task OrderClosedInTheFirstRoundWithoutAReply_LeavesTheMiss()
    {
        var story = await Supervised();
        await story.Refused(Who.Deputy, "close-order", Words.BlamelessOrder(), 409, "ticket.not-now");
        Assert.Equal("received 1, notYetDue 1", await story.Owed());
        story.GoTo(2, "09:00");

        await story.Refused(Who.Director, "close-order", Words.BlamelessOrder(), 409, "ticket.not-now");
        await story.Refused(Who.Deputy, "close-order", Words.BlamelessOrder(null), 422, "order.evidence-required", "/evidence");
        await story.Refused(Who.Deputy, "close-order", Words.BlamelessOrder("有证据。"), 400, "text.too-thin", "/evidence");
        await story.Do(Who.Deputy, "close-order", Words.BlamelessOrder());

        Assert.Equal("awaitingCallback", await story.Status());
        await story.Asked("dissatisfied");
        Assert.Equal("closed", await story.Status());
        Assert.Equal("received 1, counted 1", await story.Owed());
        Assert.Equal("reply 0/1, completion 0/1, satisfaction 0/1", await story.Rates());
        Assert.Equal(1, (await story.Row())["satisfactionRate"]!["blamelessDissatisfied"]!.GetValue<int>());
    }

    [Fact]
    public async Task ReplyGivenAndPassedUnderTheOrder_CountsLikeAnyOther_AndThenTheOrderIsSolved()
    {
        var story = await Supervised();
        await story.Passed();
        Assert.Equal("supervised", await story.Status());

        await story.Do(Who.Director, "close-order", new() { ["result"] = "solved", ["text"] = "工地已停止夜间施工，所长上门回访，诉求人表示满意。" });
        await story.Asked("satisfied");

        Assert.Equal("received 1, counted 1", await story.Owed());
        Assert.Equal("reply 1/1, completion 1/1, satisfaction 1/1", await story.Rates());
    }

    private async Task<Story> Supervised()
    {
        var story = await Story.InProgress(app);
        await story.Do(story.Handler, "mark-difficult", Words.Because("工地涉及多个部门，协调困难。"));
        var order = await story.Do(Who.Director, "supervise", new() { ["requirements"] = "五个工作日内解决，所长亲自回访。" });
        Assert.Equal(Who.Deputy, order["supervisionOrder"]!["supervisor"]!.GetValue<string>());
        return story;
    }
}
