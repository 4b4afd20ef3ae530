using Hotline.Shared;
using static Hotline.Tickets.TicketBuilder;

namespace Hotline.Tickets;

public sealed class AfterReplyRulesTests
{
    [Theory]
    [InlineData(Satisfaction.Satisfied)]
    [InlineData(Satisfaction.BasicallySatisfied)]
    public void Callback_Content_Closes(Satisfaction satisfaction)
    {
        var ticket = AwaitingCallback().Do(Answered(satisfaction), Centre);
        var s = ticket.State;

        Assert.Equal((TicketStatus.Closed, CloseReason.Answered), (s.Status, s.CloseReason!.Value));
        Assert.Equal(((int)satisfaction, 202610), (ticket.Judged().Answer, ticket.Judged().Month));
    }

    [Fact]
    public void Callback_ByThePersonWhoReplied_IsRefused()
    {
        var author = Handler with { Roles = [Role.CallbackOfficer], Unit = null };
        Assert.Equal("duty.same-person", AwaitingCallback().Try(Answered(Satisfaction.Satisfied), author).Rejection!.Code);
    }

    [Fact]
    public void Callback_ByAnyoneElseOfAnotherUnit_IsRefused()
    {
        var stranger = Person("别人", Role.CallbackOfficer, "ZA");
        Assert.Equal("ticket.not-your-unit", AwaitingCallback().Try(Answered(Satisfaction.Satisfied), stranger).Rejection!.Code);
    }

    [Fact]
    public void Callback_ByAColleagueOfTheHandlingUnit_IsRefused()
    {
        var colleague = Person("同事", Role.CallbackOfficer, "DG");
        Assert.Equal("callback.own-unit", AwaitingCallback().Try(Answered(Satisfaction.Satisfied), colleague).Rejection!.Code);
    }

    [Fact]
    public void Callback_AnsweredWithoutTheThreeAnswers_IsRefused() =>
        Assert.Equal("callback.answers-required", AwaitingCallback().Try(new RecordCallback(CallOutcome.Answered, true), Centre).Rejection!.Code);

    [Fact]
    public void Unreachable_EndsAfterThreeTries_OnTwoDays_InTwoTimeBands()
    {
        var unreachable = new RecordCallback(CallOutcome.Unreachable);
        var ticket = AwaitingCallback().Do(unreachable, Centre).After(TimeSpan.FromHours(5)).Do(unreachable, Centre)
            .After(TimeSpan.FromMinutes(5)).Do(unreachable, Centre);
        Assert.Equal(TicketStatus.AwaitingCallback, ticket.State.Status);

        ticket.At(Local(2026, 10, 19, 9, 30)).Do(unreachable, Centre);

        Assert.Equal((TicketStatus.Closed, CloseReason.Unrated), (ticket.State.Status, ticket.State.CloseReason!.Value));
        Assert.Equal((202610, 4, 0), (ticket.Judged().Month, ticket.Judged().Answer, ticket.Judged().FirstAnswer));
    }

    [Fact]
    public void Refused_EndsTheCallback_OnlyWithARecordingsNumber()
    {
        var refused = new RecordCallback(CallOutcome.Refused);
        Assert.Equal("callback.recording-required", AwaitingCallback().Try(refused, Centre).Rejection!.Code);
        Assert.Equal(CloseReason.Unrated, AwaitingCallback().Do(refused with { Recording = "录2026-1" }, Centre).State.CloseReason);
    }

    [Fact]
    public void WrongNumber_EndsTheCallback_AfterTwoPeopleAndTheNumberThat12345Has()
    {
        var (wrong, upstream) = (new RecordCallback(CallOutcome.WrongNumber), new RecordCallback(CallOutcome.WrongNumber, Dialled: Dialled.Upstream));
        var other = Person("另一回访员", Role.CallbackOfficer);

        Assert.Equal(TicketStatus.AwaitingCallback, AwaitingCallback().Do(wrong, Centre).Do(upstream, Centre).State.Status);
        Assert.Equal(TicketStatus.AwaitingCallback, AwaitingCallback().Do(wrong, Centre).Do(wrong, other).State.Status);
        var ended = AwaitingCallback().Do(wrong, Centre).Do(upstream, other);
        Assert.Equal((CloseReason.Unrated, 6), (ended.State.CloseReason!.Value, ended.Judged().Answer));
    }

    [Fact]
    public void NoNumber_IsRefused_ForACallerWhoLeftOne() =>
        Assert.Equal("callback.has-number", AwaitingCallback().Try(new RecordCallback(CallOutcome.NoNumber), Centre).Rejection!.Code);

