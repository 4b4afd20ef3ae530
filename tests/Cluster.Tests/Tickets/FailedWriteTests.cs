using Hotline.Jobs;
using Hotline.Shared;
using Hotline.Storage;
using static Hotline.Storage.StoreLab;

namespace Hotline.Tickets;

/// <summary>A command whose write fails leaves nothing behind, neither in the store nor in the grain.</summary>
public sealed class FailedWriteTests(PostgresServer server)
{
    private static readonly string[] Tables = ["ticket_index", "ticket_event", "ticket_text"];

    /// <summary>Reviews and calls back.</summary>
    private static readonly Actor Caller = ClusterLab.Second with { Roles = [Role.Reviewer, Role.CallbackOfficer] };

    [Theory]
    [InlineData(Sqlite, "ticket_index"), InlineData(Sqlite, "ticket_event"), InlineData(Sqlite, "ticket_text"), InlineData(Sqlite, "command_key")]
    [InlineData(PostgreSql, "ticket_index"), InlineData(PostgreSql, "ticket_event"), InlineData(PostgreSql, "ticket_text"), InlineData(PostgreSql, "command_key")]
    public async Task FailedRegistration_LeavesNoTrace_AndTheNextOneWorks(string engine, string table)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        await Refuse(lab, engine, table, "INSERT");

        Assert.NotNull(await Record.ExceptionAsync(async () => Assert.True((await lab.Register("A1", key: "k1")).IsDone)));

        Assert.Equal(new long[] { 0, 0, 0, 0 }, await Counts(lab));
        Assert.Equal("ticket.not-found", (await lab.Ticket("A1").Read(ClusterLab.Centre)).Rejection!.Code);
        await Allow(lab, engine, table);
        var made = (await lab.Register("A1", key: "k1")).Value!;
        Assert.Equal((true, false, 1), (made.Created, made.Replayed, made.Version));
        Assert.Equal(new long[] { 1, 1, 3, 1 }, await Counts(lab));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task FailedCommand_LeavesTheTicketAsItWas_AndTheNextOneWorks(string engine)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        await lab.Register("A1");
        var (before, counts) = ((await lab.Ticket("A1").Read(ClusterLab.Centre)).Value!, await Counts(lab));
        await Refuse(lab, engine, "ticket_event", "INSERT");
        var annotate = new Annotate("备注");

        Assert.NotNull(await Record.ExceptionAsync(async () => Assert.True((await lab.Ticket("A1").Execute(annotate, new(ClusterLab.Centre, "k2", "h"))).IsDone)));

        Assert.Equal(before.Json, (await lab.Ticket("A1").Read(ClusterLab.Centre)).Value!.Json);
        Assert.Equal(counts, await Counts(lab));
        await Allow(lab, engine, "ticket_event");
        var done = (await lab.Ticket("A1").Execute(annotate, new(ClusterLab.Centre, "k2", "h"))).Value!;
        Assert.Equal((before.Version + 1, false), (done.Version, done.Replayed));
        Assert.Equal([1, 2], (await lab.Of<TicketStoreReads>().Events(before.Id, 0, 10)).Select(e => e.Seq));
    }

    /// <summary>What a unit owes and what was said of it hang on the same append as the events.</summary>
    [Theory]
    [InlineData(Sqlite, "ticket_obligation"), InlineData(Sqlite, "ticket_answer"), InlineData(PostgreSql, "ticket_obligation"), InlineData(PostgreSql, "ticket_answer")]
    public async Task FailedAnswer_LeavesEventsAndFiguresAsTheyWere_AndTheNextOneWorks(string engine, string table)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        await lab.Register("A1");
        await lab.Do("A1", new Dispatch("DG"));
        await lab.Do("A1", new Accept(), ClusterLab.Handler);
        await lab.Do("A1", new Contact(Channel.Phone, true), ClusterLab.Handler);
        await lab.Do("A1", new Reply(Finding.True, "到场劝导", OutcomeType.Solved, "已到现场核实并劝导停止夜间施工，工地已承诺整改。", Channel.Phone), ClusterLab.Handler);
        TicketCommand command = new ApproveReply();
        if (table == "ticket_answer")
        {
            await lab.Do("A1", command, ClusterLab.Second);
            command = new RecordCallback(CallOutcome.Answered, true, true, Satisfaction.Satisfied);
        }

        var (counts, scored) = (await Counts(lab), await Scored(lab));
        await Refuse(lab, engine, table, "INSERT");
        Assert.NotNull(await Record.ExceptionAsync(async () => Assert.True((await lab.Ticket("A1").Execute(command, new(Caller, "k2", "h"))).IsDone)));
        Assert.Equal(counts, await Counts(lab));
        Assert.Equal(scored, await Scored(lab));

        await Allow(lab, engine, table);
        Assert.True((await lab.Ticket("A1").Execute(command, new(Caller, "k2", "h"))).IsDone);
        Assert.NotEqual(scored, await Scored(lab));
    }

    private static Task<string> Scored(ClusterLab lab) =>
        lab.Scalar<string>("SELECT (SELECT count(*) FROM ticket_answer) || ' ' || completed || ' ' || on_time FROM ticket_obligation");

    private static async Task<long[]> Counts(ClusterLab lab)
    {
        var counts = new List<long>();
        foreach (var table in Tables.Append("command_key"))
        {
            counts.Add(await lab.Scalar<long>($"SELECT count(*) FROM {table}"));
        }
        return [.. counts];
    }

    private static Task Refuse(ClusterLab lab, string engine, string table, string on) => lab.Execute(engine == Sqlite
        ? $"CREATE TRIGGER refuse BEFORE {on} ON {table} BEGIN SELECT RAISE(ABORT, 'refused'); END"
        : $"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$; "
            + $"CREATE TRIGGER refuse BEFORE {on} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()");

    private static Task Allow(ClusterLab lab, string engine, string table) => lab.Execute("DROP TRIGGER refuse" + (engine == Sqlite ? "" : " ON " + table));
}
