using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>撤单 over HTTP: asked for by one person, confirmed by another; what a unit missed and what a citizen answered stay.</summary>
[Collection(nameof(Stories))]
public sealed class WithdrawalTests(StoryApp app)
{
    [Fact]
    public async Task WithdrawalAfterALateReplyAndADissatisfiedAnswer_LeavesMissAndAnswer()
    {
        var story = await Story.InProgress(app);
        story.GoTo(2, "09:00");
        await story.Passed();
        await story.Asked("dissatisfied");

        var asked = await story.Do(Who.Dispatcher, "withdraw", Words.WithdrawnByCaller);
        Assert.Equal(("awaitingRework", "confirmWithdrawal", Who.Dispatcher),
            (asked["status"]!.GetValue<string>(), asked["asked"]!["kind"]!.GetValue<string>(), asked["asked"]!["by"]!.GetValue<string>()));
        Assert.DoesNotContain("confirm-withdrawal", await story.Allowed(Who.Dispatcher));
        Assert.Contains("confirm-withdrawal", await story.Allowed(Who.SecondDispatcher));
        await story.Refused(Who.Dispatcher, "confirm-withdrawal", [], 403, "duty.same-person");
        var closed = await story.Do(Who.SecondDispatcher, "confirm-withdrawal");

        Assert.Equal(("closed", "withdrawn"), (closed["status"]!.GetValue<string>(), closed["closeReason"]!.GetValue<string>()));
        Assert.Equal("received 1, counted 1", await story.Owed());
        Assert.Equal("reply 0/1, completion 0/1, satisfaction 0/1", await story.Rates());
    }

    [Fact]
    public async Task WithdrawalConfirmedBeforeTheDue_EndsTheObligationOpenly()
    {
        var story = await Story.Dispatched(app);
        await story.Do(Who.Dispatcher, "withdraw", Words.WithdrawnByCaller);
        await story.Do(Who.SecondDispatcher, "refuse-withdrawal", Words.Because("回电核实，诉求人并未要求撤回。"));
        Assert.Equal("awaitingAcceptance", await story.Status());
        await story.Refused(Who.SecondDispatcher, "confirm-withdrawal", [], 409, "ticket.not-now");
        Assert.Equal("received 1, notYetDue 1", await story.Owed());

        await story.Do(Who.Dispatcher, "withdraw", Words.WithdrawnByCaller);
        await story.Do(Who.SecondDispatcher, "confirm-withdrawal");

        Assert.Equal("received 1, withdrawn 1", await story.Owed());
        Assert.Equal("reply 0/0, completion 0/0, satisfaction 0/0", await story.Rates());
        story.GoTo(2, "09:00");
        Assert.Equal("received 1, withdrawn 1", await story.Owed());
    }

    [Fact]
    public async Task WithdrawalAskedBeforeTheDueButConfirmedAfterIt_LeavesTheMiss()
    {
        var story = await Story.InProgress(app);
        story.GoTo(1, "17:00");
        await story.Do(Who.Dispatcher, "withdraw", Words.WithdrawnByCaller);
        story.GoTo(2, "09:00");
        await story.Do(Who.SecondDispatcher, "confirm-withdrawal");

        Assert.Equal("received 1, counted 1", await story.Owed());
        Assert.Equal("reply 0/1, completion 0/1, satisfaction 0/0", await story.Rates());
    }

    [Fact]
    public async Task WithdrawalByTheUpstream_NamesItsDocument_AndReasonsHaveSubstance()
    {
        var story = await Story.Dispatched(app);
        JsonObject Upstream(string? document, string reason = "12345 平台来函：诉求人重复提交，请予撤回。") =>
            new() { ["by"] = "upstream", ["reason"] = reason, ["documentNumber"] = document };

        await story.Refused(Who.Dispatcher, "withdraw", Upstream(null), 422, "withdrawal.document-required");
        await story.Refused(Who.Dispatcher, "withdraw", Upstream("1号"), 400, "text.too-thin", "/documentNumber");
        await story.Refused(Who.Dispatcher, "withdraw", Upstream("济热线撤〔2026〕15号", "。。。。。。"), 400, "text.too-thin", "/reason");
        await story.Do(Who.Dispatcher, "withdraw", Upstream("济热线撤〔2026〕15号"));
    }

    [Fact]
    public async Task UnitsOwnKey_CannotWithdrawItsTicket()
    {
        var story = await Story.InProgress(app);
        await story.Refused(story.Handler, "withdraw", Words.WithdrawnByCaller, 403, "auth.forbidden");
        var made = await app.Client.Post("/api/v1/api-keys",
            new JsonObject { ["name"] = app.Unique("所内密钥"), ["roles"] = new JsonArray("unitHandler", "unitHead"), ["unit"] = story.Unit });
        var own = app.With(made["key"]!.GetValue<string>());

        (await own.Post($"/api/v1/tickets/{story.Id}/withdraw", Words.WithdrawnByCaller)).IsProblem(403, "auth.forbidden");

        await story.Do(Who.Dispatcher, "withdraw", Words.WithdrawnByCaller);
        (await own.Post($"/api/v1/tickets/{story.Id}/confirm-withdrawal", new JsonObject())).IsProblem(403, "auth.forbidden");
        Assert.DoesNotContain(await story.Allowed(story.Handler), a => a.Contains("withdraw", StringComparison.Ordinal));
        Assert.Equal("inProgress", await story.Status());
    }
}
