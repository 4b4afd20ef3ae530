using Hotline.Jobs;
using Hotline.Shared;
using Hotline.Storage;
using static Hotline.Storage.StoreLab;

namespace Hotline.Tickets;

/// <summary>并单 reaches over two tickets: the child's write is the fact, and the parent comes to know of it whatever breaks off.</summary>
public sealed class MergeTests(PostgresServer server)
{
    private static readonly string Parent = TicketIdentity.KeyOf("12345", "P");

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Merge_TellsTheParent_AndOwesItNothing(string engine)
    {
        await using var lab = await Two(engine);

        await lab.Do("C", new Merge(Parent, "同一事"));

        Assert.Equal(["registered", "childMerged"], await Events(lab, "P"));
        Assert.Equal(["registered", "merged", "parentJoined"], await Events(lab, "C"));
        Assert.Equal(0, await lab.Scalar<long>("SELECT count(*) FROM ticket_index WHERE external_no = 'C' AND next_alarm_at IS NOT NULL"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Merge_RefusedForItsKey_LeavesTheParentAlone(string engine)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        await lab.Register("P");
        await lab.Register("C", key: "k1");

        var merged = await lab.Ticket("C").Execute(new Merge(Parent, "同一事"), new(ClusterLab.Centre, "k1", "another body"));

        Assert.Equal("idempotency.mismatch", merged.Rejection!.Code);
        Assert.Equal(["registered"], await Events(lab, "P"));
        Assert.Equal(["registered"], await Events(lab, "C"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Merge_WhoseParentCouldNotBeTold_IsToldByTheSweep(string engine)
    {
        await using var lab = await Two(engine);
        var call = new CallContext(ClusterLab.Centre, "k7", "h7");
        await Refuse(lab, engine);

        var merged = await lab.Ticket("C").Execute(new Merge(Parent, "同一事"), call);

        Assert.True(merged.IsDone);
        Assert.Equal(["registered"], await Events(lab, "P"));
        await lab.Sweep();
        Assert.Equal(["registered"], await Events(lab, "P"));
        await lab.Execute("DROP TRIGGER refuse" + (engine == Sqlite ? "" : " ON ticket_event"));
        await lab.Restart();
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        await lab.Sweep();
        Assert.Equal(["registered", "childMerged"], await Events(lab, "P"));
        Assert.Equal("parentJoined", (await Events(lab, "C"))[^1]);
        Assert.Equal(merged.Value!.Json, (await lab.Ticket("C").Execute(new Merge(Parent, "同一事"), call)).Value!.Json);
        Assert.Equal(["registered", "childMerged"], await Events(lab, "P"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task TwoTickets_MergedIntoEachOtherAtOnce_AreNeverBothGone(string engine)
    {
        await using var lab = await Two(engine);
        var child = TicketIdentity.KeyOf("12345", "C");
        for (var round = 0; round < 20; round++)
        {
            var (p, c) = ($"P{round}", $"C{round}");
            await lab.Register(p);
            await lab.Register(c);
            var both = await Task.WhenAll(
                lab.Ticket(p).Execute(new Merge(TicketIdentity.KeyOf("12345", c), "同一事"), new(ClusterLab.Centre)),
                lab.Ticket(c).Execute(new Merge(TicketIdentity.KeyOf("12345", p), "同一事"), new(ClusterLab.Centre)));

            Assert.InRange(both.Count(r => r.IsDone), 0, 1);
            Assert.All(both.Where(r => !r.IsDone), r => Assert.True(r.Rejection!.Code is "merge.in-progress" or "merge.parent-not-open" or "ticket.wrong-status", r.Rejection!.Code));
        }
        Assert.NotEqual(Parent, child);
    }

    private async Task<ClusterLab> Two(string engine)
    {
        var lab = await ClusterLab.Start(engine, server);
        await lab.Register("P");
        await lab.Register("C");
        return lab;
    }

    private static async Task<List<string>> Events(ClusterLab lab, string externalNo) =>
        [.. (await lab.Of<TicketStoreReads>().Events(TicketIdentity.KeyOf("12345", externalNo), 0, 100)).Where(e => e.Type != "alarmFired").Select(e => e.Type)];

    /// <summary>The parent cannot be written for now.</summary>
    private static Task Refuse(ClusterLab lab, string engine) => lab.Execute(engine == Sqlite
        ? $"CREATE TRIGGER refuse BEFORE INSERT ON ticket_event WHEN NEW.ticket_id = '{Parent}' BEGIN SELECT RAISE(ABORT, 'refused'); END"
        : "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$; "
            + $"CREATE TRIGGER refuse BEFORE INSERT ON ticket_event FOR EACH ROW WHEN (NEW.ticket_id = '{Parent}') EXECUTE FUNCTION refuse()");
}
