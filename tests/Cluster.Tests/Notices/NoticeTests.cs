using System.Text;
using Dapper;
using Hotline.Reminders;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;
using static Hotline.Scorecards.ScoreLab;
using static Hotline.Storage.StoreLab;

namespace Hotline.Notices;

/// <summary>Notices on the real storage: drafted from what is published, kept through corrections, restarts and crashes.</summary>
public sealed class NoticeTests(PostgresServer server)
{
    private static readonly Month July = new(2026, 7);
    private static readonly Month August = new(2026, 8);

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Publication_DraftsNotices_ThatArePagedAndSurviveARestart(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.SmallTables();
        await PublishSeptember(lab);

        Assert.Equal(["commend A", "criticise B"], await Named(lab, new(September)));
        await lab.Restart();
        Assert.Equal(["commend A", "criticise B"], await Named(lab, new(September)));
        Assert.Equal(["commend A"], await Named(lab, new(Kind: NoticeKind.Commend)));
        Assert.Equal(["criticise B"], await Named(lab, new(Unit: "B")));
        Assert.Empty(await Named(lab, new(August)));
        Assert.Empty(await Named(lab, new(OnlyOut: true)));

        var reader = lab.Grains.GetGrain<INoticesGrain>(INoticesGrain.Key);
        var first = (await reader.List(new(), 1, null, true)).Value!;
        Assert.Equal((1, 2), (first.Items.Count, first.Total));
        var second = (await reader.List(new(), 1, first.NextCursor, false)).Value!;
        Assert.Null(second.NextCursor);
        Assert.NotEqual(first.Items[0].Id, second.Items[0].Id);
        Assert.Equal("cursor.invalid", (await reader.List(new(September), 1, first.NextCursor, false)).Rejection!.Code);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task CorrectionThatLiftsTheGround_MarksTheIssuedNotice_AndEveryStepIsKept(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.SmallTables();
        await PublishSeptember(lab);
        var notice = Notice(lab, September, NoticeKind.Criticise, "B");
        Assert.Null((await notice.Issue(null, "照发", new(Li, IfMatch: 1))).Rejection);
        Assert.Equal("precondition.failed", (await notice.Withdraw("收回", new(Li, IfMatch: 1))).Rejection!.Code);

        await Correct(lab, September, 2, "criticised");
        var marked = (await notice.Read()).Value!;
        Assert.Equal((NoticeStatus.GroundGone, 2), (marked.Notice.Status, marked.Notice.Revision));
        Assert.Null((await notice.Withdraw("排名已更正", Li)).Rejection);

        await lab.Restart();
        var history = (await Notice(lab, September, NoticeKind.Criticise, "B").Read()).Value!;
        Assert.Equal(NoticeStatus.Withdrawn, history.Notice.Status);
        Assert.Equal([NoticeStepKind.Drafted, NoticeStepKind.Issued, NoticeStepKind.GroundLost, NoticeStepKind.Withdrawn], history.Steps.Select(s => s.Kind));
        Assert.Equal(["system", "李局长", "system", "李局长"], history.Steps.Select(s => s.Actor));
        Assert.Equal("排名已更正", history.Steps[^1].Reason);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task RevisionWhoseDraftingWasLost_IsMadeUpForByTheJob_Once(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.SmallTables();
        await PublishSeptember(lab);
        await Insert(lab, September, 2, body => body with { Rows = [.. body.Rows.Select(r => r with { Flags = [] })] });
        Assert.Equal(NoticeStatus.Drafted, (await Notice(lab, September, NoticeKind.Criticise, "B").Read()).Value!.Notice.Status);

        var job = lab.Of<NoticeReminders>();
        await Task.WhenAll(job.Run(CancellationToken.None), job.Run(CancellationToken.None));
        await job.Run(CancellationToken.None);
        var history = (await Notice(lab, September, NoticeKind.Criticise, "B").Read()).Value!;
        Assert.Equal((NoticeStatus.Lapsed, 2), (history.Notice.Status, history.Steps.Count));
    }

    [Fact]
    public async Task CorrectionOfTheSecondMonthOfThree_LiftsTheThirdMonthsStreak()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.SmallTables();
        foreach (var month in new[] { July, August, September })
        {
            await lab.Tickets("A", month, 6);
            await lab.Tickets("B", month, 3, 3);
            await lab.Publish(month);
        }
        var notice = Notice(lab, September, NoticeKind.BottomThreeStreak, "B");
        var issued = (await notice.Issue(null, null, Li)).Value!;
        Assert.Equal([(7, 1), (8, 1), (9, 1)], issued.Evidence.Months.Select(m => (m.Month.Number, m.Revision)));
        Assert.Single((await lab.Grains.GetGrain<INoticesGrain>(INoticesGrain.Key).RecordOf("B")).OpenReports);
        await lab.Of<NoticeReminders>().Run(CancellationToken.None);
        Assert.Equal(["selfCriticismDue"], await Reminded(lab));

        await Insert(lab, August, 2, body => body with { Rows = [.. body.Rows.Select(r => r with { BottomThree = false })] });
        await lab.Of<NoticeReminders>().Run(CancellationToken.None);

        Assert.Equal(NoticeStatus.GroundGone, (await notice.Read()).Value!.Notice.Status);
        Assert.Empty((await lab.Grains.GetGrain<INoticesGrain>(INoticesGrain.Key).RecordOf("B")).OpenReports);
        Assert.Equal(["noticeGroundGone"], await Reminded(lab));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Steps_AreRefusedAnyChangeByTheDatabase(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.SmallTables();
        await PublishSeptember(lab);
        foreach (var sql in new[] { "UPDATE notice_step SET actor = 'x'", "DELETE FROM notice_step", engine == Sqlite ? "INSERT OR REPLACE INTO notice_step SELECT * FROM notice_step" : "TRUNCATE notice_step" })
        {
            var fault = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
                lab.Of<Database>().Write((connection, transaction) => connection.ExecuteAsync(sql, transaction: transaction), CancellationToken.None));
            Assert.Contains("append-only", fault.Message);
        }
    }

    /// <summary>A is perfect, B is last of two.</summary>
    private static async Task PublishSeptember(ScoreLab lab)
    {
        await lab.Tickets("A", September, 6);
        await lab.Tickets("B", September, 3, 3);
        await lab.Publish(September);
    }

    private static INoticeGrain Notice(ScoreLab lab, Month month, NoticeKind kind, string unit) =>
        lab.Grains.GetGrain<INoticeGrain>(NoticeIdentity.Of(month, LeagueTier.Station, kind, unit));

    private static async Task<string[]> Named(ScoreLab lab, NoticeFilter filter) =>
        [.. (await lab.Grains.GetGrain<INoticesGrain>(INoticesGrain.Key).List(filter, 50, null, false)).Value!.Items
            .Select(n => $"{Codes.Of(n.Kind)} {n.Unit.Code}").Order(StringComparer.Ordinal)];

    private static async Task<string[]> Reminded(ScoreLab lab) =>
        [.. (await lab.Grains.GetGrain<IReminderGrain>(IReminderGrain.Key).Open()).Select(r => Codes.Of(r.Kind))];

    private static async Task Correct(ScoreLab lab, Month month, int number, string without)
    {
        await Insert(lab, month, number, body => body with { Rows = [.. body.Rows.Select(r => r with { Flags = [.. r.Flags.Where(f => f != without)] })] });
        await lab.Grains.GetGrain<INoticeDraftsGrain>(INoticeDraftsGrain.Key).CatchUp();
    }

    /// <summary>A correction as its inserted row, and nothing after it: the process ended there.</summary>
    private static async Task Insert(ScoreLab lab, Month month, int number, Func<LeagueBody, LeagueBody> change)
    {
        var revisions = lab.Of<Revisions>();
        var last = (await revisions.Table(month, LeagueTier.Station, null, CancellationToken.None))!;
        var body = Encoding.UTF8.GetString(LeagueCanon.Bytes(change(last.Read())));
        await lab.Insert(last with { Number = number, ContentHash = Revision.Hash(body), Body = body, Reason = "更正" });
    }
}
