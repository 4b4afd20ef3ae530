using Hotline.Shared;
using static Hotline.Tickets.TicketBuilder;

namespace Hotline.Tickets;

public sealed class DispatchRulesTests
{
    [Fact]
    public void Dispatch_StartsTheUnitsClocks_AndStopsTriage()
    {
        var s = Dispatched().State;

        Assert.Equal(TicketStatus.AwaitingAcceptance, s.Status);
        Assert.Equal(Local(2026, 10, 16, 15, 30), s.Open(Clock.Accept)!.DueAt);
        Assert.Equal(Local(2026, 10, 19, 17, 30), s.Open(Clock.Contact)!.DueAt);
        Assert.Equal(Local(2026, 10, 23, 17, 30), s.Open(Clock.Reply)!.DueAt);
        Assert.Null(s.Open(Clock.Triage));
        Assert.NotNull(s.Last(Clock.Triage)!.MetAt);
    }

    [Fact]
    public void Dispatch_ToAnUnknownUnit_IsRefused() =>
        Assert.Equal("unit.unknown", Registered().Try(new Dispatch("没有"), Dispatcher).Rejection!.Code);

    [Fact]
    public void Dispatch_ToAClosedDownUnit_IsRefused() =>
        Assert.Equal("unit.unknown", Registered().Try(new Dispatch("OLD"), Dispatcher).Rejection!.Code);

    [Fact]
    public void Dispatch_WithTheLeadAsSupport_IsRefused() =>
        Assert.Equal("dispatch.unit-twice", Registered().Try(new Dispatch("DG", ["东关派出所"]), Dispatcher).Rejection!.Code);

    [Fact]
    public void Dispatch_ToTheCentreItself_IsADirectAnswer() =>
        Assert.Equal("HF", Registered().Do(new Dispatch("HF"), Dispatcher).State.LeadUnit);

    [Fact]
    public void SupportingUnit_HasItsOwnPromise_AndMeetsItWithItsOpinion()
    {
        var ticket = Dispatched("ZA");
        Assert.Equal("ZA", ticket.State.Open(Clock.Support)!.Unit);

        ticket.Do(new SupportReply("ZA", "意见"), Person("大队民警", Role.UnitHandler, "ZA"));

        Assert.Null(ticket.State.Open(Clock.Support));
        Assert.NotNull(ticket.Owed("ZA", support: true).RepliedAt);
    }

    [Fact]
    public void Command_OfAnotherUnit_IsRefused() =>
        Assert.Equal("ticket.not-your-unit", Dispatched().Try(new Accept(), Person("别人", Role.UnitHandler, "ZA")).Rejection!.Code);

    [Fact]
    public void Return_AfterFourWorkingHours_IsRefused()
    {
        var ticket = Dispatched().At(Local(2026, 10, 16, 15, 30, 1));
        Assert.Equal("return.too-late", ticket.Try(new RequestReturn(ReturnReason.OtherDuty, "b", "ZA"), Handler).Rejection!.Code);
    }

    [Fact]
    public void Return_ASecondTimeByTheSameUnit_IsRefused()
    {
        var ticket = In(TicketStatus.ReturnRequested).Do(new RejectReturn("属于你单位"), Dispatcher);

        Assert.Equal(TicketStatus.AwaitingAcceptance, ticket.State.Status);
        Assert.Equal("ticket.not-now", ticket.Try(new RequestReturn(ReturnReason.OtherDuty, "b", "ZA"), Handler).Rejection!.Code);
    }

    [Fact]
    public void Accept_AfterReturnRequest_IsRefused() =>
        Assert.Equal("ticket.wrong-status", In(TicketStatus.ReturnRequested).Try(new Accept(), Handler).Rejection!.Code);

