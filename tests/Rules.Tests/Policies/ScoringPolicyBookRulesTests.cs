using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Rules.Tests.Policies;

public class ScoringPolicyBookRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 9, 1, 0, 0, TimeSpan.Zero);
    private static readonly Actor Wang = new("wang", "k1", [], null);
    private static readonly Actor Li = new("li", "k2", [], null);
    private static readonly PolicyCondition None = new(false, null);
    private static readonly ScoringPolicyState Empty = new();

    private static ScoringPolicy Trial(string from = "2011-01") => ScoringPolicy.V1 with { Version = "trial", EffectiveFrom = Month.Parse(from)!.Value, MinEffectiveCallbacks = 0 };

    private static ScoringPolicyState Put(ScoringPolicyState book, ScoringPolicy policy, PolicyCondition? condition = null) =>
        ScoringPolicyBookRules.Put(book, policy, condition ?? None, Wang, Now).Value!;

    private static string? Refused(Result<ScoringPolicyState> result) => result.Rejection?.Code;

    [Fact]
    public void NewStore_KnowsV1() => Assert.Equal(["v1"], Empty.Policies.Select(p => p.Policy.Version));

    [Fact]
    public void FirstPut_ActsAtOnce()
    {
        var book = Put(Empty, Trial());
        Assert.Equal(("trial", 2L, "wang", null), (book.Policies[^1].Policy.Version, book.Policies[^1].Number, book.Policies[^1].StoredBy, book.Policies[^1].ApprovedBy));
        Assert.Empty(book.Proposals);
        Assert.True(book.Version > Empty.Version);
    }

    [Fact]
    public void SameContentAgain_ChangesNothing()
    {
        var book = Put(Empty, Trial());
        Assert.Same(book, Put(book, Trial()));
    }

    [Fact]
    public void Replacing_NeedsIfMatch()
    {
        var book = Put(Empty, Trial());
        var changed = Trial() with { BottomCount = 2 };
        Assert.Equal("precondition.required", Refused(ScoringPolicyBookRules.Put(book, changed, None, Wang, Now)));
        Assert.Equal("precondition.failed", Refused(ScoringPolicyBookRules.Put(book, changed, new(true, 1), Wang, Now)));
        Assert.Equal(3, Put(book, changed, new(true, 2)).Find("trial")!.Number);
        Assert.Equal(3, Put(book, changed, new(true, null)).Find("trial")!.Number);
    }

    [Fact]
    public void IfMatch_OnAVersionThatDoesNotExist_Fails() =>
        Assert.Equal("precondition.failed", Refused(ScoringPolicyBookRules.Put(Empty, Trial(), new(true, 7), Wang, Now)));

    [Fact]
    public void ReplacedVersion_CountsAsStoredLast()
    {
        var other = Trial() with { Version = "other" };
        var book = Put(Put(Put(Empty, Trial()), other), Trial() with { BottomCount = 2 }, new(true, null));
        Assert.Equal(["v1", "other", "trial"], book.Policies.Select(p => p.Policy.Version));
    }

    [Theory]
    [InlineData("2011-01", true)]
    [InlineData("2024-06", true)]
    [InlineData("2024-07", false)]
    public void ClosedTableFromItsFirstMonthOn_MakesItAProposal(string from, bool proposal)
    {
        var book = Put(Empty.Close(new(2024, 6), "brigade"), Trial(from));
        Assert.Equal(proposal, book.Proposals.Count == 1);
        Assert.Equal(proposal, book.Find("trial") is null);
    }

    [Fact]
    public void ReplacingAVersion_ThatAppliedToAClosedMonth_IsAProposal_EvenWhenItsNewMonthIsLater()
    {
        var book = Put(Put(Empty, Trial()).Close(new(2024, 6), "station"), Trial("2025-01"), new(true, 2));
        Assert.Equal("2011-01", book.Find("trial")!.Policy.EffectiveFrom.ToString());
        Assert.Equal("2025-01", Assert.Single(book.Proposals).Policy.EffectiveFrom.ToString());
    }

    [Fact]
    public void Proposal_IsApprovedByAnotherPersonOnly()
    {
        var book = Put(Empty.Close(new(2024, 6), "brigade"), Trial());
        Assert.Equal("duty.same-person", Refused(ScoringPolicyBookRules.Approve(book, "trial", Wang, Now)));
        var approved = ScoringPolicyBookRules.Approve(book, "trial", Li, Now).Value!;
        Assert.Equal(("wang", "li"), (approved.Find("trial")!.StoredBy, approved.Find("trial")!.ApprovedBy));
        Assert.Empty(approved.Proposals);
    }

    [Fact]
    public void Proposal_AgainstAVersionThatWasReplacedSince_IsNotApproved()
    {
        var book = Put(Put(Empty, Trial("2025-01")).Close(new(2025, 6), "station"), Trial("2025-01") with { BottomCount = 2 }, new(true, 2));
        var moved = book with { Policies = [.. book.Policies.Where(p => p.Policy.Version != "trial"), new(Trial("2026-01"), 9, "zhao", "qian", Now)] };
        Assert.Equal("precondition.failed", Refused(ScoringPolicyBookRules.Approve(moved, "trial", Li, Now)));
    }

    [Fact]
    public void ReplacedAndDropped_StayOnRecord()
    {
        var book = Put(Put(Empty, Trial()), Trial() with { BottomCount = 2 }, new(true, 2)).Close(new(2024, 6), "station");
        var proposed = Put(book, Trial() with { BottomCount = 1 }, new(true, 3));
        var dropped = proposed.Drop(proposed.Proposals[0], "li", Now);
        Assert.Empty(dropped.Proposals);
        Assert.Equal(("li", 1), (Assert.Single(dropped.Dropped).DroppedBy, dropped.Dropped[0].Proposal.Policy.BottomCount));
        Assert.Equal(3, Assert.Single(dropped.Replaced).Policy.BottomCount);
    }

    [Fact]
    public void UnknownProposal_IsNotApproved() => Assert.Equal("policy.not-proposed", Refused(ScoringPolicyBookRules.Approve(Empty, "trial", Li, Now)));

    [Fact]
    public void ProposalHandedInTwice_ByTheSamePerson_StandsOnce()
    {
        var book = Put(Empty.Close(new(2024, 6), "brigade"), Trial());
        Assert.Same(book, Put(book, Trial()));
    }

    [Fact]
    public void InvalidPolicy_IsRefusedWithItsField()
    {
        var refused = ScoringPolicyBookRules.Put(Empty, Trial() with { StreakMonths = 0 }, None, Wang, Now).Rejection!;
        Assert.Equal(("policy.count", "/streakMonths", RejectionKind.Rule), (refused.Code, refused.Pointer, refused.Kind));
    }

    [Fact]
    public void ClosingTwice_IsRecordedOnce()
    {
        var book = Empty.Close(new(2024, 6), "brigade");
        Assert.Same(book, book.Close(new(2024, 6), "brigade"));
    }
}
