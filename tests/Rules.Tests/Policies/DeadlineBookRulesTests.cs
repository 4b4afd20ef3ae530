using Hotline.Shared;

namespace Hotline.Policies;

public sealed class DeadlineBookRulesTests
{
    private static readonly Actor Wang = new("王主任", "k1", [Role.OfficeDirector], null, true);
    private static readonly Actor Li = new("李局长", "k2", [Role.Leader], null, true);
    private static readonly PolicyCondition None = new(false, null);

    /// <summary>Monday 2026-10-12, 10:00 in Shanghai.</summary>
    private static readonly DateTimeOffset Now = new(2026, 10, 12, 2, 0, 0, TimeSpan.Zero);

    private static DeadlinePolicy Version(string name, DateOnly from, int replyDays = 3) => DeadlinePolicy.V1 with
    {
        Version = name, EffectiveFrom = from, Rows = [.. DeadlinePolicy.V1.Rows, new DeadlineRow(Clock.Reply, Span.WorkingDays(replyDays), Span.Minutes(120), Nature.Complaint)],
    };

    private static DeadlinePolicyState Approved(DeadlinePolicyState book, DeadlinePolicy policy, DateTimeOffset at) =>
        DeadlineBookRules.Approve(DeadlineBookRules.Put(book, policy, None, Wang, at).Value!, policy.Version, Li, at).Value!;

    private static string InForce(DeadlinePolicyState book, DateTimeOffset at) => DeadlineBookRules.InForce(book.Policies, at).Policy.Version;

    [Fact]
    public void Version_ActsFromItsDay_AndNeverBeforeItsApproval()
    {
        var book = Approved(new(), Version("a", new(2026, 11, 1)), Now);
        var start = new DateTimeOffset(2026, 10, 31, 16, 0, 0, TimeSpan.Zero);
        Assert.Equal(("v1", "a"), (InForce(book, start.AddMilliseconds(-1)), InForce(book, start)));

        book = Approved(book, Version("today", new(2026, 10, 12)), Now);
        Assert.Equal(("v1", "today", "a"), (InForce(book, Now.AddMilliseconds(-1)), InForce(book, Now), InForce(book, start)));
    }

    [Fact]
    public void Proposal_ActsOnlyAfterAnotherPersonApproved()
    {
        var book = DeadlineBookRules.Put(new(), Version("a", new(2026, 10, 13)), None, Wang, Now).Value!;
        Assert.Equal("v1", InForce(book, Now.AddDays(30)));
        Assert.Equal("duty.same-person", DeadlineBookRules.Approve(book, "a", Wang, Now).Rejection?.Code);
        Assert.Equal("policy.not-proposed", DeadlineBookRules.Approve(book, "b", Li, Now).Rejection?.Code);
        Assert.Equal("a", InForce(DeadlineBookRules.Approve(book, "a", Li, Now).Value!, Now.AddDays(30)));
    }

    [Fact]
    public void PastAndTakenDays_AreRefused()
    {
        var book = Approved(new(), Version("a", new(2026, 11, 1)), Now);
        Assert.Equal("policy.effective-from", DeadlineBookRules.Put(book, Version("b", new(2026, 10, 11)), None, Wang, Now).Rejection?.Code);
        Assert.Equal("policy.overlap", DeadlineBookRules.Put(book, Version("b", new(2026, 11, 1)), None, Wang, Now).Rejection?.Code);
        var two = DeadlineBookRules.Put(book, Version("b", new(2026, 12, 1)), None, Wang, Now).Value!;
        Assert.Equal("policy.overlap", DeadlineBookRules.Put(two, Version("c", new(2026, 12, 1)), None, Wang, Now).Rejection?.Code);
    }

    [Fact]
    public void ProposalOvertakenByALaterVersion_CannotBeApprovedAnyMore()
    {
        var book = DeadlineBookRules.Put(new(), Version("early", new(2026, 10, 20)), None, Wang, Now).Value!;
        book = Approved(book, Version("late", new(2026, 11, 1)), Now);
        Assert.Equal("policy.outdated", DeadlineBookRules.Approve(book, "early", Li, Now.AddDays(40)).Rejection?.Code);
        Assert.True(DeadlineBookRules.Approve(book, "early", Li, Now.AddDays(9)).IsDone);
    }

    [Fact]
    public void ApprovedVersion_NeverChanges_AndTheSameContentAgainChangesNothing()
    {
        var policy = Version("a", new(2026, 11, 1));
        var book = Approved(new(), policy, Now);
        var shuffled = policy with { Rows = [.. policy.Rows.Reverse()] };

        Assert.Same(book, DeadlineBookRules.Put(book, shuffled, None, Wang, Now.AddYears(1)).Value);
        Assert.Equal("policy.approved", DeadlineBookRules.Put(book, Version("a", new(2026, 11, 1), 2), None, Wang, Now).Rejection?.Code);
        Assert.Equal("policy.approved", DeadlineBookRules.Put(book, DeadlinePolicy.V1 with { ExtensionCapWorkingDays = 5 }, None, Wang, Now).Rejection?.Code);
    }

    [Fact]
    public void WaitingProposal_IsReplacedOnlyUponItsNumber()
    {
        var book = DeadlineBookRules.Put(new(), Version("a", new(2026, 11, 1)), None, Wang, Now).Value!;
        var other = Version("a", new(2026, 11, 1), 2);
        Assert.Equal("precondition.required", DeadlineBookRules.Put(book, other, None, Wang, Now).Rejection?.Code);
        Assert.Equal("precondition.failed", DeadlineBookRules.Put(book, other, new(true, 77), Wang, Now).Rejection?.Code);
        Assert.Equal(other, DeadlineBookRules.Put(book, other, new(true, book.Proposals[0].Number), Wang, Now).Value!.Proposals[0].Policy);
        Assert.Same(book, DeadlineBookRules.Put(book, Version("a", new(2026, 11, 1)), None, Wang, Now).Value);
    }

    [Fact]
    public void Changes_AreSaidInSentences()
    {
        var to = DeadlinePolicy.V1 with
        {
            Rows = [.. DeadlinePolicy.V1.Rows.Where(r => r.Nature != Nature.Help).Select(r => r.Clock == Clock.Accept ? r with { Ordinary = Span.WorkingHours(2) } : r),
                new DeadlineRow(Clock.Reply, Span.WorkingDays(2), null, Nature.Complaint, UnitTier.Brigade, [RecordKind.Transcript, RecordKind.Photos])],
            ExtensionCapWorkingDays = 5,
        };

        Assert.Equal(
            [
                "签收时限由一般4个工作小时、紧急30分钟改为一般2个工作小时、紧急30分钟。",
                "取消求助类答复时限（原为一般3个工作日、紧急120分钟）。",
                "新增大队投诉类答复时限：一般2个工作日、紧急不设，须提供现场照片、询问笔录。",
                "一次延期的上限由10个工作日改为5个工作日。",
            ],
            DeadlineDiffRules.Changes(DeadlinePolicy.V1, to).Select(c => c.Sentence));
        Assert.Empty(DeadlineDiffRules.Changes(to, to));
    }
}
