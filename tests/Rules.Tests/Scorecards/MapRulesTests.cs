using CsCheck;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Rules.Tests.Scorecards;

/// <summary>Heat map, series and the sentence of a unit's standing.</summary>
public class MapRulesTests
{
    private static readonly Month January = new(2026, 1);

    [Fact]
    public void Streaks_GrowForwards_AsTheyAreReadBackwards() =>
        Gen.Select(Gen.Int[0, 3].Array[1, 18], Gen.Bool).Sample((outcomes, skip) =>
        {
            var policy = ScoringPolicy.V1 with { UnrankedMonth = skip ? UnrankedMonth.Skip : UnrankedMonth.Break };
            var tables = Tables(outcomes, policy);
            var map = HeatMapRules.Map(LeagueTier.Station, tables, tables.ToDictionary(t => t.Month, _ => LeagueStatus.Live), new Dictionary<string, string>(), new Dictionary<string, int>());
            for (var last = 0; last < tables.Count; last++)
            {
                var trail = StreakTrail.Start;
                for (var i = last; i >= 0; i--)
                    trail = tables[i].Continue(trail, "A");
                Assert.Equal(trail.Length, map.Units.FirstOrDefault(u => u.Unit.Code == "A")?.Cells[last].Streak ?? 0);
            }
        });

    [Fact]
    public void Map_StartsFromTheStreakBefore_AndSaysWhyThereIsNoPlace()
    {
        var tables = Tables([3, 1, 0], ScoringPolicy.V1);
        var map = HeatMapRules.Map(LeagueTier.Station, tables, tables.ToDictionary(t => t.Month, _ => LeagueStatus.Published),
            new Dictionary<string, string> { ["A"] = "东关派出所" }, new Dictionary<string, int> { ["A"] = 2 });
        Assert.Equal(["A", "B"], map.Units.Select(u => u.Unit.Code));
        Assert.Equal("东关派出所", map.Units[0].Unit.Name);
        Assert.Equal([(null, 2, "有效回访不足"), (8, 3, null), (null, 3, "不在本月的排名表中")], map.Units[0].Cells.Select(c => (c.Rank, c.Streak, c.NotRankedReason)));
        Assert.Equal([1, 1, 1], map.Units[1].Cells.Select(c => c.Rank!.Value));
    }

    [Fact]
    public void Series_PoolsYears_AndComparesTheSameWindowOfTheYearBefore()
    {
        var known = new[] { (2025, 1, 10, 8), (2025, 2, 10, 4), (2025, 3, 100, 0), (2026, 1, 10, 9), (2026, 2, 30, 30) }.ToDictionary(m => new Month(m.Item1, m.Item2), m =>
            new PooledMonth(new Month(m.Item1, m.Item2), 0, new UnitCounts(Samples.Counts(satisfied: m.Item4, dissatisfied: m.Item3 - m.Item4), default), ScoringPolicy.V1));

        var series = SeriesRules.Of(LeagueTier.All, January, new(2026, 2), known);

        Assert.Equal([("2026-01", 90m, 10m), ("2026-02", 100m, 60m)], series.Months.Select(p => (p.Period, p.Score!.Value, p.YearOnYear.Score!.Value)));
        // 39 of 40 beside 12 of 20; March of last year is not in the window.
        var year = Assert.Single(series.Years);
        Assert.Equal(("2026", 2, 97.5m, 37.5m, 0.375m), (year.Period, year.Months, year.Score!.Value, year.YearOnYear.Score!.Value, year.YearOnYear.SatisfactionRate!.Value));
        Assert.Null(year.YearOnYear.ReplyRate);
        known.Remove(new(2025, 2));
        Assert.Null(SeriesRules.Of(LeagueTier.All, January, new(2026, 2), known).Years[0].YearOnYear.Score);
    }

    [Theory]
    [InlineData(0, 3, false, 0, null)]
    [InlineData(0, 13, true, 1, "本月目前第 13 名，处于后三位。")]
    [InlineData(2, 13, true, 3, "已连续两个月处于后三位，本月目前第 13 名，仍在后三位，月末将达到连续三个月，须作检查报告。")]
    [InlineData(1, 13, true, 2, "已连续一个月处于后三位，本月目前第 13 名，仍在后三位，月末将为连续两个月。")]
    [InlineData(2, 9, false, 0, "已连续两个月处于后三位，本月目前第 9 名，暂未列入后三位。")]
    [InlineData(11, null, false, 11, "已连续 11 个月处于后三位，本月目前不参加排名（有效回访不足）。")]
    public void StreakSentence_SaysWhatIsAtRisk(int last, int? rank, bool bottom, int streak, string? sentence) =>
        Assert.Equal(sentence, StandingRules.Streak(last, new(rank, 14, 90m, bottom, streak, LeagueStatus.Live, rank is null ? "有效回访不足" : null), 3));

    /// <summary>Tables of unit A from January on: 0 no row, 1 in the bottom three, 2 outside, 3 not ranked. B is always first.</summary>
    private static IReadOnlyList<PastTable> Tables(int[] outcomes, ScoringPolicy policy)
    {
        var month = January.Previous;
        return [.. outcomes.Select(o =>
        {
            month = month.Next;
            var places = new Dictionary<string, PastPlace> { ["B"] = new(1, false, 100m) };
            if (o > 0)
                places["A"] = o == 3 ? new(null, false, 50m, "too-few-callbacks") : new(o == 1 ? 8 : 2, o == 1, 50m);
            return new PastTable(month, 0, policy, 8, true, places);
        })];
    }
}
