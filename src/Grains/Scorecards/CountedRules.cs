using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>Which tickets a figure rests on.</summary>
internal static class CountedRules
{
    /// <summary>The denominator's tickets, by number; for the unreached those that make up the figure.</summary>
    public static IReadOnlyList<ScoredTicket> Behind(IEnumerable<ScoredTicket> tickets, MeasureName measure, Month month, DateTimeOffset asOf) =>
        [.. tickets.Where(t => Counts(t.CountsIn(month, asOf), measure)).OrderBy(t => t.Number, StringComparer.Ordinal).ThenBy(t => t.Id, StringComparer.Ordinal)];

    /// <summary>How much one of them adds to the numerator, and why not the whole.</summary>
    public static CountedTicket View(ScoredTicket ticket, TicketStory story, MeasureName measure, ScoringPolicy policy)
    {
        if (measure == MeasureName.Unreached)
        {
            return new(ticket.Id, ticket.Number, null, 0, ReasonRules.OutsideSatisfaction(ticket, story));
        }

        if (measure >= MeasureName.Received)
        {
            return new(ticket.Id, ticket.Number, null, 0, ReasonRules.OutsideDue(ticket) ?? OutsideRules.NotYetDue(measure));
        }

        var earned = measure switch
        {
            MeasureName.Reply => ticket.Owed.OnTime ? 1m : 0m,
            MeasureName.Completion => ticket.Owed.Completed ? 1m : 0m,
            _ => ticket.Answer switch { 1 => 1m, 2 => LeagueBodyRules.Canonical(policy.BasicallySatisfiedValue), _ => 0m },
        };
        return new(ticket.Id, ticket.Number, null, earned, earned == 1 ? null : ReasonRules.Lost((MeasureKind)measure, ticket, story, policy.BasicallySatisfiedValue));
    }

    private static bool Counts(UnitCounts counts, MeasureName measure) => measure switch
    {
        MeasureName.Satisfaction => counts.Counted.Answers.Effective == 1,
        MeasureName.Unreached => counts.Counted.Unreached.Total == 1,
        MeasureName.Reply or MeasureName.Completion => counts.Counted.Reply.Due == 1,
        _ => OutsideRules.Of(counts, measure) == 1,
    };
}
