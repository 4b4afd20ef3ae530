using Hotline.Policies;
using Hotline.Shared;
using Hotline.WorkCalendar;
using static Hotline.Tickets.TicketBuilder;

namespace Hotline.Tickets;

public sealed class RecomputeRulesTests
{
    private static readonly HolidayYear NewYear2027 = new(2027, "通知", [new(2027, 1, 1), new(2027, 1, 2), new(2027, 1, 3)], []);

    private static readonly WorkingCalendar With2027 = WorkingCalendar.Create("new", WorkingCalendar.Shipped.Years.Append(NewYear2027));

    private static readonly DateTimeOffset Now = Local(2026, 12, 30, 9, 0);

    private static TicketBuilder OverNewYear() =>
        Registered(at: Local(2026, 12, 29, 10, 0)).Do(new Dispatch("DG"), Dispatcher);

    [Fact]
    public void PromiseIntoAYearWithoutNotice_IsMarked_AndRecomputedWhenTheNoticeComes()
    {
        var ticket = OverNewYear();
        var reply = ticket.State.Open(Clock.Reply)!;
        Assert.True(reply.Incomplete);

        var move = RecomputeRules.Moves(ticket.State, _ => null, With2027, _ => DeadlinePolicy.V1, Now).Single(m => m.From.Clock == Clock.Reply);

        Assert.Equal((Local(2027, 1, 5, 17, 30), Local(2027, 1, 6, 17, 30)), (move.From.DueAt, move.To.DueAt));
        Assert.False(move.To.Incomplete);
    }

    [Fact]
    public void DueThatHasPassed_StaysMissed_AndNoneIsPutInThePast()
    {
        var ticket = OverNewYear();
        Assert.DoesNotContain(RecomputeRules.Moves(ticket.State, _ => null, With2027, _ => DeadlinePolicy.V1, Local(2027, 1, 5, 17, 31)), m => m.From.Clock == Clock.Reply);
        var shorter = WorkingCalendar.Create("w", WorkingCalendar.Shipped.Years.Append(new(2027, "通知", [new(2027, 1, 1)], [new(2027, 1, 2), new(2027, 1, 3)])));
        Assert.DoesNotContain(RecomputeRules.Moves(ticket.State, _ => null, shorter, _ => DeadlinePolicy.V1, Local(2027, 1, 5, 9, 0)), m => m.From.Clock == Clock.Reply);
    }

    [Fact]
    public void DueThatStays_KeepsWhatHasFired()
    {
        var fired = OverNewYear().State.Open(Clock.Reply)! with { Fired = AlarmLevel.Yellow };

        Assert.Equal(AlarmLevel.Yellow, fired.MovedTo(fired.AsPromise() with { Incomplete = false }, byDecision: false).Fired);
        Assert.Equal(AlarmLevel.None, fired.MovedTo(fired.AsPromise() with { DueAt = fired.DueAt.AddDays(1) }, byDecision: false).Fired);
    }

    [Fact]
    public void RecomputedPromiseOfOneSupportingUnit_LeavesTheOtherAlone()
    {
        var ticket = Registered(at: Local(2026, 12, 29, 10, 0)).Do(new Dispatch("DG", ["ZA"]), Dispatcher);
        var two = ticket.State with { Deadlines = [.. ticket.State.Deadlines, ticket.State.Open(Clock.Support)! with { Unit = "JJ" }] };
        var move = RecomputeRules.Moves(two, _ => null, With2027, _ => DeadlinePolicy.V1, Now).Single(m => m.From.Clock == Clock.Support && m.Unit == "ZA");

        var state = TicketFold.Apply(two, two.Id, new Stamped(99, ticket.Now, "system", new PromiseRecomputed(move.From.DueAt, move.To, move.Unit)));

        Assert.Equal([move.From.DueAt, move.To.DueAt], state.Deadlines.Where(d => d.Clock == Clock.Support).OrderBy(d => d.Unit).Select(d => d.DueAt));
    }

    [Fact]
    public void Preview_IsPagedByWholeTickets()
    {
        var at = Local(2027, 1, 5, 17, 30);
        PromiseChange Change(string ticket, int days) => new(ticket, ticket, Clock.Reply, "答复", "DG", at, at.AddDays(days), true);
        PromiseChange[] all = [Change("T-A", 1), Change("T-A", 0), Change("T-B", 1), Change("T-C", 1)];

        var first = PromiseMoveRules.Page("v", null, all, 2, null).Value!;
        var second = PromiseMoveRules.Page("v", null, all, 2, first.NextCursor).Value!;

        Assert.Equal((3, 3), (first.Tickets, first.Dues));
        Assert.Equal(["T-A", "T-A", "T-B"], first.Items.Select(i => i.Ticket));
        Assert.Equal(("T-C", null), (Assert.Single(second.Items).Ticket, second.NextCursor));
        var empty = PromiseMoveRules.Page("v", null, [], 2, null).Value!;
        Assert.Equal((0, 0, null), (empty.Tickets, empty.Dues, empty.NextCursor));
    }

    [Fact]
    public void CursorOfAnotherPreview_IsRefused()
    {
        var (at, year) = (Local(2027, 1, 5, 17, 30), new HolidayYear(2027, "a", [new(2027, 1, 1)], []));
        PromiseChange[] all = [.. new[] { "T-A", "T-B" }.Select(t => new PromiseChange(t, t, Clock.Reply, "答复", "DG", at, at.AddDays(1), true))];
        var next = PromiseMoveRules.Page("v", year, all, 1, null).Value!.NextCursor;

        string? Refused(string version, object? tried, string? cursor) => PromiseMoveRules.Page(version, tried, all, 1, cursor).Rejection?.Code;

        Assert.Null(Refused("v", year with { DaysOff = [new(2027, 1, 1)] }, next));
        Assert.Equal("cursor.invalid", Refused("w", year, next));
        Assert.Equal("cursor.invalid", Refused("v", null, next));
        Assert.Equal("cursor.invalid", Refused("v", year with { DaysOff = [new(2027, 1, 2)] }, next));
        Assert.Equal("cursor.invalid", Refused("v", DeadlinePolicy.V1, next));
        Assert.Equal("cursor.invalid", Refused("v", year, "T-A"));
    }

    [Fact]
    public void PromiseThatTheCalendarDoesNotTouch_StaysWhereItIs() =>
        Assert.Empty(RecomputeRules.Moves(InProgress().State, _ => null, With2027, _ => DeadlinePolicy.V1, InProgress().Now));

    [Fact]
    public void RecomputedPromise_KeepsTheOriginalDue_AndArmsItsAlarmsAnew()
    {
        var ticket = OverNewYear();
        var move = RecomputeRules.Moves(ticket.State, _ => null, With2027, _ => DeadlinePolicy.V1, Now).Single(m => m.From.Clock == Clock.Reply);

        var state = TicketFold.Apply(ticket.State, ticket.State.Id, new Stamped(99, ticket.Now, "system", new PromiseRecomputed(move.From.DueAt, move.To)));

        var reply = state.Open(Clock.Reply)!;
        Assert.Equal((move.To.DueAt, move.From.DueAt), (reply.DueAt, reply.OriginalDueAt));
    }
}
