using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Rules.Tests.Scorecards;

public class LeagueLifeRulesTests
{
    private static readonly Actor Wang = new("wang", "k", [], null);
    private static readonly Actor Li = new("li", "k", [], null);
    private static readonly Month October = new(2026, 10);
    private static readonly DateTimeOffset FirstInstantAfter = new(2026, 10, 31, 16, 0, 0, TimeSpan.Zero);
    private static readonly LeagueTableState Proposed = new() { ClosedAt = FirstInstantAfter, ClosedBy = "system", Proposal = new("wang", FirstInstantAfter, Revision.Hash("{}"), "{}") };

    [Fact]
    public void RunningMonth_IsNotClosed() =>
        Assert.Equal("league.month-running", LeagueLifeRules.Close(new(), October, Wang, FirstInstantAfter.AddMilliseconds(-1)).Rejection!.Code);

    [Fact]
    public void Month_IsOverAtMidnightInShanghai()
    {
        var closed = LeagueLifeRules.Close(new(), October, Wang, FirstInstantAfter).Value!;
        Assert.Equal((FirstInstantAfter, "wang"), (closed.ClosedAt!.Value, closed.ClosedBy));
    }

    [Fact]
    public void ClosingAgain_ChangesNothing() => Assert.Same(Proposed, LeagueLifeRules.Close(Proposed, October, Li, FirstInstantAfter.AddDays(9)).Value);

    [Fact]
    public void OnlyAClosedTable_IsProposed()
    {
        Assert.Equal("league.not-closed", LeagueLifeRules.MayPropose(new(), null, FirstInstantAfter)!.Code);
        Assert.Null(LeagueLifeRules.MayPropose(Proposed, null, FirstInstantAfter));
    }

    [Fact]
    public void Window_MustHaveEnded_AndEveryRequestBeDecided()
    {
        var end = new DateTimeOffset(2026, 11, 5, 9, 30, 0, TimeSpan.Zero);
        var refused = LeagueLifeRules.MayPropose(Proposed, end, end.AddMilliseconds(-1))!;
        Assert.Equal("league.window", refused.Code);
        Assert.Contains("2026年11月5日17:30", refused.Detail, StringComparison.Ordinal);
        Assert.Null(LeagueLifeRules.MayPropose(Proposed, end, end));
        var undecided = LeagueLifeRules.Undecided(2)!;
        Assert.Equal("league.undecided", undecided.Code);
        Assert.Contains("2 件", undecided.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Approval_NeedsAProposal_AndAnotherPerson()
    {
        Assert.Equal("league.not-proposed", LeagueLifeRules.MayApprove(new(), Li)!.Code);
        Assert.Equal("duty.same-person", LeagueLifeRules.MayApprove(Proposed, Wang)!.Code);
        Assert.Null(LeagueLifeRules.MayApprove(Proposed, Li));
    }

    [Fact]
    public void Key_NamesMonthAndTier() => Assert.Equal((October, LeagueTier.Brigade), LeagueKeys.Read(LeagueKeys.Of(October, LeagueTier.Brigade)));
}
