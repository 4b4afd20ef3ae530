using Hotline.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Api;

/// <summary>Liveness touches neither the database nor another silo: a process is not restarted for what is the matter with others.</summary>
public sealed class LivenessTests
{
    [Fact]
    public async Task Liveness_AsksNoGrain_EvenOfAnUnknownKey()
    {
        var folder = Directory.CreateTempSubdirectory("hotline-live-").FullName;
        var (calls, builder) = (new Silence(), WebApplication.CreateSlimBuilder());
        builder.Services.AddSingleton<IOutgoingGrainCallFilter>(calls);
        await using var host = Hotline.Silo.Program.Build(builder, new SiloOptions("http://127.0.0.1:0", folder, null, HotlineApp.BootstrapKey));
        await host.StartAsync();
        calls.IsOn = true;

        var live = await new HotlineClient(host.Urls.First(), "a key that nobody knows").Get("/health/live");
        var ready = await new HotlineClient(host.Urls.First(), null).Get("/health/ready");

        Assert.Equal((200, "live"), (live.Status, live["status"]!.GetValue<string>()));
        Assert.Equal(503, ready.Status);
        calls.IsOn = false;
        await host.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>No grain can be reached.</summary>
    private sealed class Silence : IOutgoingGrainCallFilter
    {
        public volatile bool IsOn;

        public Task Invoke(IOutgoingGrainCallContext context) => IsOn ? throw new TimeoutException("planted") : context.Invoke();
    }
}
