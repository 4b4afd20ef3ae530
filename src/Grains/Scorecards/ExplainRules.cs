using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>All that an explanation is made of.</summary>
/// <param name="Table">The table as it is read.</param>
/// <param name="Ranking">The same table's exact places.</param>
/// <param name="Tickets">The unit's tickets as they stood when the table's figures were taken.</param>
internal sealed record ExplainedUnit(LeagueTable Table, LeagueRanking Ranking, LeagueTableRow Row, IReadOnlyList<ScoredTicket> Tickets,
    IReadOnlyDictionary<string, TicketStory> Stories, string? LaterFacts)
{
    public LeagueRow Place { get; } = Ranking.Rows.First(r => r.Entry.Unit.Code == Row.Unit.Code);

    public ScoringPolicy Policy => Table.Policy;

    public CountSet Counts => Place.Entry.Counts.Counted;

    public TicketStory StoryOf(ScoredTicket ticket) => Stories.GetValueOrDefault(ticket.Id, TicketStory.None);
}

/// <summary>评分说明: from a unit's tickets to points and places lost, and why it stands where it stands.</summary>
internal static class ExplainRules
{
    private const int PointDecimals = 6;

    public static UnitExplanation Explain(ExplainedUnit unit)
    {
        var (table, row) = (unit.Table, unit.Row);
        var losses = LossRules.Losses(unit.Tickets, unit.Counts, table.Month, table.AsOf, unit.Policy);
        var places = new OtherPlaces(unit.Ranking.Rows, unit.Place.Entry.Unit, unit.Policy);
        var costs = Costs(unit, losses, places);
        var measures = LossRules.Measures(unit.Counts, unit.Policy).Select(m => Measure(unit, m, losses, places)).ToArray();
        var position = PositionRules.Of(unit);
        return new(row.Unit, table.Month, table.Tier, SummaryRules.Of(unit, position, losses, costs), table.Status, table.Revision, table.AsOf, table.PolicyVersion,
            table.Official, unit.LaterFacts, row.Score, row.ScoreWithExcluded, position, measures, costs);
    }

    /// <summary>Six decimals: one ticket among hundreds may cost a hundredth of a point.</summary>
    public static decimal? Points(Fraction? points) => points is null ? null : LeagueBodyRules.Canonical(points.Rounded(PointDecimals));

    /// <summary>Every ticket that cost points, dearest first: by places, then points, then number.</summary>
    private static TicketCost[] Costs(ExplainedUnit unit, IReadOnlyList<TicketLoss> losses, OtherPlaces places) =>
        [.. losses.GroupBy(l => (l.Ticket.Id, l.Ticket.IsSupport)).Select(g => Cost(unit, [.. g], places))
            .OrderByDescending(c => c.PlacesLost ?? 0).ThenByDescending(c => c.Points ?? 0).ThenBy(c => c.ExternalNo, StringComparer.Ordinal)];

    private static TicketCost Cost(ExplainedUnit unit, TicketLoss[] losses, OtherPlaces places)
    {
        var (ticket, rank) = (losses[0].Ticket, unit.Place.Rank);
        var mended = LossRules.Mend(unit.Counts, ticket, losses.Select(l => l.Measure));
        var without = LossRules.Without(unit.Counts, ticket, unit.Table.Month, unit.Table.AsOf);
        var score = unit.Place.Entry.Score.Score;
        var good = rank is null ? null : places.RankOf(mended);
        return new(ticket.Id, ticket.Number, null, [.. losses.Select(l => Reason(unit, l)).Distinct()],
            score is null ? null : Points(ScoreRules.Score(mended, unit.Policy).Score! - score), good, rank - good,
            LeagueBodyRules.Shown(ScoreRules.Score(without, unit.Policy).Score), places.RankOf(without));
    }

    private static MeasureExplanation Measure(ExplainedUnit unit, MeasurePoints measure, IReadOnlyList<TicketLoss> losses, OtherPlaces places)
    {
        var own = losses.Where(l => l.Measure == measure.Kind).OrderByDescending(l => l.Points ?? Fraction.Zero)
            .ThenBy(l => l.Ticket.Number, StringComparer.Ordinal).Select(l => Loss(unit, l, places)).ToArray();
        var (reply, completion, satisfaction) = (unit.Row.ReplyRate, unit.Row.CompletionRate, unit.Row.SatisfactionRate);
        var (due, isAnswers) = (measure.Kind == MeasureKind.Reply ? reply : completion, measure.Kind == MeasureKind.Satisfaction);
        return new(Codes.Of(measure.Kind), SummaryRules.NameOf(measure.Kind), SummaryRules.Formed(unit, measure.Kind),
            LeagueBodyRules.Canonical(measure.Rate.Numerator), measure.Rate.Denominator, isAnswers ? satisfaction.Value : due.Value, measure.Weight,
            Points(measure.Share), Points(measure.Earned), Points(measure.Lost), isAnswers ? satisfaction.Excluded : due.Excluded,
            isAnswers ? satisfaction.WithExcluded : due.WithExcluded, isAnswers ? satisfaction.Interval : null, isAnswers ? satisfaction.Smoothed : null,
            isAnswers ? satisfaction.Tickets : due.Tickets, own, isAnswers ? OutsideSatisfaction(unit) : OutsideDue(unit));
    }

    private static LossExplanation Loss(ExplainedUnit unit, TicketLoss loss, OtherPlaces places)
    {
        var good = unit.Place.Rank is null ? null : places.RankOf(loss.Mended);
        return new(loss.Ticket.Id, loss.Ticket.Number, null, Reason(unit, loss), Points(loss.Points), good, unit.Place.Rank - good);
    }

    private static string Reason(ExplainedUnit unit, TicketLoss loss) =>
        ReasonRules.Lost(loss.Measure, loss.Ticket, unit.StoryOf(loss.Ticket), unit.Policy.BasicallySatisfiedValue);

    private static UncountedTicket[] OutsideDue(ExplainedUnit unit) =>
        [.. unit.Tickets.Where(t => t.Owed.Month == unit.Table.Month.Key && t.CountsIn(unit.Table.Month, unit.Table.AsOf).Outside is { Total: 1, NotYetDue: 0 })
            .Select(t => new UncountedTicket(t.Id, t.Number, null, ReasonRules.OutsideDue(t)!)).OrderBy(t => t.ExternalNo, StringComparer.Ordinal)];

    private static UncountedTicket[] OutsideSatisfaction(ExplainedUnit unit) =>
        [.. unit.Tickets.Where(t => (t.IsAnsweredIn(unit.Table.Month) && t.Excluded) || t.IsUnreachedIn(unit.Table.Month))
            .Select(t => new UncountedTicket(t.Id, t.Number, null, ReasonRules.OutsideSatisfaction(t, unit.StoryOf(t)))).OrderBy(t => t.ExternalNo, StringComparer.Ordinal)];
}
