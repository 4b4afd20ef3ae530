using Hotline.Policies;
using Hotline.Rules.Tests.Scorecards;
using Hotline.Shared;
using Hotline.Tickets;
using Hotline.WorkCalendar;
using static Hotline.Tickets.TicketBuilder;

namespace Hotline.Scorecards;

/// <summary>Points and places by hand. Beside the ticket DG has nine obligations, all good, and ten satisfied answers: 100 points when the
/// ticket is good too, and 20 · 0.9 + 30 · 0.9 + 50 = 95 when it is missed. ZZ has 20 + 30 + 50 · 0.92 = 96 points.</summary>
public sealed class MoveEffectRulesTests
{
    private static readonly Month October = new(2026, 10), November = new(2026, 11);

    [Fact]
    public void ApprovedExtension_SavedFivePointsAndAPlace()
    {
        var ticket = Extended(ask => ask.Do(new ApproveExtension(), Director));
        Assert.Equal((5m, 1), Effect(ticket, October));
    }

    [Fact]
    public void RefusedExtension_CostFivePointsAndAPlace()
    {
        var ticket = Extended(ask => ask.Do(new RefuseExtension("不同意"), Director));
        Assert.Equal((-5m, -1), Effect(ticket, October));
    }

    [Fact]
    public void DueMovedIntoTheNextMonth_BelongsToBoth_WithItsEffectOnEach()
    {
        var ticket = InProgress().Do(new RequestExtension(Local(2026, 11, 3, 17, 30), "鉴定未出"), Handler).Do(new ApproveExtension(), Director)
            .At(Local(2026, 11, 4, 9, 0));
        Assert.Equal((5m, 1), Effect(ticket, October));
        Assert.Equal((-5m, -1), Effect(ticket, November));
        Assert.Empty(Weighed(ticket, new(2026, 12)));
        var line = MoveEffectRules.Line(Assert.Single(Weighed(ticket, October)), Table(ticket, October));
        Assert.Equal((November, October, "DG派出所", ObligationRole.Lead, "同意延期"),
            (line.MonthNow, line.MonthOtherwise, line.Unit.Name, line.Role, line.KindName));
        Assert.Null(MoveEffectRules.Line(Assert.Single(Weighed(Extended(ask => ask.Do(new ApproveExtension(), Director)), October)),
            Table(ticket, October)).MonthNow);
    }

    [Fact]
    public void RefusedExclusionOfADissatisfiedAnswer_CostItsShare()
    {
        var ticket = AwaitingCallback().Do(Answered(Satisfaction.Dissatisfied), Centre).Do(new RequestExclusion("超出职责", "证据"), Handler)
            .Do(new DecideExclusion(false, "不足"), Director);
        // 50 · 10/11 against 50 · 10/10: 4.545455 points, 95.45 against ZZ's 96.
        Assert.Equal((-4.545455m, -1), Effect(ticket, October));
    }

    [Fact]
    public void Blameless_HasNoEffect_AndAnEndBeforeTheDueNoneYet()
    {
        var blameless = InProgress().Do(new MarkDifficult("疑难"), Director).Do(new Supervise("限期"), Director).At(Local(2026, 10, 26, 9, 0))
            .Do(new CloseOrder(OrderResult.Blameless, "已办", "证据"), Deputy);
        Assert.Equal((0m, 0), Effect(blameless, October));

        var recalled = Dispatched().Do(new Recall("派错"), Dispatcher);
        Assert.Equal((0m, 0), Effect(recalled, October));
        Assert.Equal((5m, 1), Effect(recalled.At(Local(2026, 10, 26, 9, 0)), October));
    }

    [Fact]
    public void UnitWithoutScore_HasNeitherPointsNorPlaces()
    {
        var ticket = Dispatched().Do(new Recall("派错"), Dispatcher).At(Local(2026, 10, 26, 9, 0));
        var alone = PlaceRules.Rank([(Samples.Unit("DG"), UnitCounts.None)], Samples.V1);
        var move = Assert.Single(MoveEffectRules.Weigh(MoveTrails.Of(ticket), new(October, ticket.Now, Samples.V1, alone), null));
        Assert.Equal((null, null), (move.Points, move.Places));
    }

    [Fact]
    public void UnitOfAnotherTable_AndAnotherUnitThanAsked_AreLeftOut()
    {
        var ticket = Handled(Dispatched("ZA"));
        Assert.Empty(Weighed(ticket, October));
        Assert.Empty(MoveEffectRules.Weigh(MoveTrails.Of(Extended(ask => ask.Do(new ApproveExtension(), Director))),
            Table(ticket, October), "ZZ"));
    }

