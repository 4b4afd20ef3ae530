using Hotline.Policies;

namespace Hotline.Scorecards;

/// <summary>A rate as a fraction of counts.</summary>
/// <param name="Numerator">Exact; a basically satisfied answer adds β, so it need not be whole.</param>
/// <param name="Denominator">0 when the measure does not exist ("—").</param>
internal sealed record Measure(decimal Numerator, int Denominator)
{
    /// <summary>Null when the denominator is empty: neither 0 nor 100.</summary>
    public Fraction? Value { get; } = Denominator == 0 ? null : Fraction.Of(Numerator) / Fraction.Of(Denominator);
}

/// <summary>The three measures of a unit's month and the composite (综合分), exact.</summary>
/// <param name="Score">0–100; null when no weighted measure exists.</param>
internal sealed record UnitScore(Measure Reply, Measure Completion, Measure Satisfaction, Fraction? Score)
{
    /// <summary>Some denominator is empty: its weight went to the others, and the row is marked.</summary>
    public bool MissesMeasure => Reply.Denominator == 0 || Satisfaction.Denominator == 0;
}

/// <summary>From counts to measures and composite, in exact arithmetic.</summary>
internal static class ScoreRules
{
    /// <summary>Score = Σ weight·value / Σ weight of the measures that exist, × 100.</summary>
    public static UnitScore Score(CountSet counts, ScoringPolicy policy)
    {
        var reply = new Measure(counts.Reply.Replied, counts.Reply.Due);
        var completion = new Measure(counts.Reply.Completed, counts.Reply.Due);
        var satisfaction = Satisfaction(counts.Answers, policy.BasicallySatisfiedValue);
        return new(reply, completion, satisfaction, Composite(
            (policy.Weights.Reply, reply), (policy.Weights.Completion, completion), (policy.Weights.Satisfaction, satisfaction)));
    }

    /// <summary>满意率: (satisfied + β·basically satisfied) / effective callbacks.</summary>
    public static Measure Satisfaction(AnswerCounts answers, decimal basicallySatisfiedValue) =>
        new(answers.Satisfied + (basicallySatisfiedValue * answers.BasicallySatisfied), answers.Effective);

    /// <summary>有效回访率: effective / (effective + unreached).</summary>
    public static Measure EffectiveRate(CountSet counts) => new(counts.Answers.Effective, counts.Answers.Effective + counts.Unreached.Total);

    /// <summary>平滑满意率 (x + 5p̄)/(n + 5): a small sample is drawn towards the table's pooled rate.</summary>
    /// <param name="pooled">p̄, the pooled rate of the tier's month; null when nobody answered.</param>
    public static Fraction? Smoothed(Measure satisfaction, Fraction? pooled) =>
        pooled is null ? null : (Fraction.Of(satisfaction.Numerator) + (Fraction.Of(5m) * pooled)) / Fraction.Of(satisfaction.Denominator + 5m);

    private static Fraction? Composite(params ReadOnlySpan<(decimal Weight, Measure Measure)> parts)
    {
        var (sum, weights) = (Fraction.Zero, 0m);
        foreach (var (weight, measure) in parts)
        {
            if (measure.Value is not { } value)
            {
                continue;
            }

            sum += Fraction.Of(weight) * value;
            weights += weight;
        }
        return weights == 0 ? null : sum * Fraction.Hundred / Fraction.Of(weights);
    }
}
