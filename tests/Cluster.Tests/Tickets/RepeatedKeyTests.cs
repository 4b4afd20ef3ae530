using Hotline.Jobs;
using Hotline.Shared;
using Hotline.Storage;
using static Hotline.Storage.StoreLab;

namespace Hotline.Tickets;

/// <summary>A repeated command is answered as the first time, from the ticket's events as of then.</summary>
public sealed class RepeatedKeyTests(PostgresServer server)
{
    private static readonly CallContext Call = new(ClusterLab.Handler, "k9", "h9");

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Repeat_HasTheFirstAnswersBytesAndVersion_WhateverHappenedSince(string engine)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        var registered = (await lab.Register("R", key: "k1")).Value!;
        await lab.Do("R", new Dispatch("DG"));
        var accepted = (await lab.Ticket("R").Execute(new Accept("李警官"), Call)).Value!;
        lab.Clock.Advance(TimeSpan.FromDays(4));
        await lab.Sweep();
        await lab.Do("R", new Annotate("后来的事"));
        await lab.Restart();

        var again = (await lab.Register("R", key: "k1")).Value!;
        Assert.Equal((registered.Json, registered.Version, true, true), (again.Json, again.Version, again.Created, again.Replayed));
        again = (await lab.Ticket("R").Execute(new Accept("李警官"), Call)).Value!;
        Assert.Equal((accepted.Json, accepted.Version, false, true), (again.Json, again.Version, again.Created, again.Replayed));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Repeat_AfterTheTicketLeftTheUnit_IsAnsweredAsBefore(string engine)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        await lab.Register("N");
        await lab.Do("N", new Dispatch("DG"));
        var first = (await lab.Ticket("N").Execute(new Accept(), Call)).Value!;
        await lab.Do("N", new Recall("派错"));

        var again = (await lab.Ticket("N").Execute(new Accept(), Call)).Value!;

        Assert.Equal((first.Json, true), (again.Json, again.Replayed));
        // The unit still sees what it once had, and can do nothing with it; to one that never had it, it is not there.
        Assert.Equal("ticket.wrong-status", (await lab.Ticket("N").Execute(new Accept(), Call with { Key = "k10" })).Rejection!.Code);
        var stranger = Call with { Actor = ClusterLab.Handler with { Id = "钱进", Unit = "XB" }, Key = "k11" };
        Assert.Equal("ticket.not-found", (await lab.Ticket("N").Execute(new Accept(), stranger)).Rejection!.Code);
        Assert.Equal("idempotency.mismatch", (await lab.Ticket("N").Execute(new Accept(), Call with { BodyHash = "other" })).Rejection!.Code);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Keys_AreForgottenAfterSevenDays_NotBefore(string engine)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        await lab.Register("old", key: "k1");
        lab.Clock.Advance(CommandKeys.Kept - TimeSpan.FromHours(1));
        await lab.Register("new", key: "k2");

        Assert.Equal(0, await lab.Of<CommandKeys>().Prune(CancellationToken.None));
        lab.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await lab.Of<CommandKeys>().Prune(CancellationToken.None));

        Assert.Equal("k2", await lab.Scalar<string>("SELECT key FROM command_key"));
    }

    [Fact]
    public async Task EditedKey_IsNotBelieved()
    {
        await using var lab = await ClusterLab.Start(Sqlite, server);
        await lab.Register("K");
        await lab.Do("K", new Dispatch("DG"));
        await lab.Ticket("K").Execute(new Accept(), Call);
        await lab.Execute("UPDATE command_key SET seq = 1 WHERE key = 'k9'");

        await Assert.ThrowsAsync<DamagedTicketException>(() => lab.Ticket("K").Execute(new Accept(), Call));
    }
}
