using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Rules.Tests.Scorecards;

public class LeagueLifeRulesTests
{
    private static readonly Actor Wang = new("wang", "k", [], null);
    private static readonly Actor Li = new("li", "k", [], null);
    private static readonly Month October = new(2026, 10);
    private static readonly DateTimeOffset FirstInstantAfter = new(2026, 10, 31, 16, 0, 0, TimeSpan.Zero);
    private static readonly LeagueTableState Proposed = new() { ClosedAt = FirstInstantAfter, ClosedBy = "system", Proposal = new("wang", FirstInstantAfter, LeagueCanon.Hash("{}"u8.ToArray()), "{}") };

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
        Assert.Equal("league.not-closed", LeagueLifeRules.MayPropose(new())!.Code);
        Assert.Null(LeagueLifeRules.MayPropose(Proposed));
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
