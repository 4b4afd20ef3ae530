using System.Net;
using System.Net.Sockets;
using Hotline.Api;
using Orleans.Configuration;

namespace Hotline.Silo;

/// <summary>The two addresses on which Orleans listens: for other silos and for gateways.</summary>
internal sealed record SiloEndpoints(IPAddress Address, int SiloPort, int GatewayPort)
{
    /// <summary>Looks first whether the ports are free: Orleans would share them with another process without an error. Both are held until both are
    /// known, so they differ.</summary>
    /// <param name="settings">Null means free ports on loopback.</param>
    /// <exception cref="StartRefusedException"><c>cluster.port-in-use</c></exception>
    public static SiloEndpoints Take(ClusterSettings? settings)
    {
        var address = settings?.Address ?? IPAddress.Loopback;
        using var silo = Hold(address, settings?.SiloPort ?? 0, "HOTLINE_SILO_PORT");
        using var gateway = Hold(address, settings?.GatewayPort ?? 0, "HOTLINE_GATEWAY_PORT");
        return new(address, PortOf(silo), PortOf(gateway));
    }

    public void Apply(EndpointOptions endpoint)
    {
        endpoint.AdvertisedIPAddress = Address;
        (endpoint.SiloPort, endpoint.GatewayPort) = (SiloPort, GatewayPort);
        endpoint.SiloListeningEndpoint = new(Address, SiloPort);
        endpoint.GatewayListeningEndpoint = new(Address, GatewayPort);
    }

    private static TcpListener Hold(IPAddress address, int port, string setting)
    {
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException taken)
        {
            listener.Dispose();
            throw new StartRefusedException("cluster.port-in-use",
                $"集群端口 {address}:{port} 不可用，请用 {setting} 另指定。 The cluster's port {address}:{port} cannot be used ({taken.Message}); set {setting} to another.");
        }
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
