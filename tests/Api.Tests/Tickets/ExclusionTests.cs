namespace Hotline.Api;

/// <summary>剔除 over HTTP: asked for twice at most, the second time with new evidence and of the deputy chief; revoked by another person.</summary>
[Collection(nameof(Stories))]
public sealed class ExclusionTests(StoryApp app)
{
    private const string First = "长清区人民法院受理案件通知书复印件一份。", Second = "长清区人民法院开庭传票和送达回证各一份。";

    [Fact]
    public async Task ExclusionRefused_IsAskedForOnceMoreWithNewEvidenceOfTheDeputyChief_AndNeverAThirdTime()
    {
        var story = await Missed();
        await story.Do(story.Handler, "request-exclusion", Words.Exclusion(First));
        await story.Refused(story.Handler, "request-exclusion", Words.Exclusion(Second), 409, "ticket.not-now");
        await story.Do(Who.Director, "decide-exclusion", Words.Decision(false));

        await story.Refused(story.Handler, "request-exclusion", Words.Exclusion(First), 422, "exclusion.same-evidence", "/evidence");
        await story.Do(story.Handler, "request-exclusion", Words.Exclusion(Second));
        await story.Refused(Who.Director, "decide-exclusion", Words.Decision(true), 403, "exclusion.deputy-chief");
        Assert.DoesNotContain("decide-exclusion", await story.Allowed(Who.Director));
        await story.Do(Who.Deputy, "decide-exclusion", Words.Decision(false));

        await story.Refused(story.Handler, "request-exclusion", Words.Exclusion("另有证人证言三份，可以证明与本所无关。"), 409, "ticket.not-now");
        Assert.DoesNotContain("request-exclusion", await story.Allowed(story.Handler));
        Assert.Equal("received 1, counted 1", await story.Owed());
    }

    [Fact]
    public async Task ExclusionApproved_IsCountedOpenly_AndAnotherPersonCanRevokeIt()
    {
        var story = await Missed();
        await story.Do(story.Handler, "request-exclusion", Words.Exclusion(First));
        await story.Do(Who.Deputy, "decide-exclusion", Words.Decision(true));
        Assert.Equal("received 1, excluded 1", await story.Owed());
        Assert.Equal("reply 0/0, completion 0/0, satisfaction 0/0", await story.Rates());
        var why = Words.Because("经复核，剔除所依据的受理通知书与本件无关。");

        await story.Refused(story.Handler, "revoke-exclusion", why, 403, "auth.forbidden");
        await story.Refused(Who.Deputy, "revoke-exclusion", why, 403, "duty.same-person");
        var revoked = await story.Do(Who.SecondDeputy, "revoke-exclusion", why);

        Assert.Equal(Who.SecondDeputy, revoked["exclusion"]!["revokedBy"]!.GetValue<string>());
        Assert.Equal("received 1, counted 1", await story.Owed());
        Assert.Equal("reply 0/1, completion 0/1, satisfaction 0/0", await story.Rates());
        await story.Refused(Who.SecondDeputy, "revoke-exclusion", why, 409, "ticket.not-now");
    }

    [Fact]
    public async Task UnitsThatNoLongerHaveTheTicket_CanStillAskForTheExclusionOfWhatTheyMissed()
    {
        var (support, other) = (await app.Station(), await app.Station());
        var story = await Story.InProgress(app, "consultation", support);
        story.GoTo(2, "09:00");
        await story.Do(Who.Dispatcher, "recall", Words.Because("经核对，事发地点属另一派出所辖区，派单有误。"));
        Assert.Equal(("received 1, counted 1", "received 1, counted 1"), (await story.Owed(), await story.Owed(support)));
        Assert.Contains("request-exclusion", await story.Allowed(story.Handler));
        await story.DispatchTo(other);

        await story.Do(Who.Of(support), "request-exclusion", Words.Exclusion(First));
        await story.Do(Who.Director, "decide-exclusion", Words.Decision(false));
        await story.Do(story.Handler, "request-exclusion", Words.Exclusion(Second));
        await story.Do(Who.Deputy, "decide-exclusion", Words.Decision(true));

        Assert.Equal(("received 1, excluded 1", "received 1, excluded 1"), (await story.Owed(), await story.Owed(support)));
        Assert.DoesNotContain("accept", await story.Allowed(story.Handler));
        await story.Refused(story.Handler, "accept", [], 403, "ticket.not-your-unit");
    }

    private async Task<Story> Missed()
    {
        var story = await Story.InProgress(app);
        story.GoTo(2, "09:00");
        return story;
    }
}
