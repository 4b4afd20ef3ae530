using Hotline.Notices;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.WorkCalendar;
using static Hotline.Rules.Tests.Scorecards.Samples;

namespace Hotline.Rules.Tests.Notices;

/// <summary>From draft to issue, withdrawal and delivery, and what corrections do on the way.</summary>
public sealed class NoticeRulesTests
{
    private static readonly Actor Leader = new("李局长", "k", [Role.Leader], null, true);
    private static readonly Actor Director = new("王主任", "k", [Role.OfficeDirector], null, true);

    /// <summary>Thursday 2026-11-05, 10:00 in Shanghai.</summary>
    private static readonly DateTimeOffset Now = new(2026, 11, 5, 2, 0, 0, TimeSpan.Zero);

    private static readonly IssueTerms Terms = new(Now, WorkingCalendar.Shipped, ScoringPolicy.DefaultSelfCriticismDays);

    private static NoticeGround Ground(NoticeKind kind, int revision = 1, decimal last = 50, Penalties penalties = Penalties.On)
    {
        var policy = AnswersOnly with { Penalties = penalties };
        Dictionary<string, StreakTrail> streaks = new() { ["U06"] = NoticeGroundRulesTests.Trail(8, 9, 10) };
        var body = NoticeGroundRulesTests.Body(Rank(policy, 100, 89, 88, 87, 86, 60, last), policy, streaks);
        return NoticeGroundRules.Of(body, revision, "h" + revision, streaks).Single(g => g.Kind == kind);
    }

    private static NoticeGround Gone(NoticeKind kind, int revision) => Ground(kind) with { Evidence = null, Revision = revision };

    private static Notice Draft(NoticeKind kind, Penalties penalties = Penalties.On) => NoticeRules.Reconcile(null, "A-1", Ground(kind, penalties: penalties), Now)!.Next;

    private static Notice Issued(NoticeKind kind) => NoticeRules.Issue(Draft(kind), null, null, Leader, Terms).Value!.Next;

    [Fact]
    public void Draft_SaysReasonAndFigures_AndTheSameGroundAgainChangesNothing()
    {
        var draft = NoticeRules.Reconcile(null, "A-1", Ground(NoticeKind.Criticise), Now)!;
        Assert.Equal((NoticeStatus.Drafted, 1, "system", NoticeStepKind.Drafted), (draft.Next.Status, draft.Next.Version, draft.Step.Actor, draft.Step.Kind));
        Assert.Equal("2026年10月综合分 50.00，在7个参加排名的单位中列末位。", draft.Next.Reason);
        Assert.Contains("予以通报批评", draft.Next.Text);
        Assert.Equal("/api/v1/league-tables/2026-10?tier=station&revision=1", draft.Next.Evidence.Table);
        Assert.Null(NoticeRules.Reconcile(draft.Next, "A-1", Ground(NoticeKind.Criticise), Now));
        Assert.Null(NoticeRules.Reconcile(null, "A-1", Gone(NoticeKind.Criticise, 1), Now));
    }

    [Fact]
    public void CorrectionBeforeIssue_RedraftsOrLapses_AndMayBringItBack()
    {
        var draft = Draft(NoticeKind.Criticise);
        var redrafted = NoticeRules.Reconcile(draft, "A-1", Ground(NoticeKind.Criticise, 2, 40), Now)!.Next;
        Assert.Equal((NoticeStatus.Drafted, 2, 40m), (redrafted.Status, redrafted.Revision, redrafted.Evidence.Score));
        Assert.Contains("40.00", redrafted.Text);

        var lapsed = NoticeRules.Reconcile(redrafted, "A-1", Gone(NoticeKind.Criticise, 3), Now)!.Next;
        Assert.Equal((NoticeStatus.Lapsed, 3), (lapsed.Status, lapsed.Revision));
        Assert.Equal("notice.wrong-status", NoticeRules.Issue(lapsed, null, null, Leader, Terms).Rejection!.Code);
        Assert.Null(NoticeRules.Reconcile(lapsed, "A-1", Gone(NoticeKind.Criticise, 4), Now));
        Assert.Equal(NoticeStatus.Drafted, NoticeRules.Reconcile(lapsed, "A-1", Ground(NoticeKind.Criticise, 5), Now)!.Next.Status);
    }

