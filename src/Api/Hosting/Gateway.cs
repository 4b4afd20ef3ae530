using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Orleans.Configuration;

namespace Hotline.Api;

/// <summary>How the gateway was told to run.</summary>
/// <param name="Urls">Where to listen: <c>ASPNETCORE_URLS</c> or <c>--urls</c>; default http://127.0.0.1:5080.</param>
/// <param name="Postgres"><c>HOTLINE_POSTGRES</c>: the cluster's database, for its members and for lists. Reading is enough.</param>
/// <param name="ClusterId"><c>HOTLINE_CLUSTER</c>, as the silos have it.</param>
internal sealed record GatewaySettings(string Urls, string Postgres, string ClusterId)
{
    /// <exception cref="StartRefusedException"><c>cluster.setting-missing</c></exception>
    public static GatewaySettings Read(IConfiguration settings) => new(
        settings["urls"] ?? settings["ASPNETCORE_URLS"] ?? "http://127.0.0.1:5080",
        settings["HOTLINE_POSTGRES"] is { Length: > 0 } postgres ? postgres : throw new StartRefusedException("cluster.setting-missing",
            "网关需要 HOTLINE_POSTGRES（集群的 PostgreSQL 连接字符串）。 A gateway needs HOTLINE_POSTGRES, the connection string of the cluster's PostgreSQL."),
        ClusterName.Of(settings));
}

/// <summary>The same API in front of a cluster, without a silo of its own: for another network zone. It holds no state, waits for the cluster at start and
/// finds it again after any loss.</summary>
internal static class Gateway
{
    /// <summary>How soon new silos are found and lost ones forgotten; Orleans' minute would outlast a restart of the whole cluster.</summary>
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    public static WebApplication Build(WebApplicationBuilder builder, GatewaySettings options)
    {
        builder.WebHost.UseUrls(options.Urls).UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        // The pages and /health answer while the client still looks for the cluster.
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
        builder.Services.AddSingleton(_ => Database.ForReading(options.Postgres));
        builder.Services.AddStorageFaults().AddTicketLists();
        builder.UseOrleansClient(client => Connect(client, options));
        builder.AddHotlineApi();

        var app = builder.Build();
        app.Use(Unconnected);
        app.MapHotlineApi();
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Ready. Gateway of cluster {options.ClusterId} at {app.Urls.FirstOrDefault()}"));
        return app;
    }

    /// <summary>Before the first silo was found nothing can be asked.</summary>
    private static Task Unconnected(HttpContext http, RequestDelegate next)
    {
        var host = http.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        if (host.ApplicationStarted.IsCancellationRequested || !http.Request.Path.StartsWithSegments("/api"))
        {
            return next(http);
        }
        SecurityHeaders.Set(http);
        return new Refusal(503, "service.unavailable", "网关尚未连上集群，请稍后重试。") { RetryAfter = 1 }.ExecuteAsync(http);
    }

    private static void Connect(IClientBuilder client, GatewaySettings options)
    {
        client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, ClusterName.Service));
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = Refresh);
        client.Configure<ClientMessagingOptions>(messages => messages.ResponseTimeout = ResponseTimeout);
        client.UseAdoNetClustering(table => (table.Invariant, table.ConnectionString) = ("Npgsql", ClusterName.TableConnection(options.Postgres)));
        client.UseConnectionRetryFilter(KeepTrying);
    }

    private static async Task<bool> KeepTrying(Exception fault, CancellationToken stopping)
    {
        await Task.Delay(Refresh, stopping);
        return true;
    }
}
