using Hotline.Shared;
using static Hotline.Tickets.TicketBuilder;

namespace Hotline.Tickets;

public sealed class MergeRulesTests
{
    [Fact]
    public void Merge_TightensTheParentsPromise_ToTheEarliestUpstreamDue()
    {
        var parent = InProgress();
        var child = new ChildFacts("T-child", "k1", null, null, Local(2026, 10, 21, 18, 0));

        var e = Assert.IsType<ChildMerged>(Assert.Single(IntakeRules.JoinChild(parent.State, child, parent.Context(Dispatcher)).Events));

        Assert.Equal((Local(2026, 10, 20, 17, 30), true), (e.Tightened!.DueAt, e.Tightened.Compressed));
    }

    [Fact]
    public void Merge_NeverMovesAPromiseThatIsPast()
    {
        var parent = InProgress().At(Local(2026, 10, 26, 9, 0));
        var child = new ChildFacts("T-child", "k1", null, null, Local(2026, 10, 21, 18, 0));
        Assert.Null(Assert.IsType<ChildMerged>(Assert.Single(IntakeRules.JoinChild(parent.State, child, parent.Context(Dispatcher)).Events)).Tightened);
    }

    [Fact]
    public void Merge_ThatWouldCompressTheParent_NeedsASecondPerson()
    {
        var parent = InProgress();
        var child = new ChildFacts("T-child", "k1", "噪音", "宾谷街", Local(2026, 10, 21, 18, 0));
        Assert.Equal("merge.compresses", IntakeRules.MayJoin(parent.State, child, parent.Context(Dispatcher))!.Code);
        Assert.Null(IntakeRules.MayJoin(parent.State, child with { IsConfirmed = true }, parent.Context(Dispatcher)));
    }

    [Fact]
    public void Merge_IntoATicketThatHasReplied_IsRefused()
    {
        var child = new ChildFacts("T-child", "k1", "噪音", "宾谷街", null);
        Assert.Null(IntakeRules.MayJoin(InProgress().State, child, InProgress().Context(Dispatcher)));
        Assert.Equal("merge.parent-replied", IntakeRules.MayJoin(InProgress().Do(Solved, Handler).State, child, InProgress().Context(Dispatcher))!.Code);
    }

    [Fact]
    public void Merge_NeedsTheSameMatter_AndTheSamePersonOrPlace_OrASecondPersonsWord()
    {
        var ticket = InProgress();
        var (parent, ctx) = (ticket.State, ticket.Context(Dispatcher));
        Assert.Equal("merge.no-relation", IntakeRules.MayJoin(parent, new ChildFacts("T-child", "k1", "养犬", null, null), ctx)!.Code);
        Assert.Equal("merge.no-relation", IntakeRules.MayJoin(parent, new ChildFacts("T-child", "x", "噪音", null, null), ctx)!.Code);
        Assert.Null(IntakeRules.MayJoin(parent, new ChildFacts("T-child", "x", "噪音", "宾谷街", null), ctx));
        Assert.Null(IntakeRules.MayJoin(parent, new ChildFacts("T-child", "x", "养犬", null, null, IsConfirmed: true), ctx));
    }

    [Fact]
    public void Merge_IntoAnUnrelatedTicket_IsRefused()
    {
        var parent = InProgress();
        var stranger = new ChildFacts("T-child", "other", "养犬", "别处", null);
        Assert.Equal("merge.no-relation", IntakeRules.MayJoin(parent.State, stranger, parent.Context(Dispatcher))!.Code);
    }

    [Fact]
    public void Merge_IntoAClosedTicket_IsRefused()
    {
        var parent = In(TicketStatus.Closed);
        var child = new ChildFacts("T-child", "k1", null, null, null);
        Assert.Equal("merge.parent-not-open", IntakeRules.MayJoin(parent.State, child, parent.Context(Dispatcher))!.Code);
    }
}
