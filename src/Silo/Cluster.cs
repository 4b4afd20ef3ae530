using System.Net;
using Hotline.Api;
using Hotline.Imports;
using Hotline.Notices;
using Hotline.Scorecards;
using Hotline.Storage;
using Hotline.Tickets;
using Orleans.Configuration;

namespace Hotline.Silo;

/// <summary>Who the silo talks to, and where its grains are stored. On SQLite: nobody. On PostgreSQL: every silo with the same cluster id there.</summary>
internal static class Cluster
{
    /// <summary>Longer than it takes to notice a lost silo: a caller hears <c>SiloUnavailable</c> rather than silence.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long the cluster looks the other way: a silo that misses its signs of life for this long does not hold up those that start.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);

    public static void AddCluster(this WebApplicationBuilder builder, SiloOptions options) => builder.UseOrleans(silo =>
    {
        var endpoints = SiloEndpoints.Take(options.Cluster);
        if (options.Postgres is { } postgres)
        {
            Join(silo, postgres, options.Cluster?.ClusterId ?? ClusterName.Service, endpoints);
        }
        else
        {
            silo.UseLocalhostClustering(endpoints.SiloPort, endpoints.GatewayPort, serviceId: ClusterName.Service, clusterId: ClusterName.Service);
            silo.Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback);
        }
        silo.Configure<SiloMessagingOptions>(messages => messages.ResponseTimeout = ResponseTimeout);
        silo.AddHotlineStorage(new StorageOptions(options.DataFolder, options.Postgres));
        silo.Services.AddTickets();
        silo.Services.AddImports(options.DataFolder);
        silo.Services.AddScorecards();
        silo.Services.AddNotices();
    });

    private static void Join(ISiloBuilder silo, string postgres, string clusterId, SiloEndpoints endpoints)
    {
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (clusterId, ClusterName.Service));
        silo.Configure<EndpointOptions>(endpoints.Apply);
        silo.Configure<ClusterMembershipOptions>(Notice);
        silo.UseAdoNetClustering(table => (table.Invariant, table.ConnectionString) = ("Npgsql", ClusterName.TableConnection(postgres)));
    }

    /// <summary>A killed silo is noticed after about two missed probes, here two seconds each. Two silos must say so: one that starves or is cut off cannot
    /// throw out a healthy one alone (of two silos left, Orleans takes the other's word). Shorter probes gained a second at most and risk false deaths
    /// on a busy machine.</summary>
    private static void Notice(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        membership.NumMissedProbesLimit = 2;
        membership.NumVotesForDeathDeclaration = 2;
        // A frozen silo keeps its connections; Orleans believes in it for this times the missed probes, 16 s if left alone.
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(4);
        // Gossip is fast but may be lost; the table is the truth.
        membership.TableRefreshTimeout = SignOfLife;
        // After the loss of all silos the first ones back wait for those that the table still calls alive: ten seconds at most.
        membership.IAmAliveTablePublishTimeout = SignOfLife;
        membership.NumMissedTableIAmAliveLimit = 2;
    }
}
