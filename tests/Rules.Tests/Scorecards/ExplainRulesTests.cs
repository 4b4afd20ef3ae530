using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Rules.Tests.Scorecards;

/// <summary>The explanation as people read it: whole sentences, exact figures.</summary>
public class ExplainRulesTests
{
    private static readonly Month October = new(2026, 10);

    [Fact]
    public void Summary_TellsPlaceLossesTheDearestTicketAndTheNeighbours()
    {
        var explained = Explain("DG", Branch());
        Assert.Equal(
        [
            "DG所2026年10月综合分 91.00，排第 7 名（共 8 个参评单位）。",
            "主要失分：满意率扣 5.25 分（2 件不满意、1 件基本满意），办结率扣 2.25 分（3 件未按期办结），回复率扣 1.50 分（3 件未按期答复）。",
            "若第 2026-000 号工单按期答复并办结且群众满意，名次为第 6。",
            "比前一名U6所少 3.00 分，比后一名U7所多 1.00 分，列后三位，已连续 2 个月。",
            "另有 1 件经批准剔除，不剔除时综合分为 87.74。",
        ], explained.Summary);
    }

    [Fact]
    public void Measures_TellHowTheyWereFormed_AndWhatEachTicketCost()
    {
        var explained = Explain("DG", Branch());
        Assert.Equal(["reply", "completion", "satisfaction"], explained.Measures.Select(m => m.Measure));
        Assert.Equal(
        [
            "本月应答复 40 件，按期答复 37 件；另有挂起 1 件、上级时限压缩 1 件、剔除 1 件，不计入。",
            "本月应答复 40 件，按期答复并通过审核 37 件；另有挂起 1 件、上级时限压缩 1 件、剔除 1 件，不计入。",
            "有效回访 20 件，满意 17 件，基本满意 1 件（每件按 0.9 件计），不满意 2 件；另有剔除 1 件、未联系上 1 件，不计入。",
        ], explained.Measures.Select(m => m.Formed));
        Assert.Equal([18.5m, 27.75m, 44.75m], explained.Measures.Select(m => m.PointsEarned));
        Assert.Equal([1.5m, 2.25m, 5.25m], explained.Measures.Select(m => m.PointsLost));
        Assert.Equal([(0, "群众回访不满意", 2.5m), (1, "群众回访不满意", 2.5m), (5, "群众回访基本满意，按 0.9 件计", 0.25m)],
            explained.Measures[2].Losses.Select(l => (int.Parse(l.Id), l.Reason, l.Points!.Value)));
        Assert.All(explained.Measures[0].Losses, l => Assert.Equal(("答复超期 2 小时", 0.5m, 7, 0), (l.Reason, l.Points!.Value, l.RankIfGood!.Value, l.PlacesLost!.Value)));
        Assert.Equal(["已批准剔除", "因上级时限压缩，不计入回复率、办结率", "挂起期间，不计入回复率、办结率"], explained.Measures[0].NotCounted.Select(t => t.Reason));
        Assert.Equal(["已批准剔除", "回访未接通，不计入满意率"], explained.Measures[2].NotCounted.Select(t => t.Reason));
    }

    [Fact]
    public void CostliestTicket_AddsItsMeasures_AndSaysWhatHoldsWithoutIt()
    {
        var first = Explain("DG", Branch()).CostliestTickets[0];
        Assert.Equal(["答复超期 2 小时", "未通过审核", "群众回访不满意"], first.Reasons);
        // 0.5 + 0.75 + 2.5 more; without it 37/39, 37/39 and 17.9/19.
        Assert.Equal(("2026-000", 3.75m, 6, 1), (first.ExternalNo, first.Points!.Value, first.RankIfGood!.Value, first.PlacesLost!.Value));
        Assert.Equal(94.54m, first.ScoreWithout);
        Assert.Equal(6, first.RankWithout);
    }

