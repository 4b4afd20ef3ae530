using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>Our statements under Orleans' AdoNet provider: one row a grain, one winner a version.</summary>
public sealed class RecordStorageTests(PostgresServer server)
{
    public sealed record Note(string Text, Shared.Urgency Urgency);

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task FirstWrite_ByTwoActivationsAtOnce_HasOneWinner(string engine)
    {
        await using var lab = await Open(engine, server);
        await using var silo = await Silo.Start(lab);

        var races = Enumerable.Range(0, 100).Select(async i =>
        {
            var grain = GrainId.Create("unit", $"U-{i}");
            var outcomes = await Task.WhenAll(Try(silo.Records, grain, State("a")), Try(silo.Records, grain, State("b")));
            Assert.Equal(1, outcomes.Count(won => won));
        });
        await Task.WhenAll(races);

        Assert.Equal(100, await lab.Scalar<long>("SELECT count(*) FROM OrleansStorage WHERE ServiceId <> ''"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Write_OfStaleVersion_IsRefused(string engine)
    {
        await using var lab = await Open(engine, server);
        await using var silo = await Silo.Start(lab);
        var grain = GrainId.Create("unit", "U-1");
        var (one, two) = (State("a"), State("b"));
        await silo.Records.WriteStateAsync("unit", grain, one);
        await silo.Records.ReadStateAsync("unit", grain, two);

        one.State = new Note("a2", Shared.Urgency.Urgent);
        await silo.Records.WriteStateAsync("unit", grain, one);
        two.State = new Note("b2", Shared.Urgency.Ordinary);

        Assert.False(await Try(silo.Records, grain, two));
        Assert.False(await Try(silo.Records, grain, State("first again")));
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Records.ClearStateAsync("unit", grain, two));
        await silo.Records.ReadStateAsync("unit", grain, two);
        Assert.Equal(new Note("a2", Shared.Urgency.Urgent), two.State);
        Assert.Equal("2", two.ETag);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Clear_ThenWrite_GoesOnWithTheVersion(string engine)
    {
        await using var lab = await Open(engine, server);
        await using var silo = await Silo.Start(lab);
        var grain = GrainId.Create("unit", "U-1");
        var (holder, late) = (State("a"), State("late"));
        await silo.Records.WriteStateAsync("unit", grain, holder);
        await silo.Records.ReadStateAsync("unit", grain, late);
        await silo.Records.ClearStateAsync("unit", grain, holder);

        var fresh = State("b");
        await silo.Records.ReadStateAsync("unit", grain, fresh);
        Assert.False(fresh.RecordExists);
        Assert.False(await Try(silo.Records, grain, late));
        fresh.State = new Note("b", Shared.Urgency.Ordinary);
        Assert.True(await Try(silo.Records, grain, fresh));
        Assert.Equal("3", fresh.ETag);
        holder.State = new Note("holder", Shared.Urgency.Ordinary);
        Assert.False(await Try(silo.Records, grain, holder));
        Assert.False(await Try(silo.Records, grain, State("first again")));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Key_WithoutExtension_IsOneRowToo(string engine)
    {
        await using var lab = await Open(engine, server);
        await using var silo = await Silo.Start(lab);
        var grain = GrainId.Create(GrainType.Create("unit"), GrainIdKeyExtensions.CreateIntegerKey(7));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Try(silo.Records, grain, State($"{i}"))));

        Assert.Equal(1, outcomes.Count(won => won));
        var read = State("");
        await silo.Records.ReadStateAsync("unit", grain, read);
        Assert.Equal("1", read.ETag);
        Assert.Equal("", await lab.Scalar<string>("SELECT GrainIdExtensionString FROM OrleansStorage WHERE GrainTypeString = 'unit'"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Record_IsReadableJsonWithoutTypeNames(string engine)
    {
        await using var lab = await Open(engine, server);
        await using var silo = await Silo.Start(lab);
        await silo.Records.WriteStateAsync("unit", GrainId.Create("unit", "U-1"), State("东关派出所"));

        var stored = await lab.Scalar<byte[]>("SELECT PayloadBinary FROM OrleansStorage WHERE GrainIdExtensionString = 'U-1'");

        Assert.Equal("""{"schema":1,"hash":"HASH","record":{"text":"东关派出所","urgency":"ordinary"}}""".Replace("HASH",
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("""{"text":"东关派出所","urgency":"ordinary"}"""u8)), StringComparison.Ordinal), Encoding.UTF8.GetString(stored));
        Assert.Throws<DamagedRecordException>(() => new RecordJson().Deserialize<Note>(new BinaryData(Encoding.UTF8.GetString(stored).Replace("东", "西", StringComparison.Ordinal))));
        Assert.Throws<NewerSchemaException>(() => new RecordJson().Deserialize<Note>(new BinaryData("""{"schema":2,"record":{"text":"x"}}"""u8.ToArray())));
    }

    [Fact]
    public async Task SqliteWrite_ThatFails_LeavesNoTransactionBehind()
    {
        await using var lab = await Open(Sqlite, server);
        await using var silo = await Silo.Start(lab);
        var source = new SqliteGateSource(lab.Database.SqliteWriteString, lab.Database.Gate);
        await using (var left = await source.OpenConnectionAsync())
        {
            await using var command = left.CreateCommand();
            command.CommandText = "BEGIN; INSERT INTO command_key VALUES ('c', 'k', '', 'T', 1, 1, '');";
            await command.ExecuteNonQueryAsync();
        }

        Assert.True(await Try(silo.Records, GrainId.Create("unit", "U-1"), State("a")));
        await lab.Store.Write(Command("T-1", 0));
        Assert.Null(await lab.Reads.FindKey("c", "k"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task RecordsAndTickets_WrittenTogether_AllArrive(string engine)
    {
        await using var lab = await Open(engine, server);
        await using var silo = await Silo.Start(lab);

        var records = Enumerable.Range(0, 200).Select(i => silo.Records.WriteStateAsync("unit", GrainId.Create("unit", $"U-{i}"), State("a")));
        var tickets = Enumerable.Range(0, 200).Select(i => lab.Store.Write(Command($"T-{i}", 0)));
        var others = Enumerable.Range(0, 50).Select(i => lab.Execute($"INSERT INTO command_key VALUES ('c', 'k{i}', '', 'T', 1, 1, '')"));
        await Task.WhenAll([.. records, .. tickets, .. others]);

        Assert.Equal(200, await lab.Scalar<long>("SELECT count(*) FROM OrleansStorage WHERE GrainTypeString = 'unit'"));
        Assert.Equal(200, await lab.Scalar<long>("SELECT count(*) FROM ticket_index"));
        Assert.Equal(50, await lab.Scalar<long>("SELECT count(*) FROM command_key"));
    }

    private static GrainState<Note> State(string text) => new(new Note(text, Shared.Urgency.Ordinary));

    private static async Task<bool> Try(IGrainStorage records, GrainId grain, GrainState<Note> state)
    {
        try
        {
            await records.WriteStateAsync("unit", grain, state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    /// <summary>A silo on the lab's database, as the host builds it.</summary>
    private sealed class Silo(InProcessTestCluster cluster) : IAsyncDisposable
    {
        public IGrainStorage Records => cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<IGrainStorage>(StorageHosting.Records);

        public static async Task<Silo> Start(StoreLab lab)
        {
            var builder = new InProcessTestClusterBuilder(1);
            builder.ConfigureSilo((_, silo) => silo.AddHotlineStorage(lab.Database));
            var cluster = builder.Build();
            await cluster.DeployAsync();
            return new Silo(cluster);
        }

        public async ValueTask DisposeAsync() => await cluster.DisposeAsync();
    }
}
