using Hotline.Shared;
using static Hotline.Tickets.TicketBuilder;

namespace Hotline.Tickets;

public sealed class CorrectionRulesTests
{
    [Fact]
    public void Correction_ThatGivesMoreTime_WaitsForASecondPerson()
    {
        var ticket = Registered(Nature.Consultation).Do(new Dispatch("DG"), Dispatcher);
        var due = ticket.State.Open(Clock.Reply)!.DueAt;

        ticket.Do(new Correct("性质登记有误", Nature.Complaint, Topic: "养犬"), Dispatcher);
        Assert.Equal((Nature.Consultation, "养犬", due), (ticket.State.Nature, ticket.State.Topic, ticket.State.Open(Clock.Reply)!.DueAt));
        Assert.Equal("duty.same-person", ticket.Try(new ConfirmCorrection(), Dispatcher).Rejection!.Code);
        ticket.Do(new ConfirmCorrection(), Second);

        var reply = ticket.State.Open(Clock.Reply)!;
        Assert.Equal((Nature.Complaint, Local(2026, 10, 23, 17, 30), due), (ticket.State.Nature, reply.DueAt, reply.OriginalDueAt));
    }

    [Fact]
    public void Correction_ThatGivesLessTime_ActsAtOnce_AndLeavesTheNewKindsWholeTimeFromNow()
    {
        // Complaint of Friday, due Friday 23; on Wednesday it turns out a consultation: one working day from then.
        var ticket = Dispatched().At(Local(2026, 10, 21, 9, 0)).Do(new Correct("性质登记有误", Nature.Consultation), Dispatcher);
        Assert.Equal((Nature.Consultation, Local(2026, 10, 22, 17, 30)), (ticket.State.Nature, ticket.State.Open(Clock.Reply)!.DueAt));
    }

    [Fact]
    public void Correction_NeverMakesADueLater_BecauseItIsReckonedFromNow()
    {
        var ticket = Dispatched().At(Local(2026, 10, 23, 9, 0)).Do(new Correct("性质登记有误", Nature.Consultation), Dispatcher);
        Assert.Equal(Local(2026, 10, 23, 17, 30), ticket.State.Open(Clock.Reply)!.DueAt);
    }

    [Theory]
    [InlineData(TicketStatus.AwaitingDispatch)]
    [InlineData(TicketStatus.ReturnRequested)]
    public void Correction_ToALongerKind_IsTwoPeoples_AlsoWhileNoClockRuns(TicketStatus status)
    {
        var ticket = Registered(urgency: Urgency.Urgent).Do(new Dispatch("DG"), Dispatcher);
        ticket = status == TicketStatus.AwaitingDispatch ? ticket.Do(new Recall("派错"), Dispatcher)
            : ticket.Do(new RequestReturn(ReturnReason.OtherDuty, "依据", "ZA"), Handler);

        ticket.Do(new Correct("并不紧急", Urgency: Urgency.Ordinary), Dispatcher);

        Assert.Equal((Urgency.Urgent, WorkKind.ConfirmCorrection), (ticket.State.Urgency, ticket.State.Asked!.Kind));
    }

    [Fact]
    public void ClockThatGoesOn_GoesOnAsWhatItWas_WhateverTheTicketIsCalledMeanwhile()
    {
        // Urgent, two hours from 10:00; recalled at 11:00, an hour is left.
        var ticket = Registered(urgency: Urgency.Urgent).Do(new Dispatch("DG"), Dispatcher).At(Local(2026, 10, 16, 11, 0)).Do(new Recall("派错"), Dispatcher)
            .Do(new Correct("并不紧急", Urgency: Urgency.Ordinary), Dispatcher).Do(new ConfirmCorrection(), Second)
            .At(Local(2026, 10, 16, 14, 0)).Do(new Dispatch("DG"), Dispatcher);
        Assert.Equal(Local(2026, 10, 16, 15, 0), ticket.State.Open(Clock.Reply)!.DueAt);
    }

    [Fact]
    public void Correction_OfAReportIntoSomethingElse_IsTwoPeoples_ForItsInformantsSake()
    {
        var ticket = Registered(Nature.Report).Do(new Correct("实为投诉", Nature.Complaint), Dispatcher);
        Assert.Equal((Nature.Report, WorkKind.ConfirmCorrection), (ticket.State.Nature, ticket.State.Asked!.Kind));
    }

    [Fact]
    public void Correction_AfterAReply_OrOfNothing_IsRefused()
    {
        Assert.Equal("ticket.wrong-status", InProgress().Do(Solved, Handler).Try(new Correct("r", Topic: "养犬"), Dispatcher).Rejection!.Code);
        Assert.Equal("correction.empty", Dispatched().Try(new Correct("r", Nature.Complaint), Dispatcher).Rejection!.Code);
    }
}
