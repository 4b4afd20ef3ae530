using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>延期 over HTTP: asked for and decided before the due, by two people, the second one by the deputy chief; the old promise stays on record.</summary>
[Collection(nameof(Stories))]
public sealed class ExtensionTests(StoryApp app)
{
    [Fact]
    public async Task Extension_MovesTheDueOpenly_AndTheSecondNeedsTheDeputyChief()
    {
        var story = await Story.InProgress(app);
        await story.Do(story.Handler, "request-extension", Until(story, 2));
        await story.Refused(story.Handler, "request-extension", Until(story, 2), 409, "ticket.not-now");
        await story.Refused(story.Handler, "approve-extension", [], 403, "auth.forbidden");
        await story.Do(Who.Director, "approve-extension");
        var reply = await story.Deadline("reply");
        Assert.Equal((story.Text(2, "17:30"), story.Text(1, "17:30")), (reply["dueAt"]!.GetValue<string>(), reply["originalDueAt"]!.GetValue<string>()));

        await story.Do(story.Handler, "request-extension", Until(story, 4));
        await story.Refused(Who.Director, "approve-extension", [], 403, "extension.deputy-chief");
        Assert.DoesNotContain("approve-extension", await story.Allowed(Who.Director));
        await story.Do(Who.Deputy, "approve-extension");
        story.GoTo(4, "17:00");
        await story.Passed();

        Assert.Equal("received 1, counted 1", await story.Owed());
        Assert.Equal("reply 1/1, completion 1/1, satisfaction 0/0", await story.Rates());
    }

    [Fact]
    public async Task ExtensionNotDecidedBeforeTheDue_CanOnlyBeRefused_AndTooLongAOneIsNotTaken()
    {
        var story = await Story.InProgress(app);
        await story.Refused(story.Handler, "request-extension", Until(story, 60), 422, "extension.out-of-range", "/newDueAt");
        await story.Do(story.Handler, "request-extension", Until(story, 2));
        story.GoTo(2, "09:00");

        await story.Refused(Who.Director, "approve-extension", [], 422, "extension.too-late");
        await story.Do(Who.Director, "refuse-extension", Words.Because("时限已过，请尽快答复。"));
        await story.Refused(story.Handler, "request-extension", Until(story, 4), 422, "extension.too-late");

        Assert.Equal("reply 0/1, completion 0/1, satisfaction 0/0", await story.Rates());
    }

    private static JsonObject Until(Story story, int day) => new() { ["newDueAt"] = story.Text(day, "17:30"), ["grounds"] = "需等待噪声检测报告，预计两日内出具。" };
}
