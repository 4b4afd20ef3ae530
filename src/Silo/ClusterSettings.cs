using System.Globalization;
using System.Net;
using Hotline.Api;

namespace Hotline.Silo;

/// <summary>How this silo meets the others of its cluster. Only used with PostgreSQL.</summary>
/// <param name="ClusterId"><c>HOTLINE_CLUSTER</c>: silos with the same id on the same database are one cluster; default <c>hotline</c>.</param>
/// <param name="Address"><c>HOTLINE_ADVERTISE</c>: the IP address under which the other silos and gateways reach this one, and the only one on which the
/// Orleans ports listen. Default loopback: these ports know no login and belong in a closed network.</param>
/// <param name="SiloPort"><c>HOTLINE_SILO_PORT</c>: between silos; default 11111, 0 picks a free one. A fixed one lets a restarted silo bury its predecessor
/// at once instead of waiting until it goes stale.</param>
/// <param name="GatewayPort"><c>HOTLINE_GATEWAY_PORT</c>: for gateways; default 30000, 0 picks a free one.</param>
internal sealed record ClusterSettings(string ClusterId, IPAddress Address, int SiloPort = 11111, int GatewayPort = 30000)
{
    /// <exception cref="StartRefusedException"><c>cluster.setting-invalid</c></exception>
    public static ClusterSettings Read(IConfiguration settings)
    {
        var defaults = new ClusterSettings(ClusterName.Of(settings), IPAddress.Loopback);
        return defaults with
        {
            Address = settings["HOTLINE_ADVERTISE"] is { Length: > 0 } address ? ReadAddress(address) : defaults.Address,
            SiloPort = ReadPort(settings, "HOTLINE_SILO_PORT") ?? defaults.SiloPort,
            GatewayPort = ReadPort(settings, "HOTLINE_GATEWAY_PORT") ?? defaults.GatewayPort,
        };
    }

    private static IPAddress ReadAddress(string text) => IPAddress.TryParse(text, out var address) ? address
        : throw new StartRefusedException("cluster.setting-invalid", $"HOTLINE_ADVERTISE 应为本机的 IP 地址。 HOTLINE_ADVERTISE is to be an IP address of this machine: {text}");

    private static int? ReadPort(IConfiguration settings, string name) => settings[name] switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort => port,
        var text => throw new StartRefusedException("cluster.setting-invalid", $"{name} 应为 0 至 65535 的端口号。 {name} is to be a port from 0 to 65535: {text}"),
    };
}
