using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>更正 and 重新受理 over HTTP: what gives a unit more time takes two people, and the old promise stays on record.</summary>
[Collection(nameof(Stories))]
public sealed class CorrectionTests(StoryApp app)
{
    [Fact]
    public async Task CorrectionThatMakesTheDueLater_IsConfirmedByASecondPerson_AndKeepsTheOldPromiseOnRecord()
    {
        var story = await Story.InProgress(app);
        var complaint = new JsonObject { ["reason"] = "经回听录音，来电人是投诉工地，不是咨询。", ["nature"] = "complaint" };
        await story.Refused(story.Handler, "correct", Copy(complaint), 403, "auth.forbidden");
        await story.Do(Who.Dispatcher, "correct", Copy(complaint));
        Assert.Equal(("consultation", story.Text(1, "17:30")), await Promise(story));
        await story.Refused(Who.Dispatcher, "confirm-correction", [], 403, "duty.same-person");

        await story.Do(Who.SecondDispatcher, "confirm-correction");

        Assert.Equal(("complaint", story.Text(7, "17:30")), await Promise(story));
        Assert.Equal(story.Text(1, "17:30"), (await story.Deadline("reply"))["originalDueAt"]!.GetValue<string>());
        await story.Do(Who.Dispatcher, "correct", new() { ["reason"] = "标题中的地点有误，应为宾谷街。", ["title"] = "宾谷街夜间施工噪声扰民" });
        Assert.Equal("宾谷街夜间施工噪声扰民", (await story.Ticket())["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task CorrectionAfterTheReply_OrOfAMissedDue_ChangesNothing()
    {
        var story = await Story.InProgress(app);
        await story.Do(Who.Dispatcher, "correct", new() { ["reason"] = "经回听录音，来电人是投诉工地，不是咨询。", ["nature"] = "complaint" });
        story.GoTo(2, "09:00");
        await story.Do(Who.SecondDispatcher, "confirm-correction");
        Assert.Equal(story.Text(1, "17:30"), (await story.Deadline("reply"))["dueAt"]!.GetValue<string>());
        Assert.Equal("received 1, counted 1", await story.Owed());

        await story.Do(story.Handler, "reply", Words.Reply);
        await story.Refused(Who.Dispatcher, "correct", new() { ["reason"] = "标题中的地点有误，应为宾谷街。", ["title"] = "宾谷街夜间施工噪声扰民" }, 409, "ticket.wrong-status");
    }

    [Fact]
    public async Task DeclinedTicket_IsReopenedByTheDirector_OrWhenItIsPushedAnewWithALaterInstant()
    {
        var story = await Story.Begin(app);
        var decline = new JsonObject { ["reason"] = "litigation", ["explanation"] = "该事项已由法院受理，请向审理法院反映。" };
        await story.Do(Who.Dispatcher, "decline", Copy(decline));
        await story.Refused(Who.Dispatcher, "reopen", Words.Because("法院裁定不予受理，事项属公安机关职责。"), 403, "auth.forbidden");
        Assert.Equal("triage", (await story.Do(Who.Director, "reopen", Words.Because("法院裁定不予受理，事项属公安机关职责。")))["status"]!.GetValue<string>());

        await story.Do(Who.Dispatcher, "decline", Copy(decline));
        var ticket = await story.Ticket();
        JsonObject Pushed(string receivedAt) => new()
        {
            ["source"] = "12345", ["externalNo"] = ticket["externalNo"]!.GetValue<string>(), ["nature"] = "consultation", ["urgency"] = "ordinary",
            ["title"] = "夜间施工噪声扰民", ["receivedAt"] = receivedAt,
        };
        Assert.Equal("declined", (await app.Client.Post("/api/v1/tickets", Pushed(ticket["receivedAt"]!.GetValue<string>())))["status"]!.GetValue<string>());
        story.GoTo(1, "09:00");
        Assert.Equal("triage", (await app.Client.Post("/api/v1/tickets", Pushed(story.Text(1, "08:50"))))["status"]!.GetValue<string>());
        Assert.Equal(story.Text(1, "08:50"), (await story.Ticket())["receivedAt"]!.GetValue<string>());
        var listed = await app.Client.Get("/api/v1/tickets?externalNo=" + ticket["externalNo"]!.GetValue<string>());
        Assert.Equal(story.Text(1, "08:50"), listed["items"]![0]!["receivedAt"]!.GetValue<string>());
        await app.IsSound();
    }

    private static async Task<(string Nature, string DueAt)> Promise(Story story) =>
        ((await story.Ticket())["nature"]!.GetValue<string>(), (await story.Deadline("reply"))["dueAt"]!.GetValue<string>());

    private static JsonObject Copy(JsonObject body) => body.DeepClone().AsObject();
}
