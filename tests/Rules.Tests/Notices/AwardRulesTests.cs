using Hotline.Notices;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Rules.Tests.Notices;

/// <summary>Lists by two people, vetoes, and the year's rewards.</summary>
public sealed class AwardRulesTests
{
    private static readonly Actor Wang = new("王主任", "k", [Role.OfficeDirector], null, true);
    private static readonly Actor Li = new("李局长", "k", [Role.Leader], null, true);
    private static readonly DateTimeOffset Now = new(2026, 10, 12, 1, 0, 0, TimeSpan.Zero);

    private static Revision Approved(string body, int number = 1) =>
        new(RevisionKind.Quarter, "2026-Q3", LeagueTier.Station, number, Revision.Hash(body), body, Wang.Id, Li.Id, null, Now, Now);

    private static (SourceList, QuarterBody) Won(int quarter, LeagueTier tier, params string[] units)
    {
        var body = Quarters.OfScores(99);
        var winner = body.Candidates[0];
        return (new(new(2026, quarter), tier, 1, "h"), body with { Candidates = [.. units.Select(u => winner with { Unit = new(u, u + "所") })] });
    }

    [Fact]
    public void Proposal_NeedsPublishedMonths_AndACorrectionAReasonAndAChange()
    {
        Assert.Equal("award.not-ready", AwardLifeRules.Propose(LeagueTier.Station, "x", false, null, null, (Wang, Now)).Rejection!.Code);
        Assert.Equal((1, null), Of(AwardLifeRules.Propose(LeagueTier.Station, "x", true, null, "多余", (Wang, Now)).Value!));
        Assert.Equal("award.unchanged", AwardLifeRules.Propose(LeagueTier.Station, "x", true, Approved("x"), "更正", (Wang, Now)).Rejection!.Code);
        Assert.Equal("award.reason-missing", AwardLifeRules.Propose(LeagueTier.Station, "y", true, Approved("x"), " ", (Wang, Now)).Rejection!.Code);
        Assert.Equal((2, "更正"), Of(AwardLifeRules.Propose(LeagueTier.Station, "y", true, Approved("x"), "更正", (Wang, Now)).Value!));
        static (int, string?) Of(ProposedAward award) => (award.Proposal.Revision, award.Proposal.Reason);
    }

    [Fact]
    public void Approval_IsByAnother_WhoRecordedNoVetoInIt_OfFiguresThatStillHold()
    {
        var award = AwardLifeRules.Propose(LeagueTier.Station, "x", true, null, null, (Wang, Now)).Value!;
        Assert.Equal("award.not-proposed", AwardLifeRules.MayApprove(null, "x", Li, [])!.Code);
        Assert.Equal("duty.same-person", AwardLifeRules.MayApprove(award, "x", Wang, [])!.Code);
        Assert.Equal("duty.same-person", AwardLifeRules.MayApprove(award, "x", Li, [Li.Id])!.Code);
        Assert.Equal("award.outdated", AwardLifeRules.MayApprove(award, "y", Li, [])!.Code);
        Assert.Null(AwardLifeRules.MayApprove(award, "x", Li, [Wang.Id]));
    }

    [Fact]
    public void ApprovedList_SaysWhenItsGroundChanged()
    {
        Assert.False(AwardLifeRules.Approved(Approved("x"), null, "x", true).Outdated);
        Assert.Equal((AwardStatus.Corrected, true), (AwardLifeRules.Approved(Approved("x", 2), null, "y", true).Status, AwardLifeRules.Approved(Approved("x", 2), null, "y", true).Outdated));
    }

    [Fact]
    public void Veto_NeedsAUnitAndEvidence_IsRecordedOnce_AndKeptWhenWithdrawn()
    {
        var none = new QuarterState();
        var unit = new LeagueUnitName("A", "A所");
        Assert.Equal("unit.unknown", VetoRules.Record(none, null, VetoGround.Leak, ("证据", null), Wang, Now).Rejection!.Code);
        Assert.Equal("veto.evidence-missing", VetoRules.Record(none, unit, VetoGround.Leak, (" ", null), Wang, Now).Rejection!.Code);
        var veto = VetoRules.Record(none, unit, VetoGround.Leak, ("证据", null), Wang, Now).Value!;
        var state = VetoRules.Put(none, veto);
        Assert.Same(veto, VetoRules.Record(state, unit, VetoGround.Leak, ("证据", null), Wang, Now.AddHours(1)).Value);
        Assert.Equal("V-2", VetoRules.Record(state, unit, VetoGround.FalsifiedContact, ("证据", null), Wang, Now).Value!.Id);

        Assert.Equal("not-found", VetoRules.Withdraw(state, "V-9", "查否", Li, Now).Rejection!.Code);
        var withdrawn = VetoRules.Put(state, VetoRules.Withdraw(state, "V-1", "查否", Li, Now).Value!);
        Assert.Empty(VetoRules.Acting(withdrawn));
        Assert.Equal("查否", Assert.Single(withdrawn.Vetoes).WithdrawnReason);
        Assert.Equal("veto.withdrawn", VetoRules.Withdraw(withdrawn, "V-1", "再撤", Li, Now).Rejection!.Code);
    }

    [Fact]
    public void ThreeExcellentQuarters_AreRewarded_TwoAreNot_AcrossTiersAndWithoutInheritance()
    {
        Unit[] roll = [new("M", "M所", UnitTier.Station, null, null, null, new(2026, 9, 30), [], 2, SucceededBy: "B")];
        var body = YearRules.Body(2026, [Won(1, LeagueTier.Station, "A", "B", "M"), Won(2, LeagueTier.Station, "A", "M"), Won(3, LeagueTier.All, "A", "B")], ScoringPolicy.V1, roll);
        Assert.Equal(["A"], YearRules.Winners(body).Select(u => u.Code));
        Assert.Equal([3, 2, 2], body.Candidates.Select(c => c.Quarters.Count));
        Assert.Equal(("M", "B"), (body.Candidates[2].Unit.Code, body.Candidates[2].SucceededBy));
        Assert.Contains("2 次，不足 3 次", body.Candidates[1].Reason);
    }

    [Fact]
    public void Year_IsReady_WhenOver_AndEveryPublishedQuarterHasItsList()
    {
        var body = YearRules.Body(2026, [Won(3, LeagueTier.Station, "A"), Won(4, LeagueTier.Station, "A")], ScoringPolicy.V1, []);
        (Month, LeagueTier)[] published = [(new(2026, 8), LeagueTier.Station), (new(2026, 12), LeagueTier.Station)];
        Assert.True(YearRules.IsReady(body, true, published));
        Assert.False(YearRules.IsReady(body, false, published));
        Assert.False(YearRules.IsReady(body, true, [.. published, (new(2026, 5), LeagueTier.Station)]));
        Assert.False(YearRules.IsReady(body, true, [.. published, (new(2026, 8), LeagueTier.Brigade)]));
    }

    [Theory]
    [InlineData("2026-Q3", true)]
    [InlineData("2026-Q5", false)]
    [InlineData("2026-q3", false)]
    [InlineData("0000-Q1", false)]
    [InlineData("2026-3", false)]
    public void Quarter_IsWrittenInOneWay(string text, bool valid) => Assert.Equal(valid, Quarter.Parse(text)?.ToString() == text);

    [Fact]
    public void Quarter_HasItsThreeMonths() => Assert.Equal([10, 11, 12], Quarter.Of(new(2026, 11)).Months.Select(m => m.Number));
}
