using Hotline.Shared;
using static Hotline.Tickets.TicketBuilder;

namespace Hotline.Tickets;

public sealed class AlarmRulesTests
{
    [Fact]
    public void ReplyClock_FiresYellowRedAndEscalation_OnceEach_NeverEarly()
    {
        var ticket = InProgress();
        Assert.Empty(ticket.At(Local(2026, 10, 22, 17, 29, 59)).Fire());

        Assert.Equal(AlarmLevel.Yellow, Assert.Single(ticket.At(Local(2026, 10, 22, 17, 30)).Fire()).Level);
        Assert.Empty(ticket.At(Local(2026, 10, 23, 17, 29, 59)).Fire());

        var red = Assert.Single(ticket.At(Local(2026, 10, 23, 17, 30)).Fire());
        Assert.Equal((AlarmLevel.Red, Role.UnitHead, "DG"), (red.Level, red.Recipient, red.Unit));

        var escalated = Assert.Single(ticket.At(Local(2026, 10, 26, 17, 30)).Fire());
        Assert.Equal((AlarmLevel.Escalated, Role.DeputyChief), (escalated.Level, escalated.Recipient));
        Assert.Empty(ticket.At(Local(2026, 12, 1, 9, 0)).Fire());
    }

    [Fact]
    public void AfterALongOutage_EveryMissedLevelFiresOnce_InOrder()
    {
        var fired = InProgress().At(Local(2026, 12, 1, 9, 0)).Fire();
        Assert.Equal([AlarmLevel.Yellow, AlarmLevel.Red, AlarmLevel.Escalated], fired.Select(a => a.Level));
    }

    [Fact]
    public void MetClock_NeverFires()
    {
        var ticket = InProgress().Do(Solved, Handler).At(Local(2026, 12, 1, 9, 0));
        Assert.DoesNotContain(ticket.Fire(), a => a.Clock is Clock.Reply or Clock.Contact or Clock.Accept);
    }

    [Fact]
    public void HourClocks_HaveNoYellowCard()
    {
        var fired = Dispatched().At(Local(2026, 10, 16, 15, 30)).Fire();
        Assert.Equal([(Clock.Accept, AlarmLevel.Red)], fired.Select(a => (a.Clock, a.Level)));
    }

    [Fact]
    public void UrgentReply_HasAYellowCardThirtyMinutesBefore_AndEscalatesAfterAnHour()
    {
        var ticket = Registered(urgency: Urgency.Urgent, at: Local(2026, 10, 17, 22, 0)).Do(new Dispatch("DG"), Dispatcher)
            .Do(new Accept(), Handler).Do(new Contact(Channel.Phone, true), Handler);

        Assert.Equal(AlarmLevel.Yellow, Assert.Single(ticket.At(Local(2026, 10, 17, 23, 30)).Fire()).Level);
        Assert.Equal(AlarmLevel.Red, Assert.Single(ticket.At(Local(2026, 10, 18, 0, 0)).Fire()).Level);
        Assert.Equal(AlarmLevel.Escalated, Assert.Single(ticket.At(Local(2026, 10, 18, 1, 0)).Fire()).Level);
    }

    [Fact]
    public void TheCentresOwnClocks_GoToTheOfficeDirector()
    {
        var fired = Registered().At(Local(2026, 10, 19, 9, 0)).Fire();
        Assert.Equal((Clock.Triage, AlarmLevel.Red, Role.OfficeDirector), Assert.Single(fired.Select(a => (a.Clock, a.Level, a.Recipient))));
    }

    [Fact]
    public void MovedPromise_ArmsItsAlarmsAnew()
    {
        var ticket = InProgress().At(Local(2026, 10, 22, 17, 30));
        Assert.Single(ticket.Fire());
        ticket.Do(new RequestExtension(Local(2026, 10, 28, 17, 30), "g"), Handler).Do(new ApproveExtension(), Director);

        Assert.Empty(ticket.At(Local(2026, 10, 27, 17, 29)).Fire());
        Assert.Equal(AlarmLevel.Yellow, Assert.Single(ticket.At(Local(2026, 10, 27, 17, 30)).Fire()).Level);
    }

    [Fact]
    public void Projection_SaysWhenTheSweepMustLookNext()
    {
        var row = TicketProjection.Row(InProgress().State);
        Assert.Equal(Local(2026, 10, 22, 17, 30).ToUnixTimeMilliseconds(), row.NextAlarmAt);
        Assert.Equal(Local(2026, 10, 23, 17, 30).ToUnixTimeMilliseconds(), row.OpenDueAt);
    }
}
