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
        Assert.NotNull(ticket.State.Supporting[0].RepliedAt);
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
        Assert.Equal("ticket.wrong-status", ticket.Try(new RequestReturn(ReturnReason.OtherDuty, "b", "ZA"), Handler).Rejection!.Code);
    }

    [Fact]
    public void Accept_AfterReturnRequest_IsRefused() =>
        Assert.Equal("ticket.wrong-status", In(TicketStatus.ReturnRequested).Try(new Accept(), Handler).Rejection!.Code);

    [Fact]
    public void UpheldReturn_FreesTheUnit_AndTheNextUnitsClockStartsAtRedispatch()
    {
        var ticket = In(TicketStatus.ReturnRequested).Do(new UpholdReturn("确属治安大队"), Dispatcher);
        Assert.Null(ticket.State.LeadUnit);
        Assert.Null(TicketProjection.Row(ticket.State).ScoreUnit);

        ticket.At(Local(2026, 10, 19, 9, 0)).Do(new Dispatch("ZA"), Dispatcher);

        Assert.Equal(Local(2026, 10, 26, 17, 30), ticket.State.Open(Clock.Reply)!.DueAt);
        Assert.Equal("ZA", TicketProjection.Row(ticket.State).ScoreUnit);
    }

    [Fact]
    public void Divert_ConfirmedByTheProposer_IsRefused()
    {
        var ticket = Registered().Do(new Divert("城管局", "占道", "清单"), Dispatcher);
        Assert.Equal("duty.same-person", ticket.Try(new ConfirmDivert(), Dispatcher).Rejection!.Code);
    }

    [Fact]
    public void Withdraw_StopsEveryClock_AndLeavesTheTicketUnscored()
    {
        var s = InProgress().Do(new Withdraw(WithdrawnBy.Caller, "自行撤回"), Dispatcher).State;

        Assert.All(s.Deadlines, d => Assert.False(d.IsOpen));
        Assert.Null(TicketProjection.Row(s).ScoreUnit);
        Assert.Null(TicketProjection.Row(s).NextAlarmAt);
    }

    [Fact]
    public void Merge_TightensTheParentsPromise_ToTheEarliestUpstreamDue()
    {
        var parent = InProgress();
        var child = new ChildFacts("T-child", "k1", null, null, Local(2026, 10, 21, 18, 0));

        var e = Assert.IsType<ChildMerged>(Assert.Single(IntakeRules.JoinChild(parent.State, child, parent.Context(Dispatcher)).Events));

        Assert.Equal(Local(2026, 10, 20, 17, 30), e.Tightened!.DueAt);
    }

    [Fact]
    public void Merge_IntoAnUnrelatedTicket_IsRefused()
    {
        var parent = InProgress();
        var stranger = new ChildFacts("T-child", "other", "养犬", "别处", null);
        Assert.Equal("merge.no-relation", IntakeRules.MayJoin(parent.State, stranger)!.Code);
    }

    [Fact]
    public void Merge_IntoAClosedTicket_IsRefused()
    {
        var parent = In(TicketStatus.Closed);
        var child = new ChildFacts("T-child", "k1", null, null, null);
        Assert.Equal("merge.parent-not-open", IntakeRules.MayJoin(parent.State, child)!.Code);
    }
}
