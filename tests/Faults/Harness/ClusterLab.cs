using System.Diagnostics;

namespace Hotline.Faults;

/// <summary>Three silos and a gateway as real processes on a real PostgreSQL, all on loopback, on ports that stay theirs over restarts.</summary>
public sealed class ClusterLab : IAsyncLifetime
{
    private const int SiloCount = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("hotline-faults-").FullName;
    private readonly IReadOnlyList<int> _ports = Repository.FixedPorts(2 + (3 * SiloCount));

    /// <summary>The silos' own addresses, by number from 0.</summary>
    internal IReadOnlyList<Node> Nodes { get; private set; } = [];

    internal IReadOnlyList<ServiceProcess> Silos { get; private set; } = [];

    internal PostgresProcess Postgres { get; private set; } = null!;

    internal ServiceProcess Gateway { get; private set; } = null!;

    internal Node GatewayNode { get; private set; } = null!;

    /// <summary>Every address at which the service answers.</summary>
    internal IReadOnlyList<Node> Everywhere => [.. Nodes, GatewayNode];

    /// <summary>By which the others know a silo.</summary>
    internal int SiloPort(int silo) => _ports[3 + (3 * silo)];

    public async ValueTask InitializeAsync()
    {
        Postgres = new PostgresProcess(_ports[0]);
        await Postgres.Create();
        GatewayNode = new("gateway", $"http://127.0.0.1:{_ports[1]}");
        Gateway = new ServiceProcess("gateway", Repository.Gateway, _folder, new Dictionary<string, string>
        {
            ["HOTLINE_POSTGRES"] = Postgres.Connection("gateway"),
            ["ASPNETCORE_URLS"] = GatewayNode.Url,
        });
        Nodes = [.. Enumerable.Range(0, SiloCount).Select(i => new Node($"silo{i + 1}", $"http://127.0.0.1:{_ports[2 + (3 * i)]}"))];
        Silos = [.. Enumerable.Range(0, SiloCount).Select(NewSilo)];
        await Heal();
        await Service.PutUnit(Nodes[0], "DG", "东关派出所");
    }

    /// <summary>Starts whatever does not run and waits until every address takes commands. The time from here to there.</summary>
    internal async Task<TimeSpan> Heal()
    {
        var since = Stopwatch.GetTimestamp();
        await Postgres.Start();
        foreach (var process in Silos.Append(Gateway))
        {
            process.Start();
        }
        await Task.WhenAll(Everywhere.Select(n => Service.UntilReady(n, Patience)));
        return Stopwatch.GetElapsedTime(since);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Silos.Append(Gateway))
        {
            if (process is not null)
            {
                process.Thaw();
                await process.DisposeAsync();
                File.Copy(process.LogFile, Path.Combine(Repository.Results, process.Name + ".log"), overwrite: true);
            }
        }
        await Postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ServiceProcess NewSilo(int i) => new(Nodes[i].Name, Repository.Silo, _folder, new Dictionary<string, string>
    {
        ["HOTLINE_POSTGRES"] = Postgres.Connection(Nodes[i].Name),
        ["HOTLINE_DATA"] = Path.Combine(_folder, Nodes[i].Name),
        ["HOTLINE_SILO_PORT"] = SiloPort(i).ToString(),
        ["HOTLINE_GATEWAY_PORT"] = _ports[4 + (3 * i)].ToString(),
        ["HOTLINE_BOOTSTRAP_KEY"] = Service.ApiKey,
        ["ASPNETCORE_URLS"] = Nodes[i].Url,
    });
}

[CollectionDefinition(nameof(ClusterLab))]
public sealed class ClusterLabs : ICollectionFixture<ClusterLab>;
