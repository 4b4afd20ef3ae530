using System.Globalization;
using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>What of a unit one administrator changes alone, and what waits for another person.</summary>
public sealed class UnitChangeTests(HotlineApp app)
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).Date);

    private static string ThisMonth => Today.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string NextMonth => Today.AddDays(1 - Today.Day).AddMonths(1).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    [Fact]
    public async Task PutWithMembersLeftOut_KeepsThem_AndNullClearsThem()
    {
        var (address, name) = await New();
        var whole = new JsonObject { ["name"] = name, ["tier"] = "station", ["head"] = "张三", ["deputyChief"] = "李四",
            ["activeTo"] = "2099-12-31", ["succeededBy"] = "XX", ["aliases"] = new JsonArray(name + "别名") };
        Assert.Equal(200, (await app.Client.Put(address, whole)).Status);

        var partly = await app.Client.Put(address, new JsonObject { ["name"] = name, ["tier"] = "station", ["head"] = "王五" });
        Assert.Equal(("王五", "李四", "2099-12-31", "XX"),
            (Text(partly, "head"), Text(partly, "deputyChief"), Text(partly, "activeTo"), Text(partly, "succeededBy")));
        Assert.Single(partly["aliases"]!.AsArray());

        (await app.Client.Put(address, new JsonObject { ["name"] = name, ["tier"] = "station", ["activeTo"] = null }))
            .IsProblem(422, "unit.successor-invalid");
        var cleared = await app.Client.Put(address,
            new JsonObject { ["name"] = name, ["tier"] = "station", ["deputyChief"] = null, ["activeTo"] = null, ["succeededBy"] = null,
            ["aliases"] = null });
        Assert.Equal((200, "王五", null, null, null),
            (cleared.Status, Text(cleared, "head"), Text(cleared, "deputyChief"), Text(cleared, "activeTo"), Text(cleared, "succeededBy")));
        Assert.Empty(cleared["aliases"]!.AsArray());
        (await app.Client.Put(address, new JsonObject { ["name"] = name })).IsProblem(400, "validation.required");
    }

    [Fact]
    public async Task Tier_ChangesFromTheNextMonthOn_AtOnce()
    {
        var (address, name) = await New();
        var changed = await app.Client.Put(address, new JsonObject { ["name"] = name, ["tier"] = "brigade" });
        Assert.Equal((200, "brigade", NextMonth), (changed.Status, Text(changed, "tier"), Text(changed, "tierFrom")));
        Assert.Equal(["0001-01 station", NextMonth + " brigade"], changed["tiers"]!.AsArray().Select(t => $"{t!["from"]} {t["tier"]}"));
        Assert.True(await IsIn("station", address));
        Assert.False(await IsIn("brigade", address));
        Assert.Equal(changed.Headers["ETag"],
            (await app.Client.Put(address, new JsonObject { ["name"] = name, ["tier"] = "brigade",
            ["tierFrom"] = NextMonth })).Headers["ETag"]);
        var back = await app.Client.Put(address, new JsonObject { ["name"] = name, ["tier"] = "station" });
        Assert.Equal(("station", null, null), (Text(back, "tier"), Text(back, "tierFrom"), back["tiers"]));
    }

    [Fact]
    public async Task OneAdministrator_CannotMoveAUnitOutOfTheRunningMonthsTable()
    {
        var (address, name) = await New();
        var (first, second, key) = (await app.WithRoles("administrator"), await app.WithRoles("officeDirector"), Guid.NewGuid().ToString());
        var body = new JsonObject { ["name"] = name, ["tier"] = "brigade", ["tierFrom"] = ThisMonth, ["head"] = "王五" };
        var proposed = await first.Put(address, body, ("If-Match", "\"1\""), ("Idempotency-Key", key));
        Assert.Equal((202, address + "/changes", "\"2\""), (proposed.Status, proposed.Headers["Location"], proposed.Headers["ETag"]));
        Assert.Equal("true", (await first.Put(address, body.DeepClone(), ("If-Match", "\"1\""),
            ("Idempotency-Key", key))).Headers["Idempotency-Replayed"]);
        Assert.Equal("\"2\"", (await first.Put(address, body.DeepClone())).Headers["ETag"]);
        Assert.True(await IsIn("station", address));

        var unit = proposed["unit"]!;
        Assert.Equal(("station", "王五", "brigade", ThisMonth), (unit["tier"]!.GetValue<string>(), unit["head"]!.GetValue<string>(),
            unit["waiting"]!["tier"]!.GetValue<string>(), unit["waiting"]!["tierFrom"]!.GetValue<string>()));
        Assert.Equal([ThisMonth + " station", ThisMonth + " brigade"], proposed["tables"]!.AsArray()
            .Select(t => $"{t!["month"]} {t["tier"]}"));
        Assert.Equal((await app.Client.Get(proposed.Headers["Location"])).Text, proposed.Text);

        (await first.Post(address + "/approve-change", new JsonObject())).IsProblem(403, "duty.same-person");
        (await (await app.WithRoles("viewer")).Post(address + "/approve-change", new JsonObject())).IsProblem(403, "auth.forbidden");
        (await second.Post(address + "/approve-change", new JsonObject(), ("If-Match", "\"1\""))).IsProblem(412, "precondition.failed");
        Assert.True(await IsIn("station", address));
        var approved = await second.Post(address + "/approve-change", new JsonObject(), ("If-Match", "\"2\""));
        Assert.Equal((200, "brigade", ThisMonth, null),
            (approved.Status, Text(approved, "tier"), Text(approved, "tierFrom"), approved["waiting"]));
        Assert.False(await IsIn("station", address));
        Assert.True(await IsIn("brigade", address));
        (await second.Post(address + "/approve-change", new JsonObject())).IsProblem(409, "unit.not-proposed");
        Assert.True((await app.Client.Get(address + "/changes"))["decided"]!.AsArray().Single()!["approved"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Dates_ThatTakeTheRowOfThisMonth_Wait_AndAreTurnedDown()
    {
        var (address, name) = await New(ThisMonth + "-01");
        var (first, second) = (await app.WithRoles("administrator"), await app.WithRoles("administrator"));
        JsonObject With(string member, string day) => new() { ["name"] = name, ["tier"] = "station", [member] = day };
        Assert.Equal(200, (await first.Put(address, With("activeTo", "2099-12-31"))).Status);
        Assert.Equal(200, (await first.Put(address, With("activeFrom", Today.ToString("O", CultureInfo.InvariantCulture)))).Status);
        Assert.Equal(202, (await first.Put(address, With("activeFrom", NextMonth + "-01"))).Status);
        var refused = await second.Post(address + "/refuse-change", new JsonObject { ["reason"] = "本月仍在办理。" });
        Assert.Equal((200, null), (refused.Status, refused["waiting"]));
        var decided = (await app.Client.Get(address + "/changes"))["decided"]!.AsArray().Single()!;
        Assert.Equal((false, "rejected", "本月仍在办理。"),
            (decided["approved"]!.GetValue<bool>(), decided["end"]!.GetValue<string>(), decided["reason"]!.GetValue<string>()));
    }

    private async Task<(string Address, string Name)> New(string? activeFrom = null)
    {
        var name = app.Unique("改制派出所");
        var address = "/api/v1/units/" + app.Unique("M");
        Assert.Equal(201, (await app.Client.Put(address,
            new JsonObject { ["name"] = name, ["tier"] = "station", ["activeFrom"] = activeFrom })).Status);
        return (address, name);
    }

    private async Task<bool> IsIn(string tier, string address) =>
        (await app.Client.Get($"/api/v1/league-tables/{ThisMonth}?tier={tier}"))["rows"]!.AsArray()
        .Any(r => address.EndsWith("/" + r!["unit"]!["code"]!.GetValue<string>(), StringComparison.Ordinal));

    private static string? Text(HotlineAnswer answer, string member) => answer[member]?.GetValue<string>();
}
