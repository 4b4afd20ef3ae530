using Hotline.Shared;
using static Hotline.Tickets.TicketBuilder;

namespace Hotline.Tickets;

public sealed class HandlingRulesTests
{
    [Fact]
    public void Contact_NotReached_NeedsThreeRecordedTries_HalfAnHourApart()
    {
        var ticket = Dispatched().Do(new Accept(), Handler);
        var missed = new Contact(Channel.Phone, false);
        ticket.Do(missed, Handler).After(TimeSpan.FromMinutes(29)).Do(missed, Handler).After(TimeSpan.FromMinutes(1)).Do(missed, Handler);
        Assert.Equal((TicketStatus.AwaitingContact, 2), (ticket.State.Status, ticket.State.ContactTries));

        ticket.After(TimeSpan.FromMinutes(30)).Do(missed, Handler);

        Assert.Equal(TicketStatus.InProgress, ticket.State.Status);
        Assert.Equal("reply.caller-not-reached", ticket.Try(Solved, Handler).Rejection!.Code);
        Assert.True(ticket.Try(Solved with { Channel = Channel.Sms }, Handler).IsDone);
    }

    [Fact]
    public void Contact_NotPossible_IsRefused_ForACallerWhoLeftANumber() => Assert.Equal("contact.possible",
        Dispatched().Do(new Accept(), Handler).Try(new Contact(Channel.Phone, false, NotPossible: true), Handler).Rejection!.Code);

    [Fact]
    public void Reply_ImpossibleNow_NamesADateToCome()
    {
        var today = Solved with { Outcome = OutcomeType.ImpossibleNow, SolvableOn = new DateOnly(2026, 10, 16) };
        Assert.Equal("reply.date-required", InProgress().Try(today, Handler).Rejection!.Code);
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

        Assert.Equal((onTime, onTime, 202610), (ticket.Owed().OnTime, ticket.Owed().Completed, ticket.Owed().Month));
    }

    [Fact]
    public void SentBackReply_CountsAsReplied_ButCompletesWithTheLaterSubmission()
    {
        var ticket = InProgress().Do(Solved, Handler).Do(new SendBack("补充"), Reviewer)
            .At(Local(2026, 10, 26, 9, 0)).Do(Solved, Handler).Do(new ApproveReply(), Reviewer);

        Assert.True(ticket.Owed().OnTime);
        Assert.False(ticket.Owed().Completed);
    }

    [Theory]
    [InlineData(9, 0, true)]
    [InlineData(10, 59, true)]
    [InlineData(11, 1, false)]
    public void IncompleteReply_HandedInAgainWithinFourWorkingHours_KeepsItsFirstInstant(int hour, int minute, bool onTime)
    {
        // Handed in on Friday at 15:00, sent back at 15:30: two working hours are left of that day.
        var ticket = InProgress().At(Local(2026, 10, 23, 15, 0)).Do(Solved, Handler).At(Local(2026, 10, 23, 15, 30)).Do(new SendBack("补充"), Reviewer)
            .At(Local(2026, 10, 26, hour, minute)).Do(Solved, Handler).Do(new ApproveReply(), Reviewer);
        Assert.Equal(onTime, ticket.Owed().Completed);
    }

    [Fact]
    public void SecondSubmission_ThatIsVoid_LeavesTheFirstOnesReply()
    {
        var ticket = InProgress().Do(Solved, Handler).Do(new SendBack("补充"), Reviewer).After(TimeSpan.FromHours(1)).Do(Solved, Handler)
            .Do(new SendBack("空洞", SendBackKind.Void), Director);
        Assert.Equal(Local(2026, 10, 16, 10, 0).ToUnixTimeMilliseconds(), ticket.Owed().RepliedAt);
    }

    [Fact]
    public void FirstInstant_IsKeptOnce()
    {
        var ticket = InProgress().At(Local(2026, 10, 23, 17, 0)).Do(Solved, Handler);
        foreach (var day in new[] { 26, 27 })
        {
            ticket.At(Local(2026, 10, day, 9, 0)).Do(new SendBack("补充"), Reviewer).At(Local(2026, 10, day, 10, 0)).Do(Solved, Handler);
        }

        Assert.False(ticket.Do(new ApproveReply(), Reviewer).Owed().Completed);
    }