    [Fact]
    public void UpheldReturn_FreesTheUnit_AndTheNextUnitsClockStartsAtRedispatch()
    {
        var ticket = In(TicketStatus.ReturnRequested).Do(new UpholdReturn("确属治安大队"), Dispatcher);
        Assert.Null(ticket.State.LeadUnit);
        Assert.Equal((int)ObligationEnd.HandedBack, ticket.Owed().Ending);

        ticket.At(Local(2026, 10, 19, 9, 0)).Do(new Dispatch("ZA"), Dispatcher);

        Assert.Equal(Local(2026, 10, 26, 17, 30), ticket.State.Open(Clock.Reply)!.DueAt);
        Assert.Equal((int)ObligationEnd.None, ticket.Owed("ZA").Ending);
    }

    [Fact]
    public void Divert_ConfirmedByTheProposer_IsRefused()
    {
        var ticket = Registered().Do(new Divert("城管局", "占道", "清单"), Dispatcher);
        Assert.Equal("duty.same-person", ticket.Try(new ConfirmDivert(), Dispatcher).Rejection!.Code);
    }

    [Fact]
    public void Withdraw_IsConfirmedByASecondPerson_AndStopsEveryClockButTheArchives()
    {
        var ticket = InProgress().Do(new Withdraw(WithdrawnBy.Caller, "自行撤回"), Dispatcher);
        Assert.Equal(TicketStatus.InProgress, ticket.State.Status);
        Assert.Equal("duty.same-person", ticket.Try(new ConfirmWithdrawal(), Dispatcher).Rejection!.Code);

        ticket.Do(new ConfirmWithdrawal(), Second);

        Assert.Equal(Clock.Archive, Assert.Single(ticket.State.Deadlines, d => d.IsOpen).Clock);
        Assert.Equal((TicketStatus.Closed, (int)ObligationEnd.Withdrawn), (ticket.State.Status, ticket.Owed().Ending));
    }

    [Fact]
    public void Withdraw_AfterTheDue_LeavesTheMiss()
    {
        var ticket = InProgress().At(Local(2026, 10, 23, 17, 30, 1)).Do(new Withdraw(WithdrawnBy.Caller, "自行撤回"), Dispatcher).Do(new ConfirmWithdrawal(), Second);
        Assert.Equal((0, false, 202610), (ticket.Owed().Ending, ticket.Owed().OnTime, ticket.Owed().Month));
    }

    [Fact]
    public void Withdraw_ByTheUpstreamPlatform_NamesItsDocument()
    {
        Assert.Equal("withdrawal.document-required", InProgress().Try(new Withdraw(WithdrawnBy.Upstream, "r"), Dispatcher).Rejection!.Code);
        Assert.True(InProgress().Try(new Withdraw(WithdrawnBy.Upstream, "r", "热线〔2026〕7号"), Dispatcher).IsDone);
    }

    [Fact]
    public void Withdraw_AfterADissatisfiedAnswer_LeavesTheAnswer()
    {
        var ticket = AwaitingRework().Do(new Withdraw(WithdrawnBy.Caller, "自行撤回"), Dispatcher).Do(new ConfirmWithdrawal(), Second);
        Assert.Equal((3, 0, true), (ticket.Judged().Answer, ticket.Owed().Ending, ticket.Owed().OnTime));
    }

    [Fact]
    public void Recall_BeforeTheDue_IsWithoutBlame_AfterIt_LeavesTheMiss()
    {
        Assert.Equal((int)ObligationEnd.Recalled, InProgress().Do(new Recall("派错"), Dispatcher).Owed().Ending);
        Assert.Equal(0, InProgress().At(Local(2026, 10, 23, 17, 30, 1)).Do(new Recall("派错"), Dispatcher).Owed().Ending);
    }

    [Fact]
    public void Recall_AfterAReply_IsRefused_ButNotAfterAVoidOne()
    {
        var ticket = InProgress().Do(Solved, Handler).Do(new SendBack("补充"), Reviewer);
        Assert.Equal("ticket.not-now", ticket.Try(new Recall("派错"), Dispatcher).Rejection!.Code);

        var none = InProgress().Do(Solved, Handler).Do(new SendBack("空洞", SendBackKind.Void), Director);
        Assert.True(none.Try(new Recall("派错"), Dispatcher).IsDone);
    }

