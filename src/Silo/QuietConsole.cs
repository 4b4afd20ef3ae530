using Hotline.Api;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Hotline.Silo;

/// <summary>What people see: one line when ready, then only warnings and faults.</summary>
internal static class QuietConsole
{
    public static void AddQuietConsole(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // Its first round always complains: it counts from the start of the machine, not of the process.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        // Imports say how far they are.
        builder.Logging.AddFilter("Hotline.Imports", LogLevel.Information);
    }

    public static void AnnounceWhenReady(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        if (app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address)
        {
            return;
        }

        Console.WriteLine($"Ready. Page {address}/  Swagger {address}/swagger  Data {app.Services.GetRequiredService<SiloOptions>().DataFolder}");
    });
}
