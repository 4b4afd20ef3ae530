using System.Text.Json;
using Hotline.Jobs;
using Hotline.Shared;
using Hotline.Storage;
using static Hotline.Storage.StoreLab;

namespace Hotline.Tickets;

/// <summary>并单 reaches over two tickets: the child's write is the fact, and the parent comes to know of it whatever breaks off.</summary>
public sealed class MergeTests(PostgresServer server)
{
    /// <summary>Same caller, same topic.</summary>
    private const string Noise = "噪声扰民";

    private static readonly string Parent = TicketIdentity.KeyOf("12345", "P");

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Merge_TellsTheParent_AndOwesItNothing(string engine)
    {
        await using var lab = await Two(engine);

        await lab.Do("C", new Merge(Parent, "同一人反映同一件事"));

        Assert.Equal(["registered", "childMerged"], await Events(lab, "P"));
        Assert.Equal(["registered", "merged", "parentJoined"], await Events(lab, "C"));
        // What is left is the answer that its own caller is owed, within two working days.
        Assert.Equal(0, await lab.Scalar<long>("SELECT count(*) FROM ticket_index WHERE external_no = 'C' AND next_alarm_at <= @now",
            new { now = lab.Clock.GetUtcNow().ToUnixTimeMilliseconds() }));
        Assert.Equal("answerCaller", await lab.Scalar<string>("SELECT work FROM ticket_index WHERE external_no = 'C'"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Merge_RefusedForItsKey_LeavesTheParentAlone(string engine)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        await lab.Register("P", topic: Noise);
        await lab.Register("C", key: "k1", topic: Noise);

        var merged = await lab.Ticket("C").Execute(new Merge(Parent, "同一人反映同一件事"), new(ClusterLab.Centre, "k1", "another body"));

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

        var merged = await lab.Ticket("C").Execute(new Merge(Parent, "同一人反映同一件事"), call);

        Assert.True(merged.IsDone);
        Assert.Equal(["registered"], await Events(lab, "P"));
        await lab.Sweep();
        Assert.Equal(["registered"], await Events(lab, "P"));
        await Allow(lab, engine);
        await lab.Restart();
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        await lab.Sweep();
        Assert.Equal(["registered", "childMerged"], await Events(lab, "P"));
        Assert.Equal("parentJoined", (await Events(lab, "C"))[^1]);
        Assert.Equal(merged.Value!.Json, (await lab.Ticket("C").Execute(new Merge(Parent, "同一人反映同一件事"), call)).Value!.Json);
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
            await lab.Register(p, topic: Noise);
            await lab.Register(c, topic: Noise);
            var both = await Task.WhenAll(
                lab.Ticket(p).Execute(new Merge(TicketIdentity.KeyOf("12345", c), "同一人反映同一件事"), new(ClusterLab.Centre)),
                lab.Ticket(c).Execute(new Merge(TicketIdentity.KeyOf("12345", p), "同一人反映同一件事"), new(ClusterLab.Centre)));

            Assert.InRange(both.Count(r => r.IsDone), 0, 1);
            Assert.All(both.Where(r => !r.IsDone), r => Assert.True(r.Rejection!.Code is "merge.in-progress" or "merge.parent-not-open" or "ticket.wrong-status", r.Rejection!.Code));
        }
        Assert.NotEqual(Parent, child);
    }

    /// <summary>Neither the same person nor place with the same topic: the basis is looked at by somebody else.</summary>
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task MergeOnABasis_WaitsForASecondPerson_AndTellsTheParentThen(string engine)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        await lab.Register("P", topic: Noise);
        await lab.Register("C", topic: "占道经营");
        Assert.Equal("merge.no-relation", (await lab.Ticket("C").Execute(new Merge(Parent, "同一夜市引起"), new(ClusterLab.Centre))).Rejection!.Code);

        await lab.Do("C", new Merge(Parent, "同一夜市引起", "两件均指向同一夜市摊位，现场核实记录第3号"));
        Assert.Equal(["registered"], await Events(lab, "P"));
        Assert.Equal(["registered", "mergeRequested"], await Events(lab, "C"));
        Assert.Equal("duty.same-person", (await lab.Ticket("C").Execute(new ConfirmMerge(), new(ClusterLab.Centre))).Rejection!.Code);
        await lab.Do("C", new ConfirmMerge(), ClusterLab.Second);

        Assert.Equal(["registered", "childMerged"], await Events(lab, "P"));
        Assert.Equal(["registered", "mergeRequested", "merged", "parentJoined"], await Events(lab, "C"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task ReopenedChild_LeavesItsParent_ThoughThatCannotBeToldAtFirst(string engine)
    {
        await using var lab = await Two(engine);
        await lab.Do("C", new Merge(Parent, "同一人反映同一件事"));
        await Refuse(lab, engine);

        await lab.Do("C", new Reopen("实为另一件事，重新甄别"), ClusterLab.Second);
        Assert.Equal("triage", await lab.Scalar<string>("SELECT status FROM ticket_index WHERE external_no = 'C'"));
        await lab.Sweep();
        Assert.Equal(["registered", "childMerged"], await Events(lab, "P"));
        Assert.Contains(TicketIdentity.KeyOf("12345", "C"), await Children(lab, "P"));

        await Allow(lab, engine);
        await lab.Restart();
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        await lab.Sweep();

        Assert.Equal(["registered", "childMerged", "childLeft"], await Events(lab, "P"));
        Assert.Empty(await Children(lab, "P"));
        Assert.Equal(["registered", "merged", "parentJoined", "reopened", "parentJoined"], await Events(lab, "C"));
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await lab.Sweep());
        Assert.Equal(["registered", "childMerged", "childLeft"], await Events(lab, "P"));
    }

    /// <summary>A ticket that joins another before its former parent knows of its leaving would stay with both.</summary>
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task ReopenedChild_JoinsAnotherOnly_WhenItsFormerParentKnows(string engine)
    {
        await using var lab = await Two(engine);
        await lab.Register("Q", topic: Noise);
        var other = new Merge(TicketIdentity.KeyOf("12345", "Q"), "同一人反映同一件事");
        await lab.Do("C", new Merge(Parent, "同一人反映同一件事"));
        await Refuse(lab, engine);
        await lab.Do("C", new Reopen("并错了，应并入另一件"), ClusterLab.Second);

        Assert.Equal("merge.in-progress", (await lab.Ticket("C").Execute(other, new(ClusterLab.Centre))).Rejection?.Code);
        await Allow(lab, engine);
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        await lab.Sweep();
        await lab.Do("C", other);

        Assert.Empty(await Children(lab, "P"));
        Assert.Equal([TicketIdentity.KeyOf("12345", "C")], await Children(lab, "Q"));
    }

    private async Task<ClusterLab> Two(string engine)
    {
        var lab = await ClusterLab.Start(engine, server);
        await lab.Register("P", topic: Noise);
        await lab.Register("C", topic: Noise);
        return lab;
    }

    private static async Task<List<string>> Events(ClusterLab lab, string externalNo) =>
        [.. (await lab.Of<TicketStoreReads>().Events(TicketIdentity.KeyOf("12345", externalNo), 0, 100)).Where(e => e.Type != "alarmFired").Select(e => e.Type)];

    private static async Task<List<string>> Children(ClusterLab lab, string externalNo)
    {
        using var view = JsonDocument.Parse((await lab.Ticket(externalNo).Read(ClusterLab.Centre)).Value!.Json);
        return [.. view.RootElement.GetProperty("children").EnumerateArray().Select(c => c.GetString()!)];
    }

    private static Task Allow(ClusterLab lab, string engine) => lab.Execute("DROP TRIGGER refuse" + (engine == Sqlite ? "" : " ON ticket_event"));

    /// <summary>The parent cannot be written for now.</summary>
    private static Task Refuse(ClusterLab lab, string engine) => lab.Execute(engine == Sqlite
        ? $"CREATE TRIGGER refuse BEFORE INSERT ON ticket_event WHEN NEW.ticket_id = '{Parent}' BEGIN SELECT RAISE(ABORT, 'refused'); END"
        : "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$; "
            + $"CREATE TRIGGER refuse BEFORE INSERT ON ticket_event FOR EACH ROW WHEN (NEW.ticket_id = '{Parent}') EXECUTE FUNCTION refuse()");
}
