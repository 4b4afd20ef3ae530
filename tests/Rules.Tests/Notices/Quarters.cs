using Hotline.Notices;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Units;
using static Hotline.Rules.Tests.Scorecards.Samples;

namespace Hotline.Rules.Tests.Notices;

/// <summary>Short ways to write down a quarter: what each unit did in each month.</summary>
internal static class Quarters
{
    public static readonly Quarter Q3 = new(2026, 3);

    /// <summary>A published table of one month.</summary>
    public static LeagueTable Table(Month month, ScoringPolicy policy, IEnumerable<(string Unit, CountSet Counts)> rows, int revision = 1)
    {
        var body = LeagueBodyRules.Body(month, LeagueTier.Station, LeagueTableRules.Rank(rows.Select(r => Entry(r.Unit, r.Counts, policy)), policy), policy,
            new Dictionary<string, StreakTrail>());
        return LeagueViewRules.View(body, new Revision(RevisionKind.Table, month.ToString(), LeagueTier.Station, revision, "h", "", "a", "b", null, default, default));
    }

    /// <summary>Three months of the third quarter, the same policy in all.</summary>
    public static QuarterBody Body(ScoringPolicy policy, (string Unit, CountSet[] Months)[] units, IReadOnlyList<QuarterVeto>? vetoes = null, IReadOnlyList<Unit>? roll = null) =>
        QuarterRules.Body(Q3, LeagueTier.Station,
            [.. Q3.Months.Select((month, i) => Table(month, policy, units.Where(u => i < u.Months.Length).Select(u => (u.Unit, u.Months[i]))))], vetoes ?? [], roll ?? []);

    /// <summary>Units that answered once in the quarter, each with a satisfaction of so many of a hundred.</summary>
    public static QuarterBody OfScores(params int[] scores) =>
        Body(AnswersOnly, [.. scores.Select((s, i) => ($"U{i:00}", new[] { Counts(satisfied: s, dissatisfied: 100 - s), default, default }))]);

    public static QuarterVeto Veto(string unit, VetoGround ground = VetoGround.Leak) => new("V-1", new(unit, unit), ground, "证据", null, "王主任", default);

    public static string[] Won(this QuarterBody body) => [.. QuarterRules.Winners(body).Select(u => u.Code)];

    public static QuarterCandidate Of(this QuarterBody body, string unit) => body.Candidates.Single(c => c.Unit.Code == unit);
}
