using System.Globalization;
using System.Text;
using CsCheck;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using static Hotline.Rules.Tests.Scorecards.Samples;

namespace Hotline.Rules.Tests.Scorecards;

public class LeagueBodyTests
{
    private static readonly Month October = new(2026, 10);

    private static LeagueBody Body(LeagueRanking ranking, ScoringPolicy policy, params (string Unit, StreakTrail Trail)[] streaks) =>
        LeagueBodyRules.Body(October, LeagueTier.Station, ranking, policy, streaks.ToDictionary(s => s.Unit, s => s.Trail));

    private static LeagueBody Sample() => Body(
        LeagueTableRules.Rank([Entry("DG", Counts(40, 40, 38, 18, 1, 1, 5), V1), Entry("XB", Counts(3, 1, 1, 2), V1), Entry("空", default, V1)], V1), V1,
        ("DG", new([new(new(2026, 8), 12, 14, 88.1m, 1), new(new(2026, 9), 13, 14, 80m, 0)], true)));

    [Fact]
    public void Row_ShowsTheWorkedFigures()
    {
        var row = Sample().Rows[0];
        Assert.Equal((1, "DG", true, 95.75m), (row.Rank!.Value, row.Unit.Code, row.Ranked, row.Score!.Value));
        Assert.Equal((40, 40, 1m, 0), (row.ReplyRate.Numerator, row.ReplyRate.Denominator, row.ReplyRate.Value!.Value, row.ReplyRate.Excluded));
        Assert.Equal((18.9m, 20, 0.945m), (row.SatisfactionRate.Numerator, row.SatisfactionRate.Denominator, row.SatisfactionRate.Value!.Value));
        Assert.Equal((18, 1, 1, 5), (row.SatisfactionRate.Satisfied, row.SatisfactionRate.BasicallySatisfied, row.SatisfactionRate.Dissatisfied, row.SatisfactionRate.Unreached));
        Assert.Equal(new PlainRate(20, 25, 0.8m), row.SatisfactionRate.EffectiveCallbackRate);
        Assert.Equal(["2026-08", "2026-09"], row.StreakMonths.Select(m => m.Month.ToString()));
    }

    [Fact]
    public void UnrankedRows_SayWhy()
    {
        var rows = Sample().Rows;
        Assert.Equal(("XB", null, "too-few-callbacks"), (rows[1].Unit.Code, rows[1].Rank, rows[1].NotRankedReason));
        Assert.Equal(("空", null, "no-measure", null), (rows[2].Unit.Code, rows[2].Rank, rows[2].NotRankedReason, rows[2].Score));
        Assert.Null(rows[2].ReplyRate.Value);
    }

    [Fact]
    public void Total_IsPooled()
    {
        var total = Sample().Total;
        Assert.Equal((41, 43), (total.ReplyRate.Numerator, total.ReplyRate.Denominator));
        Assert.Equal((20.9m, 22), (total.SatisfactionRate.Numerator, total.SatisfactionRate.Denominator));
    }

    [Fact]
    public void Smoothed_DrawsTowardsTheTablesPooledRate()
    {
        var small = Sample().Rows[1].SatisfactionRate;
        var expected = (Fraction.Of(2m) + (Fraction.Of(5m) * Fraction.Of(209, 220))) / Fraction.Of(7m);
        Assert.Equal(expected.Rounded(10), small.Smoothed);
    }

    [Fact]
    public void Values_HaveAtLeastSixDigits() =>
        Assert.Equal(0.6666666667m, Body(LeagueTableRules.Rank([Entry("A", Counts(3, 2, 2), V1)], V1), V1).Rows[0].ReplyRate.Value);

    [Fact]
    public void Notes_AreSpelledOut() =>
        Assert.Equal("单位不足 7 个，本表永远不会产生后三位。", LeagueBodyRules.Remark("never-bottom-three", V1).Text);

