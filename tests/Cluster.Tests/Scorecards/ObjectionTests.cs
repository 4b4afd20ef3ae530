using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Hotline.WorkCalendar;
using static Hotline.Scorecards.ScoreLab;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>异议期: nothing is proposed before it ends, where people were there to object.</summary>
public sealed class ObjectionTests(PostgresServer server)
{
    [Fact]
    public async Task ProposalBeforeTheWindowsEnd_IsRefused_FromTheFirstLiveMonthOn()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Tickets("A", new(2026, 8), 6);
        await lab.Tickets("A", September, 6, live: true);
        await lab.Publish(new(2026, 8));

        var closed = (await lab.Table(September).Close(Wang)).Value!;
        // Closed on Monday the 12th at 09:00: three working days later is Thursday the 15th.
        var end = ShanghaiTime.At(new(2026, 10, 15), new(17, 30));
        Assert.Equal((lab.Clock.GetUtcNow(), end), (closed.ClosedAt, closed.ObjectionsUntil));
        Assert.Equal(end, (await lab.Read(September)).ObjectionsUntil);
        var refused = (await lab.Table(September).ProposePublication(Wang)).Rejection!;
        Assert.Equal(("league.window", RejectionKind.State), (refused.Code, refused.Kind));
        Assert.Contains("2026年10月15日17:30", refused.Detail, StringComparison.Ordinal);

        lab.Clock.SetUtcNow(end - TimeSpan.FromMilliseconds(1));
        Assert.Equal("league.window", (await lab.Table(September).ProposePublication(Wang)).Rejection!.Code);
        lab.Clock.SetUtcNow(end);
        Assert.NotNull((await lab.Table(September).ProposePublication(Wang)).Value!.Proposal);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task UndecidedExclusion_KeepsTheTableFromBeingProposed_AndADecidedOneShowsBothFigures(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.Tickets("A", September, 6);
        TicketState? asked = null;
        await lab.Of<TicketStore>().Done(LabTickets.Write("asked", "A", September, false, journal =>
        {
            LabTickets.Reply(journal, September, 12);
            LabTickets.CallBack(journal, September, 13, Satisfaction.Dissatisfied);
            journal.Record(ExclusionRequested.Of(new("诉求超出\n法定职责", "法院受理通知书", [ScoredMeasure.Satisfaction]), "e1", []),
                LabTickets.At(September, 14), "张所长");
            asked = journal.State;
        }));
        await lab.Table(September).Close(Wang);

        var refused = (await lab.Table(September).ProposePublication(Wang)).Rejection!;
        Assert.Equal("league.undecided", refused.Code);
        Assert.Contains("1 件", refused.Detail, StringComparison.Ordinal);
        var list = (await lab.Tables.Exclusions(September, LeagueTier.Station)).Value!;
        var line = Assert.Single(list.Items);
        Assert.Equal((1, "asked", "A", "张所长", "诉求超出\n法定职责", "法院受理通知书", ExclusionDecision.Pending),
            (list.Undecided, line.ExternalNo, line.Unit.Code, line.RequestedBy, line.Reason, line.Evidence, line.Decision));
        Assert.Equal([ScoredMeasure.Satisfaction], line.Against);
        Assert.Empty((await lab.Tables.Exclusions(September, LeagueTier.Brigade)).Value!.Items);

        var journal = LabTickets.GoOn(asked!);
        journal.Record(new ExclusionDecided(true) { Text = "属实" }, lab.Clock.GetUtcNow(), "王主任");
        await lab.Of<TicketStore>().Done(LabTickets.Of(journal));

        var decided = Assert.Single((await lab.Tables.Exclusions(September, LeagueTier.Station)).Value!.Items);
        Assert.Equal((ExclusionDecision.Approved, "王主任", "属实"), (decided.Decision, decided.DecidedBy, decided.DecisionReason));
        var row = (await lab.Publish(September)).Rows.Single(r => r.Unit.Code == "A");
        Assert.Equal((6, 1, 7), (row.ReplyRate.Denominator, row.ReplyRate.Excluded, row.ReplyRate.WithExcluded.Denominator));
        Assert.Equal((6, 1, 7), (row.SatisfactionRate.Denominator, row.SatisfactionRate.Excluded, row.SatisfactionRate.WithExcluded.Denominator));
        Assert.True(row.Score > row.ScoreWithExcluded);
        Assert.True((await lab.Table(September).Verify()).Value!.Result!.Matches);
    }

    [Fact]
    public async Task UndecidedExclusion_KeepsACorrectionFromBeingProposed_AndItsDecisionIsTheCorrection()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Tickets("A", September, 6);
        TicketState? bad = null;
        await lab.Of<TicketStore>().Done(LabTickets.Write("bad", "A", September, false, journal =>
        {
            LabTickets.Reply(journal, September, 12);
            LabTickets.CallBack(journal, September, 13, Satisfaction.Dissatisfied);
            bad = journal.State;
        }));
        await lab.Publish(September);

        var journal = LabTickets.GoOn(bad!);
        journal.Record(ExclusionRequested.Of(new("诉求超出法定职责", "受理通知书", [ScoredMeasure.Satisfaction]), "e1", []), lab.Clock.GetUtcNow(), "张所长");
        await lab.Of<TicketStore>().Done(LabTickets.Of(journal));
        var refused = (await lab.Table(September).ProposeCorrection("补充剔除", Wang)).Rejection!;
        Assert.Equal(("league.undecided", RejectionKind.State), (refused.Code, refused.Kind));
        Assert.Null((await lab.Read(September)).Proposal);

        var decided = LabTickets.GoOn(journal.State!);
        decided.Record(new ExclusionDecided(true) { Text = "属实" }, lab.Clock.GetUtcNow(), "王主任");
        await lab.Of<TicketStore>().Done(LabTickets.Of(decided));
        Assert.Equal(2, (await lab.Table(September).ProposeCorrection("补充剔除", Wang)).Value!.Proposal!.Revision);
    }
}
