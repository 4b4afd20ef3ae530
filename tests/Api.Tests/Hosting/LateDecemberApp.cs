using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>A host of its own whose clock began on Tuesday 2026-12-29 at 10:00 in Shanghai, and goes on from there until a test moves it.</summary>
public sealed class LateDecemberApp() : ClockedApp(new(2026, 12, 29, 2, 0, 0, TimeSpan.Zero))
{
    private int people;

    /// <summary>A client with a new key of these roles, owned by a person of its own.</summary>
    public async Task<HotlineClient> WithRoles(params string[] roles)
    {
        var made = await Client.Post("/api/v1/api-keys", new JsonObject
        {
            ["name"] = "人员" + Interlocked.Increment(ref people), ["roles"] = new JsonArray([.. roles.Select(r => (JsonNode)r)]),
            ["unit"] = roles.Contains("unitHandler") ? "DG" : null,
        });
        Assert.Equal(201, made.Status);
        return With(made["key"]!.GetValue<string>());
    }

    /// <summary>A ticket dispatched to the station DG; its id.</summary>
    public async Task<string> Dispatched(string number, string nature = "complaint")
    {
        Assert.True((await Client.Put("/api/v1/units/DG", new JsonObject { ["name"] = "东关派出所", ["tier"] = "station" })).Status < 300);
        var registered = await Client.Post("/api/v1/tickets", new JsonObject
        {
            ["source"] = "12345", ["externalNo"] = number, ["nature"] = nature, ["urgency"] = "ordinary", ["title"] = "夜间施工噪声",
            ["content"] = "工地夜间施工。", ["caller"] = new JsonObject { ["name"] = "张三", ["phone"] = "13800000000" }, ["receivedAt"] = "2026-12-29T09:30:00+08:00",
        });
        var id = registered["id"]!.GetValue<string>();
        Assert.Equal(200, (await Client.Post($"/api/v1/tickets/{id}/dispatch", new JsonObject { ["leadUnit"] = "DG", ["supportingUnits"] = new JsonArray() })).Status);
        return id;
    }
}
