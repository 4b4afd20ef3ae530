using Dapper;
using Hotline.Shared;
using Hotline.Silo;
using Hotline.Storage;
using Hotline.Tickets;
using Hotline.Units;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Hotline.Jobs;

/// <summary>A cluster with the real storage and a clock that only the test moves. Jobs run when the test says so.</summary>
internal sealed class ClusterLab : IAsyncDisposable
{
    public static readonly Actor Centre = new("王芳", "key-1", [Role.CommandSystem, Role.Dispatcher], null, true);
    public static readonly Actor Second = new("刘洋", "key-3", [Role.Dispatcher, Role.OfficeDirector, Role.DeputyChief, Role.Reviewer], null, true);
    public static readonly Actor Handler = new("李伟", "key-2", [Role.UnitHandler], "DG", true);

    private readonly StorageOptions _options;
    private readonly Action<IServiceCollection>? _more;
    private InProcessTestCluster _cluster = null!;

    private ClusterLab(StorageOptions options, Action<IServiceCollection>? more) => (_options, _more) = (options, more);

    /// <summary>Monday 2026-10-12, 09:00 in Shanghai.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 10, 12, 1, 0, 0, TimeSpan.Zero));

    public InProcessTestCluster Cluster => _cluster;

    public StorageOptions Options => _options;

    public IGrainFactory Grains => _cluster.Client;

    public static async Task<ClusterLab> Start(string engine, PostgresServer server, int silos = 1, Action<IServiceCollection>? more = null)
    {
        var folder = Directory.CreateTempSubdirectory("hotline-cluster-").FullName;
        var lab = new ClusterLab(new(folder, engine == StoreLab.Sqlite ? null : await server.NewDatabase()), more);
        await lab.Deploy(silos);
        await lab.Grains.GetGrain<IUnitGrain>(UnitKeys.Of("DG")).Describe(new("东关派出所", UnitTier.Station, "赵强", "孙副局", null, null, null, null), Actor.System);
        return lab;
    }

    /// <summary>All silos end and new ones start on the same store.</summary>
    public async Task Restart()
    {
        await _cluster.DisposeAsync();
        await Deploy(1);
    }

    /// <summary>A service of the n-th silo.</summary>
    public T Of<T>(int silo = 0) where T : notnull => _cluster.GetSiloServiceProvider(_cluster.Silos[silo].SiloAddress).GetRequiredService<T>();

    /// <summary>One run of the sweep on the n-th silo.</summary>
    public Task<int> Sweep(int silo = 0) => Of<AlarmSweep>(silo).Run(CancellationToken.None);

    public ITicketGrain Ticket(string externalNo) => Grains.GetGrain<ITicketGrain>(TicketIdentity.KeyOf("12345", externalNo));

    public Task<Result<TicketReceipt>> Register(string externalNo, Urgency urgency = Urgency.Ordinary, string? key = null, string? topic = null) => Ticket(externalNo).Register(
        new("12345", externalNo, Nature.Complaint, urgency, topic, "夜间施工噪声", null, null, new("张三", "13800001234"), Clock.GetUtcNow()),
        new(Centre, key, key is null ? null : "hash"));

    /// <summary>Gives a command that must succeed; without an actor by the centre.</summary>
    public async Task<TicketReceipt> Do(string externalNo, TicketCommand command, Actor? actor = null)
    {
        var result = await Ticket(externalNo).Execute(command, new(actor ?? Centre));
        Assert.Null(result.Rejection);
        return result.Value!;
    }

    /// <summary>The alarms in the ticket's history: clock, level, and the instant at which they fired.</summary>
    public async Task<IReadOnlyList<(string Clock, string Level, DateTimeOffset At)>> Alarms(string externalNo)
    {
        var events = await Of<TicketStoreReads>().Events(TicketIdentity.KeyOf("12345", externalNo), 0, 1000);
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(e => e.Seq));
        return [.. events.Where(e => e.Type == "alarmFired").Select(e =>
        {
            using var body = System.Text.Json.JsonDocument.Parse(e.Body);
            var root = body.RootElement;
            return (root.GetProperty("clock").GetString()!, root.GetProperty("level").GetString()!, DateTimeOffset.FromUnixTimeMilliseconds(e.At));
        })];
    }

    public async Task<T> Scalar<T>(string sql, object? values = null)
    {
        await using var connection = await Of<Database>().OpenRead(CancellationToken.None);
        return (await connection.ExecuteScalarAsync<T>(sql, values))!;
    }

    public Task Execute(string sql) =>
        Of<Database>().Write((connection, transaction) => connection.ExecuteAsync(sql, transaction: transaction), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_options.DataFolder, recursive: true);
    }

    private async Task Deploy(int silos)
    {
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.Options.ServiceId = "hotline";
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.AddHotlineStorage(_options);
            silo.Services.AddSingleton<UnitDirectory>();
            silo.Services.AddTickets();
            silo.Services.AddJobServices();
            _more?.Invoke(silo.Services);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }
}