    [Fact]
    public void Position_SaysWhyBottomThreeAndLast()
    {
        var seventh = Explain("DG", Branch()).Position;
        Assert.Equal("8 个参评单位中只有 1 个分数低于本单位，不足 3 个，本单位列后三位。", seventh.BottomThreeReason);
        Assert.Null(seventh.LastReason);
        Assert.Equal(("U6", 6, 94m, 3m), (seventh.Better!.Unit.Code, seventh.Better.Rank, seventh.Better.Score, seventh.Better.Gap));
        Assert.Equal(("U7", 8, 90m, 1m), (seventh.Worse!.Unit.Code, seventh.Worse.Rank, seventh.Worse.Score, seventh.Worse.Gap));

        var last = Explain("U7", Branch()).Position;
        Assert.Equal("分数为参评单位中最低，应予通报批评。", last.LastReason);
        Assert.Equal("8 个参评单位中没有一个分数低于本单位，本单位列后三位。", last.BottomThreeReason);
        Assert.Null(last.Worse);
    }

    [Fact]
    public void UnrankedUnit_IsToldWhy()
    {
        Fact[] facts = [.. Branch(), Scored.Fact("小")];
        Assert.Equal(["小所2026年10月综合分 100.00，不参加排名：有效回访 1 件，不足 5 件。", "各项指标没有失分。"], Explain("小", facts).Summary);
        Assert.Equal(["空所2026年10月没有综合分，不参加排名：本月没有任何考核指标。"], Explain("空", facts, "空").Summary);
    }

    [Fact]
    public void FullMarksInATie_AreSaidSo()
    {
        Fact[] facts = [.. new[] { "A", "B" }.SelectMany(u => Enumerable.Repeat(Scored.Fact(u), 6))];
        Assert.Equal(["A所2026年10月综合分 100.00，并列第 1 名（共 2 个参评单位）。", "各项指标没有失分。"], Explain("A", facts).Summary);
    }

    [Theory]
    [InlineData(0, 0, 40, "不足 1 分钟")]
    [InlineData(0, 0, 60, "1 分钟")]
    [InlineData(0, 2, 0, "2 小时")]
    [InlineData(0, 2, 300, "2 小时 5 分钟")]
    [InlineData(3, 0, 300, "3 天")]
    [InlineData(3, 4, 0, "3 天 4 小时")]
    public void Lengths_AreSaidInTheTwoLargestUnits(int days, int hours, int seconds, string text) =>
        Assert.Equal(text, ReasonRules.Length(new TimeSpan(days, hours, 0, seconds)));

    [Fact]
    public void Completion_SaysWhetherReviewOrTimeFailedIt()
    {
        var late = Scored.Of([Scored.Fact("A") with { Completed = false }], "A")[0];
        string Reason(TicketStory story, ScoredTicket? ticket = null) => ReasonRules.Lost(MeasureKind.Completion, ticket ?? late, story, 0.9m);
        Assert.Equal("办结超期 1 天 2 小时", Reason(new(Scored.Due.AddHours(26), false, null, 0)));
        Assert.Equal("未通过审核", Reason(new(null, false, null, 0)));
        Assert.Equal("尚未通过审核", Reason(new(null, true, null, 0)));
        Assert.Equal("到期未办结", Reason(TicketStory.None, late with { Owed = late.Owed with { RepliedAt = null } }));
        Assert.Equal("协办意见超期 3 小时", Reason(TicketStory.None, late with { Owed = late.Owed with { Support = true, RepliedAt = Scored.Ms(Scored.Due.AddHours(3)) } }));
        Assert.Equal("到期未给出协办意见", Reason(TicketStory.None, late with { Owed = late.Owed with { Support = true, RepliedAt = null } }));
    }

    [Fact]
    public void Callbacks_SayWhatTheCitizenSaid()
    {
        var bad = Scored.Of([Scored.Fact("A") with { LastAnswer = 3 }], "A")[0];
        Assert.Equal("重办后群众回访仍不满意（已认定无责，评价照计）", ReasonRules.Lost(MeasureKind.Satisfaction, bad with { Answered = bad.Answered! with { Blameless = true } }, new(null, false, null, 2), 0.9m));
        Assert.Equal("群众拒绝评价，不计入满意率", ReasonRules.OutsideSatisfaction(bad, new(null, false, CallOutcome.Refused, 0)));
        Assert.Equal("电话号码有误，不计入满意率", ReasonRules.OutsideSatisfaction(bad, new(null, false, CallOutcome.WrongNumber, 0)));
    }

