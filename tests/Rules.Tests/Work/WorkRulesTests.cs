using Hotline.Shared;
using Hotline.Tickets;
using Hotline.WorkCalendar;
using static Hotline.Tickets.TicketBuilder;

namespace Hotline.Work;

/// <summary>What is to be done with a ticket, by whom, and how much time is left.</summary>
public sealed class WorkRulesTests
{
    public static TheoryData<TicketStatus, WorkKind?, string?> Steps { get; } = new()
    {
        { TicketStatus.Triage, WorkKind.Triage, "" },
        { TicketStatus.AwaitingDispatch, WorkKind.Dispatch, "" },
        { TicketStatus.AwaitingAcceptance, WorkKind.Accept, "DG" },
        { TicketStatus.ReturnRequested, WorkKind.DecideReturn, "" },
        { TicketStatus.AwaitingContact, WorkKind.Contact, "DG" },
        { TicketStatus.InProgress, WorkKind.Reply, "DG" },
        { TicketStatus.Suspended, WorkKind.Resume, "" },
        { TicketStatus.AwaitingReview, WorkKind.Review, "" },
        { TicketStatus.AwaitingCallback, WorkKind.Callback, "" },
        { TicketStatus.AwaitingRework, WorkKind.Rework, "DG" },
        { TicketStatus.Supervised, WorkKind.Supervised, "DG" },
        { TicketStatus.Closed, WorkKind.Archive, "" },
        { TicketStatus.Archived, null, null },
        { TicketStatus.Diverted, WorkKind.AnswerCaller, "" },
        { TicketStatus.Merged, WorkKind.AnswerCaller, "" },
        { TicketStatus.Declined, WorkKind.AnswerCaller, "" },
        { TicketStatus.TransferredTo110, null, null },
    };

    [Theory, MemberData(nameof(Steps))]
    public void EveryStatus_HasItsNextStep(TicketStatus status, WorkKind? kind, string? unit)
    {
        var row = TicketProjection.Row(In(status).State);

        Assert.Equal((kind is { } k ? Codes.Of(k) : null, unit), (row.Work, row.WorkUnit));
    }

    [Fact]
    public void EveryStatus_IsListedAbove() => Assert.Equal(Enum.GetValues<TicketStatus>().Length, Steps.Count);

    [Fact]
    public void ProposedDiversion_WaitsForASecondPerson()
    {
        var row = TicketProjection.Row(Registered().Do(new Divert("城管局", "占道经营", "权责清单"), Dispatcher).State);

        Assert.Equal(("triage", "confirmDivert", Dispatcher.Id), (row.Work, row.Asked, row.AskedBy));
    }

    [Fact]
    public void CallerOfADivertedTicket_IsAnsweredFirst_ThenTheDiversionIsFollowed()
    {
        var row = TicketProjection.Row(In(TicketStatus.Diverted).Do(new AnswerCaller(Channel.Phone, "已转城管局办理"), Dispatcher).State);
        Assert.Equal(("followDiversion", ""), (row.Work, row.WorkUnit));
    }

    [Fact]
    public void OrderUnderReview_IsTheReviewers_ThenTheDirectorsToClose()
    {
        var ticket = In(TicketStatus.Supervised).Do(Solved, Handler);
        Assert.Equal("review", TicketProjection.Row(ticket.State).Work);
        Assert.Equal("closeOrder", TicketProjection.Row(ticket.Do(new ApproveReply(), Reviewer).State).Work);
    }

    [Fact]
    public void Review_IsNotTheAuthorsOwn() => Assert.Equal(Handler.Id, TicketProjection.Row(In(TicketStatus.AwaitingReview).State).WorkNotBy);

