using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>The store is checked and made right beside the running service.</summary>
public sealed class StoreWorkTests(HotlineApp app)
{
    [Fact]
    public async Task Check_TellsItsProgress_AndCallsASoundStoreSound()
    {
        var key = Guid.NewGuid().ToString();
        var begun = await app.Client.Post("/api/v1/store/checks", new JsonObject(), ("Idempotency-Key", key));
        Assert.Equal(202, begun.Status);

        var done = await Ended(begun.Headers["Location"]);

        Assert.Equal(("check", "completed", true, 0), (done["kind"]!.GetValue<string>(), done["status"]!.GetValue<string>(), done["sound"]!.GetValue<bool>(),
            done["wrong"]!.AsArray().Count));
        var again = await app.Client.Post("/api/v1/store/checks", new JsonObject(), ("Idempotency-Key", key));
        Assert.Equal((202, "true", begun.Headers["Location"]), (again.Status, again.Headers["Idempotency-Replayed"], again.Headers["Location"]));
        Assert.Contains((await app.Client.Get("/api/v1/store/works"))["items"]!.AsArray(), w => w!["id"]!.GetValue<string>() == done["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Rebuild_OfASoundStore_ChangesNothing()
    {
        var begun = await app.Client.Post("/api/v1/store/rebuilds", new JsonObject());
        for (var tries = 0; begun.Status == 409 && tries < 50; tries++)
        {
            begun.IsProblem(409, "store.work-running");
            await Task.Delay(100);
            begun = await app.Client.Post("/api/v1/store/rebuilds", new JsonObject());
        }

        var done = await Ended(begun.Headers["Location"]);

        Assert.Equal(("completed", 0), (done["status"]!.GetValue<string>(), done["mended"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Works_AreForAdministratorsAndAuditors()
    {
        (await (await app.WithRoles("leader")).Post("/api/v1/store/checks", new JsonObject())).IsProblem(403, "auth.forbidden");
        (await (await app.WithRoles("auditor")).Post("/api/v1/store/rebuilds", new JsonObject())).IsProblem(403, "auth.forbidden");
        (await app.Client.Get("/api/v1/store/works/S-none")).IsProblem(404, "not-found");
    }

    private async Task<HotlineAnswer> Ended(string? location)
    {
        var read = await app.Client.Get(location!);
        for (var tries = 0; read["status"]!.GetValue<string>() == "running" && tries < 200; tries++)
        {
            await Task.Delay(50);
            read = await app.Client.Get(location!);
        }
        return read;
    }
}
