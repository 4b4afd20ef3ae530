using Hotline.Shared;

namespace Hotline.Units;

public sealed class RollChangeRulesTests
{
    private static readonly Month October = new(2026, 10), November = new(2026, 11), First = new(2025, 1);
    private static readonly Actor Wang = new("wang", "key", [Role.Administrator], null, true),
        Li = new("li", "key", [Role.OfficeDirector], null, true);
    private static readonly DateTimeOffset Now = new(2026, 10, 12, 1, 0, 0, TimeSpan.Zero);

    private static readonly Unit Station = new("A", "甲所", UnitTier.Station, "张三", "李四", null, null, [], 3);

    private static DescribeUnit As(UnitTier tier, Month? from = null) => new("甲所", tier, null, null, null, null, null, TierFrom: from);

    private static Unit Described(Unit unit, DescribeUnit wanted, Month? thisMonth = null) =>
        UnitRules.Describe(unit, "A", wanted, thisMonth ?? October).Value!;

    private static IReadOnlyList<Month> Touched(Unit before, Unit after) =>
        [.. RollChangeRules.Moves(before, after, First, October).Select(m => m.Month)];

    [Fact]
    public void Tier_WithoutMore_ChangesFromTheNextMonthOn()
    {
        var changed = Described(Station, As(UnitTier.Brigade));
        Assert.Equal((November, UnitTier.Station, UnitTier.Brigade),
            (changed.TierSince(), changed.TierIn(October), changed.TierIn(November)));
        Assert.Equal(UnitTier.Station, changed.TierIn(new(1, 1)));
        Assert.Empty(Touched(Station, changed));
        Assert.Same(changed, Described(changed, As(UnitTier.Brigade)));
        Assert.Same(changed, Described(changed, As(UnitTier.Brigade, November)));
    }

    [Fact]
    public void TierThatHasNotBegun_IsTakenBackOrPutOff_AndTheUnitIsAsIfNothingHadBeen()
    {
        var changed = Described(Station, As(UnitTier.Brigade));
        Assert.Equal(Station with { Version = 5 }, Described(changed, As(UnitTier.Station)));
        Assert.Equal(new Month(2026, 12), Described(changed, As(UnitTier.Brigade, new(2026, 12))).TierSince());
        Assert.Equal([new(new(1, 1), UnitTier.Station), new(November, UnitTier.Centre)], Described(changed, As(UnitTier.Centre)).Tiers!);
    }

    [Fact]
    public void TierThatHasBegun_StaysInItsMonths()
    {
        var changed = Described(Described(Station, As(UnitTier.Brigade)), As(UnitTier.Station), new(2027, 1));
        Assert.Equal([new(new(1, 1), UnitTier.Station), new(November, UnitTier.Brigade), new(new(2027, 2), UnitTier.Station)],
            changed.Tiers!);
        Assert.Equal((UnitTier.Brigade, UnitTier.Station), (changed.TierIn(new(2027, 1)), changed.TierIn(new(2027, 2))));
    }

    [Theory]
    [InlineData(2026, 10, 1)]
    [InlineData(2026, 9, 2)]
    [InlineData(2026, 11, 0)]
    [InlineData(2020, 1, 22)]
    public void EarlierTier_TouchesEveryMonthFromThen_ThatHasFigures(int year, int month, int touched) =>
        Assert.Equal(touched, Touched(Station, Described(Station, As(UnitTier.Brigade, new(year, month)))).Count);

    [Theory]
    [InlineData(null, "2026-10-31", 0)]
    [InlineData(null, "2026-10-01", 0)]
    [InlineData(null, "2026-09-30", 1)]
    [InlineData(null, "2026-12-31", 0)]
    [InlineData("2024-12-31", null, 0)]
    [InlineData("2025-01-31", null, 0)]
    [InlineData("2026-10-31", null, 21)]
    [InlineData("2026-11-01", null, 22)]
    public void Dates_TouchTheMonthsWhoseRowComesOrGoes(string? from, string? to, int touched)
    {
        var changed = Station with { ActiveFrom = Day(from), ActiveTo = Day(to) };
        Assert.Equal(touched, Touched(Station, changed).Count);
        Assert.Equal(touched, Touched(changed, Station).Count);
    }

