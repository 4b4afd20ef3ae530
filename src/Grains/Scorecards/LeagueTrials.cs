using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>Where a month's figures come from: a fixed table, or the facts as they are.</summary>
/// <param name="Known">How far the history went into a fixed table; null while nothing is fixed.</param>
internal sealed record TableSource(LeagueTable? Fixed, KnownHistory? Known);

/// <summary>Answers what-if questions from the same figures that the tables show. Stores nothing.</summary>
internal sealed class LeagueTrials(LeagueReckoner reckoner, MonthRankings rankings, ScoredTicketIndex tickets, TimeProvider clock)
{
    public async Task<Result<TrialAnswer>> Run(
        Month month, LeagueTier tier, WhatIf question, string? visibleTo, Func<Month, Task<TableSource>> source, CancellationToken cancellationToken)
    {
        if (TrialRules.Refusal(question) is { } refused)
        {
            return refused;
        }

        var found = await tickets.Find(question.WithoutTickets ?? [], visibleTo, cancellationToken);
        if (found.Rejection is { } unknown)
        {
            return unknown;
        }

        var with = await reckoner.Now(clock.GetUtcNow());
        var period = question.Period ?? TrialPeriod.Month;
        var before = await Task.WhenAll(TrialRules.MonthsOf(month, period).Select(async m => await Read(m, tier, with, await source(m), cancellationToken)));
        var policy = before[^1].Policy;
        var assumed = TrialRules.Assumed(policy, question, with.Policies);
        if (assumed.Rejection is { } rejection)
        {
            return rejection;
        }

        var (after, idle) = await Without(before, found.Value!, cancellationToken);
        var units = TrialRules.Compare(TrialRules.Rank(before, period, policy), Of(policy, period),
            TrialRules.Rank(after, period, assumed.Value!), Of(assumed.Value!, period));
        return new TrialAnswer(true, [.. before.Select(m => m.Month)], tier, TrialRules.Summary(units), assumed.Value!.Version,
            LeagueBodyRules.Canonical(assumed.Value.BasicallySatisfiedValue), idle, units);
    }

    private static Policies.ScoringPolicy Of(Policies.ScoringPolicy policy, TrialPeriod period) => period == TrialPeriod.Month ? policy : TrialRules.OverQuarter(policy);

    private async Task<TrialMonth> Read(Month month, LeagueTier tier, Reckoning with, TableSource source, CancellationToken cancellationToken)
    {
        if (source.Fixed is { } table)
        {
            return new(month, table.AsOf, source.Known, table.Policy, PlaceRules.UnitsOf(table));
        }

        var ranking = (await rankings.Rank([month], tier, with, cancellationToken))[month];
        return new(month, with.AsOf, null, with.PolicyOf(month), [.. ranking.Rows.Select(r => (r.Entry.Unit, r.Entry.Counts))]);
    }

    private async Task<(IReadOnlyList<TrialMonth> Months, IReadOnlyList<UncountedTicket> Idle)> Without(
        IReadOnlyList<TrialMonth> months, FoundTickets asked, CancellationToken cancellationToken)
    {
        if (asked.Ids.Count == 0)
        {
            return (months, []);
        }

        List<TrialMonth> after = [];
        var acting = new HashSet<string>(StringComparer.Ordinal);
        foreach (var month in months)
        {
            var then = await tickets.OfTickets(asked.Ids, month.Known, cancellationToken);
            acting.UnionWith(then.Where(t => TrialRules.Counts(month, t)).Select(t => t.Id));
            after.Add(TrialRules.Without(month, then));
        }
        return (after, [.. asked.Numbers.Where(n => !acting.Contains(n.Key)).Select(n => new UncountedTicket(n.Key, n.Value, null, "本期的数字不含这件工单"))]);
    }
}

/// <summary>The tickets that a question names.</summary>
/// <param name="Numbers">Their external numbers, by id.</param>
internal sealed record FoundTickets(IReadOnlyDictionary<string, string> Numbers)
{
    public IReadOnlyCollection<string> Ids { get; } = [.. Numbers.Keys];
}