    [Fact]
    public void VoidReply_WasNoReply_AndIsSaidByTheOfficeDirectorOnly()
    {
        var empty = new SendBack("空洞", SendBackKind.Void);
        var ticket = InProgress().Do(Solved, Handler);
        Assert.Equal("review.void", ticket.Try(empty, Reviewer).Rejection!.Code);

        ticket.Do(empty, Director).At(Local(2026, 10, 26, 9, 0)).Do(Solved, Handler).Do(new ApproveReply(), Reviewer);

        Assert.Equal((false, false), (ticket.Owed().OnTime, ticket.Owed().Completed));
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
        Assert.Equal(202611, ticket.Owed().Month);
    }

    [Fact]
    public void Extension_AfterTheDue_IsRefused()
    {
        var ticket = InProgress().At(Local(2026, 10, 23, 17, 30, 1));
        Assert.Equal("extension.too-late", ticket.Try(new RequestExtension(Local(2026, 10, 30, 17, 30), "g"), Handler).Rejection!.Code);
    }

    [Fact]
    public void Extension_NotDecidedBeforeTheDue_CanOnlyBeRefused()
    {
        var ticket = InProgress().Do(new RequestExtension(Local(2026, 10, 30, 17, 30), "g"), Handler).At(Local(2026, 10, 23, 17, 30, 1));
        Assert.Equal("extension.too-late", ticket.Try(new ApproveExtension(), Director).Rejection!.Code);
        Assert.True(ticket.Try(new RefuseExtension("r"), Director).IsDone);
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
    public void SuspendedTicket_IsOutsideTheDenominator_AndIsLookedAtAgainAtItsEnd()
    {
        var ticket = In(TicketStatus.Suspended);
        Assert.Equal((int)ObligationEnd.Suspended, ticket.Owed().Ending);
        Assert.Equal(Local(2026, 11, 14, 0, 0).ToUnixTimeMilliseconds(), TicketProjection.Row(ticket.State).NextAlarmAt);
    }

    [Fact]
    public void Resume_MovesTheDue_ByTheWorkingDaysThatWereLeft()
    {
        var ticket = In(TicketStatus.Suspended).At(Local(2026, 11, 2, 9, 0)).Do(new Resume("鉴定完成"), Director);

        var reply = ticket.State.Open(Clock.Reply)!;

        Assert.Equal((Local(2026, 11, 9, 17, 30), Local(2026, 10, 23, 17, 30)), (reply.DueAt, reply.OriginalDueAt));
        Assert.Equal(0, ticket.Owed().Ending);
    }

    [Fact]
    public void Suspension_EndsByItself_AndTheClockGoesOnFromItsEnd_HoweverLateItIsSeen()
    {
        var ticket = In(TicketStatus.Suspended).At(Local(2026, 11, 18, 9, 0));
        ticket.Fire();

        // The end is midnight before Saturday 14 November; five working days from Monday 16 are left.
        Assert.Equal((TicketStatus.InProgress, Local(2026, 11, 23, 17, 30)), (ticket.State.Status, ticket.State.Open(Clock.Reply)!.DueAt));
    }

    [Fact]
    public void Suspension_AskedOrDecidedAfterTheDue_IsRefused()
    {
        Assert.Equal("suspension.too-late", InProgress().At(Local(2026, 10, 23, 17, 30, 1)).Try(Suspension(new(2026, 11, 2)), Handler).Rejection!.Code);
        var asked = InProgress().Do(Suspension(new(2026, 11, 2)), Handler).At(Local(2026, 10, 23, 17, 30, 1));
        Assert.Equal("suspension.too-late", asked.Try(new Suspend(), Director).Rejection!.Code);
        Assert.True(asked.Try(new RefuseSuspension("r"), Director).IsDone);
    }

    [Theory]
    [InlineData(2026, 11, 27, true)]
    [InlineData(2026, 11, 28, false)]
    [InlineData(2026, 10, 15, false)]
    public void Suspension_IsAtMostThirtyWorkingDays(int year, int month, int day, bool allowed) =>
        Assert.Equal(allowed, InProgress().Try(Suspension(new(year, month, day)), Handler).IsDone);

    [Fact]
    public void Suspension_LetsAPendingExtensionLapse()
    {
        var ticket = InProgress().Do(new RequestExtension(Local(2026, 10, 26, 17, 30), "g"), Handler).Do(Suspension(new(2026, 11, 2)), Handler).Do(new Suspend(), Director);
        Assert.Null(ticket.State.Extension);
        Assert.Null(ticket.State.Open(Clock.ExtensionDecision));
    }

    [Fact]
    public void Suspension_InAReworkRound_NeverTouchesTheFirst()
    {
        var ticket = AwaitingRework().Do(new Rework("另一人", null), Handler).Do(Suspension(new(2026, 11, 2)), Handler).Do(new Suspend(), Director);
        Assert.Equal((0, true, true), (ticket.Owed().Ending, ticket.Owed().OnTime, ticket.Owed().Completed));
    }

    [Fact]
    public void Suspension_ApprovedByTheApplicant_IsRefused()
    {
        var applicant = Handler with { Roles = [Role.UnitHandler, Role.OfficeDirector] };
        Assert.Equal("duty.same-person", InProgress().Do(Suspension(new(2026, 11, 2)), applicant).Try(new Suspend(), applicant).Rejection!.Code);
    }

    [Fact]
    public void SupportingUnit_IsNotNeeded_OnceTheLeadsReplyPassedBeforeItsDue()
    {
        var ticket = Dispatched("ZA").Do(new Accept(), Handler).Do(new Contact(Channel.Phone, true), Handler).Do(Solved, Handler).Do(new ApproveReply(), Reviewer);

        Assert.Equal((int)ObligationEnd.NotNeeded, ticket.Owed("ZA", support: true).Ending);
        Assert.Equal("ticket.not-your-unit", ticket.Try(new SupportReply("ZA", "意见"), Person("大队民警", Role.UnitHandler, "ZA")).Rejection!.Code);
    }

    [Fact]
    public void SupportingUnit_ThatMissedItsDue_HasMissedIt_AndMayStillGiveItsOpinion()
    {
        var ticket = Dispatched("ZA").Do(new Accept(), Handler).Do(new Contact(Channel.Phone, true), Handler).At(Local(2026, 10, 26, 9, 0))
            .Do(Solved, Handler).Do(new ApproveReply(), Reviewer).Do(new SupportReply("ZA", "意见"), Person("大队民警", Role.UnitHandler, "ZA"));
        Assert.Equal((0, false), (ticket.Owed("ZA", support: true).Ending, ticket.Owed("ZA", support: true).OnTime));
    }

    [Fact]
    public void CompressedTicket_IsHeldOutOfTheDenominators()
    {
        var ticket = Registered(upstream: Local(2026, 10, 16, 17, 0)).Do(new Dispatch("DG"), Dispatcher);

        Assert.Equal(Local(2026, 10, 16, 17, 0), ticket.State.Open(Clock.Reply)!.DueAt);
        Assert.Equal((int)ObligationEnd.Compressed, ticket.Owed().Ending);
    }

    [Fact]
    public void Exclusion_DecidedByTheApplicant_IsRefused()
    {
        var applicant = Person("主任", Role.OfficeDirector);
        var ticket = InProgress().Do(new RequestExclusion("不可抗力", "证明"), applicant);

        Assert.Equal("duty.same-person", ticket.Try(new DecideExclusion(true, "r"), applicant).Rejection!.Code);
        Assert.True(ticket.Do(new DecideExclusion(true, "属实"), Director).Owed().Excluded);
    }

    [Fact]
    public void RefusedExclusion_IsAskedOnceMore_WithOtherEvidence_OfTheDeputyChief()
    {
        var ticket = InProgress().Do(new RequestExclusion("不可抗力", "证明一"), Handler).Do(new DecideExclusion(false, "不足"), Director);
        Assert.Equal("exclusion.same-evidence", ticket.Try(new RequestExclusion("再申请", "证明一"), Handler).Rejection!.Code);

        ticket.Do(new RequestExclusion("再申请", "证明二"), Handler);
        Assert.Equal("exclusion.deputy-chief", ticket.Try(new DecideExclusion(true, "r"), Director).Rejection!.Code);
        ticket.Do(new DecideExclusion(false, "仍不足"), Deputy);

        Assert.Equal("ticket.not-now", ticket.Try(new RequestExclusion("三申请", "证明三"), Handler).Rejection!.Code);
    }

    [Fact]
    public void ApprovedExclusion_IsRevokedByAnotherPerson_UntilTheMonthIsFixed()
    {
        var ticket = InProgress().Do(new RequestExclusion("不可抗力", "证明"), Handler).Do(new DecideExclusion(true, "属实"), Director);
        Assert.Equal("duty.same-person", ticket.Try(new RevokeExclusion("r"), Director).Rejection!.Code);
        Assert.Equal("ticket.not-now", TicketRules.Decide(ticket.State, new RevokeExclusion("r"), ticket.Context(Deputy) with { Fixed = [202610] }).Rejection!.Code);

        Assert.False(ticket.Do(new RevokeExclusion("证明不实"), Deputy).Owed().Excluded);
    }
}