    [Fact]
    public void GreatestEffectComesFirst_WhicheverWay_ThenTimeThenTicket()
    {
        var moves = MoveEffectRules.InOrder([Move("c", 5, 1m), Move("b", 6, null), Move("a", 6, 0m), Move("a", 4, -2m), Move("b", 5, 1m),
            Move("d", 3, 0m)]);
        Assert.Equal(["a4", "b5", "c5", "d3", "a6", "b6"], moves.Select(m => m.Move.Ticket + (m.Move.Decided.At.Day)));
    }

    [Fact]
    public void Pages_AreTheWholeList_AndACursorFitsItsQuestionOnly()
    {
        var all = MoveEffectRules.InOrder([.. Enumerable.Range(0, 23)
            .Select(i => Move($"t{i % 5}", 1 + (i % 3), i % 4 == 0 ? null : i % 6 - 2, i))]);
        List<WeighedMove> read = [];
        string? cursor = null;
        do
        {
            var page = MoveEffectRules.Page(all, "q", 4, cursor).Value!;
            read.AddRange(page.Rows);
            cursor = page.Next;
            Assert.True(cursor is null || MoveEffectRules.Page(all, "other", 4, cursor).Rejection!.Code == "cursor.invalid");
        }
        while (cursor is not null);

        Assert.Equal(all, read);
    }

    [Fact]
    public void Summary_CountsByKind_AndSaysWhenNothingMoved()
    {
        var some = MoveEffectRules.Summary([Move("a", 1, 1m), Move("b", 1, 0m)]);
        Assert.Equal((2, "共 2 项决定，其中 1 项影响综合分，0 项影响名次。"), (some.Total, some.Text));
        Assert.Equal(new MoveCount(MoveKind.Recalled, "收回派单", 2), Assert.Single(some.Kinds));

        var none = MoveEffectRules.Summary([]);
        Assert.Equal((0, "没有任何决定改变过或者本来会改变本月的数字。"), (none.Total, none.Text));
        Assert.Empty(none.Kinds);
    }

    private static (decimal?, int?) Effect(TicketBuilder ticket, Month month)
    {
        var line = MoveEffectRules.Line(Assert.Single(Weighed(ticket, month)), Table(ticket, month));
        return (line.Points, line.Places);
    }

    private static IReadOnlyList<WeighedMove> Weighed(TicketBuilder ticket, Month month) =>
        [.. MoveEffectRules.Weigh(MoveTrails.Of(ticket), Table(ticket, month), null)];

    /// <summary>The month's table as it is, with the ticket in DG's row.</summary>
    private static MonthInPlay Table(TicketBuilder ticket, Month month)
    {
        var own = ScoredTicket.Of(ticket.State.Id, "X-1", TicketProjection.Scored(ticket.State)).Where(t => t.Unit == "DG");
        var counts = own.Aggregate(new UnitCounts(Samples.Counts(9, 9, 9, 10), default), (sum, t) => sum + t.CountsIn(month, ticket.Now));
        var other = new UnitCounts(Samples.Counts(1, 1, 1, satisfied: 92, dissatisfied: 8), default);
        return new(month, ticket.Now, Samples.V1, PlaceRules.Rank([(Samples.Unit("DG"), counts), (Samples.Unit("ZZ"), other)], Samples.V1));
    }

    /// <summary>Due on the 23rd, asked until the 30th, replied on the 28th.</summary>
    private static TicketBuilder Extended(Func<TicketBuilder, TicketBuilder> decide) =>
        Handled(decide(InProgress().Do(new RequestExtension(Local(2026, 10, 30, 17, 30), "鉴定未出"), Handler)).At(Local(2026, 10, 28, 10, 0)));

    private static TicketBuilder Handled(TicketBuilder ticket)
    {
        if (ticket.State.Status == TicketStatus.AwaitingAcceptance)
        {
            ticket.Do(new Accept(), Handler).Do(new Contact(Channel.Phone, true), Handler);
        }

        return ticket.Do(Solved, Handler).Do(new ApproveReply(), Reviewer);
    }

    private static WeighedMove Move(string ticket, int day, decimal? points, int number = 0)
    {
        ScoredTicket[] parts = [new(ticket, ticket, Scored.Owed(Scored.Fact("DG")), null)];
        return new(new(MoveKind.Recalled, "DG", false, new(1, ShanghaiTime.At(new(2026, 10, day), new(9, 0)), "派单员", new Recalled([])),
            null, null, null, false, parts, parts),
            points is { } p ? Fraction.Of(p) : null, null, number);
    }
}
