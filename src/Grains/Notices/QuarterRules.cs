using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Notices;

/// <summary>季度优秀单位: counts of the quarter's months are added up and then scored, never months averaged. A unit counts the months in which it has a
/// row under its own code: one founded in the quarter from then on, one merged away until then; nothing is carried over to a successor.</summary>
internal static class QuarterRules
{
    private const int RateDecimals = 10;

    /// <summary>The list by these tables, oldest first.</summary>
    /// <param name="vetoes">Those that act, whatever their tier.</param>
    public static QuarterBody Body(Quarter quarter, LeagueTier tier, IReadOnlyList<LeagueTable> tables, IReadOnlyList<QuarterVeto> vetoes, IReadOnlyList<Unit> units)
    {
        var policy = tables[^1].Policy;
        var entries = Pool(tables).OrderBy(e => e.Unit.Code, StringComparer.Ordinal).Select(e => Judge(e, policy, vetoes)).ToList();
        var placed = entries.Where(e => e.Outcome is null).OrderByDescending(e => e.Score!).ToList();
        var order = placed.Concat(entries.Where(e => e.Outcome is not null));
        var candidates = order.Select(e => Candidate(e, e.Outcome is null ? Place(e, placed) : null, policy, (quarter.Last, units))).ToArray();
        return new(quarter, tier, policy.Version, policy.Awards,
            [.. tables.Select(t => new SourceTable(t.Month, t.Revision > 0 ? t.Status : LeagueStatus.Live, t.Revision, t.ContentHash))], candidates);
    }

    /// <summary>All months over and published: the list may be proposed.</summary>
    public static bool IsReady(QuarterBody body) => body.Tables.All(t => t.Revision > 0);

    public static IReadOnlyList<LeagueUnitName> Winners(QuarterBody body) => [.. body.Candidates.Where(c => c.Outcome == AwardOutcome.Won).Select(c => c.Unit)];

    /// <summary>1 + the number of units with a better score: ties share a place and the next is skipped.</summary>
    private static int Place(Entry entry, List<Entry> placed) => 1 + placed.TakeWhile(p => p.Score! > entry.Score!).Count();

    private static IEnumerable<Entry> Pool(IReadOnlyList<LeagueTable> tables) => tables
        .SelectMany(t => t.Rows.Select(row => (t.Month, Row: row)))
        .GroupBy(r => r.Row.Unit.Code, StringComparer.Ordinal)
        .Select(g => new Entry(g.Last().Row.Unit, [.. g.Select(r => r.Month)], g.Aggregate(default(CountSet), (sum, r) => sum + NoticeGroundRules.CountsOf(r.Row))));

    private static Entry Judge(Entry entry, ScoringPolicy policy, IReadOnlyList<QuarterVeto> vetoes)
    {
        var own = vetoes.Where(v => v.Unit.Code == entry.Unit.Code).ToArray();
        var score = ScoreRules.Score(entry.Counts, policy);
        var outcome = own.Length > 0 ? AwardOutcome.Vetoed
            : score.Score is null ? AwardOutcome.NoMeasure
            : entry.Counts.Answers.Effective < policy.Awards.MinEffectiveCallbacks ? AwardOutcome.TooFewCallbacks
            : (AwardOutcome?)null;
        return entry with { Vetoes = own, Measures = score, Outcome = outcome };
    }

    private static QuarterCandidate Candidate(Entry entry, int? rank, ScoringPolicy policy, (Month Last, IReadOnlyList<Unit> Units) roll)
    {
        var outcome = entry.Outcome ?? (rank <= policy.Awards.TopPlaces ? AwardOutcome.Won : AwardOutcome.BelowTop);
        // What happened to the unit after the quarter does not make its list another one.
        var ended = roll.Units.FirstOrDefault(u => u.Code == entry.Unit.Code && u.ActiveTo <= roll.Last.LastDay);
        return new(rank, entry.Unit, outcome, Reason(entry, outcome, rank, policy.Awards), Figures(entry), entry.Months, [.. entry.Vetoes.Select(v => v.Id)],
            ended?.ActiveTo, ended?.SucceededBy);
    }

    private static string Reason(Entry entry, AwardOutcome outcome, int? rank, AwardTerms terms) => outcome switch
    {
        AwardOutcome.Won => $"整季合计第 {rank} 名，在前 {terms.TopPlaces} 名之内（并列一并列入）。",
        AwardOutcome.BelowTop => $"整季合计第 {rank} 名，未进入前 {terms.TopPlaces} 名。",
        AwardOutcome.TooFewCallbacks => $"整季有效回访 {entry.Counts.Answers.Effective} 件，不足 {terms.MinEffectiveCallbacks} 件，不参加评选。",
        AwardOutcome.NoMeasure => "整季没有可考核的指标，不参加评选。",
        _ => $"一票否决：{string.Join("、", entry.Vetoes.Select(v => NameOf(v.Ground)).Distinct())}。名次由其后单位依次递补。",
    };

    private static string NameOf(VetoGround ground) => ground switch
    {
        VetoGround.OverdueSupervisionOrder => "督办单逾期",
        VetoGround.FalsifiedContact => "虚假联系",
        _ => "泄密",
    };

    private static PooledFigures Figures(Entry entry)
    {
        var (measures, answers) = (entry.Measures!, entry.Counts.Answers);
        return new(LeagueBodyRules.Shown(measures.Score), Rate(measures.Reply), Rate(measures.Completion), Rate(measures.Satisfaction),
            answers.Satisfied, answers.BasicallySatisfied, answers.Dissatisfied, entry.Counts.Unreached.Total);
    }

    private static PlainRate Rate(Measure measure) => new(LeagueBodyRules.Canonical(measure.Numerator), measure.Denominator,
        measure.Value is { } value ? LeagueBodyRules.Canonical(value.Rounded(RateDecimals)) : null);

    private sealed record Entry(LeagueUnitName Unit, IReadOnlyList<Month> Months, CountSet Counts)
    {
        public IReadOnlyList<QuarterVeto> Vetoes { get; init; } = [];

        public UnitScore? Measures { get; init; }

        /// <summary>Why it takes no place; null for those that do.</summary>
        public AwardOutcome? Outcome { get; init; }

        public Fraction? Score => Measures?.Score;
    }
}