    [Fact]
    public void EditedText_SurvivesARedraft_BesideTheNewSuggestion()
    {
        var edited = NoticeRules.Edit(Draft(NoticeKind.Criticise), " 改过的文字 ", "语气", Director, Now).Value!;
        Assert.Equal(("改过的文字", NoticeStepKind.Edited, "语气"), (edited.Step.Text, edited.Step.Kind, edited.Step.Reason));
        var redrafted = NoticeRules.Reconcile(edited.Next, "A-1", Ground(NoticeKind.Criticise, 2, 40), Now)!.Next;
        Assert.Equal("改过的文字", redrafted.Text);
        Assert.Contains("40.00", redrafted.SuggestedText);
        Assert.Equal("notice.text-missing", NoticeRules.Edit(redrafted, " ", null, Director, Now).Rejection!.Code);
    }

    [Fact]
    public void CorrectionAfterIssue_MarksTheGroundGone_AndNeverWithdrawsByItself()
    {
        var gone = NoticeRules.Reconcile(Issued(NoticeKind.Criticise), "A-1", Gone(NoticeKind.Criticise, 2), Now)!;
        Assert.Equal((NoticeStatus.GroundGone, 2, 50m), (gone.Next.Status, gone.Next.Revision, gone.Next.Evidence.Score));
        Assert.Contains("请撤回", gone.Step.Reason);
        Assert.Equal(["withdraw"], NoticeRules.Allowed(gone.Next));

        var back = NoticeRules.Reconcile(gone.Next, "A-1", Ground(NoticeKind.Criticise, 3), Now)!;
        Assert.Equal((NoticeStatus.Issued, NoticeStepKind.GroundRestored), (back.Next.Status, back.Step.Kind));
        var changed = NoticeRules.Reconcile(back.Next, "A-1", Ground(NoticeKind.Criticise, 4, 40), Now)!;
        Assert.Equal((NoticeStatus.Issued, NoticeStepKind.GroundChanged, back.Next.Text), (changed.Next.Status, changed.Step.Kind, changed.Next.Text));
    }

    [Fact]
    public void Withdrawn_StaysWithdrawnOnAStandingGround_AndIsDraftedAnewOnANewOne()
    {
        var withdrawn = NoticeRules.Withdraw(Draft(NoticeKind.Criticise), "不宜通报", Director, Now).Value!.Next;
        Assert.Equal(NoticeStatus.Withdrawn, NoticeRules.Reconcile(withdrawn, "A-1", Ground(NoticeKind.Criticise, 2, 40), Now)!.Next.Status);
        var lost = NoticeRules.Reconcile(withdrawn, "A-1", Gone(NoticeKind.Criticise, 3), Now)!.Next;
        Assert.Equal(NoticeStatus.Withdrawn, lost.Status);
        Assert.Equal(NoticeStatus.Drafted, NoticeRules.Reconcile(lost, "A-1", Ground(NoticeKind.Criticise, 4), Now)!.Next.Status);
        Assert.Equal("notice.wrong-status", NoticeRules.Withdraw(withdrawn, "再撤", Director, Now).Rejection!.Code);
    }

    [Fact]
    public void Criticism_IsIssuedByHeadsOnly_PraiseByTheOfficeToo()
    {
        Assert.Equal("notice.role", NoticeRules.Issue(Draft(NoticeKind.Criticise), null, null, Director, Terms).Rejection!.Code);
        Assert.Equal("notice.role", NoticeRules.Issue(Draft(NoticeKind.BottomThreeStreak), null, null, Director, Terms).Rejection!.Code);
        Assert.Equal("notice.role", NoticeRules.Withdraw(Issued(NoticeKind.Criticise), "收回", Director, Now).Rejection!.Code);
        Assert.True(NoticeRules.Issue(Draft(NoticeKind.Commend), null, null, Director, Terms).IsDone);
    }

