using Hotline.Policies;
using Hotline.Shared;
using Hotline.WorkCalendar;
using static Hotline.Tickets.TicketBuilder;

namespace Hotline.Tickets;

public sealed class RecomputeRulesTests
{
    private static readonly HolidayYear NewYear2027 = new(2027, "通知", [new(2027, 1, 1), new(2027, 1, 2), new(2027, 1, 3)], []);

    private static readonly WorkingCalendar With2027 = WorkingCalendar.Create("new", WorkingCalendar.Shipped.Years.Append(NewYear2027));

    private static TicketBuilder OverNewYear() =>
        Registered(at: Local(2026, 12, 29, 10, 0)).Do(new Dispatch("DG"), Dispatcher);

    [Fact]
    public void PromiseIntoAYearWithoutNotice_IsMarked_AndRecomputedWhenTheNoticeComes()
    {
        var ticket = OverNewYear();
        var reply = ticket.State.Open(Clock.Reply)!;
        Assert.True(reply.Incomplete);

        var move = RecomputeRules.Moves(ticket.State, _ => null, With2027, DeadlinePolicy.V1).Single(m => m.From.Clock == Clock.Reply);

        Assert.Equal((Local(2027, 1, 5, 17, 30), Local(2027, 1, 6, 17, 30)), (move.From.DueAt, move.To.DueAt));
        Assert.False(move.To.Incomplete);
    }

    [Fact]
    public void PromiseThatTheCalendarDoesNotTouch_StaysWhereItIs() =>
        Assert.Empty(RecomputeRules.Moves(InProgress().State, _ => null, With2027, DeadlinePolicy.V1));

    [Fact]
    public void RecomputedPromise_KeepsTheOriginalDue_AndArmsItsAlarmsAnew()
    {
        var ticket = OverNewYear();
        var move = RecomputeRules.Moves(ticket.State, _ => null, With2027, DeadlinePolicy.V1).Single(m => m.From.Clock == Clock.Reply);

        var state = TicketFold.Apply(ticket.State, new Stamped(99, ticket.Now, "system", new PromiseRecomputed(move.From.DueAt, move.To)));

        var reply = state.Open(Clock.Reply)!;
        Assert.Equal((move.To.DueAt, move.From.DueAt), (reply.DueAt, reply.OriginalDueAt));
    }
}
