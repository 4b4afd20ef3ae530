using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>What one month's table means for a unit's bottom-three streak.</summary>
internal enum BottomOutcome
{
    /// <summary>No row, not ranked, or a table with too few ranked units for a bottom three.</summary>
    NotRanked = 1,
    /// <summary>Ranked, and in the bottom three.</summary>
    Inside = 2,
    /// <summary>Ranked, and not in the bottom three.</summary>
    Outside = 3,
}

/// <summary>One month of a streak, as the flag lists it.</summary>
/// <param name="Score">Two decimals, as the table shows it.</param>
/// <param name="Revision">The published revision it was read from; 0 when the month was not yet published.</param>
internal sealed record StreakPlace(Month Month, int Rank, int RankedUnits, decimal Score, int Revision);

/// <summary>连续后三位: a unit's streak as it is read backwards from the newest month.</summary>
/// <param name="Places">The months that count, oldest first.</param>
/// <param name="IsDecided">Some month ended the search: nothing earlier can change the streak.</param>
internal sealed record StreakTrail(IReadOnlyList<StreakPlace> Places, bool IsDecided)
{
    public static StreakTrail Start { get; } = new([], false);

    public int Length => Places.Count;
}

/// <summary>Three consecutive months (policy), across year ends, among the months in which the unit was ranked in a table that had a bottom three.</summary>
internal static class StreakRules
{
    /// <summary>Takes the next earlier month into account.</summary>
    /// <param name="place">The unit's place in that month; used when it was in the bottom three.</param>
    /// <param name="policy">That month's own policy: a later one does not rewrite what a month meant.</param>
    public static StreakTrail Earlier(StreakTrail trail, BottomOutcome outcome, StreakPlace? place, ScoringPolicy policy)
    {
        if (trail.IsDecided)
        {
            return trail;
        }

        return outcome switch
        {
            BottomOutcome.Inside => trail with { Places = [place!, .. trail.Places] },
            BottomOutcome.Outside => trail with { IsDecided = true },
            _ => trail with { IsDecided = policy.UnrankedMonth == UnrankedMonth.Break },
        };
    }

    /// <summary>The unit is flagged in a month when it is in that month's bottom three with a long enough streak. It goes on counting after it was reported.</summary>
    public static bool IsFlagged(bool inBottomThree, int streak, ScoringPolicy policy) => inBottomThree && streak >= policy.StreakMonths;

    /// <summary>One month short of the flag (预警).</summary>
    public static bool IsAtRisk(bool inBottomThree, int streak, ScoringPolicy policy) => inBottomThree && streak == policy.StreakMonths - 1;
}
