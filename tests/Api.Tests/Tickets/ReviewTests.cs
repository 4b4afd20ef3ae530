using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>审核 over HTTP: a void reply was none; an incomplete one that is handed in again within four working hours keeps its first instant.</summary>
[Collection(nameof(Stories))]
public sealed class ReviewTests(StoryApp app)
{
    [Fact]
    public async Task ReplySentBackAsVoid_ByTheOfficeDirectorOnly_WasNoReply()
    {
        var story = await Replied(1, "17:00");
        await story.Refused(Who.Reviewer, "send-back", Back("void"), 403, "review.void");
        await story.Do(Who.Director, "send-back", Back("void"));
        story.GoTo(2, "09:00");
        Assert.Equal("reply 0/1, completion 0/1, satisfaction 0/0", await story.Rates());

        await story.Passed();

        Assert.Equal("received 1, counted 1", await story.Owed());
        Assert.Equal("reply 0/1, completion 0/1, satisfaction 0/0", await story.Rates());
    }

    [Theory]
    [InlineData("10:00", "reply 1/1, completion 1/1, satisfaction 0/0")]
    [InlineData("16:00", "reply 1/1, completion 0/1, satisfaction 0/0")]
    public async Task ReplySentBackAsIncomplete_KeepsItsFirstInstantForFourWorkingHours(string handedInAgain, string rates)
    {
        var story = await Replied(1, "17:00");
        await story.Do(Who.Reviewer, "send-back", Back("incomplete"));
        story.GoTo(2, handedInAgain);
        await story.Passed();

        Assert.Equal(rates, await story.Rates());
    }

    [Fact]
    public async Task EmptyReply_IsRefused_AndItsAuthorCannotPassIt()
    {
        var story = await Story.InProgress(app);
        var empty = Words.Reply;
        empty["text"] = "已办结，已答复。";
        await story.Refused(story.Handler, "reply", empty, 400, "text.too-thin", "/text");
        var future = Words.Reply;
        (future["outcome"], future["solvableOn"]) = ("impossibleNow", story.Day(-1));
        await story.Refused(story.Handler, "reply", future, 422, "reply.date-required", "/solvableOn");
        await story.Do(story.Handler, "reply", Words.Reply);
        await story.Refused(story.Handler, "approve-reply", [], 403, "auth.forbidden");
    }

    private static JsonObject Back(string kind) => new() { ["reason"] = "答复内容与现场情况不符，未见处理记录。", ["kind"] = kind };

    private async Task<Story> Replied(int day, string time)
    {
        var story = await Story.InProgress(app);
        story.GoTo(day, time);
        await story.Do(story.Handler, "reply", Words.Reply);
        return story;
    }
}
