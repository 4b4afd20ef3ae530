using Hotline.Shared;
using static Hotline.Tickets.TicketBuilder;

namespace Hotline.Tickets;

public sealed class HandlingRulesTests
{
    [Fact]
    public void Contact_NotReached_NeedsThreeRecordedTries()
    {
        var ticket = Dispatched().Do(new Accept(), Handler);
        ticket.Do(new Contact(Channel.Phone, false), Handler).Do(new Contact(Channel.Phone, false), Handler);
        Assert.Equal(TicketStatus.AwaitingContact, ticket.State.Status);

        ticket.Do(new Contact(Channel.Phone, false), Handler);

        Assert.Equal(TicketStatus.InProgress, ticket.State.Status);
        Assert.Equal("reply.caller-not-reached", ticket.Try(Solved, Handler).Rejection!.Code);
        Assert.True(ticket.Try(Solved with { Channel = Channel.Sms }, Handler).IsDone);
    }

    [Fact]
    public void Reply_ImpossibleNow_NamesADate()
    {
        var impossible = Solved with { Outcome = OutcomeType.ImpossibleNow };
        Assert.Equal("reply.date-required", InProgress().Try(impossible, Handler).Rejection!.Code);
        Assert.True(InProgress().Try(impossible with { SolvableOn = new DateOnly(2027, 3, 1) }, Handler).IsDone);
    }

    [Fact]
    public void Review_ByTheAuthor_IsRefused()
    {
        var ticket = InProgress().Do(Solved, Handler);
        var author = Handler with { Roles = [Role.UnitHandler, Role.Reviewer] };

        Assert.Equal("duty.same-person", ticket.Try(new ApproveReply(), author).Rejection!.Code);
        Assert.Equal("duty.same-person", ticket.Try(new SendBack("r"), author).Rejection!.Code);
    }

    [Theory]
    [InlineData(17, 30, 0, true)]
    [InlineData(17, 30, 1, false)]
    public void Completion_IsJudgedAtTheSubmissionThatPassed_HoweverLongTheReviewTook(int hour, int minute, int second, bool onTime)
    {
        var ticket = InProgress().At(Local(2026, 10, 23, hour, minute, second)).Do(Solved, Handler)
            .At(Local(2026, 10, 30, 10, 0)).Do(new ApproveReply(), Reviewer);

        var row = TicketProjection.Row(ticket.State);

        Assert.Equal((onTime, onTime, 202610), (row.RepliedOnTime, row.CompletedOnTime, row.ReplyMonth));
    }

    [Fact]
    public void SentBackReply_CountsAsReplied_ButCompletesWithTheLaterSubmission()
    {
        var ticket = InProgress().Do(Solved, Handler).Do(new SendBack("补充"), Reviewer)
            .At(Local(2026, 10, 26, 9, 0)).Do(Solved, Handler).Do(new ApproveReply(), Reviewer);

        var row = TicketProjection.Row(ticket.State);

        Assert.True(row.RepliedOnTime);
        Assert.False(row.CompletedOnTime);
    }

    [Fact]
    public void SentBackReply_IsOwedAgain_SoItsRedCardStillFires()
    {
        var ticket = InProgress().Do(Solved, Handler).Do(new SendBack("补充"), Reviewer);
        Assert.NotNull(ticket.State.Open(Clock.Reply));

        var fired = ticket.At(Local(2026, 10, 23, 17, 30)).Fire();

        Assert.Contains(fired, a => a is { Clock: Clock.Reply, Level: AlarmLevel.Red });
    }

    [Fact]
    public void Extension_MovesTheDue_AndKeepsTheOldPromise()
    {
        var due = Local(2026, 10, 30, 17, 30);
        var ticket = InProgress().Do(new RequestExtension(due, "鉴定未出"), Handler).Do(new ApproveExtension(), Director);

        var reply = ticket.State.Open(Clock.Reply)!;

        Assert.Equal((due, Local(2026, 10, 23, 17, 30)), (reply.DueAt, reply.OriginalDueAt));
    }