    [Fact]
    public void ReopenedFigures_OfAPublishedTable_RankAsTheyWereRanked()
    {
        var table = Table(Branch(), []);
        var again = PlaceRules.Rank(PlaceRules.UnitsOf(table), table.Policy);
        Assert.Equal(table.Rows.Select(r => (r.Unit.Code, r.Rank, r.BottomThree)), again.Rows.Select(r => (r.Entry.Unit.Code, r.Rank, r.IsBottomThree)));
    }

    [Fact]
    public void LaterFacts_AreNamedWithTheScoreTheyWouldGive()
    {
        var (table, facts) = (Table(Branch(), []), Branch());
        var row = table.Rows.Single(r => r.Unit.Code == "DG");
        var then = Scored.Of(facts, "DG");
        Assert.Null(LaterRules.Remark(table, row, then, then, Scored.AsOf));

        facts[0] = facts[0] with { LastAnswer = 1 };
        Assert.Equal("截止时刻以后有 1 件工单发生变化，按现有事实综合分为 93.50；已固定的数字不受影响，须经更正才能改变。",
            LaterRules.Remark(table, row, then, Scored.Of(facts, "DG"), Scored.AsOf));
        Assert.Equal("按截止时刻回溯的工单与公布的数字不符（可能有事后补录的历史工单），请以公布的数字为准，并进行核验。",
            LaterRules.Remark(table, row, Scored.Of(facts, "DG"), then, Scored.AsOf));
    }

    /// <summary>Eight ranked units. DG: 40 due, 3 of them late; 20 answers, 2 dissatisfied, 1 basically; one each excluded, compressed, suspended, unreached.</summary>
    private static Fact[] Branch() =>
    [
        .. Enumerable.Range(0, 40).Select(i => Scored.Fact("DG") with
        {
            Replied = i is not (0 or 2 or 3), Completed = i is not (0 or 2 or 3), LastAnswer = i is 0 or 1 ? 3 : i == 5 ? 2 : 1, AnswerMonth = i < 20 ? 202610 : 0,
        }),
        Scored.Fact("DG") with { Replied = false, Completed = false, LastAnswer = 3, Excluded = true },
        Scored.Fact("DG") with { AnswerMonth = 0, Compressed = true },
        Scored.Fact("DG") with { AnswerMonth = 0, Suspended = true },
        Scored.Fact("DG") with { AnswerMonth = 0, ReplyMonth = 202609, UnreachedMonth = 202610 },
        .. Enumerable.Range(1, 7).SelectMany(u => Unit($"U{u}", u == 7 ? 20 : u == 6 ? 12 : u)),
    ];

    /// <summary>A hundred tickets, so many dissatisfied: each costs half a point.</summary>
    private static IEnumerable<Fact> Unit(string code, int bad) => Enumerable.Range(0, 100).Select(i => Scored.Fact(code) with { LastAnswer = i < bad ? 3 : 1 });

    private static UnitExplanation Explain(string unit, Fact[] facts, params string[] more)
    {
        var table = Table(facts, more);
        return ExplainRules.Explain(new(table, Ranking(facts, more), table.Rows.Single(r => r.Unit.Code == unit), Scored.Of(facts, unit), new Dictionary<string, TicketStory>(), null));
    }

    private static LeagueTable Table(Fact[] facts, string[] more) => LeagueViewRules.View(
        LeagueBodyRules.Body(October, LeagueTier.Station, Ranking(facts, more), ScoringPolicy.V1,
            new Dictionary<string, StreakTrail> { ["DG"] = new([new(new(2026, 9), 8, 8, 90m, 0), new(October, 7, 8, 91m, 0)], true) }),
        new LeagueStanding(0, null, null), Scored.AsOf);

    private static LeagueRanking Ranking(Fact[] facts, string[] more) => PlaceRules.Rank(facts.Select(f => f.Unit).Concat(more).Distinct().Select(u =>
        (new LeagueUnit(u, u + "所", UnitTier.Station, null, null), Scored.Of(facts, u).Aggregate(UnitCounts.None, (sum, t) => sum + t.CountsIn(October, Scored.AsOf)))), ScoringPolicy.V1);
}