    [Fact]
    public void DispatchedAgainToTheSameUnit_ItsClockGoesOn_WithWhatWasLeft()
    {
        // Friday: five working days from dispatch. Recalled on Monday with four left, dispatched again on Wednesday: due four working days after.
        var ticket = InProgress().At(Local(2026, 10, 19, 10, 0)).Do(new Recall("派错"), Dispatcher)
            .At(Local(2026, 10, 21, 10, 0)).Do(new Dispatch("DG"), Dispatcher);

        Assert.Equal(Local(2026, 10, 27, 17, 30), ticket.State.Open(Clock.Reply)!.DueAt);
        Assert.Equal((0, 202610), (ticket.Owed().Ending, ticket.Owed().Month));
        Assert.Single(ticket.State.Deadlines, d => d.Clock == Clock.Reply);
    }

    [Fact]
    public void DispatchedToAnotherUnit_ItStartsAfresh_AndInheritsNoMiss()
    {
        var ticket = InProgress().At(Local(2026, 10, 26, 10, 0)).Do(new Recall("派错"), Dispatcher).Do(new Dispatch("ZA"), Dispatcher);

        Assert.Equal((false, 0, Local(2026, 10, 23, 17, 30).ToUnixTimeMilliseconds()), (ticket.Owed().OnTime, ticket.Owed().Ending, ticket.Owed().DueAt!.Value));
        Assert.Equal(Local(2026, 11, 2, 17, 30).ToUnixTimeMilliseconds(), ticket.Owed("ZA").DueAt);
    }

    [Fact]
    public void DispatchedAgainAfterAMiss_TheSameUnitHasStillMissed()
    {
        var ticket = InProgress().At(Local(2026, 10, 26, 10, 0)).Do(new Recall("派错"), Dispatcher).Do(new Dispatch("DG"), Dispatcher);
        Assert.Equal(Local(2026, 10, 23, 17, 30), ticket.State.Open(Clock.Reply)!.DueAt);
    }

    [Fact]
    public void ReturnRequest_StopsTheUnitsClocks_AndRejectionLetsThemGoOn()
    {
        // Asked on Friday at 10:00, rejected on Tuesday: the four working hours to accept and the five working days to reply begin again where they stood.
        var ticket = In(TicketStatus.ReturnRequested);
        Assert.Null(AlarmRules.NextAt(ticket.State) is { } at && at > Local(2026, 10, 16, 15, 30) ? at : null as DateTimeOffset?);
        Assert.Equal((int)ObligationEnd.StandsStill, ticket.Owed().Ending);

        ticket.At(Local(2026, 10, 20, 10, 0)).Do(new RejectReturn("属于你单位"), Dispatcher);

        Assert.Equal(Local(2026, 10, 20, 15, 30), ticket.State.Open(Clock.Accept)!.DueAt);
        Assert.Equal(Local(2026, 10, 27, 17, 30), ticket.State.Open(Clock.Reply)!.DueAt);
        Assert.Equal(0, ticket.Owed().Ending);
    }

    [Theory]
    [InlineData(ReturnReason.NotPolice, TicketStatus.Triage)]
    [InlineData(ReturnReason.NotAcceptable, TicketStatus.Triage)]
    [InlineData(ReturnReason.Duplicate, TicketStatus.Triage)]
    [InlineData(ReturnReason.InsufficientFacts, TicketStatus.AwaitingDispatch)]
    public void UpheldReturn_GoesBackToTriage_WhenNobodyHereIsToHandleIt(ReturnReason reason, TicketStatus to) =>
        Assert.Equal(to, Dispatched().Do(new RequestReturn(reason, "依据"), Handler).Do(new UpholdReturn("属实"), Dispatcher).State.Status);