    [Theory]
    [InlineData(7, 59, false)]
    [InlineData(8, 0, true)]
    [InlineData(20, 0, true)]
    [InlineData(20, 1, false)]
    public void UnansweredCall_IsATry_OnlyBetweenEightAndTwenty(int hour, int minute, bool isTry)
    {
        var ticket = AwaitingCallback().At(Local(2026, 10, 19, hour, minute));
        Assert.Equal(isTry, ticket.Try(new RecordCallback(CallOutcome.Unreachable), Centre).IsDone);
        Assert.True(ticket.Try(Answered(Satisfaction.Satisfied), Centre).IsDone);
    }

    [Fact]
    public void DissatisfiedThenSatisfied_KeepsTheMonthOfTheFirstAnswer_AndTheLastAnswer()
    {
        // Dissatisfied on Friday 16 October, within ten working days of it satisfied.
        var ticket = AwaitingRework().Do(new Rework("另一人", null), Handler).Do(Solved, Handler).Do(new ApproveReply(), Reviewer)
            .At(Local(2026, 10, 30, 17, 30)).Do(Answered(Satisfaction.Satisfied), Centre);

        Assert.Equal((202610, 1, 3), (ticket.Judged().Month, ticket.Judged().Answer, ticket.Judged().FirstAnswer));
        Assert.Equal(2, ticket.State.Round);
    }

    [Fact]
    public void LaterAnswer_DoesNotReplaceTheFirst_AfterTenWorkingDays_OrALateRework()
    {
        var late = AwaitingRework().Do(new Rework("另一人", null), Handler).Do(Solved, Handler).Do(new ApproveReply(), Reviewer)
            .At(Local(2026, 10, 30, 17, 31)).Do(Answered(Satisfaction.Satisfied), Centre);
        var slow = AwaitingRework().Do(new Rework("另一人", null), Handler).At(Local(2026, 10, 22, 9, 0)).Do(Solved, Handler).Do(new ApproveReply(), Reviewer)
            .Do(Answered(Satisfaction.Satisfied), Centre);

        Assert.Equal((3, 3), (late.Judged().Answer, late.Judged().FirstAnswer));
        Assert.Equal((3, 3), (slow.Judged().Answer, slow.Judged().FirstAnswer));
    }

    [Fact]
    public void LaterAnswer_DoesNotReplaceTheFirst_WhenAnOrderTookTheReworkAfterItsDue_OrItsMonthIsFixed()
    {
        var late = AwaitingRework().Do(new MarkDifficult("疑难"), Director).At(Local(2026, 10, 22, 9, 0)).Do(new Supervise("限期"), Director)
            .Do(Solved, Handler).Do(new ApproveReply(), Reviewer).Do(new CloseOrder(OrderResult.Solved, "t"), Director).Do(Answered(Satisfaction.Satisfied), Centre);
        var again = AwaitingRework().Do(new Rework("另一人", null), Handler).Do(Solved, Handler).Do(new ApproveReply(), Reviewer);
        var then = (CalledBack)TicketRules.Decide(again.State, Answered(Satisfaction.Satisfied), again.Context(Centre) with { Fixed = [202610] }).Value!.Events[0];

        Assert.Equal(3, late.Judged().Answer);
        Assert.False(then.Replaces);
    }

    [Fact]
    public void OrderInTime_IsJudgedByItsReply_HoweverLongItsClosingTook()
    {
        var ticket = AwaitingRework().Do(new MarkDifficult("疑难"), Director).Do(new Supervise("限期"), Director).Do(Solved, Handler).Do(new ApproveReply(), Reviewer)
            .At(Local(2026, 10, 28, 9, 0)).Do(new CloseOrder(OrderResult.Solved, "t"), Director).Do(Answered(Satisfaction.Satisfied), Centre);
        Assert.Equal((1, 3), (ticket.Judged().Answer, ticket.Judged().FirstAnswer));
    }

    [Fact]
    public void Rework_RunsOnItsOwnClock_AndLeavesTheFirstRoundsMeasures()
    {
        var ticket = AwaitingRework();
        Assert.Equal(Local(2026, 10, 21, 17, 30), ticket.State.Open(Clock.Rework)!.DueAt);

        ticket.Do(new Rework("另一人", null), Handler).At(Local(2026, 10, 26, 10, 0)).Do(Solved, Handler).Do(new ApproveReply(), Reviewer);

        Assert.True(ticket.Owed().OnTime && ticket.Owed().Completed);
        Assert.True(ticket.State.Last(Clock.Rework)!.MetAt > ticket.State.Last(Clock.Rework)!.DueAt);
    }

    [Fact]
    public void Rework_ByTheSameOfficerWithoutAPlan_IsRefused()
    {
        Assert.Equal("rework.other-officer", AwaitingRework().Try(new Rework("老王", null), Handler).Rejection!.Code);
        Assert.True(AwaitingRework().Try(new Rework("老王", "所长批准的方案"), Handler).IsDone);
    }