    [Fact]
    public void CentreAndAbsentUnit_AreInNoTableAlike() =>
        Assert.Empty(Touched(Station with { Tier = UnitTier.Centre }, Station with { ActiveTo = Day("2024-01-01") }));

    [Fact]
    public void Proposal_TouchesOnlyTheSeat_TheRestActsAtOnce()
    {
        var wanted = Described(Station,
            new("甲新所", UnitTier.Brigade, "王五", null, null, Day("2026-09-30"), null, SucceededBy: "B", TierFrom: October));
        var proposed = RollChangeRules.Propose(Station, wanted, Wang, Now);
        Assert.Equal(("甲新所", "王五", UnitTier.Station, null, null),
            (proposed.Name, proposed.Head, proposed.Tier, proposed.ActiveTo, proposed.SucceededBy));
        Assert.Equal(new RollChange("wang", Now, new(October, UnitTier.Brigade), null, Day("2026-09-30"), "B"), proposed.Waiting);
        var approved = RollChangeRules.Approve(proposed, Li, 4, October).Value!;
        Assert.Equal((UnitTier.Brigade, October, Day("2026-09-30"), "B", 5L, null),
            (approved.Tier, approved.TierSince(), approved.ActiveTo, approved.SucceededBy, approved.Version, approved.Waiting));
    }

    [Fact]
    public void SameProposalOfTheSamePerson_ChangesNothing_AnothersTakesItsPlace()
    {
        var wanted = Described(Station, As(UnitTier.Brigade, October));
        var proposed = RollChangeRules.Propose(Station, wanted, Wang, Now);
        var again = Described(proposed, As(UnitTier.Brigade, October));
        Assert.Same(proposed, RollChangeRules.Propose(proposed, again, Wang, Now.AddDays(1)));
        Assert.Equal(("li", 5L), (RollChangeRules.Propose(proposed, again, Li, Now) is var other ? other.Waiting!.ProposedBy
            : "", other.Version));
    }

    [Fact]
    public void Approval_IsAnothersThanTheProposers_OnTheVersionSeen()
    {
        var proposed = RollChangeRules.Propose(Station, Described(Station, As(UnitTier.Brigade, October)), Wang, Now);
        Assert.Equal("duty.same-person", RollChangeRules.Approve(proposed, Wang, null, October).Rejection!.Code);
        Assert.Equal("precondition.failed", RollChangeRules.Approve(proposed, Li, 3, October).Rejection!.Code);
        Assert.Equal("unit.not-proposed", RollChangeRules.Approve(Station, Li, null, October).Rejection!.Code);
        Assert.Equal("not-found", RollChangeRules.Approve(null, Li, null, October).Rejection!.Code);
        Assert.Equal(Station with { Version = 5 }, RollChangeRules.Refuse(proposed, 4).Value);
    }

    [Fact]
    public void WhatIsNotPartOfAProposal_StaysAsOthersHaveMadeItMeanwhile()
    {
        var proposed = RollChangeRules.Propose(Station, Described(Station, As(UnitTier.Brigade, October)), Wang, Now);
        var ended = Described(proposed, As(UnitTier.Station) with { ActiveTo = Day("2027-03-31"), Head = "王五" });
        var approved = RollChangeRules.Approve(ended, Li, null, October).Value!;
        Assert.Equal((Day("2027-03-31"), "王五", UnitTier.Brigade), (approved.ActiveTo, approved.Head, approved.TierIn(October)));
    }

    [Fact]
    public void ImportedUnit_TakesItsTierFromTheStart_WhenAPersonFirstDescribesIt()
    {
        var described = Described(Station with { Imported = true }, As(UnitTier.Brigade));
        Assert.Equal((UnitTier.Brigade, null, UnitTier.Brigade), (described.Tier, described.TierSince(), described.TierIn(First)));
        Assert.Equal("unit.tier-from-invalid", UnitRules.Describe(null, "N", As(UnitTier.Brigade, October), October).Rejection!.Code);
    }

    private static DateOnly? Day(string? text) =>
        text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
