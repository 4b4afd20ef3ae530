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
        var s = AwaitingCallback().Do(Answered(satisfaction), Centre).State;

        Assert.Equal((TicketStatus.Closed, CloseReason.Answered), (s.Status, s.CloseReason!.Value));
        Assert.Equal(((int?)satisfaction, 202610), (TicketProjection.Row(s).Answer, TicketProjection.Row(s).AnswerMonth));
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
        Assert.Equal((202610, null), (TicketProjection.Row(ticket.State).UnreachedMonth, TicketProjection.Row(ticket.State).Answer));
    }

    [Theory]
    [InlineData(CallOutcome.Refused)]
    [InlineData(CallOutcome.WrongNumber)]
    public void RefusedOrWrongNumber_EndsTheCallbackAtOnce(CallOutcome outcome) =>
        Assert.Equal(CloseReason.Unrated, AwaitingCallback().Do(new RecordCallback(outcome), Centre).State.CloseReason);

    [Fact]
    public void DissatisfiedThenSatisfied_KeepsTheMonthOfTheFirstAnswer_AndTheLastAnswer()
    {
        var ticket = AwaitingRework().Do(new Rework("另一人", null), Handler).Do(Solved, Handler).Do(new ApproveReply(), Reviewer)
            .At(Local(2026, 11, 3, 10, 0)).Do(Answered(Satisfaction.Satisfied), Centre);

        var row = TicketProjection.Row(ticket.State);

        Assert.Equal((202610, (int?)1, (int?)3), (row.AnswerMonth, row.Answer, row.FirstAnswer));
        Assert.Equal(2, ticket.State.Round);
    }

    [Fact]
    public void Rework_RunsOnItsOwnClock_AndLeavesTheFirstRoundsMeasures()
    {
        var ticket = AwaitingRework();
        Assert.Equal(Local(2026, 10, 21, 17, 30), ticket.State.Open(Clock.Rework)!.DueAt);

        ticket.Do(new Rework("另一人", null), Handler).At(Local(2026, 10, 26, 10, 0)).Do(Solved, Handler).Do(new ApproveReply(), Reviewer);

        var row = TicketProjection.Row(ticket.State);
        Assert.True(row.RepliedOnTime && row.CompletedOnTime);
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
        Assert.Equal("ticket.wrong-status", AwaitingRework().Try(new Supervise("r"), Director).Rejection!.Code);

        var again = AwaitingRework().Do(new Rework("另一人", null), Handler).Do(Solved, Handler).Do(new ApproveReply(), Reviewer)
            .Do(Answered(Satisfaction.Dissatisfied), Centre);

        Assert.Equal(TicketStatus.Supervised, again.Do(new Supervise("限期"), Director).State.Status);
    }

    [Fact]
    public void Order_ClosedBlameless_NeedsEvidenceAndSignature_AndGoesBackToTheCentresCallback()
    {
        var ticket = In(TicketStatus.Supervised);
        Assert.Equal("order.evidence-required", ticket.Try(new CloseOrder(OrderResult.Blameless, "t"), Deputy).Rejection!.Code);

        ticket.Do(new CloseOrder(OrderResult.Blameless, "t", "证据一", "李四"), Deputy);

        Assert.Equal(TicketStatus.AwaitingCallback, ticket.State.Status);
        Assert.True(TicketProjection.Row(ticket.State).Blameless);
    }

    [Fact]
    public void Order_ClosedInTheFirstRound_CountsAsItsReply()
    {
        var row = TicketProjection.Row(In(TicketStatus.Supervised).Do(new CloseOrder(OrderResult.Solved, "t"), Director).State);
        Assert.True(row.RepliedOnTime && row.CompletedOnTime);
    }
}
