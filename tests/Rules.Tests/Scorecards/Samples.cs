using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Rules.Tests.Scorecards;

/// <summary>Short ways to write down a unit's month.</summary>
internal static class Samples
{
    public static readonly ScoringPolicy V1 = ScoringPolicy.V1;

    /// <summary>Only the satisfaction measure decides, and nobody is too small: a unit scores what its answers say.</summary>
    public static readonly ScoringPolicy AnswersOnly = V1 with { MinEffectiveCallbacks = 0, Weights = new(0, 0, 1), BasicallySatisfiedValue = 0.5m };

    public static CountSet Counts(int due = 0, int replied = 0, int completed = 0, int satisfied = 0, int basically = 0, int dissatisfied = 0, int unreached = 0)
    {
        var answers = new AnswerCounts(satisfied, basically, dissatisfied);
        return new(new(due, replied, completed), answers, answers, new(unreached, 0, 0, 0));
    }

    public static LeagueUnit Unit(string code) => new(code, code + "派出所", UnitTier.Station, null, null);

    public static LeagueEntry Entry(string code, CountSet counts, ScoringPolicy policy) =>
        new(Unit(code), new(counts, default), ScoreRules.Score(counts, policy));

    /// <summary>Units U00, U01, … with these satisfaction scores, each out of 100 answers (200 for halves).</summary>
    public static LeagueRanking Rank(ScoringPolicy policy, params decimal[] scores) =>
        LeagueTableRules.Rank(scores.Select((s, i) => Entry($"U{i:00}", Answers(s), policy)), policy);

    public static CountSet Answers(decimal score) =>
        Counts(satisfied: (int)(score * 100), dissatisfied: 10_000 - (int)(score * 100));

    public static LeagueRow Row(this LeagueRanking ranking, string code) => ranking.Rows.Single(r => r.Entry.Unit.Code == code);

    public static string[] BottomThree(this LeagueRanking ranking) => [.. ranking.Rows.Where(r => r.IsBottomThree).Select(r => r.Entry.Unit.Code)];

    public static string[] Last(this LeagueRanking ranking) => [.. ranking.Rows.Where(r => r.IsLast).Select(r => r.Entry.Unit.Code)];

    public static string[] Criticised(this LeagueRanking ranking) => [.. ranking.Rows.Where(r => r.IsCriticised).Select(r => r.Entry.Unit.Code)];
}
