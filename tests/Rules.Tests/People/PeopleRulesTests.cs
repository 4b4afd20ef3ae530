using Hotline.Shared;

namespace Hotline.People;

/// <summary>Who can be entered in the register.</summary>
public sealed class PeopleRulesTests
{
    private static readonly PeopleState One = Enter(new(), "W1", "王强").Value!;

    private static Result<PeopleState> Enter(PeopleState state, string code, string name, string? unit = null, params Role[] roles) =>
        PeopleRules.Describe(state, new(code, name, unit, roles.Length == 0 ? [Role.Dispatcher] : roles), Actor.System);

    /// <summary>One name in many spellings is one name.</summary>
    [Theory]
    [InlineData("王 强"), InlineData(" 王强 "), InlineData("王\u3000强"), InlineData("王\u00A0强"), InlineData("王\u200B强"), InlineData("王\u200D强"), InlineData("\uFEFF王强")]
    [InlineData("王\u2060强"), InlineData("王\u00AD强"), InlineData("王强\uFE00"), InlineData("王·强"), InlineData("王\u3164强"), InlineData("王\u2800强"), InlineData("⽟强", false)]
    [InlineData("王强\u0301"), InlineData("王\u034F强"), InlineData("王-强"), InlineData("王\u061C强"), InlineData("王\u115F强")]
    public void SpellingOfAName_IsThatName(string spelling, bool same = true) =>
        Assert.Equal(same ? "person.name-taken" : null, Enter(One, "W2", spelling).Rejection?.Code);

    [Theory]
    [InlineData("Wang", "WANG"), InlineData("Ｗａｎｇ", "wang"), InlineData("Wаng", "Wang"), InlineData("W\u0391NG", "wang"), InlineData("wáng", "wang"), InlineData("IO10", "lo1O")]
    [InlineData("⻢强", "马强"), InlineData("⻩河", "黄河"), InlineData("⼭川", "山川"), InlineData("买买提·艾力", "买买提・艾力")]
    public void LettersThatLookAlike_AreAlike(string one, string other) => Assert.Equal(NameFold.Of(one), NameFold.Of(other));

    [Theory, InlineData("王强", "王刚"), InlineData("李卫东", "李为东"), InlineData("一", "二")]
    public void OtherNames_AreOthers(string one, string other) => Assert.NotEqual(NameFold.Of(one), NameFold.Of(other));

    [Fact]
    public void NameThatReadsLikeSomebodysCode_IsTaken() => Assert.Equal("person.name-taken", Enter(One, "X", "ｗ１").Rejection!.Code);

    [Theory, InlineData("system"), InlineData("Ｓystem"), InlineData("import:dispatcher"), InlineData("boot strap"), InlineData("\u200B")]
    public void NamesOfTheSystem_AndNothing_AreRefused(string name) => Assert.Equal("person.reserved", Enter(new(), "X", name).Rejection!.Code);

    [Theory, InlineData(""), InlineData("a b"), InlineData("a/b"), InlineData("-a"), InlineData("ａ")]
    public void Code_StandsInAddresses(string code) => Assert.Equal("person.code-invalid", Enter(new(), code, "王强").Rejection!.Code);

    [Fact]
    public void PersonOfAUnit_HasNoPartInTheCentre()
    {
        Assert.Equal("roles.of-unit", Enter(new(), "X", "甲", "DG", Role.UnitHandler, Role.Dispatcher).Rejection!.Code);
        Assert.Equal("roles.unit-required", Enter(new(), "X", "甲", null, Role.UnitHead).Rejection!.Code);
        Assert.True(Enter(new(), "X", "甲", "DG", Role.UnitHandler, Role.UnitHead, Role.Viewer).IsDone);
    }

    [Theory]
    [InlineData(Role.Administrator, Role.Auditor), InlineData(Role.Administrator, Role.SecurityOfficer), InlineData(Role.SecurityOfficer, Role.Auditor)]
    public void ThreeOfficers_AreThreePeople(Role one, Role other) => Assert.Equal("roles.apart", Enter(new(), "X", "甲", null, one, other).Rejection!.Code);

    [Fact]
    public void SameDescription_KeepsTheVersion_AndAStaleOneIsRefused()
    {
        Assert.Same(One, Enter(One, "W1", "王强").Value);
        var renamed = Enter(One, "W1", "王　强").Value!;
        Assert.Equal(2, renamed.People[0].Version);
        Assert.Equal("precondition.failed", PeopleRules.Describe(renamed, new("W1", "王强", null, [Role.Viewer]), Actor.System, 1).Rejection!.Code);
    }

    [Fact]
    public void ListWithOneBadRow_EntersNobody()
    {
        var refused = PeopleRules.DescribeAll(One, [new("A", "甲", null, [Role.Viewer], Row: 2), new("B", "王 强", null, [Role.Viewer], Row: 4), new("C", "丙", null, [], Row: 5)], Actor.System).Rejection!;
        Assert.Equal(["/4/name", "/5/roles"], refused.Faults!.Select(f => f.Pointer));
    }

    [Fact]
    public void Administrator_CannotShutThemselvesOut()
    {
        var admin = new Actor("ADM", "key-2", [Role.Administrator], null, true);
        var state = Enter(One, "ADM", "管理", null, Role.Administrator).Value!;
        Assert.Equal("person.own-role", PeopleRules.Describe(state, new("ADM", "管理", null, [Role.Viewer]), admin).Rejection!.Code);
        Assert.Equal("person.own-role", PeopleRules.Describe(state, new("ADM", "管理", null, [Role.Administrator], null, new(2027, 1, 1)), admin).Rejection!.Code);
        Assert.True(PeopleRules.Describe(state, new("ADM", "管理", null, [Role.Viewer]), Actor.System).IsDone);
    }

    /// <summary>Thousands are entered in a moment.</summary>
    [Fact]
    public void LongList_IsEnteredOnce()
    {
        var people = Enumerable.Range(1, 5000).Select(i => new DescribePerson($"P{i}", $"人员{i}号", null, [Role.Viewer], Row: i)).ToList();
        var state = PeopleRules.DescribeAll(new(), people, Actor.System).Value!;
        Assert.Equal((5000, 1), (state.People.Count, state.Version));
        Assert.Same(state, PeopleRules.DescribeAll(state, people, Actor.System).Value);
    }

    [Fact]
    public void Dates_BoundWhoIsActive()
    {
        var person = new Person("A", "甲", null, [], new(2026, 10, 1), new(2026, 10, 31), 1);
        Assert.Equal([false, true, true, false], new[] { 30, 1, 31, 1 }.Select((d, i) => person.IsActive(new(2026, i == 0 ? 9 : i == 3 ? 11 : 10, d))));
    }
}
