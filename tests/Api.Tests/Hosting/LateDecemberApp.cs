using System.Text.Json.Nodes;
using Hotline.Shared;
using Hotline.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Hotline.Api;

/// <summary>A host of its own whose clock began on Tuesday 2026-12-29 at 10:00 in Shanghai, and goes on from there until a test moves it.</summary>
public sealed class LateDecemberApp : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("hotline-api-").FullName;
    private readonly ShiftedClock clock = new(new(2026, 12, 29, 2, 0, 0, TimeSpan.Zero));
    private WebApplication host = null!;
    private int people;

    public HotlineClient Client => With(HotlineApp.BootstrapKey);

    public HotlineClient With(string key) => new(host.Urls.First(), key);

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

    /// <summary>The clock stands at a later instant now, and goes on from there.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        clock.MoveTo(instant);
        host.Services.GetRequiredService<ClockGuard>().Confirm();
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

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton<TimeProvider>(clock);
        // The silo's own signs of life stay on the real clock: on the shifted one it was seen to take itself for dead.
        builder.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        host = Hotline.Silo.Program.Build(builder, new SiloOptions("http://127.0.0.1:0", folder, null, HotlineApp.BootstrapKey));
        await host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Runs like the real clock, from another day on.</summary>
    private sealed class ShiftedClock(DateTimeOffset start) : TimeProvider
    {
        private long _shift = (start - System.GetUtcNow()).Ticks;

        public void MoveTo(DateTimeOffset instant) => Interlocked.Exchange(ref _shift, (instant - System.GetUtcNow()).Ticks);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));
    }
}
