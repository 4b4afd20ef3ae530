using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Scorecards;

/// <summary>A unit as the table sees it. Without dates it is always active.</summary>
/// <param name="Code">Never changes: key, order inside a tie, part of hashed bytes.</param>
/// <param name="Tiers">From which month it is what; null, and not among the bytes that are kept, for a unit that was never anything but
/// <paramref name="Tier"/>.</param>
internal sealed record LeagueUnit(string Code, string Name, UnitTier Tier, DateOnly? ActiveFrom, DateOnly? ActiveTo,
    IReadOnlyList<TierFrom>? Tiers = null)
{
    public static LeagueUnit Of(Unit unit) => new(unit.Code, unit.Name, unit.Tier, unit.ActiveFrom, unit.ActiveTo, unit.Tiers);

    public UnitTier TierIn(Month month) => Tiers?.Last(t => t.From <= month).Tier ?? Tier;

    /// <summary>Active on any day of the month: such a unit has a row.</summary>
    public bool IsActiveIn(Month month) => month.HasDayWithin(ActiveFrom, ActiveTo);
}

/// <summary>One unit of a table with its figures, before ranking.</summary>
internal sealed record LeagueEntry(LeagueUnit Unit, UnitCounts Counts, UnitScore Score);

/// <summary>Why a unit is shown and not ranked (不参与排名).</summary>
internal enum NotRanked
{
    /// <summary>有效回访不足: fewer effective callbacks than the policy's minimum.</summary>
    TooFewCallbacks = 1,
    /// <summary>无考核指标: no measure exists.</summary>
    NoMeasure = 2,
}

/// <summary>What a table says about itself.</summary>
internal enum LeagueNote
{
    /// <summary>The tier has fewer units than a last place needs: it can never have one.</summary>
    NeverLast = 1,
    /// <summary>Too few units were ranked this month for a last place.</summary>
    NoLastThisMonth = 2,
    /// <summary>The tier has fewer units than a bottom three needs: it can never have one.</summary>
    NeverBottomThree = 3,
    /// <summary>Too few units were ranked this month for a bottom three.</summary>
    NoBottomThreeThisMonth = 4,
}

/// <summary>A row of the ranked table.</summary>
/// <param name="Rank">Null when not ranked; units with equal exact scores share one (1, 2, 2, 4).</param>
/// <param name="IsLast">Stands at the lowest score of a table that has a last place (末位).</param>
/// <param name="IsCriticised">Last, and not exempt; whether a notice follows is the policy's penalties switch.</param>
/// <param name="IsBottomThree">In the bottom three (后三位) of a table that has one.</param>
internal sealed record LeagueRow(LeagueEntry Entry, int? Rank, NotRanked? Reason, bool IsLast, bool IsCriticised, bool IsBottomThree);

/// <summary>A table's ranking.</summary>
/// <param name="Rows">Ranked rows by score downwards, then the unranked; inside equals by unit code, ordinal.</param>
/// <param name="Median">Of the exact scores of ranked units; the mean of the two middle ones. Null when nobody is ranked.</param>
/// <param name="HasBottomThree">Enough units were ranked for a bottom three; otherwise the month leaves streaks as the policy says.</param>
internal sealed record LeagueRanking(IReadOnlyList<LeagueRow> Rows, int RankedUnits, Fraction? Median, bool HasBottomThree)
{
    /// <summary>What the branch itself declined or merged; it stands in the total alone.</summary>
    public UnitCounts Branch { get; init; } = UnitCounts.None;

    /// <summary>All rows together, with what no unit owed: never a mean.</summary>
    public UnitCounts Pooled => Rows.Aggregate(Branch, (sum, row) => sum + row.Entry.Counts);
}