    [Fact]
    public void IssuedStreak_OwesAReport_TenWorkingDaysLater_UntilItIsDelivered()
    {
        var issued = Issued(NoticeKind.BottomThreeStreak);
        // 10 working days after Thursday 5 November: Thursday 19 November, 17:30.
        Assert.Equal(new DateTimeOffset(2026, 11, 19, 9, 30, 0, TimeSpan.Zero), issued.Task!.DueAt);
        Assert.True(issued.OwesReport);

        Assert.Equal("notice.delivery-date", NoticeRules.Deliver(issued, new(2026, 11, 4), null, Director, Now).Rejection!.Code);
        Assert.Equal("notice.delivery-date", NoticeRules.Deliver(issued, new(2026, 11, 6), null, Director, Now).Rejection!.Code);
        var delivered = NoticeRules.Deliver(issued, new(2026, 11, 5), "会上作检查", Director, Now).Value!.Next;
        Assert.Equal((false, "王主任"), (delivered.OwesReport, delivered.Task!.RecordedBy));
        Assert.Equal("notice.no-task", NoticeRules.Deliver(delivered, new(2026, 11, 5), null, Director, Now).Rejection!.Code);
    }

    [Fact]
    public void NamedMeeting_IsTheReportsDue()
    {
        var issued = NoticeRules.Issue(Draft(NoticeKind.BottomThreeStreak), new(2026, 11, 9), null, Leader, Terms).Value!.Next;
        Assert.Equal(new DateTimeOffset(2026, 11, 9, 16, 0, 0, TimeSpan.Zero), issued.Task!.DueAt);
        Assert.Equal("notice.meeting-past", NoticeRules.Issue(Draft(NoticeKind.BottomThreeStreak), new(2026, 11, 4), null, Leader, Terms).Rejection!.Code);
        Assert.Equal("notice.meeting-past", NoticeRules.Issue(Draft(NoticeKind.Criticise), new(2026, 11, 9), null, Leader, Terms).Rejection!.Code);
    }

    [Fact]
    public void WithoutGround_NobodyIsPressedForTheReport()
    {
        var gone = NoticeRules.Reconcile(Issued(NoticeKind.BottomThreeStreak), "A-1", Gone(NoticeKind.BottomThreeStreak, 2), Now)!.Next;
        Assert.False(gone.OwesReport);
        Assert.Equal("notice.wrong-status", NoticeRules.Deliver(gone, new(2026, 11, 5), null, Director, Now).Rejection!.Code);
    }

    [Fact]
    public void Advisory_IsASuggestion_WithoutCriticismOrTask()
    {
        var draft = Draft(NoticeKind.BottomThreeStreak, Penalties.Advisory);
        Assert.True(draft.Advisory);
        Assert.StartsWith("工作提示（仅供参考", draft.Text);
        Assert.DoesNotContain("予以通报批评", draft.Text);
        Assert.Contains("仅供参考", draft.Reason);
        Assert.Null(NoticeRules.Issue(draft, null, null, Leader, Terms).Value!.Next.Task);
    }

    [Fact]
    public void Reminders_AreForOwedAndOverdueReports_AndForLostGround()
    {
        var issued = Issued(NoticeKind.BottomThreeStreak);
        var gone = NoticeRules.Reconcile(Issued(NoticeKind.Criticise), "A-2", Gone(NoticeKind.Criticise, 2), Now)!.Next;
        var due = NoticeReminderRules.Due([issued], [gone], Now);
        Assert.Equal(["selfCriticismDue", "noticeGroundGone"], due.Select(r => Codes.Of(r.Kind)));
        Assert.Equal("selfCriticismOverdue", Codes.Of(NoticeReminderRules.Due([issued], [], issued.Task!.DueAt.AddSeconds(1))[^1].Kind));
        Assert.Empty(NoticeReminderRules.Settled(due, due));
        Assert.Equal([due[1].Subject], NoticeReminderRules.Settled(due, NoticeReminderRules.Due([issued], [], Now)));
    }
}
