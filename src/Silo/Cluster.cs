using System.Net;
using System.Net.Sockets;
using Hotline.Imports;
using Hotline.Scorecards;
using Hotline.Storage;
using Hotline.Tickets;
using Orleans.Configuration;

namespace Hotline.Silo;

/// <summary>Who the silo talks to, and where its grains are stored. Without a cluster: nobody, on free loopback ports.</summary>
internal static class Cluster
{
    public static void AddCluster(this WebApplicationBuilder builder, SiloOptions options) => builder.UseOrleans(silo =>
    {
        var (siloPort, gatewayPort) = FreePorts();
        silo.UseLocalhostClustering(siloPort, gatewayPort, serviceId: "hotline", clusterId: "hotline");
        silo.Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback);
        silo.AddHotlineStorage(new StorageOptions(options.DataFolder, options.Postgres));
        silo.Services.AddTickets();
        silo.Services.AddImports(options.DataFolder);
        silo.Services.AddScorecards();
    });

    /// <summary>Both are held until both are known, so they differ; Orleans' fixed default ports could be shared by two processes without an error.</summary>
    private static (int Silo, int Gateway) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
