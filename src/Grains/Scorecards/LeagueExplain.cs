using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>Explains a unit's month: a live table from the tickets as they are, a fixed one from the tickets as they were when it was fixed.</summary>
internal sealed class LeagueExplain(LeagueReckoner reckoner, MonthRankings rankings, StreakReader streaks, ScoredTicketIndex tickets, TimeProvider clock)
{
    public static Rejection NotInTable { get; } = new("league.unit-absent", "本月的排名表中没有这个单位。", RejectionKind.NotFound);

    /// <summary>A table whose figures are still following the facts: reckoned anew with this unit's figures formed from the very tickets that are listed.</summary>
    public async Task<Result<UnitExplanation>> Live(Month month, LeagueTier tier, string unit, LeagueStanding standing, CancellationToken cancellationToken)
    {
        var with = await reckoner.Now(clock.GetUtcNow());
        if (with.UnitsOf(month, tier).All(u => u.Code != unit))
        {
            return NotInTable;
        }

        var ranking = (await rankings.Rank([month], tier, with, cancellationToken))[month];
        var own = await tickets.Now(month, unit, cancellationToken);
        var counts = own.Aggregate(UnitCounts.None, (sum, t) => sum + t.CountsIn(month, with.AsOf));
        var policy = with.PolicyOf(month);
        var exact = PlaceRules.Rank(ranking.Rows.Select(r => (r.Entry.Unit, r.Entry.Unit.Code == unit ? counts : r.Entry.Counts)), policy);
        var trails = await streaks.Read(PastTable.Of(month, exact, policy), tier, with, cancellationToken);
        var table = LeagueViewRules.View(LeagueBodyRules.Body(month, tier, exact, policy, trails), standing, with.AsOf);
        var stories = await tickets.Stories(Remarkable(own), cancellationToken);
        return ExplainRules.Explain(new(table, exact, table.Rows.First(r => r.Unit.Code == unit), own, stories, null));
    }

    /// <summary>A table whose figures are fixed, published or proposed.</summary>
    public async Task<Result<UnitExplanation>> Fixed(LeagueTable table, KnownHistory known, string unit, CancellationToken cancellationToken)
    {
        if (table.Rows.FirstOrDefault(r => r.Unit.Code == unit) is not { } row)
        {
            return NotInTable;
        }

        var then = await tickets.Then(table.Month, unit, known, cancellationToken);
        var now = await tickets.Now(table.Month, unit, cancellationToken);
        var missing = await tickets.Stories([.. Remarkable(then.Tickets).Where(id => !then.Stories.ContainsKey(id))], cancellationToken);
        var stories = then.Stories.Concat(missing).ToDictionary(s => s.Key, s => s.Value);
        var later = LaterRules.Remark(table, row, then.Tickets, now, clock.GetUtcNow());
        return ExplainRules.Explain(new(table, PlaceRules.Rank(PlaceRules.UnitsOf(table), table.Policy), row, then.Tickets, stories, later));
    }

    /// <summary>The tickets behind one figure, as the figure was taken.</summary>
    public async Task<Result<IReadOnlyList<CountedTicket>>> Tickets(
        Month month, LeagueTier tier, TableSource source, string unit, MeasureName measure, CancellationToken cancellationToken)
    {
        var table = source.Fixed;
        var with = await reckoner.Now(clock.GetUtcNow());
        if (table is null ? with.UnitsOf(month, tier).All(u => u.Code != unit) : table.Rows.All(r => r.Unit.Code != unit))
        {
            return NotInTable;
        }

        var (asOf, policy) = table is null ? (with.AsOf, with.PolicyOf(month)) : (table.AsOf, table.Policy);
        var then = source.Known is { } known
            ? await tickets.Then(month, unit, known, cancellationToken)
            : new(await tickets.Now(month, unit, cancellationToken), new Dictionary<string, TicketStory>());
        var behind = CountedRules.Behind(then.Tickets, measure, month, asOf);
        var missing = await tickets.Stories([.. Remarkable(behind).Where(id => !then.Stories.ContainsKey(id))], cancellationToken);
        return new([.. behind.Select(t => CountedRules.View(t, then.Stories.GetValueOrDefault(t.Id) ?? missing.GetValueOrDefault(t.Id) ?? TicketStory.None, measure, policy))], null);
    }

    /// <summary>The tickets of which something is to be told: not those that were good throughout.</summary>
    private static string[] Remarkable(IEnumerable<ScoredTicket> tickets) =>
        [.. tickets.Where(t => !t.Owed.OnTime || !t.Owed.Completed || t.Answer != 1).Select(t => t.Id).Distinct()];
}
