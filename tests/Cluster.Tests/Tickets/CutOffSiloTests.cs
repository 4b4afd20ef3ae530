using System.Diagnostics;
using Hotline.Jobs;
using Hotline.Shared;
using Hotline.Silo;
using Hotline.Storage;
using Hotline.Units;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;

namespace Hotline.Tickets;

/// <summary>A silo that is cut off from the database, and from nobody else, gives its tickets up to the others, and takes grains again when it is healed.</summary>
public sealed class CutOffSiloTests(PostgresServer server, ITestOutputHelper output)
{
    private const int Tickets = 20;

    [Theory, InlineData(false), InlineData(true)]
    public async Task CutOffSilo_GivesItsTicketsUp_AndTakesGrainsAgainWhenHealed(bool silently)
    {
        var direct = await server.NewDatabase();
        await using var line = new CutLine(new NpgsqlConnectionStringBuilder(direct).Port, silently);
        await using var cluster = await Deploy(direct, new NpgsqlConnectionStringBuilder(direct) { Port = line.Port }.ConnectionString);
        var services = cluster.Silos.Select(s => cluster.GetSiloServiceProvider(s.SiloAddress)).ToList();
        var cut = services.FindIndex(s => s.GetRequiredService<Database>().Options.PostgreSql != direct);
        var (bad, good) = (services[cut], services[1 - cut]);
        await WakeOn(cluster.Silos[cut].SiloAddress, good);
        line.Cut();

        var watch = Stopwatch.StartNew();
        var answered = await Task.WhenAll(Enumerable.Range(0, Tickets).Select(n => FirstAnswer(() => Ticket(good, n).Execute(new Annotate("x"), new(ClusterLab.Centre)), watch)));
        output.WriteLine($"answered after {answered.Min().TotalSeconds:0.0} to {answered.Max().TotalSeconds:0.0} s");
        Assert.True(answered.Max() < TimeSpan.FromSeconds(15), $"{answered.Max()}");
        while (!bad.GetRequiredService<Database>().Health.IsAway)
        {
            await Task.Delay(100);
        }
        // Asked through the silo that is cut off, a new ticket wakes up on the other one.
        Assert.True((await Ticket(bad, 900).Register(Matter(900), new(ClusterLab.Centre))).IsDone);
        Assert.Equal("storage.unavailable", JobReadiness.Of(new(null, false, bad.GetRequiredService<TicketStore>().IsAway, default, default, default)));

        line.Heal();
        while (bad.GetRequiredService<Database>().Health.IsAway)
        {
            await Task.Delay(100);
        }
        await FirstAnswer(() => Ticket(bad, 901).Register(Matter(901), new(ClusterLab.Centre)), watch);
        Assert.Contains(await Statistics(cluster), s => s.SiloAddress.Equals(cluster.Silos[cut].SiloAddress) && s.GrainType.Contains("TicketGrain", StringComparison.Ordinal));
    }

    private static async Task<TimeSpan> FirstAnswer(Func<Task<Result<TicketReceipt>>> ask, Stopwatch watch)
    {
        while (true)
        {
            try
            {
                if ((await ask()).IsDone)
                {
                    return watch.Elapsed;
                }
            }
            catch (Exception passing) when (WriteOutcomes.Of(passing) is not null || passing is OrleansException)
            {
                // The caller tries again.
            }
            await Task.Delay(250);
        }
    }

    private static async Task WakeOn(SiloAddress silo, IServiceProvider caller)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        for (var n = 0; n < Tickets; n++)
        {
            Assert.True((await Ticket(caller, n).Register(Matter(n), new(ClusterLab.Centre))).IsDone);
        }
        RequestContext.Clear();
    }

    private static Task<DetailedGrainStatistic[]> Statistics(InProcessTestCluster cluster) =>
        cluster.Client.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();

    private static ITicketGrain Ticket(IServiceProvider silo, int number) =>
        silo.GetRequiredService<IGrainFactory>().GetGrain<ITicketGrain>(TicketIdentity.KeyOf("12345", $"CUT{number}"));

    private static Register Matter(int number) =>
        new("12345", $"CUT{number}", Nature.Complaint, Urgency.Ordinary, null, "夜间施工噪声", null, null, null, DateTimeOffset.UnixEpoch.AddYears(56));

    private static async Task<InProcessTestCluster> Deploy(string direct, string through)
    {
        var number = 0;
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ServiceId = "hotline";
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(TimeProvider.System);
            silo.AddHotlineStorage(new StorageOptions(Path.GetTempPath(), Interlocked.Increment(ref number) == 2 ? through : direct));
            silo.Services.AddSingleton<UnitDirectory>();
            silo.Services.AddTickets();
            silo.Services.AddJobServices();
            silo.Services.AddSingleton(new SiloOptions("", "", null, null));
            silo.Services.AddSingleton<Pulse>().AddSingleton<IHostedService>(s => s.GetRequiredService<Pulse>());
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
