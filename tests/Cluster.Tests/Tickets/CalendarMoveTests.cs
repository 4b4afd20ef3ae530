using System.Text.Json;
using Hotline.Jobs;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.WorkCalendar;
using static Hotline.Storage.StoreLab;

namespace Hotline.Tickets;

/// <summary>What a calendar change does to promises already given: provisional ones follow the missing notice, all others wait for a person.</summary>
public sealed class CalendarMoveTests(PostgresServer server)
{
    private readonly RecordFaults _faults = new();

    private static readonly Actor Chief = new("陈静", "key-9", [Role.Administrator], null, true);

    private static readonly HolidayYear NewYear = new(2027, "2027年放假通知", [new(2027, 1, 1), new(2027, 1, 2), new(2027, 1, 3)], []);

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task YearImported_RecomputesProvisionalDues_OnceEach_WithTheNoticeAsReason(string engine)
    {
        await using var lab = await AtYearsEnd(engine, "A1", "A2");
        await lab.Register("CLOSED");
        await lab.Do("CLOSED", new Dispatch("DG"));
        await lab.Do("CLOSED", new Withdraw(WithdrawnBy.Caller, "诉求人来电撤回"));
        await lab.Do("CLOSED", new ConfirmWithdrawal(), ClusterLab.Second);
        Assert.True((await Reply(lab, "A1")).Incomplete);

        var run = await Import(lab, NewYear);

        Assert.Equal((MoveStatus.Completed, 2, 2), (run.Status, run.Tickets, run.Moved));
        var reply = await Reply(lab, "A1");
        Assert.Equal(("2027-01-06T09:30", "2027-01-05T09:30", false), (Text(reply.Due), Text(reply.Original), reply.Incomplete));
        var moved = Assert.Single(await Moves(lab, "A1"), m => m.Clock == "reply");
        Assert.Equal(("2027-01-05T09:30", "2027-01-06T09:30", "陈静"), (Text(moved.From), Text(moved.To), moved.Actor));
        Assert.Contains(NewYear.Notice, (await lab.Ticket("A1").Texts(Chief)).Value!.BySlot.Values);
        Assert.Empty(await Moves(lab, "CLOSED"));

        await Settle(lab);
        Assert.Equal(0, (await Order(lab, MoveScope.Incomplete)).Tickets);
        Assert.Single(await Moves(lab, "A2"), m => m.Clock == "reply");
    }

    [Fact]
    public async Task AlarmsFollowTheNewDue()
    {
        await using var lab = await AtYearsEnd(Sqlite, "A1");
        await Import(lab, NewYear);

        lab.Clock.Advance(new DateTimeOffset(2027, 1, 6, 9, 29, 59, TimeSpan.Zero) - lab.Clock.GetUtcNow());
        await lab.Sweep();
        Assert.Equal(["yellow"], (await lab.Alarms("A1")).Where(a => a.Clock == "reply").Select(a => a.Level));
        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        await lab.Sweep();
        Assert.Equal(["yellow", "red"], (await lab.Alarms("A1")).Where(a => a.Clock == "reply").Select(a => a.Level));
    }

