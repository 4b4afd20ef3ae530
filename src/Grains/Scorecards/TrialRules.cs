using System.Globalization;
using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>One month of a trial, as the table that counts has it.</summary>
/// <param name="AsOf">A fixed table's cutoff, or now.</param>
/// <param name="Known">How far the history went into a fixed table; null while nothing is fixed.</param>
internal sealed record TrialMonth(Month Month, DateTimeOffset AsOf, KnownHistory? Known, ScoringPolicy Policy, IReadOnlyList<(LeagueUnit Unit, UnitCounts Counts)> Units);

/// <summary>试算: the same reckoning with something assumed to be different.</summary>
internal static class TrialRules
{
    private const int MostTickets = 200;
    private const int MostNamed = 5;

    /// <summary>What is wrong with the question itself, or null.</summary>
    public static Rejection? Refusal(WhatIf question) => question switch
    {
        { WithoutTickets: null or [], BasicallySatisfiedValue: null, PolicyVersion: null } =>
            new("trial.empty", "请至少给出一项假设：去掉的工单、“基本满意”的折算值或考核办法版本。"),
        { WithoutTickets.Count: > MostTickets } =>
            new("validation.range", $"一次最多去掉 {MostTickets} 件工单。", RejectionKind.Shape, "/withoutTickets"),
        { BasicallySatisfiedValue: < 0 or > 1 } or { BasicallySatisfiedValue.Scale: > 6 } =>
            new("trial.share", "“基本满意”的折算值应在 0 与 1 之间，最多 6 位小数。", RejectionKind.Rule, "/basicallySatisfiedValue"),
        _ => null,
    };

    /// <summary>The policy that the trial assumes.</summary>
    public static Result<ScoringPolicy> Assumed(ScoringPolicy before, WhatIf question, IReadOnlyList<ScoringPolicy> stored)
    {
        var named = question.PolicyVersion is { } version ? stored.FirstOrDefault(p => p.Version == version) : before;
        if (named is null)
        {
            return new Rejection("trial.policy-unknown", "没有这个考核办法版本。", RejectionKind.Rule, "/policyVersion");
        }

        return question.BasicallySatisfiedValue is { } value ? named with { BasicallySatisfiedValue = value } : named;
    }

    /// <summary>The months of the period.</summary>
    public static IReadOnlyList<Month> MonthsOf(Month month, TrialPeriod period) =>
        period == TrialPeriod.Month ? [month] : Quarter.Of(month).Months;

    /// <summary>The month without these tickets; they are given as they stood at the month's instant.</summary>
    public static TrialMonth Without(TrialMonth month, IReadOnlyCollection<ScoredTicket> tickets)
    {
        var taken = tickets.GroupBy(t => t.Unit, StringComparer.Ordinal).ToDictionary(g => g.Key,
            g => g.Aggregate(default(CountSet), (sum, t) => sum + t.CountsIn(month.Month, month.AsOf).Counted), StringComparer.Ordinal);
        return month with
        {
            Units = [.. month.Units.Select(u => (u.Unit, taken.TryGetValue(u.Unit.Code, out var less) ? u.Counts with { Counted = u.Counts.Counted - less } : u.Counts))],
        };
    }

    /// <summary>Whether a figure of the month rests on this ticket.</summary>
    public static bool Counts(TrialMonth month, ScoredTicket ticket) =>
        month.Units.Any(u => u.Unit.Code == ticket.Unit) && ticket.CountsIn(month.Month, month.AsOf).Counted != default;

    /// <summary>The months' counts in one, unit by unit; never a mean of months.</summary>
    public static LeagueRanking Rank(IReadOnlyCollection<TrialMonth> months, TrialPeriod period, ScoringPolicy policy) =>
        PlaceRules.Rank(months.SelectMany(m => m.Units).GroupBy(u => u.Unit.Code, StringComparer.Ordinal)
            .Select(g => (g.Last().Unit, g.Aggregate(UnitCounts.None, (sum, u) => sum + u.Counts))), period == TrialPeriod.Month ? policy : OverQuarter(policy));

    /// <summary>A quarter wants its own number of effective callbacks, and has neither a last place nor a bottom three.</summary>
    public static ScoringPolicy OverQuarter(ScoringPolicy policy) => policy with
    {
        MinEffectiveCallbacks = policy.Awards.MinEffectiveCallbacks,
        MinRankedForLast = int.MaxValue,
        MinRankedForBottomThree = int.MaxValue,
    };

    /// <summary>Every unit before and after, in the order of the places after.</summary>
    public static IReadOnlyList<TrialUnit> Compare(LeagueRanking before, ScoringPolicy policyBefore, LeagueRanking after, ScoringPolicy policyAfter)
    {
        var places = before.Rows.ToDictionary(r => r.Entry.Unit.Code, StringComparer.Ordinal);
        return [.. after.Rows.Select(row =>
        {
            var old = places[row.Entry.Unit.Code];
            return new TrialUnit(new(row.Entry.Unit.Code, row.Entry.Unit.Name), Place(old, policyBefore), Place(row, policyAfter), old.Rank - row.Rank);
        })];
    }

    public static IReadOnlyList<string> Summary(IReadOnlyList<TrialUnit> units)
    {
        var moved = units.Where(u => u.Before.Rank != u.After.Rank).ToArray();
        if (moved.Length == 0)
        {
            return ["以下为试算，不保存，不是排名。", "名次没有变化。"];
        }

        var more = moved.Length > MostNamed ? $"等 {moved.Length} 个单位" : "";
        return ["以下为试算，不保存，不是排名。", $"名次变化：{string.Join("，", moved.Take(MostNamed).Select(Move))}{more}。"];
    }

    private static string Move(TrialUnit unit) => unit.Unit.Name + (unit.Before.Rank, unit.After.Rank) switch
    {
        ({ } from, { } to) => Text($"由第 {from} 名{(to < from ? "升" : "降")}至第 {to} 名"),
        ({ } from, _) => Text($"由第 {from} 名变为不参加排名"),
        (_, { } to) => Text($"由不参加排名变为第 {to} 名"),
        _ => "",
    };

    private static TrialPlace Place(LeagueRow row, ScoringPolicy policy)
    {
        var score = row.Entry.Score;
        var reason = row.Reason switch
        {
            NotRanked.NoMeasure => "没有任何考核指标",
            NotRanked.TooFewCallbacks => PositionRules.TooFew(row.Entry.Counts.Counted.Answers.Effective, policy),
            _ => null,
        };
        return new(row.Rank, reason, LeagueBodyRules.Shown(score.Score), LeagueBodyRules.Plain(score.Reply), LeagueBodyRules.Plain(score.Completion),
            LeagueBodyRules.Plain(score.Satisfaction), row.IsBottomThree, row.IsLast);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
