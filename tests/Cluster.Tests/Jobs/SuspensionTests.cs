using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Hotline.WorkCalendar;
using static Hotline.Storage.StoreLab;

namespace Hotline.Jobs;

/// <summary>挂起 ends by itself at its end, whoever looks and however late: the clocks go on with what was left, from then.</summary>
public sealed class SuspensionTests(PostgresServer server)
{
    private static readonly string Ticket = TicketIdentity.KeyOf("12345", "S");

    /// <summary>To Wednesday the 14th, that day included.</summary>
    private static readonly DateTimeOffset End = ShanghaiTime.At(new(2026, 10, 15), new(0, 0));

    /// <summary>Dispatched on Monday the 12th, five working days: Monday the 19th.</summary>
    private static readonly DateTimeOffset Promised = ShanghaiTime.At(new(2026, 10, 19), new(17, 30));

    /// <summary>Five working days were left, and they begin on Thursday the 15th.</summary>
    private static readonly DateTimeOffset Moved = ShanghaiTime.At(new(2026, 10, 22), new(17, 30));

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task AtItsEnd_NotAMillisecondEarlier_TheSweepEndsIt_AndTheDueMovesByWhatWasLeft(string engine)
    {
        await using var lab = await Suspended(engine);
        Assert.Equal((TicketStatus.Suspended, ObligationEnd.Suspended, Promised), await Stands(lab));

        lab.Clock.SetUtcNow(End - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await lab.Sweep());
        lab.Clock.SetUtcNow(End);
        Assert.Equal(1, await lab.Sweep());
        Assert.Equal(0, await lab.Sweep());

        Assert.Equal((TicketStatus.InProgress, ObligationEnd.None, Moved), await Stands(lab));
        var resumed = (await lab.Of<TicketStoreReads>().Events(Ticket, 0, 100)).Single(e => e.Type == "resumed");
        Assert.Equal((End.ToUnixTimeMilliseconds(), Actor.System.Id), (resumed.At, resumed.Actor));
    }

    /// <summary>A system that was off over the end gives no time away, and takes none.</summary>
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task SweptDaysLate_ItHasEndedAtItsEnd_AndAlarmsFallForTheNewDueAlone(string engine)
    {
        await using var lab = await Suspended(engine);
        await lab.Restart();
        lab.Clock.SetUtcNow(ShanghaiTime.At(new(2026, 10, 20), new(9, 0)));

        await lab.Sweep();

        Assert.Equal((TicketStatus.InProgress, ObligationEnd.None, Moved), await Stands(lab));
        Assert.Empty(await lab.Alarms("S"));
        lab.Clock.SetUtcNow(Moved - TimeSpan.FromMilliseconds(1));
        await lab.Sweep();
        Assert.Equal([("reply", "yellow")], (await lab.Alarms("S")).Select(a => (a.Clock, a.Level)));
        lab.Clock.SetUtcNow(Moved);
        await lab.Sweep();
        Assert.Equal([("reply", "yellow"), ("reply", "red")], (await lab.Alarms("S")).Select(a => (a.Clock, a.Level)));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task ResumedEarly_TheDueMovesByThatMuchLess_AndTheEndDoesNothingMore(string engine)
    {
        await using var lab = await Suspended(engine);
        lab.Clock.SetUtcNow(ShanghaiTime.At(new(2026, 10, 13), new(10, 0)));
        await lab.Do("S", new Resume("鉴定意见提前作出"), ClusterLab.Second);
        var early = ShanghaiTime.At(new(2026, 10, 20), new(17, 30));
        Assert.Equal((TicketStatus.InProgress, ObligationEnd.None, early), await Stands(lab));

        lab.Clock.SetUtcNow(End);
        Assert.Equal(0, await lab.Sweep());

        Assert.Equal((TicketStatus.InProgress, ObligationEnd.None, early), await Stands(lab));
    }

    private async Task<ClusterLab> Suspended(string engine)
    {
        var lab = await ClusterLab.Start(engine, server);
        await lab.Register("S");
        await lab.Do("S", new Dispatch("DG"));
        await lab.Do("S", new Accept(), ClusterLab.Handler);
        await lab.Do("S", new Contact(Channel.Phone, true), ClusterLab.Handler);
        await lab.Do("S", new RequestSuspension(StatutoryProcedure.Appraisal, "鉴字〔2026〕018号", new(2026, 10, 14), "噪声须委托有资质的机构鉴定"), ClusterLab.Handler);
        var own = await lab.Ticket("S").Execute(new Suspend(), new(ClusterLab.Second with { Id = ClusterLab.Handler.Id }));
        Assert.Equal("duty.same-person", own.Rejection?.Code);
        await lab.Do("S", new Suspend(), ClusterLab.Second);
        return lab;
    }

    /// <summary>What the tables say of it.</summary>
    private static async Task<(TicketStatus, ObligationEnd, DateTimeOffset Due)> Stands(ClusterLab lab) =>
        (Codes.Parse<TicketStatus>(await lab.Scalar<string>("SELECT status FROM ticket_index"))!.Value,
            (ObligationEnd)await lab.Scalar<int>("SELECT ending FROM ticket_obligation"),
            DateTimeOffset.FromUnixTimeMilliseconds(await lab.Scalar<long>("SELECT due_at FROM ticket_obligation")).ToOffset(Promised.Offset));
}
