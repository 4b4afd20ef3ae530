using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>挂起 over HTTP: asked for by the unit, decided by another person, both before the due; it stops the clock that runs and no other.</summary>
[Collection(nameof(Stories))]
public sealed class SuspensionTests(StoryApp app)
{
    [Fact]
    public async Task SuspensionAskedForAfterTheDue_IsRefused_AndTheMissStays()
    {
        var story = await Story.InProgress(app);
        story.GoTo(2, "09:00");

        await story.Refused(story.Handler, "request-suspension", Words.Suspension(story.Day(9)), 422, "suspension.too-late");

        Assert.DoesNotContain("request-suspension", await story.Allowed(story.Handler));
        Assert.Equal("received 1, counted 1", await story.Owed());
    }

    [Fact]
    public async Task SuspensionAskedForInTimeButDecidedAfterTheDue_CanOnlyBeRefused()
    {
        var story = await Story.InProgress(app);
        story.GoTo(1, "17:00");
        await story.Do(story.Handler, "request-suspension", Words.Suspension(story.Day(9)));
        story.GoTo(2, "09:00");

        await story.Refused(Who.Director, "suspend", [], 422, "suspension.too-late");
        await story.Do(Who.Director, "refuse-suspension", Words.Because("时限已过，不能挂起，请尽快答复。"));

        Assert.Equal("received 1, counted 1", await story.Owed());
        Assert.Equal("reply 0/1, completion 0/1, satisfaction 0/0", await story.Rates());
    }

    [Fact]
    public async Task SuspensionWithoutEnd_OrWithoutProperPapers_IsRefused()
    {
        var story = await Story.InProgress(app);
        JsonObject With(string member, string value)
        {
            var body = Words.Suspension(story.Day(9));
            body[member] = value;
            return body;
        }

        await story.Refused(story.Handler, "request-suspension", With("until", story.Day(60)), 422, "suspension.out-of-range", "/until");
        await story.Refused(story.Handler, "request-suspension", With("until", "9999-12-31"), 422, "suspension.out-of-range", "/until");
        await story.Refused(story.Handler, "request-suspension", With("until", story.Day(-1)), 422, "suspension.out-of-range", "/until");
        await story.Refused(story.Handler, "request-suspension", With("documentNumber", "1"), 400, "text.too-thin", "/documentNumber");
        await story.Refused(story.Handler, "request-suspension", With("reason", "……………………"), 400, "text.too-thin", "/reason");
        await story.Refused(story.Handler, "request-suspension", With("procedure", "lunch"), 400, "validation.enum", "/procedure");
    }

    [Fact]
    public async Task SuspendedTicket_IsCountedOpenly_AndGoesOnByItselfWithTheDaysThatWereLeft()
    {
        var story = await Story.InProgress(app, "help");
        story.GoTo(1, "10:00");
        await story.Do(story.Handler, "request-suspension", Words.Suspension(story.Day(4)));
        Assert.DoesNotContain("suspend", await story.Allowed(story.Handler));
        await story.Refused(story.Handler, "suspend", [], 403, "auth.forbidden");
        await story.Do(Who.Director, "suspend");
        Assert.Equal("received 1, suspended 1", await story.Owed());

        story.GoTo(5, "00:00:05");
        await story.Becomes("inProgress");

        var reply = await story.Deadline("reply");
        Assert.Equal((story.Text(9, "17:30"), story.Text(3, "17:30"), null),
            (reply["dueAt"]!.GetValue<string>(), reply["originalDueAt"]!.GetValue<string>(), reply["heldAt"]));
        Assert.Equal("received 1, notYetDue 1", await story.Owed());
    }

    [Fact]
    public async Task SuspensionInAReworkRound_LeavesTheFirstRoundUntouched()
    {
        var story = await Story.InProgress(app);
        await story.Passed();
        await story.Asked("dissatisfied");
        var first = (await story.Deadline("reply")).ToJsonString();
        await story.Do(story.Handler, "rework", new() { ["plan"] = "由副所长带队连续一周夜查，并会同城管部门驻点。" });
        await story.Do(story.Handler, "request-suspension", Words.Suspension(story.Day(4)));
        await story.Do(Who.Director, "suspend");

        Assert.Equal("suspended", await story.Status());
        Assert.Equal(first, (await story.Deadline("reply")).ToJsonString());
        Assert.NotNull((await story.Deadline("rework"))["heldAt"]);
        Assert.Equal("received 1, counted 1", await story.Owed());
        Assert.Equal("reply 1/1, completion 1/1, satisfaction 0/1", await story.Rates());
        await story.Do(story.Handler, "resume", Words.Because("检测报告已经收到，恢复办理。"));
        Assert.Equal("received 1, counted 1", await story.Owed());
    }
}
