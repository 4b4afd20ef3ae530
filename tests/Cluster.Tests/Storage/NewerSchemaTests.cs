using Hotline.Jobs;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Tickets;
using Hotline.Units;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>What a later version has written is neither read as far as it fits nor written over.</summary>
public sealed class NewerSchemaTests(PostgresServer server)
{
    [Theory]
    [InlineData(Sqlite, "guardianNamed", "{}")]
    [InlineData(PostgreSql, "guardianNamed", "{}")]
    [InlineData(Sqlite, "annotated", """{"guardian":"kept by version 7"}""")]
    [InlineData(PostgreSql, "annotated", """{"guardian":"kept by version 7"}""")]
    public async Task TicketOfALaterVersion_IsRefused_AndKept(string engine, string type, string body)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        await lab.Register("F1");
        await lab.Restart();
        await Append(lab, new EventRow(2, type, 1, "system", "system", body, ""));

        await Assert.ThrowsAsync<NewerSchemaException>(() => lab.Do("F1", new Annotate("x")));
        await Assert.ThrowsAsync<NewerSchemaException>(() => lab.Ticket("F1").Read(ClusterLab.Centre));

        Assert.Equal(body, await lab.Scalar<string>("SELECT body FROM ticket_event WHERE seq = 2"));
        Assert.Equal(2, await lab.Scalar<long>("SELECT count(*) FROM ticket_event"));
    }

    /// <summary>As a later version appends: in its place, with its hash.</summary>
    private static async Task Append(ClusterLab lab, EventRow e)
    {
        var id = TicketIdentity.KeyOf("12345", "F1");
        var hash = TicketChain.Next(id, await lab.Scalar<string>("SELECT hash FROM ticket_event"), e);
        await lab.Execute($"INSERT INTO ticket_event (ticket_id, seq, type, at, actor, client, body, hash) VALUES ('{id}', 2, '{e.Type}', 1, 'system', 'system', '{e.Body}', '{hash}')");
        await lab.Execute("UPDATE ticket_index SET seq = 2");
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task RecordOfALaterVersion_IsRefused_AndKept(string engine)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        var unit = lab.Grains.GetGrain<IUnitGrain>(UnitKeys.Of("NX"));
        var profile = new DescribeUnit("西关派出所", UnitTier.Station, "钱进", null, null, null, null, null);
        await unit.Describe(profile, Actor.System);
        await lab.Restart();
        await lab.Execute(engine == Sqlite
            ? """UPDATE OrleansStorage SET PayloadBinary = CAST(replace(CAST(PayloadBinary AS TEXT), '"schema":1', '"schema":2') AS BLOB)"""
            : """UPDATE OrleansStorage SET PayloadBinary = convert_to(replace(convert_from(PayloadBinary, 'UTF8'), '"schema":1', '"schema":2'), 'UTF8')""");
        var version = await lab.Scalar<long>("SELECT sum(Version) FROM OrleansStorage");

        unit = lab.Grains.GetGrain<IUnitGrain>(UnitKeys.Of("NX"));
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => unit.Describe(profile with { Name = "改名" }, Actor.System));

        Assert.Contains(Causes(refused), cause => cause is NewerSchemaException);
        Assert.Equal(version, await lab.Scalar<long>("SELECT sum(Version) FROM OrleansStorage"));
    }

    [Fact]
    public void TableOfALaterVersion_IsRefused() =>
        Assert.Throws<NewerSchemaException>(() => LeagueCanon.Read("""{"month":"2026-09","schema":2}"""u8));

    private static IEnumerable<Exception> Causes(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            yield return fault;
        }
    }
}