    [Fact]
    public void Return_SuggestingTheUnitItself_OrNobody_IsRefused()
    {
        Assert.Equal("return.own-unit", Dispatched().Try(new RequestReturn(ReturnReason.OtherDuty, "b", "DG"), Handler).Rejection!.Code);
        Assert.Equal("return.unit-required", Dispatched().Try(new RequestReturn(ReturnReason.OtherDuty, "b"), Handler).Rejection!.Code);
    }

    [Fact]
    public void TransferTo110_IsPossibleFromAnyOpenStatus_AndReopened()
    {
        var ticket = InProgress().Do(new TransferTo110("正在打架", "110-1"), Dispatcher);
        Assert.Equal((int)ObligationEnd.Transferred, ticket.Owed().Ending);
        Assert.Equal("role.missing", ticket.Try(new Reopen("警情已处置"), Dispatcher).Rejection!.Code);

        ticket.Do(new Reopen("警情已处置"), Director);

        Assert.Equal((TicketStatus.Triage, null), (ticket.State.Status, ticket.State.LeadUnit));
        Assert.NotNull(ticket.State.Open(Clock.Triage));
    }

    [Fact]
    public void OpinionThatWasGiven_IsNotOwedAgain_AfterASecondDispatch()
    {
        var ticket = Dispatched("ZA").Do(new SupportReply("ZA", "意见"), Person("大队民警", Role.UnitHandler, "ZA")).Do(new Recall("派错"), Dispatcher)
            .At(Local(2026, 10, 20, 9, 0)).Do(new Dispatch("DG", ["ZA"]), Dispatcher);
        Assert.Null(ticket.State.Open(Clock.Support));
        Assert.Equal(Local(2026, 10, 23, 17, 30).ToUnixTimeMilliseconds(), ticket.Owed("ZA", support: true).DueAt);
    }

    [Fact]
    public void ReplyInTime_StillUnderReviewAtTheDue_GainsNothingByATransferAndReopening()
    {
        var ticket = InProgress().Do(Solved, Handler).At(Local(2026, 10, 26, 9, 0)).Do(new TransferTo110("正在打架", "110-1"), Dispatcher)
            .Do(new Reopen("警情已处置"), Director).Do(new Dispatch("DG"), Dispatcher);
        Assert.Equal((202610, Local(2026, 10, 23, 17, 30).ToUnixTimeMilliseconds(), true), (ticket.Owed().Month, ticket.Owed().DueAt!.Value, ticket.Owed().OnTime));
    }

    [Fact]
    public void DeclinedTicket_PushedAgainWithALaterReceipt_IsTriagedAgain()
    {
        var ticket = In(TicketStatus.Declined);
        Register Pushed(DateTimeOffset at) => new("12345", "X-1", Nature.Complaint, Urgency.Ordinary, null, "t", null, null, null, at);

        Assert.Empty(IntakeRules.Pushed(ticket.State, Pushed(ticket.State.ReceivedAt), ticket.Context(Dispatcher)).Events);
        Assert.IsType<Reopened>(Assert.Single(IntakeRules.Pushed(ticket.State, Pushed(ticket.Now.AddHours(1)), ticket.Context(Dispatcher)).Events));
        Assert.Empty(IntakeRules.Pushed(InProgress().State, Pushed(ticket.Now.AddHours(1)), ticket.Context(Dispatcher)).Events);
    }

    [Theory]
    [InlineData(TicketStatus.Declined, ObligationEnd.Declined)]
    [InlineData(TicketStatus.Merged, ObligationEnd.Merged)]
    public void WhatTheBranchEndedItself_IsTheBranchsOwn_UntilItIsReopened(TicketStatus status, ObligationEnd end)
    {
        var ticket = In(status);
        Assert.Equal(((int)end, 202610), (ticket.Owed(TicketProjection.Branch).Ending, ticket.Owed(TicketProjection.Branch).Month));

        ticket.Do(new Reopen("重新受理"), Director);

        Assert.Null(ticket.Owed(TicketProjection.Branch).Month);
    }
}
