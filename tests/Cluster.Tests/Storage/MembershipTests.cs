using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>Our statements under Orleans' AdoNet clustering, asked through Orleans' own table.</summary>
public sealed class MembershipTests(PostgresServer server)
{
    private static readonly DateTime Noon = new(2026, 10, 8, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Insert_ByTwoSilosOnOneVersion_LetsOneIn()
    {
        await using var lab = await Open(PostgreSql, server);
        using var host = Host(lab);
        var table = await Table(host);
        var start = (await table.ReadAllAsync()).Version.Next();

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => table.InsertRowAsync(Silo(i), start)));

        Assert.Equal(1, outcomes.Count(won => won));
        var all = await table.ReadAllAsync();
        Assert.Equal(1, all.Version.Version);
        var (entry, _) = Assert.Single(all.Members);
        var expected = Silo(entry.SiloAddress.Generation);
        Assert.Equal((expected.SiloAddress, expected.SiloName, expected.HostName, expected.Status, expected.ProxyPort, expected.StartTime, expected.IAmAliveTime),
            (entry.SiloAddress, entry.SiloName, entry.HostName, entry.Status, entry.ProxyPort, entry.StartTime, entry.IAmAliveTime));
        Assert.False(await table.InsertRowAsync(entry, all.Version.Next()));
        Assert.Equal(1, (await table.ReadAllAsync()).Version.Version);
    }

    [Fact]
    public async Task Update_OnStaleVersion_IsRefused_AndOnTheCurrentOneStepsIt()
    {
        await using var lab = await Open(PostgreSql, server);
        using var host = Host(lab);
        var table = await Table(host);
        var empty = (await table.ReadAllAsync()).Version;
        await table.InsertRowAsync(Silo(1), empty.Next());
        var row = await table.ReadRowAsync(Silo(1).SiloAddress);
        var suspect = Silo(1);
        suspect.Status = SiloStatus.Dead;
        suspect.AddOrUpdateSuspector(Silo(2).SiloAddress, Noon, 3);

        Assert.False(await table.UpdateRowAsync(suspect, row.Members[0].Item2, empty.Next()));
        Assert.False(await table.UpdateRowAsync(Silo(9), row.Members[0].Item2, row.Version.Next()));
        Assert.True(await table.UpdateRowAsync(suspect, row.Members[0].Item2, row.Version.Next()));

        var read = await table.ReadRowAsync(Silo(1).SiloAddress);
        Assert.Equal(2, read.Version.Version);
        Assert.Equal(SiloStatus.Dead, read.Members[0].Item1.Status);
        Assert.Equal((Silo(2).SiloAddress, Noon), (read.Members[0].Item1.SuspectTimes![0].Item1, read.Members[0].Item1.SuspectTimes![0].Item2));
        Assert.Empty((await table.ReadRowAsync(Silo(5).SiloAddress)).Members);
    }

    [Fact]
    public async Task SignOfLife_StepsNothing_AndCleanUpTakesOldDeadSilosOnly()
    {
        await using var lab = await Open(PostgreSql, server);
        using var host = Host(lab);
        var table = await Table(host);
        foreach (var i in new[] { 1, 2, 3 })
        {
            var silo = Silo(i);
            silo.Status = i == 1 ? SiloStatus.Active : SiloStatus.Dead;
            Assert.True(await table.InsertRowAsync(silo, (await table.ReadAllAsync()).Version.Next()));
        }
        var lively = Silo(3);
        lively.IAmAliveTime = Noon.AddHours(2);

        await table.UpdateIAmAliveAsync(lively);
        Assert.Equal(3, (await table.ReadAllAsync()).Version.Version);
        await table.CleanupDefunctSiloEntriesAsync(Noon.AddHours(1));

        Assert.Equal([1, 3], (await table.ReadAllAsync()).Members.Select(m => m.Item1.SiloAddress.Generation).Order());
        await table.DeleteMembershipTableEntriesAsync("hotline-test");
        Assert.Equal(0, await lab.Scalar<long>("SELECT count(*) FROM OrleansMembershipTable"));
    }

    [Fact]
    public async Task Gateways_AreTheActiveSilosThatTakeClients()
    {
        await using var lab = await Open(PostgreSql, server);
        using var host = Host(lab);
        var table = await Table(host);
        foreach (var i in new[] { 1, 2, 3 })
        {
            var silo = Silo(i);
            silo.Status = i == 2 ? SiloStatus.Dead : SiloStatus.Active;
            silo.ProxyPort = i == 3 ? 0 : 30000 + i;
            Assert.True(await table.InsertRowAsync(silo, (await table.ReadAllAsync()).Version.Next()));
        }
        using var client = new HostBuilder().UseOrleansClient(c => c
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("hotline-test", "hotline"))
            .UseAdoNetClustering(o => (o.Invariant, o.DataSource) = ("Npgsql", lab.Database.Postgres))).Build();
        var gateways = client.Services.GetRequiredService<Orleans.Messaging.IGatewayListProvider>();
        await gateways.InitializeGatewayListProvider();

        Assert.Equal("127.0.0.1:30001", Assert.Single(await gateways.GetGateways()).Authority);
    }

    private static MembershipEntry Silo(int number) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, 11000 + number, number),
        SiloName = $"silo-{number}",
        HostName = "host",
        Status = SiloStatus.Joining,
        ProxyPort = 30000 + number,
        StartTime = Noon,
        IAmAliveTime = Noon,
    };

    private static IHost Host(StoreLab lab) => new HostBuilder().UseOrleans(silo => silo
        .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("hotline-test", "hotline"))
        .UseAdoNetClustering(o => (o.Invariant, o.DataSource) = ("Npgsql", lab.Database.Postgres))).Build();

    private static async Task<IMembershipTable> Table(IHost host)
    {
        var table = host.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true);
        await table.InitializeMembershipTableAsync(true);
        return table;
    }
}
