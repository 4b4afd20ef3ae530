using Hotline.Jobs;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Hotline.Units;
using static Hotline.Storage.StoreLab;

namespace Hotline.Work;

/// <summary>待办 and 预警台账 of real tickets, on both engines.</summary>
public sealed class WorkIndexTests(PostgresServer server)
{
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task List_ShowsEachRoleItsOwn_TheMostUrgentFirst(string engine)
    {
        await using var lab = await Busy(engine);

        Assert.Equal([("U1", WorkKind.Triage), ("D1", WorkKind.Triage), ("D1", WorkKind.ConfirmDivert), ("T1", WorkKind.Triage)], await Work(lab, new([Role.Dispatcher], "别人", true, null, [])));
        Assert.Equal([("U1", WorkKind.Triage), ("D1", WorkKind.Triage), ("T1", WorkKind.Triage)], await Work(lab, new([Role.Dispatcher], ClusterLab.Centre.Id, true, null, [])));
        Assert.Equal([("P1", WorkKind.Reply), ("A1", WorkKind.Accept), ("X1", WorkKind.Reply)], await Work(lab, new([Role.UnitHandler], "李伟", true, "DG", [])));
        Assert.Equal([("A1", WorkKind.SupportReply)], await Work(lab, new([Role.UnitHandler], "钱", true, "XB", [])));
        Assert.Empty(await Work(lab, new([Role.UnitHandler], "钱", true, null, [])));
        Assert.Equal([("R1", WorkKind.Review)], await Work(lab, new([Role.Reviewer], "审核员", true, null, [])));
        Assert.Empty(await Work(lab, new([Role.Reviewer], ClusterLab.Handler.Id, true, null, [])));
        Assert.Equal([("A1", WorkKind.DecideExclusion), ("X1", WorkKind.DecideExtension)], await Work(lab, new([Role.OfficeDirector], ClusterLab.Centre.Id, true, null, [])));
        Assert.Empty(await Work(lab, new([Role.OfficeDirector], ClusterLab.Handler.Id, true, "XB", [])));
        Assert.Equal([("A1", WorkKind.DecideExclusion)], await Work(lab, new([Role.DeputyChief], "孙副局", true, null, ["DG"])));
        Assert.Empty(await Work(lab, new([Role.DeputyChief], ClusterLab.Handler.Id, true, null, ["DG"])));
        Assert.Empty(await Work(lab, new([Role.Viewer, Role.Administrator], "管理员", true, null, [])));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task List_PageByPage_ShowsEverythingOnce_WithTheSameTallies(string engine)
    {
        await using var lab = await Busy(engine);
        var everything = new WorkQuestion([.. Enum.GetValues<Role>()], "别人", true, "DG", []);
        var whole = (await Index(lab).List(everything, 200, null, CancellationToken.None)).Value!;
        var (paged, cursor) = (new List<WorkRow>(), (string?)null);

        do
        {
            var page = (await Index(lab).List(everything, 2, cursor, CancellationToken.None)).Value!;
            Assert.Equal(whole.Tallies, page.Tallies);
            paged.AddRange(page.Rows);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(whole.Rows, paged);
        Assert.Equal(paged.Count, whole.Tallies.Sum(t => t.Count));
        Assert.Equal(paged.Select(r => r.DueAt ?? DateTimeOffset.MaxValue).Order(), paged.Select(r => r.DueAt ?? DateTimeOffset.MaxValue));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task List_WithACursorOfAnotherQuestion_IsRefused(string engine)
    {
        await using var lab = await Busy(engine);
        var question = new WorkQuestion([Role.UnitHandler], "李伟", true, "DG", []);
        var cursor = (await Index(lab).List(question, 1, null, CancellationToken.None)).Value!.NextCursor!;

        Assert.Equal("cursor.invalid", (await Index(lab).List(question with { Unit = "XB" }, 1, cursor, CancellationToken.None)).Rejection!.Code);
        Assert.Equal("cursor.invalid", (await Index(lab).List(question, 1, "00", CancellationToken.None)).Rejection!.Code);
        Assert.True((await Index(lab).List(question, 1, cursor, CancellationToken.None)).IsDone);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Cards_GoToTheirKeepers_AndTheLedgerSaysWhoWasTold(string engine)
    {
        await using var lab = await Busy(engine);
        lab.Clock.Advance(TimeSpan.FromDays(12));
        await lab.Sweep();

        var director = await Work(lab, new([Role.OfficeDirector], "周主任", true, null, []));
        Assert.Equal(["D1", "R1", "T1", "U1"], director.Where(w => w.Kind == WorkKind.Overdue).Select(w => w.No).Order());
        Assert.Equal(["A1", "P1", "X1"], await Overdue("孙副局", "DG"));
        Assert.Empty(await Overdue("吴副局", "XB"));
        Assert.All((await Index(lab).List(new([Role.Leader], "局长", true, null, []), 50, null, CancellationToken.None)).Value!.Rows, r => Assert.Equal(AlarmLevel.Escalated, r.Alarm));

        await LedgerAgrees(lab);

        async Task<IEnumerable<string>> Overdue(string chief, string unit) =>
            (await Work(lab, new([Role.DeputyChief], chief, true, null, [unit]))).Where(w => w.Kind == WorkKind.Overdue).Select(w => w.No).Order();
    }

    /// <summary>Monday morning with a ticket in most stages.</summary>
    private async Task<ClusterLab> Busy(string engine)
    {
        var lab = await ClusterLab.Start(engine, server);
        await lab.Grains.GetGrain<IUnitGrain>(UnitKeys.Of("XB")).Describe(new("西关派出所", UnitTier.Station, "钱进", "吴副局", null, null, null, null), Actor.System);
        await lab.Register("D1");
        await lab.Do("D1", new Divert("城管局", "占道经营", "权责清单"));
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        await lab.Register("T1");
        await lab.Register("U1", Urgency.Urgent);
        await lab.Register("A1");
        await lab.Do("A1", new Dispatch("DG", ["XB"]));
        await lab.Do("A1", new RequestExclusion("不属职责", "来电录音"), ClusterLab.Handler);
        await Contacted(lab, "P1", Urgency.Urgent);
        await Contacted(lab, "X1", Urgency.Ordinary);
        await lab.Do("X1", new RequestExtension(new DateTimeOffset(2026, 10, 21, 9, 30, 0, TimeSpan.Zero), "检测未出"), ClusterLab.Handler);
        await Contacted(lab, "R1", Urgency.Ordinary);
        await lab.Do("R1", new Reply(Finding.True, "劝导", OutcomeType.Solved, "已办理", Channel.Phone), ClusterLab.Handler);
        return lab;
    }

    private static async Task Contacted(ClusterLab lab, string no, Urgency urgency)
    {
        await lab.Register(no, urgency);
        await lab.Do(no, new Dispatch("DG"));
        await lab.Do(no, new Accept(), ClusterLab.Handler);
        await lab.Do(no, new Contact(Channel.Phone, true), ClusterLab.Handler);
    }

    private static WorkIndex Index(ClusterLab lab) => new(lab.Of<Database>(), lab.Of<TextHasher>(), lab.Clock);

    private static async Task<List<(string No, WorkKind Kind)>> Work(ClusterLab lab, WorkQuestion question)
    {
        var rows = (await Index(lab).List(question, 50, null, CancellationToken.None)).Value!.Rows;
        Assert.All(rows, r => Assert.Equal("夜间施工噪声", r.Title));
        return [.. rows.Select(r => (r.ExternalNo, r.Kind))];
    }

    /// <summary>The ledger by pages shows what the events say, with any filter.</summary>
    private static async Task LedgerAgrees(ClusterLab lab)
    {
        var ledger = new AlarmLedger(lab.Of<Database>());
        var fired = await lab.Scalar<long>("SELECT count(*) FROM ticket_event WHERE type = 'alarmFired'");
        var all = await Pages(ledger, new(null, null, null, null));

        Assert.Equal(fired, all.Count);
        Assert.Equal(all.Count, all.Select(r => (r.Ticket, r.Seq)).Distinct().Count());
        Assert.Equal(all.OrderByDescending(r => r.FiredAt).ThenBy(r => r.Ticket, StringComparer.Ordinal).ThenBy(r => r.Seq), all);
        Assert.Equal(all.Where(r => r.Alarm.Unit == "DG"), await Pages(ledger, new("DG", null, null, null)));
        Assert.Equal(all.Where(r => r.Alarm is { Unit: "XB", Level: AlarmLevel.Red }), await Pages(ledger, new("XB", AlarmLevel.Red, null, null)));
        Assert.NotEmpty(await Pages(ledger, new("XB", AlarmLevel.Red, null, null)));
        Assert.Equal(all.Where(r => r.Alarm.Level == AlarmLevel.Escalated), await Pages(ledger, new(null, AlarmLevel.Escalated, null, null)));
        var at = all[0].FiredAt.ToUnixTimeMilliseconds();
        Assert.Empty(await Pages(ledger, new(null, null, null, at)));
        Assert.Equal(all.Count(r => r.FiredAt.ToUnixTimeMilliseconds() == at), (await Pages(ledger, new(null, null, at, at + 1))).Count);
        Assert.All(all.Where(r => r.Alarm is { Unit: not null, Level: AlarmLevel.Escalated }), r => Assert.Equal(Role.DeputyChief, r.Alarm.Recipient));
    }

    private static async Task<List<AlarmRow>> Pages(AlarmLedger ledger, AlarmFilter filter)
    {
        var (rows, cursor) = (new List<AlarmRow>(), (string?)null);
        do
        {
            var page = (await ledger.List(filter, 3, cursor, CancellationToken.None)).Value!;
            rows.AddRange(page.Rows);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return rows;
    }
}
