using Hotline.Shared;

namespace Hotline.Units;

public sealed class UnitRulesTests
{
    private static readonly DateOnly Day = new(2025, 9, 8);

    private static readonly Month ThisMonth = new(2025, 9);

    private static DescribeUnit Wanted(string name, IReadOnlyList<string>? aliases = null, long? expected = null) =>
        new(name, UnitTier.Station, "张三", "李四", null, null, aliases, expected);

    private static Unit Described(string code, string name, IReadOnlyList<string>? aliases = null) =>
        UnitRules.Describe(null, code, Wanted(name, aliases), ThisMonth).Value!;

    [Theory]
    [InlineData("DG", true)]
    [InlineData("0001", true)]
    [InlineData("东关派出所", true)]
    [InlineData("110-2_a", true)]
    [InlineData("𠮷祥所", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("a.b", false)]
    [InlineData("..", false)]
    [InlineData("a\u202eb", false)]
    [InlineData("e\u0301", false)]
    public void Code_StandsInAddressesAndKeys(string code, bool isCode) => Assert.Equal(isCode, UnitRules.IsCode(code));

    [Fact]
    public void Code_IsAtMost64CodePoints()
    {
        Assert.True(UnitRules.IsCode(string.Concat(Enumerable.Repeat("𠮷", 64))));
        Assert.False(UnitRules.IsCode(string.Concat(Enumerable.Repeat("𠮷", 65))));
    }

    [Theory]
    [InlineData("治安大队", UnitTier.Brigade)]
    [InlineData("东关派出所", UnitTier.Station)]
    [InlineData("大队部", UnitTier.Station)]
    public void Tier_OfAnImportedUnit_FollowsItsName(string name, UnitTier tier) => Assert.Equal(tier, UnitRules.Import(null, name, Day).Value!.Tier);

    [Fact]
    public void ImportedUnit_HasItsNameAsCodeAndIsActiveFromTheEarliestDaySeen()
    {
        var first = UnitRules.Import(null, "东关派出所", Day).Value!;
        Assert.Equal(("东关派出所", (DateOnly?)Day, 1L), (first.Code, first.ActiveFrom, first.Version));
        var earlier = UnitRules.Import(first, "东关派出所", Day.AddDays(-1)).Value!;
        Assert.Equal(((DateOnly?)Day.AddDays(-1), 2L), (earlier.ActiveFrom, earlier.Version));
        Assert.Same(earlier, UnitRules.Import(earlier, "东关派出所", Day).Value);
    }

    [Fact]
    public void DescribedUnit_KeepsItsDatesWhateverIsImported_UnlessNobodyEverSaidThem()
    {
        var described = Described("DG", "东关派出所");
        Assert.Same(described, UnitRules.Import(described, "DG", Day).Value);
        var adopted = UnitRules.Describe(UnitRules.Import(null, "东关派出所", Day).Value, "东关派出所", Wanted("东关派出所"), ThisMonth).Value!;
        Assert.Equal(((DateOnly?)Day, false), (adopted.ActiveFrom, adopted.Imported));
        var earlier = UnitRules.Import(adopted, "东关派出所", Day.AddDays(-1)).Value!;
        Assert.Equal((Day.AddDays(-1), false), (earlier.ActiveFrom, earlier.Imported));
        var dated = UnitRules.Describe(earlier, "东关派出所", Wanted("东关派出所") with { ActiveFrom = new(Day) }, ThisMonth).Value!;
        Assert.Same(dated, UnitRules.Import(dated, "东关派出所", Day.AddDays(-9)).Value);
    }

    [Fact]
    public void SameDescription_IsNoChange()
    {
        var unit = Described("DG", "东关派出所", ["东关所"]);
        Assert.Same(unit, UnitRules.Describe(unit, "DG", Wanted("东关派出所", ["东关所"]), ThisMonth).Value);
        Assert.Same(unit, UnitRules.Describe(unit, "DG", Wanted("东关派出所"), ThisMonth).Value);
    }

    [Fact]
    public void Rename_KeepsTheFormerNameUnlessAliasesAreListed()
    {
        var unit = Described("DG", "东关派出所", ["东关所"]);
        Assert.Equal(["东关所", "东关派出所"], UnitRules.Describe(unit, "DG", Wanted("东城派出所"), ThisMonth).Value!.Aliases);
        Assert.Empty(UnitRules.Describe(unit, "DG", Wanted("东城派出所", []), ThisMonth).Value!.Aliases);
    }

    [Fact]
    public void Aliases_AreNotRepeatedAndNotTheName() =>
        Assert.Equal(["东关所"], Described("DG", "东关派出所", ["东关所", " 东关所 ", "东关派出所", "ｄｇ"]).Aliases);

    [Theory]
    [InlineData("DG", "其他派出所")]
    [InlineData("ｄｇ", "其他派出所")]
    [InlineData("XX", "东关派出所")]
    [InlineData("XX", "东关所")]
    [InlineData("东关所", "其他派出所")]
    public void Rival_SharesACodeNameOrAliasInAnySpelling(string code, string name)
    {
        var unit = Described("DG", "东关派出所", ["东关所"]);
        var other = new Unit(code == "DG" ? "YY" : code, name, UnitTier.Station, null, null, null, null, code == "DG" ? ["DG"] : [], 1);
        Assert.Same(unit, UnitRules.Rival([unit], other));
    }

    [Fact]
    public void Unit_IsNoRivalOfItself() => Assert.Null(UnitRules.Rival([Described("DG", "东关派出所")], Described("DG", "东关派出所", ["东关所"])));

    [Theory]
    [InlineData(null, true)]
    [InlineData(1L, true)]
    [InlineData(0L, false)]
    [InlineData(2L, false)]
    public void ExpectedVersion_MustBeTheCurrentOne(long? expected, bool done)
    {
        var result = UnitRules.Describe(Described("DG", "东关派出所"), "DG", Wanted("东城派出所", expected: expected), ThisMonth);
        Assert.Equal((done, done ? null : RejectionKind.Stale), (result.IsDone, result.Rejection?.Kind));
    }

    [Fact]
    public void WhatIsLeftOut_StaysAsItIs_AndNullClearsIt()
    {
        var whole = UnitRules.Describe(null, "DG",
            new("东关派出所", UnitTier.Station, "张三", "李四", Day, Day.AddDays(9), ["东关所"], SucceededBy: "XG"), ThisMonth).Value!;
        var partly = UnitRules.Describe(whole, "DG", new("东关派出所", UnitTier.Station, "王五", null, null, null, null), ThisMonth).Value!;
        Assert.Equal(whole with { Head = "王五", Version = 2, Aliases = partly.Aliases }, partly);
        Assert.Equal(whole.Aliases, partly.Aliases);
        var cleared = UnitRules.Describe(whole, "DG",
            new("东关派出所", UnitTier.Station, Null<string>(), Null<string>(), Null<DateOnly?>(), Null<DateOnly?>(), [],
            SucceededBy: Null<string>()), ThisMonth).Value!;
        Assert.Equal((null, null, null, null, null, 0),
            (cleared.Head, cleared.DeputyChief, cleared.ActiveFrom, cleared.ActiveTo, cleared.SucceededBy, cleared.Aliases.Count));
    }

    [Fact]
    public void Successor_WithoutALastDay_IsRefused() => Assert.Equal("unit.successor-invalid", UnitRules.Describe(
        UnitRules.Describe(null, "DG", new("东关派出所", UnitTier.Station, null, null, null, Day, null, SucceededBy: "XG"), ThisMonth).Value,
        "DG",
        Wanted("东关派出所") with { ActiveTo = Null<DateOnly?>() }, ThisMonth).Rejection!.Code);

    private static Given<T?> Null<T>() => new(default(T));
}
