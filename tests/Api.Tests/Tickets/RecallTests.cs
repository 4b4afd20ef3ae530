using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>收回派单, 退单 and 转110 over HTTP: who is rid of a ticket, who still answers for it, and whose clock goes on.</summary>
[Collection(nameof(Stories))]
public sealed class RecallTests(StoryApp app)
{
    private static readonly JsonObject Wrong = Words.Because("经核对，事发地点属另一派出所辖区，派单有误。");

    [Fact]
    public async Task RecallAfterAReply_IsRefused_AlsoWhenTheReplyWasSentBack()
    {
        var story = await Story.InProgress(app);
        await story.Do(story.Handler, "reply", Words.Reply);
        await story.Refused(Who.Dispatcher, "recall", Copy(Wrong), 409, "ticket.wrong-status");
        await story.Do(Who.Reviewer, "send-back", Words.Because("未写明劝离后的回访情况，请补充。"));

        await story.Refused(Who.Dispatcher, "recall", Copy(Wrong), 409, "ticket.not-now");

        Assert.DoesNotContain("recall", await story.Allowed(Who.Dispatcher));
    }

    [Fact]
    public async Task RecallAfterAMissedDue_LeavesTheMissWithTheUnit_AndTheOtherStartsAfresh()
    {
        var story = await Story.InProgress(app);
        var other = await app.Station();
        story.GoTo(2, "09:00");
        await story.Do(Who.Dispatcher, "recall", Copy(Wrong));
        Assert.Equal("received 1, counted 1", await story.Owed());
        Assert.Equal("reply 0/1, completion 0/1, satisfaction 0/0", await story.Rates());

        story.GoTo(2, "10:00");
        await story.DispatchTo(other);
        Assert.Equal(story.Text(3, "17:30"), (await story.Deadline("reply"))["dueAt"]!.GetValue<string>());
        Assert.Equal("received 1, notYetDue 1", await story.Owed(other));
        await story.Taken(other);
        await story.Passed(other);
        await story.Asked("satisfied");

        Assert.Equal(("received 1, counted 1", "received 1, counted 1"), (await story.Owed(), await story.Owed(other)));
        Assert.Equal("reply 0/1, completion 0/1, satisfaction 0/0", await story.Rates());
        Assert.Equal("reply 1/1, completion 1/1, satisfaction 1/1", await story.Rates(other));
    }

    [Fact]
    public async Task RecallBeforeTheDue_AndDispatchToTheSameUnit_LetsItsClockGoOnWithWhatWasLeft()
    {
        var story = await Story.Dispatched(app, "help");
        Assert.Equal(story.Text(3, "17:30"), (await story.Deadline("reply"))["dueAt"]!.GetValue<string>());
        story.GoTo(1, "10:00");
        await story.Do(Who.Dispatcher, "recall", Copy(Wrong));
        Assert.Equal("received 1, recalled 1", await story.Owed());

        story.GoTo(2, "10:00");
        await story.DispatchTo(story.Unit);

        var reply = Assert.Single((await story.Ticket())["deadlines"]!.AsArray(), d => d!["clock"]!.GetValue<string>() == "reply")!;
        Assert.Equal((story.Text(4, "17:30"), story.Text(3, "17:30")), (reply["dueAt"]!.GetValue<string>(), reply["originalDueAt"]!.GetValue<string>()));
        Assert.Equal("received 1, notYetDue 1", await story.Owed());
        story.GoTo(7, "09:00");
        Assert.Equal("received 1, counted 1", await story.Owed());
    }

    [Fact]
    public async Task RecallAfterAMissedDue_AndDispatchToTheSameUnit_LeavesItMissed()
    {
        var story = await Story.InProgress(app);
        story.GoTo(2, "09:00");
        await story.Do(Who.Dispatcher, "recall", Copy(Wrong));
        story.GoTo(2, "10:00");
        await story.DispatchTo(story.Unit);
        await story.Taken();
        await story.Passed();

        Assert.Equal(story.Text(1, "17:30"), (await story.Deadline("reply"))["dueAt"]!.GetValue<string>());
        Assert.Equal("received 1, counted 1", await story.Owed());
        Assert.Equal("reply 0/1, completion 0/1, satisfaction 0/0", await story.Rates());
    }

    [Fact]
    public async Task ReturnThatIsUpheld_IsHandedBack_AndOneThatIsRejectedCannotBeAskedAgain()
    {
        var (upheld, other) = (await Story.Dispatched(app), await app.Station());
        var asked = new JsonObject { ["reason"] = "otherDuty", ["basis"] = "《派出所辖区划分通知》第三条", ["suggestedUnit"] = other };
        await upheld.Refused(upheld.Handler, "request-return", new() { ["reason"] = "otherDuty", ["basis"] = "《派出所辖区划分通知》第三条", ["suggestedUnit"] = upheld.Unit },
            422, "return.own-unit", "/suggestedUnit");
        await upheld.Do(upheld.Handler, "request-return", Copy(asked));
        Assert.Equal("received 1, notYetDue 1", await upheld.Owed());
        await upheld.Do(Who.Dispatcher, "uphold-return", Words.Because("事发地点确属另一派出所辖区，同意退单。"));
        Assert.Equal("received 1, handedBack 1", await upheld.Owed());

        var rejected = await Story.Dispatched(app);
        await rejected.Do(rejected.Handler, "request-return", Copy(asked));
        await rejected.Do(Who.Dispatcher, "reject-return", Words.Because("事发地点属本所辖区，请签收办理。"));
        await rejected.Refused(rejected.Handler, "request-return", Copy(asked), 409, "ticket.not-now");
        Assert.Equal("received 1, notYetDue 1", await rejected.Owed());
    }

    [Fact]
    public async Task TransferTo110BeforeTheDue_EndsTheObligationOpenly_AndAfterItLeavesTheMiss()
    {
        var body = new JsonObject { ["reason"] = "诉求人称对方正持械砸门，有现实危险。", ["recordNumber"] = "J370113202610090417" };
        var inTime = await Story.InProgress(app);
        await inTime.Do(Who.Dispatcher, "transfer-to-110", Copy(body));
        Assert.Equal("received 1, transferred 1", await inTime.Owed());

        var late = await Story.InProgress(app);
        late.GoTo(2, "09:00");
        await late.Do(Who.Dispatcher, "transfer-to-110", Copy(body));
        Assert.Equal("received 1, counted 1", await late.Owed());
        Assert.Equal("reply 0/1, completion 0/1, satisfaction 0/0", await late.Rates());
    }

    private static JsonObject Copy(JsonObject body) => body.DeepClone().AsObject();
}