    [Fact]
    public void Extension_IntoTheNextMonth_MovesTheTicketToThatMonth()
    {
        var ticket = InProgress().Do(new RequestExtension(Local(2026, 11, 3, 17, 30), "鉴定"), Handler).Do(new ApproveExtension(), Director);
        Assert.Equal(202611, TicketProjection.Row(ticket.State).ReplyMonth);
    }

    [Fact]
    public void Extension_AfterTheDue_IsRefused()
    {
        var ticket = InProgress().At(Local(2026, 10, 23, 17, 30, 1));
        Assert.Equal("extension.too-late", ticket.Try(new RequestExtension(Local(2026, 10, 30, 17, 30), "g"), Handler).Rejection!.Code);
    }

    [Theory]
    [InlineData(2026, 11, 6, 17, 30, true)]
    [InlineData(2026, 11, 6, 17, 31, false)]
    [InlineData(2026, 10, 23, 17, 30, false)]
    public void Extension_IsAtMostTenWorkingDays(int year, int month, int day, int hour, int minute, bool allowed)
    {
        var result = InProgress().Try(new RequestExtension(Local(year, month, day, hour, minute), "g"), Handler);
        Assert.Equal(allowed, result.IsDone);
    }

    [Fact]
    public void SecondExtension_NeedsTheDeputyChief()
    {
        var ticket = InProgress().Do(new RequestExtension(Local(2026, 10, 26, 17, 30), "g"), Handler).Do(new ApproveExtension(), Director)
            .Do(new RequestExtension(Local(2026, 10, 28, 17, 30), "g"), Handler);

        Assert.Equal("extension.deputy-chief", ticket.Try(new ApproveExtension(), Director).Rejection!.Code);
        Assert.True(ticket.Try(new ApproveExtension(), Deputy).IsDone);
    }

    [Fact]
    public void Extension_ApprovedByTheApplicant_IsRefused()
    {
        var applicant = Handler with { Roles = [Role.UnitHandler, Role.OfficeDirector] };
        var ticket = InProgress().Do(new RequestExtension(Local(2026, 10, 26, 17, 30), "g"), applicant);
        Assert.Equal("duty.same-person", ticket.Try(new ApproveExtension(), applicant).Rejection!.Code);
    }

    [Fact]
    public void SuspendedTicket_IsOutsideTheDenominator_AndItsAlarmsAreSilent()
    {
        var s = In(TicketStatus.Suspended).State;
        Assert.Equal(2, TicketProjection.Row(s).ReplyHold);
        Assert.Null(TicketProjection.Row(s).NextAlarmAt);
    }

    [Fact]
    public void Resume_MovesTheDue_ByTheWorkingDaysThatWereLeft()
    {
        var ticket = In(TicketStatus.Suspended).At(Local(2026, 11, 2, 9, 0)).Do(new Resume("鉴定完成"), Director);

        var reply = ticket.State.Open(Clock.Reply)!;

        Assert.Equal((Local(2026, 11, 9, 17, 30), Local(2026, 10, 23, 17, 30)), (reply.DueAt, reply.OriginalDueAt));
        Assert.Equal(0, TicketProjection.Row(ticket.State).ReplyHold);
    }

    [Fact]
    public void CompressedTicket_IsHeldOutOfTheDenominators()
    {
        var ticket = Registered(upstream: Local(2026, 10, 16, 17, 0)).Do(new Dispatch("DG"), Dispatcher);

        Assert.Equal(Local(2026, 10, 16, 17, 0), ticket.State.Open(Clock.Reply)!.DueAt);
        Assert.Equal(1, TicketProjection.Row(ticket.State).ReplyHold);
    }

    [Fact]
    public void Exclusion_DecidedByTheApplicant_IsRefused()
    {
        var applicant = Person("主任", Role.OfficeDirector);
        var ticket = InProgress().Do(new RequestExclusion("不可抗力", "证明"), applicant);

        Assert.Equal("duty.same-person", ticket.Try(new DecideExclusion(true, "r"), applicant).Rejection!.Code);
        Assert.True(TicketProjection.Row(ticket.Do(new DecideExclusion(true, "属实"), Director).State).Excluded);
    }
}
