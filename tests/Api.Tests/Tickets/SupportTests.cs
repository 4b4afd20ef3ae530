namespace Hotline.Api;

/// <summary>协办 over HTTP: a supporting unit owes an opinion of substance by its own due, unless the lead's reply passed before.</summary>
[Collection(nameof(Stories))]
public sealed class SupportTests(StoryApp app)
{
    [Fact]
    public async Task SupportingUnitThatIsNotNeeded_CannotGiveItsOpinion_AndIsNotPunished()
    {
        var support = await app.Station();
        var story = await Story.InProgress(app, "consultation", support);
        Assert.Equal("received 1, notYetDue 1", await story.Owed(support));
        Assert.Contains("support-reply", await story.Allowed(Who.Of(support)));
        await story.Passed();

        Assert.DoesNotContain("support-reply", await story.Allowed(Who.Of(support)));
        await story.Refused(Who.Of(support), "support-reply", Words.Opinion(support), 403, "ticket.not-your-unit");
        story.GoTo(2, "09:00");

        Assert.Equal("received 1, notNeeded 1", await story.Owed(support));
        Assert.Equal("reply 0/0, completion 0/0, satisfaction 0/0", await story.Rates(support));
        Assert.Equal("received 1, counted 1", await story.Owed());
    }

    [Theory]
    [InlineData(".")]
    [InlineData("....................")]
    [InlineData("。。。。。。。。。。。。。。。。。。。。")]
    [InlineData("好好好好好好好好好好好好好好好好好好好好好好好好好好好好好好")]
    [InlineData("已阅。")]
    public async Task OpinionWithoutSubstance_IsRefused_AndStillOwed(string junk)
    {
        var support = await app.Station();
        var story = await Story.InProgress(app, "consultation", support);

        await story.Refused(Who.Of(support), "support-reply", Words.Opinion(support, junk), 400, "text.too-thin", "/text");

        Assert.Equal("received 1, notYetDue 1", await story.Owed(support));
        story.GoTo(2, "09:00");
        Assert.Equal("received 1, counted 1", await story.Owed(support));
        Assert.Equal("reply 0/1, completion 0/1, satisfaction 0/0", await story.Rates(support));
    }

    [Fact]
    public async Task OpinionInTime_CountsForTheSupportingUnit_AndAnotherUnitsNameDoesNot()
    {
        var (support, stranger) = (await app.Station(), await app.Station());
        var story = await Story.Dispatched(app, "consultation", support);
        await story.Refused(Who.Of(support), "support-reply", Words.Opinion(story.Unit), 422, "support.not-supporting", "/unit");
        Assert.Equal(404, (await story.Try(Who.Of(stranger), "support-reply", Words.Opinion(support))).Status);

        await story.Do(Who.Of(support), "support-reply", Words.Opinion(support));
        story.GoTo(2, "09:00");

        Assert.Equal("received 1, counted 1", await story.Owed(support));
        Assert.Equal("reply 1/1, completion 1/1, satisfaction 0/0", await story.Rates(support));
        await story.Refused(Who.Of(support), "support-reply", Words.Opinion(support), 403, "ticket.not-your-unit");
    }

    [Fact]
    public async Task OpinionThatWasNotGivenInTime_StaysMissed_WhenTheLeadsReplyPassesLater()
    {
        var support = await app.Station();
        var story = await Story.InProgress(app, "consultation", support);
        story.GoTo(2, "09:00");
        await story.Passed();
        await story.Asked("satisfied");

        Assert.Equal(("received 1, counted 1", "received 1, counted 1"), (await story.Owed(), await story.Owed(support)));
        Assert.Equal("reply 0/1, completion 0/1, satisfaction 0/0", await story.Rates(support));
    }

    [Fact]
    public async Task WithdrawalBeforeTheDue_EndsTheSupportingUnitsObligationToo()
    {
        var support = await app.Station();
        var story = await Story.Dispatched(app, "consultation", support);
        await story.Do(Who.Dispatcher, "withdraw", Words.WithdrawnByCaller);
        await story.Do(Who.SecondDispatcher, "confirm-withdrawal");

        Assert.Equal(("received 1, withdrawn 1", "received 1, withdrawn 1"), (await story.Owed(), await story.Owed(support)));
    }
}
