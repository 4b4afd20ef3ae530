using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using static Hotline.Scorecards.ScoreLab;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>What enters the store after a publication and tells of days before it belongs to no published figure, however the figure is asked about.</summary>
public sealed class LateHistoryTests(PostgresServer server)
{
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task BackDatedHistory_AfterPublication_IsInNoExplanation_NoList_AndNoTrialOfTheRevision(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.Tickets("A", September, 6);
        TicketState? open = null;
        await lab.Of<TicketStore>().Done(LabTickets.Write("open", "A", September, false, journal =>
        {
            LabTickets.Reply(journal, September, 6);
            open = journal.State;
        }));
        await lab.Publish(September);

        // All of it is stamped in September, weeks before the cutoff in October.
        var journal = LabTickets.GoOn(open!);
        LabTickets.CallBack(journal, September, 9, Satisfaction.Dissatisfied);
        await lab.Of<TicketStore>().Done(LabTickets.Of(journal));
        var late = (await lab.Tickets("A", September, 0, bad: 1))[0].TicketId;

        var explained = (await lab.Tables.Explain(September, LeagueTier.Station, "A", null)).Value!;
        Assert.All(explained.Measures, m => Assert.DoesNotContain(m.Losses, t => t.Id == late));
        Assert.DoesNotContain(explained.CostliestTickets, t => t.Id == late || t.Id == open!.Id);
        Assert.Contains("2 件工单发生变化", explained.LaterFacts, StringComparison.Ordinal);

        var inquiry = lab.Grains.GetGrain<ILeagueInquiryGrain>(LeagueKeys.Inquiry);
        async Task<int> Behind(MeasureName measure, int? revision = null) =>
            (await inquiry.Tickets(September, LeagueTier.Station, "A", measure, revision)).Value!.Count;
        Assert.Equal((7, 6), (await Behind(MeasureName.Reply), await Behind(MeasureName.Satisfaction)));
        Assert.Equal((7, 6), (await Behind(MeasureName.Reply, 1), await Behind(MeasureName.Satisfaction, 1)));
        var trial = (await inquiry.WhatIf(September, LeagueTier.Station, new() { WithoutTickets = [late] }, null)).Value!;
        Assert.Equal(late, Assert.Single(trial.WithoutEffect).Id);
    }
}