    [Fact]
    public void Supervise_FirstRoundNotDifficult_IsRefused_SecondRoundIsNot()
    {
        Assert.Equal("ticket.not-now", AwaitingRework().Try(new Supervise("r"), Director).Rejection!.Code);

        var again = AwaitingRework().Do(new Rework("另一人", null), Handler).Do(Solved, Handler).Do(new ApproveReply(), Reviewer)
            .Do(Answered(Satisfaction.Dissatisfied), Centre);

        Assert.Equal(TicketStatus.Supervised, again.Do(new Supervise("限期"), Director).State.Status);
    }

    [Fact]
    public void Order_ClosedBlameless_NeedsTheDeputyChiefsOwnCommand_AndEvidence()
    {
        var blameless = new CloseOrder(OrderResult.Blameless, "t");
        var ticket = In(TicketStatus.Supervised).At(Local(2026, 10, 26, 9, 0));

        Assert.Equal("ticket.not-now", ticket.Try(blameless, Director).Rejection!.Code);
        Assert.Equal("order.evidence-required", ticket.Try(blameless, Deputy).Rejection!.Code);
        ticket.Do(blameless with { Evidence = "证据一" }, Deputy);

        Assert.Equal(TicketStatus.AwaitingCallback, ticket.State.Status);
        Assert.True(ticket.State.Blameless);
    }

    [Fact]
    public void Order_ClosedBlamelessWithoutAReply_LeavesTheMiss_AndWaitsWhileThereIsTimeToReply()
    {
        var blameless = new CloseOrder(OrderResult.Blameless, "t", "证据一");
        Assert.Equal("ticket.not-now", In(TicketStatus.Supervised).Try(blameless, Deputy).Rejection!.Code);

        var ticket = In(TicketStatus.Supervised).At(Local(2026, 10, 26, 9, 0)).Do(blameless, Deputy);

        Assert.Equal((false, false, 0), (ticket.Owed().OnTime, ticket.Owed().Completed, ticket.Owed().Ending));
    }

    [Fact]
    public void Order_IsClosedAsSolved_OnlyAfterAReplyUnderItPassed()
    {
        var solved = new CloseOrder(OrderResult.Solved, "t");
        var ticket = In(TicketStatus.Supervised);
        Assert.Equal("ticket.not-now", ticket.Try(solved, Director).Rejection!.Code);

        ticket.Do(Solved, Handler);
        Assert.Equal(TicketStatus.Supervised, ticket.State.Status);
        Assert.Equal("ticket.not-now", ticket.Try(solved, Director).Rejection!.Code);
        ticket.Do(new ApproveReply(), Reviewer).Do(solved, Director);

        Assert.Equal(TicketStatus.AwaitingCallback, ticket.State.Status);
        Assert.True(ticket.Owed().OnTime && ticket.Owed().Completed);
    }

    [Fact]
    public void AfterBlameless_TheCallbackClosesTheTicket_WhateverTheAnswer()
    {
        var ticket = In(TicketStatus.Supervised).At(Local(2026, 10, 26, 9, 0)).Do(new CloseOrder(OrderResult.Blameless, "t", "证据一"), Deputy)
            .Do(Answered(Satisfaction.Dissatisfied), Centre);

        Assert.Equal(TicketStatus.Closed, ticket.State.Status);
        Assert.Equal((3, true), (ticket.Judged().Answer, ticket.Judged().Blameless));
    }

    [Fact]
    public void SecondOrder_HasANumberOfItsOwn_AndTheFirstKeepsIts()
    {
        var ticket = In(TicketStatus.Supervised).Do(Solved, Handler).Do(new ApproveReply(), Reviewer).Do(new CloseOrder(OrderResult.Solved, "t"), Director)
            .Do(Answered(Satisfaction.Dissatisfied), Centre).Do(new Supervise("再次督办"), Director);

        Assert.Equal(2, ticket.State.Orders.Select(o => o.Number).Distinct().Count());
        Assert.Equal(OrderResult.Solved, ticket.State.Orders[0].Result);
    }

    [Fact]
    public void ReplyUnderAnOrder_AfterTheFirstRound_LeavesTheFirstRound()
    {
        var again = AwaitingRework().Do(new MarkDifficult("疑难"), Director).Do(new Supervise("限期"), Director).At(Local(2026, 10, 28, 9, 0))
            .Do(Solved, Handler).Do(new SendBack("补充"), Reviewer);

        Assert.Null(again.State.Open(Clock.Reply));
        Assert.True(again.Owed().OnTime && again.Owed().Completed);
    }
}
