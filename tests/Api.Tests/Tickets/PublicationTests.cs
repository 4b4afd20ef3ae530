using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>A month full of odd ends is closed, published and worked out again from the histories; what the store derives is sound.</summary>
[Collection(nameof(Stories))]
public sealed class PublicationTests(StoryApp app)
{
    private const string Ends = "received 7, counted 2, withdrawn 1, recalled 1, handedBack 1, excluded 1, transferred 1";

    [Fact]
    public async Task MonthOfOddEnds_IsPublishedAsItStood_AndReplayedToTheSameBytes()
    {
        var story = await Story.Begin(app, alone: true);
        var excluded = await Filled(story);
        story.GoTo(9, "09:00");
        Assert.Equal(Ends, await story.Owed());
        Assert.Equal("reply 1/2, completion 1/2, satisfaction 0/1", await story.Rates());

        var december = 30 - story.At(0, "09:00").Day;
        story.GoTo(december + 1, "09:00");
        await Step(story, "close", Who.Director);
        story.GoTo(december + 15, "09:00");
        await Step(story, "propose-publication", Who.Director);
        await excluded.Refused(Who.SecondDeputy, "revoke-exclusion", Words.Because("经复核，剔除所依据的受理通知书与本件无关。"), 409, "ticket.not-now");
        await Step(story, "approve-publication", Who.Deputy);

        Assert.Equal(Ends, await story.Owed());
        Assert.Equal("reply 1/2, completion 1/2, satisfaction 0/1", await story.Rates());
        var verified = await app.Client.Get($"/api/v1/league-tables/{story.Month}/verify?tier=station", ("X-Acting-For", Who.Deputy));
        Assert.True(verified["matches"]!.GetValue<bool>() && verified["intact"]!.GetValue<bool>(), verified.Text);
        await app.IsSound();
    }

    /// <summary>Seven tickets of one station; the excluded one.</summary>
    private static async Task<Story> Filled(Story withdrawn)
    {
        await withdrawn.DispatchTo(withdrawn.Unit);
        await withdrawn.Do(Who.Dispatcher, "withdraw", Words.WithdrawnByCaller);
        await withdrawn.Do(Who.SecondDispatcher, "confirm-withdrawal");
        var recalled = await Sent(withdrawn);
        await recalled.Do(Who.Dispatcher, "recall", Words.Because("经核对，事发地点属另一派出所辖区，派单有误。"));
        var back = await Sent(withdrawn);
        await back.Do(back.Handler, "request-return", new() { ["reason"] = "insufficientFacts", ["basis"] = "来电未留地点，回拨三次未接通。" });
        await back.Do(Who.Dispatcher, "uphold-return", Words.Because("确系信息不足，由中心补充后再派。"));
        var moved = await Sent(withdrawn);
        await moved.Do(Who.Dispatcher, "transfer-to-110", new() { ["reason"] = "诉求人称对方正持械砸门，有现实危险。", ["recordNumber"] = "J370113202610090417" });
        var (missed, excluded, reworked) = (await Sent(withdrawn), await Sent(withdrawn), await Sent(withdrawn));
        await reworked.Taken();
        await reworked.Passed();
        await reworked.Asked("dissatisfied");
        await missed.Taken();
        withdrawn.GoTo(2, "09:00");
        await missed.Do(Who.Dispatcher, "recall", Words.Because("经核对，事发地点属另一派出所辖区，派单有误。"));
        await excluded.Do(excluded.Handler, "request-exclusion", Words.Exclusion("长清区人民法院受理案件通知书复印件一份。"));
        await excluded.Do(Who.Director, "decide-exclusion", Words.Decision(true));
        return excluded;
    }

    private static async Task<Story> Sent(Story story)
    {
        var other = await story.Another();
        await other.DispatchTo(other.Unit);
        return other;
    }

    private async Task Step(Story story, string step, string person)
    {
        var done = await app.Client.Post($"/api/v1/league-tables/{story.Month}/{step}?tier=station", new JsonObject(), ("X-Acting-For", person));
        Assert.True(done.Status == 200, $"{step}: {done.Text}");
    }
}
