using Hotline.Api;
using Hotline.Silo.Demo;
using Hotline.Silo.Operations;
using Hotline.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hotline.Silo;

/// <summary>Starts everything on one machine: silo, storage, jobs, REST API, pages.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => StartRefusals.Report(async () =>
    {
        // Taken out first: a switch without a value would swallow the argument after it. Settings are read once: watching their files means watching
        // the working folder, and every write of the database under data/ would wake the watcher.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args.Where(a => a != DemoHosting.Switch)]);
        var options = SiloOptions.Read(builder.Configuration) with { Demo = args.Contains(DemoHosting.Switch) };
        if (options.Postgres is { } postgres)
        {
            await DatabaseWait.Until(postgres);
        }
        if (args is [var verb, ..] && OperationCommand.IsVerb(verb))
        {
            return await OperationCommand.Run(options, args);
        }
        if (args is [ImportCommand.Verb, ..])
        {
            return await ImportCommand.Run(builder, options, args[1..]);
        }
        await using var app = Build(builder, options);
        if (options.Demo)
        {
            await app.DemandEmptyStore();
        }
        await app.RunAsync();
        return 0;
    });

    /// <summary>The table of contents of the process. Tests call it too, with their own folder, address and clock.</summary>
    internal static WebApplication Build(WebApplicationBuilder builder, SiloOptions options)
    {
        builder.WebHost.UseUrls(options.Urls).UseKestrelHttpsConfiguration();
        builder.AddQuietConsole();
        builder.Services.AddSingleton(options);
        builder.Services.TryAddSingleton(TimeProvider.System);
        // Before the silo: the clocks are compared before the first command can come.
        builder.Services.AddJobs();
        builder.AddCluster(options);
        if (options.Demo)
        {
            builder.AddDemo();
        }
        builder.Services.AddHostedService<FirstKey>();
        builder.AddHotlineApi();

        var app = builder.Build();
        app.MapHotlineApi();
        app.AnnounceWhenReady();
        return app;
    }
}
