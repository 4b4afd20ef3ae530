using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>What a figure measures (指标).</summary>
internal enum MeasureKind
{
    /// <summary>回复率</summary>
    Reply = 1,
    /// <summary>办结率</summary>
    Completion = 2,
    /// <summary>满意率</summary>
    Satisfaction = 3,
}

/// <summary>What one ticket cost in one measure.</summary>
/// <param name="Points">Exact: the score without this loss minus the score; null while there is no score.</param>
/// <param name="Mended">The unit's counts if the ticket had been good in this measure.</param>
internal sealed record TicketLoss(ScoredTicket Ticket, MeasureKind Measure, Fraction? Points, CountSet Mended);

/// <summary>How a measure forms the score.</summary>
/// <param name="Share">Points it stands for, once the weight of missing measures is spread; null when the measure itself is missing.</param>
internal sealed record MeasurePoints(MeasureKind Kind, Measure Rate, decimal Weight, Fraction? Share)
{
    public Fraction? Earned => Share is null ? null : Share * Rate.Value!;

    public Fraction? Lost => Share is null ? null : Share - Earned!;
}

/// <summary>失分: which tickets cost how many points. "Without the loss" means that the ticket had been good in that measure, everything else alike.</summary>
internal static class LossRules
{
    /// <summary>The three measures with the points that each earned and lost.</summary>
    public static IReadOnlyList<MeasurePoints> Measures(CountSet counts, ScoringPolicy policy)
    {
        var score = ScoreRules.Score(counts, policy);
        (MeasureKind Kind, Measure Rate, decimal Weight)[] all =
        [
            (MeasureKind.Reply, score.Reply, policy.Weights.Reply),
            (MeasureKind.Completion, score.Completion, policy.Weights.Completion),
            (MeasureKind.Satisfaction, score.Satisfaction, policy.Weights.Satisfaction),
        ];
        var sum = all.Where(m => m.Rate.Denominator > 0).Sum(m => m.Weight);
        return [.. all.Select(m => new MeasurePoints(m.Kind, m.Rate, m.Weight,
            m.Rate.Denominator == 0 || sum == 0 ? null : Fraction.Of(m.Weight) * Fraction.Hundred / Fraction.Of(sum)))];
    }

    /// <summary>Every loss of the unit's month, by measure.</summary>
    public static IReadOnlyList<TicketLoss> Losses(IReadOnlyCollection<ScoredTicket> tickets, CountSet counts, Month month, DateTimeOffset asOf, ScoringPolicy policy)
    {
        var score = ScoreRules.Score(counts, policy).Score;
        List<TicketLoss> losses = [];
        foreach (var ticket in tickets)
        {
            foreach (var kind in KindsLost(ticket, month, asOf, policy))
            {
                var mended = counts + Mending(ticket, kind);
                losses.Add(new(ticket, kind, score is null ? null : ScoreRules.Score(mended, policy).Score! - score, mended));
            }
        }
        return losses;
    }

    /// <summary>The unit's counts if the ticket had been good in all of these measures.</summary>
    public static CountSet Mend(CountSet counts, ScoredTicket ticket, IEnumerable<MeasureKind> kinds) =>
        kinds.Aggregate(counts, (sum, kind) => sum + Mending(ticket, kind));

    /// <summary>The unit's counts if the ticket were not there at all.</summary>
    public static CountSet Without(CountSet counts, ScoredTicket ticket, Month month, DateTimeOffset asOf) =>
        counts - ticket.CountsIn(month, asOf).Counted;

    private static IEnumerable<MeasureKind> KindsLost(ScoredTicket ticket, Month month, DateTimeOffset asOf, ScoringPolicy policy)
    {
        var own = ticket.CountsIn(month, asOf).Counted;
        if (own.Reply is { Due: 1, Replied: 0 })
        {
            yield return MeasureKind.Reply;
        }

        if (own.Reply is { Due: 1, Completed: 0 })
        {
            yield return MeasureKind.Completion;
        }

        if (own.Answers.Dissatisfied == 1 || (own.Answers.BasicallySatisfied == 1 && policy.BasicallySatisfiedValue < 1))
        {
            yield return MeasureKind.Satisfaction;
        }
    }

    private static CountSet Mending(ScoredTicket ticket, MeasureKind kind) => kind switch
    {
        MeasureKind.Reply => new(new(0, 1, 0), default, default, default),
        MeasureKind.Completion => new(new(0, 0, 1), default, default, default),
        _ => new(default, ticket.Answer == 2 ? new(1, -1, 0) : new(1, 0, -1), default, default),
    };
}