    [Fact]
    public async Task LoadedYearReplaced_MovesNothing_UntilAPersonAppliesIt_AndNoDueThatWasDecided()
    {
        await using var lab = await AtYearsEnd(Sqlite, "A1", "EXTENDED");
        await Import(lab, NewYear);
        await Extend(lab, "EXTENDED");
        var longer = NewYear with { DaysOff = [.. NewYear.DaysOff, new(2027, 1, 4)] };
        var known = (await Calendar(lab).Get()).Version;
        Assert.Null((await Calendar(lab).PutYear(longer, known, "更正", Chief)).Rejection);

        var preview = (await lab.Grains.GetGrain<IPromiseMovesGrain>(IPromiseMovesGrain.Key).Preview(null, 50, null)).Value!;
        await Settle(lab);

        var promised = Assert.Single(preview.Items, i => i is { Clock: Clock.Reply, ExternalNo: "A1" });
        Assert.Equal(("2027-01-06T09:30", "2027-01-07T09:30"), (Text(promised.DueFrom), Text(promised.DueTo)));
        Assert.Equal("2027-01-06T09:30", Text((await Reply(lab, "A1")).Due));
        var decided = (await Reply(lab, "EXTENDED")).Due;

        var run = await Order(lab, MoveScope.All);

        Assert.Equal(MoveStatus.Completed, run.Status);
        Assert.Equal("2027-01-07T09:30", Text((await Reply(lab, "A1")).Due));
        Assert.Equal(decided, (await Reply(lab, "EXTENDED")).Due);
        Assert.Equal(0, (await Order(lab, MoveScope.All)).Tickets);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Previews_GoOnWhereTheirPageEnded_AndOnlyForWhatWasAsked(string engine)
    {
        await using var lab = await AtYearsEnd(engine, "A1", "A2", "A3");
        var moves = lab.Grains.GetGrain<IPromiseMovesGrain>(IPromiseMovesGrain.Key);
        var (longer, policy) = (NewYear with { DaysOff = [.. NewYear.DaysOff, new(2027, 1, 4)] }, Slower(6));

        var (noticed, tried) = ((await moves.Preview(NewYear, 2, null)).Value!, (await moves.Try(policy, 2, null)).Value!);
        Assert.Equal((3, 3), (noticed.Tickets, tried.Tickets));
        foreach (var (first, second) in new[] { (noticed, (await moves.Preview(NewYear, 2, noticed.NextCursor)).Value!), (tried, (await moves.Try(policy, 2, tried.NextCursor)).Value!) })
        {
            Assert.Equal(3, first.Items.Concat(second.Items).Select(i => i.Ticket).Distinct().Count());
            Assert.Null(second.NextCursor);
        }

        Assert.Equal("cursor.invalid", (await moves.Preview(longer, 2, noticed.NextCursor)).Rejection?.Code);
        Assert.Equal("cursor.invalid", (await moves.Preview(NewYear, 2, tried.NextCursor)).Rejection?.Code);
        Assert.Equal("cursor.invalid", (await moves.Try(Slower(7), 2, tried.NextCursor)).Rejection?.Code);
        Assert.Equal("cursor.invalid", (await moves.Preview(NewYear, 2, noticed.Items[^1].Ticket)).Rejection?.Code);
        Assert.Null((await Calendar(lab).PutYear(longer, null, "", Chief)).Rejection);
        Assert.Equal("cursor.invalid", (await moves.Preview(NewYear, 2, noticed.NextCursor)).Rejection?.Code);
        Assert.Equal("cursor.invalid", (await moves.Try(policy, 2, tried.NextCursor)).Rejection?.Code);
    }

    /// <summary>The usual deadlines, with more working days for an answer.</summary>
    private static DeadlinePolicy Slower(int days) => DeadlinePolicy.V1 with
    {
        Rows = [.. DeadlinePolicy.V1.Rows.Select(r => r.Clock == Clock.Reply ? r with { Ordinary = Span.WorkingDays(days) } : r)],
    };

    [Fact]
    public async Task ApplyUponAnotherCalendarVersion_IsRefused()
    {
        await using var lab = await AtYearsEnd(Sqlite, "A1");
        await Calendar(lab).PutYear(NewYear, null, "", Chief);

        var refused = await lab.Grains.GetGrain<IPromiseMovesGrain>(IPromiseMovesGrain.Key).Order(new(2027, MoveScope.All, "x", "2026.1"), Chief);

        Assert.Equal("precondition.failed", refused.Rejection?.Code);
        Assert.Equal("calendar.year-not-loaded",
            (await lab.Grains.GetGrain<IPromiseMovesGrain>(IPromiseMovesGrain.Key).Order(new(2040, MoveScope.All, "x", null), Chief)).Rejection?.Code);
    }

    [Fact]
    public async Task YearStoredButNotApplied_AsAfterACrash_IsTakenUpBySettling()
    {
        await using var lab = await AtYearsEnd(PostgreSql, "A1", "A2");
        Assert.Null((await Calendar(lab).PutYear(NewYear, null, "", Chief)).Rejection);

        await lab.Restart();
        await Settle(lab);

        Assert.All(await Task.WhenAll(Reply(lab, "A1"), Reply(lab, "A2")), r => Assert.Equal(("2027-01-06T09:30", false), (Text(r.Due), r.Incomplete)));
    }

    [Fact]
    public async Task TicketThatCannotSave_StaysRunning_AndIsTakenUpLater()
    {
        await using var lab = await AtYearsEnd(Sqlite, "A1", "A2");
        await lab.Execute($"CREATE TRIGGER refuse BEFORE INSERT ON ticket_event WHEN NEW.ticket_id = '{TicketIdentity.KeyOf("12345", "A1")}' "
            + "BEGIN SELECT RAISE(ABORT, 'refused'); END");

        var run = await Import(lab, NewYear);
        Assert.Equal((MoveStatus.Running, 1), (run.Status, run.Moved));
        await lab.Execute("DROP TRIGGER refuse");
        await Settle(lab);

        var runs = await lab.Grains.GetGrain<IPromiseMovesGrain>(IPromiseMovesGrain.Key).Runs();
        Assert.Equal((MoveStatus.Completed, 2), (Assert.Single(runs).Status, runs[0].Moved));
        Assert.Single(await Moves(lab, "A2"), m => m.Clock == "reply");
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task OrderWhoseWriteBreaksOff_MovesEachDueOnce_AndItsRepeatIsToldTheRun(string engine)
    {
        await using var lab = await AtYearsEnd(engine, "A1", "A2");
        Assert.Null((await Calendar(lab).PutYear(NewYear, null, NewYear.Notice, Chief)).Rejection);
        Task<Result<PromiseMoveRun>> Order() => lab.Grains.GetGrain<IPromiseMovesGrain>(IPromiseMovesGrain.Key)
            .Order(new(2027, MoveScope.Incomplete, NewYear.Notice, null), new(Chief, "k", "body"));

        _faults.Arm(Fault.Before, "promise-moves");
        Assert.Equal("storage.unavailable", (await Order()).Rejection!.Code);
        Assert.Empty(await Moves(lab, "A1"));
        _faults.Arm(Fault.After, "promise-moves");
        Assert.Equal("outcome.unknown", (await Order()).Rejection!.Code);

        var again = await Order();
        Assert.Equal((true, MoveStatus.Completed, 2), (again.Replayed, again.Value!.Status, again.Value.Moved));
        Assert.Single(await Moves(lab, "A1"), m => m.Clock == "reply");
        Assert.Single(await lab.Grains.GetGrain<IPromiseMovesGrain>(IPromiseMovesGrain.Key).Runs());
    }

    /// <summary>Tuesday 2026-12-29, 10:00 in Shanghai: five working days end in January.</summary>
    private async Task<ClusterLab> AtYearsEnd(string engine, params string[] dispatched)
    {
        var lab = await ClusterLab.Start(engine, server, more: services => _faults.Install(services, StorageHosting.Records));
        lab.Clock.Advance(new DateTimeOffset(2026, 12, 29, 2, 0, 0, TimeSpan.Zero) - lab.Clock.GetUtcNow());
        foreach (var ticket in dispatched)
        {
            await lab.Register(ticket);
            await lab.Do(ticket, new Dispatch("DG"));
        }
        return lab;
    }

    private static async Task Extend(ClusterLab lab, string ticket)
    {
        await lab.Do(ticket, new Accept(), ClusterLab.Handler);
        await lab.Do(ticket, new Contact(Channel.Phone, true), ClusterLab.Handler);
        await lab.Do(ticket, new RequestExtension(new(2027, 1, 12, 9, 30, 0, TimeSpan.Zero), "等待检测"), ClusterLab.Handler);
        await lab.Do(ticket, new ApproveExtension());
    }

    private static ICalendarGrain Calendar(ClusterLab lab) => lab.Grains.GetGrain<ICalendarGrain>(ICalendarGrain.Key);

    private static Task Settle(ClusterLab lab) => lab.Grains.GetGrain<IPromiseMovesGrain>(IPromiseMovesGrain.Key).Settle();

    private static async Task<PromiseMoveRun> Import(ClusterLab lab, HolidayYear year)
    {
        Assert.Null((await Calendar(lab).PutYear(year, null, year.Notice, Chief)).Rejection);
        return await Order(lab, MoveScope.Incomplete);
    }

    private static async Task<PromiseMoveRun> Order(ClusterLab lab, MoveScope scope)
    {
        var ordered = await lab.Grains.GetGrain<IPromiseMovesGrain>(IPromiseMovesGrain.Key).Order(new(2027, scope, NewYear.Notice, null), Chief);
        Assert.Null(ordered.Rejection);
        return ordered.Value!;
    }

    private static async Task<(DateTimeOffset Due, DateTimeOffset Original, bool Incomplete)> Reply(ClusterLab lab, string ticket)
    {
        using var view = JsonDocument.Parse((await lab.Ticket(ticket).Read(Chief)).Value!.Json);
        var reply = view.RootElement.GetProperty("deadlines").EnumerateArray().Single(d => d.GetProperty("clock").GetString() == "reply");
        return (reply.GetProperty("dueAt").GetDateTimeOffset(), reply.GetProperty("originalDueAt").GetDateTimeOffset(), reply.GetProperty("calendarIncomplete").GetBoolean());
    }

    private static async Task<IReadOnlyList<(string Clock, DateTimeOffset From, DateTimeOffset To, string Actor)>> Moves(ClusterLab lab, string ticket)
    {
        var events = await lab.Of<TicketStoreReads>().Events(TicketIdentity.KeyOf("12345", ticket), 0, 1000);
        return [.. events.Where(e => e.Type == "promiseRecomputed").Select(e =>
        {
            using var body = JsonDocument.Parse(e.Body);
            var promise = body.RootElement.GetProperty("promise");
            return (promise.GetProperty("clock").GetString()!, body.RootElement.GetProperty("oldDueAt").GetDateTimeOffset(), promise.GetProperty("dueAt").GetDateTimeOffset(), e.Actor);
        })];
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
