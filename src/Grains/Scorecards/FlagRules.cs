using Hotline.Policies;

namespace Hotline.Scorecards;

/// <summary>Marks that a row carries (标记). The codes are part of the published bytes.</summary>
internal static class FlagRules
{
    /// <summary>通报表扬: 100 % satisfaction.</summary>
    public const string Commended = "commended";

    /// <summary>末位</summary>
    public const string Last = "last";

    /// <summary>末位通报批评: last, not exempt, and penalties are on.</summary>
    public const string Criticised = "criticised";

    /// <summary>后三位</summary>
    public const string BottomThree = "bottomThree";

    /// <summary>连续三个月后三位: must report to the meeting of unit heads.</summary>
    public const string BottomThreeStreak = "bottomThreeStreak";

    /// <summary>指标缺项: a measure does not exist and its weight went to the others.</summary>
    public const string MissingMeasure = "missingMeasure";

    /// <summary>The marks of a row, in a fixed order.</summary>
    public static IReadOnlyList<string> Of(LeagueRow row, int streak, ScoringPolicy policy)
    {
        List<string> flags = [];
        if (IsCommended(row.Entry.Counts, policy))
        {
            flags.Add(Commended);
        }

        if (row.IsLast)
        {
            flags.Add(Last);
        }

        if (row.IsCriticised && policy.Penalties == Penalties.On)
        {
            flags.Add(Criticised);
        }

        if (row.IsBottomThree)
        {
            flags.Add(BottomThree);
        }

        if (StreakRules.IsFlagged(row.IsBottomThree, streak, policy))
        {
            flags.Add(BottomThreeStreak);
        }

        if (row.Entry.Score.MissesMeasure)
        {
            flags.Add(MissingMeasure);
        }

        return flags;
    }

    /// <summary>What people call a mark.</summary>
    public static string Chinese(string flag) => flag switch
    {
        Commended => "表扬",
        Last => "末位",
        Criticised => "通报批评",
        BottomThree => "后三位",
        BottomThreeStreak => "连续后三位",
        _ => "指标缺项",
    };

    /// <summary>Every effective answer is satisfied (a basically satisfied one spoils it, whatever β), with enough of them and a high enough
    /// effective-callback rate. Bounds are inclusive.</summary>
    public static bool IsCommended(UnitCounts counts, ScoringPolicy policy)
    {
        var answers = counts.Counted.Answers;
        return answers.Effective > 0 && answers.Satisfied == answers.Effective
            && answers.Effective >= policy.Commendation.MinEffectiveCallbacks
            && ScoreRules.EffectiveRate(counts.Counted).Value! >= Fraction.Of(policy.Commendation.MinEffectiveRate);
    }
}
