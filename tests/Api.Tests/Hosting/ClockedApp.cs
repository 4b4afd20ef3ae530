using Hotline.Shared;
using Hotline.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Hotline.Api;

/// <summary>A host of its own with an empty store, whose clock the test moves; between moves it goes on like the real one.</summary>
public abstract class ClockedApp(DateTimeOffset start) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("hotline-api-").FullName;
    private readonly ShiftedClock clock = new(start);
    private WebApplication host = null!;

    public HotlineClient Client => With(HotlineApp.BootstrapKey);

    public DateTimeOffset Now => clock.GetUtcNow();

    public HotlineClient With(string key) => new(host.Urls.First(), key);

    /// <summary>The clock stands at a later instant now, and goes on from there.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        clock.MoveTo(instant);
        host.Services.GetRequiredService<ClockGuard>().Confirm();
    }

    public virtual async ValueTask InitializeAsync()
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
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs like the real clock, from another day on.</summary>
    private sealed class ShiftedClock(DateTimeOffset start) : TimeProvider
    {
        private long _shift = (start - System.GetUtcNow()).Ticks;

        public void MoveTo(DateTimeOffset instant) => Interlocked.Exchange(ref _shift, (instant - System.GetUtcNow()).Ticks);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));
    }
}