    [Fact]
    public void PublishedBytes_AreTheseBytes()
    {
        // Pinned: published tables of years ago must keep their hash. A change of this text needs a new schema number.
        var bytes = LeagueCanon.Bytes(Body(LeagueTableRules.Rank([Entry("DG", Counts(40, 40, 38, 18, 1, 1, 5), V1)], V1), V1,
            ("DG", new([new(new(2026, 8), 12, 14, 88.10m, 1)], true))));
        const string expected = """
            {"schema":1,"month":"2026-10","tier":"station",
            "policy":{"version":"v1","effectiveFrom":"0001-01","weights":{"reply":20,"completion":30,"satisfaction":50},"basicallySatisfiedValue":0.9,
            "minEffectiveCallbacks":5,"minRankedForLast":5,"minRankedForBottomThree":7,"bottomCount":3,"streakMonths":3,"unrankedMonth":"skip","penalties":"on",
            "tables":"perTier","formula":1,"lastExemption":{"minScore":95,"withinMedian":2},"commendation":{"minEffectiveCallbacks":5,"minEffectiveRate":0.6}},
            "rankedUnits":1,"median":95.75,"hasBottomThree":false,"notes":["never-last","never-bottom-three"],
            "total":{"score":95.75,
            "replyRate":{"numerator":40,"denominator":40,"value":1,"excluded":0,"withExcluded":{"numerator":40,"denominator":40,"value":1}},
            "completionRate":{"numerator":38,"denominator":40,"value":0.95,"excluded":0,"withExcluded":{"numerator":38,"denominator":40,"value":0.95}},
            "satisfactionRate":{"numerator":18.9,"denominator":20,"value":0.945,"excluded":0,"satisfied":18,"basicallySatisfied":1,"dissatisfied":1,"unreached":5,
            "unreachedBy":{"unreachable":5,"refused":0,"wrongNumber":0,"noNumber":0},"blamelessDissatisfied":0,"effectiveCallbackRate":{"numerator":20,"denominator":25,"value":0.8},
            "firstAnswer":{"satisfied":18,"basicallySatisfied":1,"dissatisfied":1,"value":0.945},"interval":{"low":0.757043,"high":0.989555},"smoothed":null,
            "withExcluded":{"numerator":18.9,"denominator":20,"value":0.945}},"obligations":{"received":40,"counted":40,"withdrawn":0,"recalled":0,"handedBack":0,"suspended":0,
            "compressed":0,"excluded":0,"transferred":0,"diverted":0,"notNeeded":0,"notYetDue":0},"declined":0,"merged":0},
            "rows":[{"rank":1,"unit":{"code":"DG","name":"DG派出所"},"ranked":true,"notRankedReason":null,"score":95.75,"scoreWithExcluded":95.75,
            "replyRate":{"numerator":40,"denominator":40,"value":1,"excluded":0,"withExcluded":{"numerator":40,"denominator":40,"value":1}},
            "completionRate":{"numerator":38,"denominator":40,"value":0.95,"excluded":0,"withExcluded":{"numerator":38,"denominator":40,"value":0.95}},
            "satisfactionRate":{"numerator":18.9,"denominator":20,"value":0.945,"excluded":0,"satisfied":18,"basicallySatisfied":1,"dissatisfied":1,"unreached":5,
            "unreachedBy":{"unreachable":5,"refused":0,"wrongNumber":0,"noNumber":0},"blamelessDissatisfied":0,"effectiveCallbackRate":{"numerator":20,"denominator":25,"value":0.8},
            "firstAnswer":{"satisfied":18,"basicallySatisfied":1,"dissatisfied":1,"value":0.945},"interval":{"low":0.757043,"high":0.989555},"smoothed":0.945,
            "withExcluded":{"numerator":18.9,"denominator":20,"value":0.945}},"obligations":{"received":40,"counted":40,"withdrawn":0,"recalled":0,"handedBack":0,"suspended":0,
            "compressed":0,"excluded":0,"transferred":0,"diverted":0,"notNeeded":0,"notYetDue":0},"bottomThree":false,"bottomThreeStreak":1,
            "streakMonths":[{"month":"2026-08","rank":12,"rankedUnits":14,"score":88.1,"revision":1}],"flags":[]}]}
            """;
        Assert.Equal(expected.ReplaceLineEndings(""), Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void PublishedBytes_ReadBack_AreTheSameTable() =>
        Gen.Select(RandomMonths.Facts, RandomMonths.Policy).Sample((month, policy) =>
        {
            var bytes = LeagueCanon.Bytes(Body(RandomMonths.Rank(month.Units, month.Facts, policy), policy));
            Assert.Equal(bytes, LeagueCanon.Bytes(LeagueCanon.Read(bytes)));
        }, iter: 200);

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    public void PublishedBytes_DoNotDependOnTheCulture(string culture)
    {
        var expected = LeagueCanon.Bytes(Sample());
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(expected, LeagueCanon.Bytes(Sample()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void PublishedBytes_SpellANumberOneWay()
    {
        var policy = V1 with { BasicallySatisfiedValue = 0.900m, Weights = new(20.0m, 30.00m, 50m) };
        Assert.Equal(LeagueCanon.Bytes(Body(LeagueTableRules.Rank([], V1), V1)), LeagueCanon.Bytes(Body(LeagueTableRules.Rank([], policy), policy)));
    }

    [Fact]
    public void Verify_NamesWhatDiffers_RowsMatchedByUnit()
    {
        var before = Body(LeagueTableRules.Rank([Entry("A", Counts(9, 9, 9, 6), V1), Entry("B", Counts(9, 8, 8, 6), V1)], V1), V1);
        var after = Body(LeagueTableRules.Rank([Entry("A", Counts(9, 9, 9, 6), V1), Entry("B", Counts(9, 9, 9, 6), V1)], V1), V1);
        var result = LeagueVerifyRules.Compare(Published(before), after, before, 3, []);
        Assert.Equal((false, true), (result.Matches, result.Intact));
        Assert.Contains(new("/rows/B/replyRate/numerator", "8", "9"), result.Differences);
        Assert.DoesNotContain(result.Differences, d => d.Pointer.StartsWith("/rows/A/replyRate", StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_OfTheSameFacts_Matches()
    {
        var result = LeagueVerifyRules.Compare(Published(Sample()), Sample(), Sample(), 3, []);
        Assert.True(result.Matches && result.Intact && result.Differences.Count == 0);
        Assert.Equal(result.ContentHash, result.RecomputedHash);
        Assert.True(result is { WouldChange: false, Later.Count: 0, TicketsRead: 3 });
    }

    [Fact]
    public void Verify_TellsLaterFactsApartFromAWrongPublication()
    {
        var published = Body(LeagueTableRules.Rank([Entry("A", Counts(9, 8, 8, 6), V1)], V1), V1);
        var now = Body(LeagueTableRules.Rank([Entry("A", Counts(9, 9, 9, 6), V1)], V1), V1);
        var result = LeagueVerifyRules.Compare(Published(published), published, now, 9, []);
        Assert.True(result is { Matches: true, WouldChange: true, Differences.Count: 0 });
        Assert.Contains(new("/rows/A/replyRate/numerator", "8", "9"), result.Later);
    }

    [Theory]
    [InlineData("95.75", "95.76")]
    [InlineData("{\"schema\"", "{{")]
    public void EditedRevision_IsSeen_AndNeverServed(string text, string edit)
    {
        var edited = Published(Sample()) with { Body = Published(Sample()).Body.Replace(text, edit, StringComparison.Ordinal) };
        Assert.Throws<RevisionDamagedException>(() => edited.Read());
        Assert.False(LeagueVerifyRules.Compare(edited, Sample(), Sample(), 3, []).Intact);
    }

    private static Revision Published(LeagueBody body)
    {
        var text = Encoding.UTF8.GetString(LeagueCanon.Bytes(body));
        return new(RevisionKind.Table, body.Month.ToString(), body.Tier, 1, Revision.Hash(text), text, "wang", "li", null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
    }
}