    [Fact]
    public void PendingExtension_IsTheDirectors_TheSecondOneTheDeputyChiefs()
    {
        var b = InProgress();
        b.Do(new RequestExtension(b.State.Open(Clock.Reply)!.DueAt.AddDays(1), "检测未出"), Handler);
        var first = TicketProjection.Row(b.State);
        b.Do(new ApproveExtension(), Director);
        b.Do(new RequestExtension(b.State.Open(Clock.Reply)!.DueAt.AddDays(1), "检测未出"), Handler);

        Assert.Equal(("officeDirector", Handler.Id, "reply"), (first.ExtensionFor, first.ExtensionBy, first.Work));
        Assert.Equal("deputyChief", TicketProjection.Row(b.State).ExtensionFor);
        Assert.Null(TicketProjection.Row(b.Do(new ApproveExtension(), Deputy).State).ExtensionFor);
    }

    [Fact]
    public void RequestedExclusion_WaitsUntilItIsDecided()
    {
        var b = In(TicketStatus.Closed).Do(new RequestExclusion("不属职责", "来电录音"), Handler);
        Assert.Equal(Handler.Id, TicketProjection.Row(b.State).ExclusionBy);

        Assert.Null(TicketProjection.Row(b.Do(new DecideExclusion(false, "理由不足"), Director).State).ExclusionBy);
    }

    [Fact]
    public void RedCard_IsItsPromisesOwners()
    {
        var triage = Registered().After(TimeSpan.FromDays(1));
        triage.Fire();
        var reply = InProgress().After(TimeSpan.FromDays(20));
        reply.Fire();

        Assert.Null(TicketProjection.Row(InProgress().State).CardUnit);
        Assert.Equal("", TicketProjection.Row(triage.State).CardUnit);
        Assert.Equal("DG", TicketProjection.Row(reply.State).CardUnit);
    }

    [Fact]
    public void SupportingUnit_OwesItsOpinion_UntilItGaveItOrTheReplyPassed()
    {
        static bool Owed(TicketBuilder b) => Assert.Single(TicketProjection.Scored(b.State).Obligations, o => o.Support).Owed;
        var b = Dispatched("ZA");
        Assert.True(Owed(b));
        Assert.False(Owed(Dispatched("ZA").Do(new SupportReply("ZA", "已配合"), Person("治安民警", Role.UnitHandler, "ZA"))));

        b.Do(new Accept(), Handler).Do(new Contact(Channel.Phone, true), Handler).Do(Solved, Handler).Do(new ApproveReply(), Reviewer);
        Assert.False(Owed(b));
    }

    [Fact]
    public void EveryRolesWork_IsDoneByCommandsThatTheRoleMayGive()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            Assert.All(WorkRules.KindsOf([role]), kind => Assert.All(WorkRules.WordsOf(kind).Commands,
                name => Assert.Contains(role, TicketLifecycle.Rows.Single(r => r.Name == name).Roles)));
        }
    }

    [Fact]
    public void EveryKindOfWork_IsSomebodysAndHasWords()
    {
        Assert.Equal(Enum.GetValues<WorkKind>(), WorkRules.KindsOf(Enum.GetValues<Role>()));
        Assert.All(Enum.GetValues<WorkKind>(), kind => Assert.NotEmpty(WorkRules.WordsOf(kind).ToDo));
    }

    [Theory]
    [InlineData(Urgency.Ordinary, "16:00", 150, "剩余工作时间2小时30分钟")]
    [InlineData(Urgency.Urgent, "15:00", 150, "剩余2小时30分钟")]
    [InlineData(Urgency.Ordinary, "13:31", 1, "剩余工作时间1分钟")]
    [InlineData(Urgency.Ordinary, "10:00", -120, "已超期工作时间2小时")]
    public void TimeLeft_IsWorkingTime_ForUrgentTicketsTimeOnTheWall(Urgency urgency, string dueTime, long minutes, string words)
    {
        var noon = Local(2026, 10, 16, 12, 30);
        var due = ShanghaiTime.At(ShanghaiTime.DateOf(noon), TimeOnly.Parse(dueTime, System.Globalization.CultureInfo.InvariantCulture));

        var left = WorkRules.MinutesLeft(urgency, noon, due, WorkingCalendar.Shipped);

        Assert.Equal(minutes, left);
        Assert.Equal(words, WorkRules.Say(urgency, due < noon, left));
    }
}
