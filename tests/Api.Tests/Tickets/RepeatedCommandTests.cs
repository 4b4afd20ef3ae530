using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>A ticket command that would be allowed again must still take effect once per key.</summary>
public sealed class RepeatedCommandTests(HotlineApp app)
{
    [Fact]
    public async Task RepeatOfACommandThatLeavesTheStatus_GetsTheFirstAnswer_AndLeavesOneEvent()
    {
        var address = await NewTicket();
        var (body, key) = (new JsonObject { ["text"] = "备注一次" }, ("Idempotency-Key", Guid.NewGuid().ToString()));

        var first = await app.Client.Post(address + "/annotate", body, key);
        var second = await app.Client.Post(address + "/annotate", body.DeepClone(), key);

        Assert.Equal((200, 200), (first.Status, second.Status));
        Assert.Equal(first.Text, second.Text);
        Assert.Equal("true", second.Headers["Idempotency-Replayed"]);
        var events = (await app.Client.Get(address + "/events"))["items"]!.AsArray();
        Assert.Single(events, e => e!["type"]!.GetValue<string>() == "annotated");
    }

    [Fact]
    public async Task KeyOfOneTicketOnAnother_IsRefused_AndChangesNothing()
    {
        var (one, other) = (await NewTicket(), await NewTicket());
        var (body, key) = (new JsonObject { ["text"] = "备注" }, ("Idempotency-Key", Guid.NewGuid().ToString()));
        await app.Client.Post(one + "/annotate", body, key);

        (await app.Client.Post(other + "/annotate", body.DeepClone(), key)).IsProblem(422, "idempotency.mismatch");

        Assert.Single((await app.Client.Get(other + "/events"))["items"]!.AsArray());
    }

    private async Task<string> NewTicket()
    {
        var made = await app.Client.Post("/api/v1/tickets", new JsonObject
        {
            ["source"] = "12345",
            ["externalNo"] = app.Unique("R-"),
            ["nature"] = "complaint",
            ["urgency"] = "ordinary",
            ["title"] = "噪音扰民",
            ["receivedAt"] = "2026-10-09T09:30:00+08:00",
        });
        Assert.Equal(201, made.Status);
        return "/api/v1/tickets/" + made["id"]!.GetValue<string>();
    }
}
