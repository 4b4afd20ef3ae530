using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>并单 over HTTP: the same person or place with the same matter, or a basis that a second person confirms; never into a ticket that has been replied to.</summary>
[Collection(nameof(Stories))]
public sealed class MergeTests(StoryApp app)
{
    [Fact]
    public async Task MergeIntoAParentThatHasReplied_IsRefused()
    {
        var parent = await Noisy();
        var child = await parent.Another(Topic("噪音扰民"));
        await Worked(parent);
        await parent.Passed();

        await child.Refused(Who.Dispatcher, "merge", Into(parent), 422, "merge.parent-replied", "/parent");

        Assert.Equal("triage", await child.Status());
        Assert.Equal("received 1, counted 1", await parent.Owed());
    }

    [Fact]
    public async Task MergeProposedOnABasis_IsRefusedAtItsConfirmation_WhenTheParentHasRepliedMeanwhile()
    {
        var parent = await Noisy();
        var child = await parent.Another(Topic("施工扬尘"));
        await Worked(parent);
        await child.Do(Who.Dispatcher, "merge", Into(parent, "两件反映的是同一工地同一晚的施工。"));
        await parent.Passed();

        await child.Refused(Who.SecondDispatcher, "confirm-merge", [], 422, "merge.parent-replied", "/parent");
    }

    [Fact]
    public async Task SamePersonWithTheSameTopic_IsMergedAtOnce_AndAnythingElseNeedsABasisAndASecondPerson()
    {
        var parent = await Noisy();
        await parent.DispatchTo(parent.Unit);
        var (same, other) = (await parent.Another(Topic("噪音扰民")), await parent.Another(Topic("施工扬尘")));
        Assert.Equal("merged", (await same.Do(Who.Dispatcher, "merge", Into(parent)))["status"]!.GetValue<string>());

        await other.Refused(Who.Dispatcher, "merge", Into(parent), 422, "merge.no-relation", "/basis");
        await other.Refused(Who.Dispatcher, "merge", Into(parent, "同上。"), 400, "text.too-thin", "/basis");
        Assert.Equal("triage", (await other.Do(Who.Dispatcher, "merge", Into(parent, "两件反映的是同一工地同一晚的施工。")))["status"]!.GetValue<string>());
        await other.Refused(Who.Dispatcher, "confirm-merge", [], 403, "duty.same-person");
        await other.Do(Who.SecondDispatcher, "refuse-merge", Words.Because("一件反映噪声，一件反映扬尘，应分别办理。"));
        Assert.Null((await other.Ticket())["asked"]);

        await other.Do(Who.Dispatcher, "merge", Into(parent, "两件反映的是同一工地同一晚的施工。"));
        Assert.Equal("merged", (await other.Do(Who.SecondDispatcher, "confirm-merge"))["status"]!.GetValue<string>());
        Assert.Equal(new[] { same.Id, other.Id }.Order(), (await parent.Ticket())["children"]!.AsArray().Select(c => c!.GetValue<string>()).Order());
        Assert.Equal("received 1, notYetDue 1", await parent.Owed());
    }

    [Fact]
    public async Task MergeThatBringsTheDueForward_IsTwoPeoples_AndCompressesTheParent()
    {
        var parent = await Noisy("help");
        await parent.DispatchTo(parent.Unit);
        var child = await parent.Another(t => { Topic("噪音扰民")(t); t["upstreamDueAt"] = parent.Text(2, "12:00"); });
        await child.Refused(Who.Dispatcher, "merge", Into(parent), 422, "merge.compresses", "/basis");
        await child.Do(Who.Dispatcher, "merge", Into(parent, "上级平台对同一噪声另行交办，期限更早。"));
        await child.Do(Who.Director, "confirm-merge", new JsonObject());

        var reply = await parent.Deadline("reply");
        Assert.Equal((parent.Text(1, "17:30"), parent.Text(3, "17:30"), true),
            (reply["dueAt"]!.GetValue<string>(), reply["originalDueAt"]!.GetValue<string>(), reply["compressed"]!.GetValue<bool>()));
        Assert.Equal("received 1, notYetDue 1", await parent.Owed());
        parent.GoTo(2, "09:00");
        Assert.Equal("received 1, compressed 1", await parent.Owed());
        Assert.Equal("reply 0/0, completion 0/0, satisfaction 0/0", await parent.Rates());
    }

    private Task<Story> Noisy(string nature = "consultation") => Story.Begin(app, t => { Topic("噪音扰民")(t); t["nature"] = nature; });

    private static Action<JsonObject> Topic(string topic) => t => t["topic"] = topic;

    private static async Task Worked(Story story)
    {
        await story.DispatchTo(story.Unit);
        await story.Taken();
    }

    private static JsonObject Into(Story parent, string? basis = null) =>
        new() { ["parent"] = parent.Id, ["reason"] = "与前一件反映的是同一地点的同一噪声。", ["basis"] = basis };
}
