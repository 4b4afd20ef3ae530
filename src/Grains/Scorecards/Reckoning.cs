using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>What a reckoning is made with.</summary>
/// <param name="Policies">In the order in which they were stored.</param>
/// <param name="AsOf">Tickets due later and not yet replied are not in the denominators.</param>
internal sealed record Reckoning(IReadOnlyList<ScoringPolicy> Policies, IReadOnlyList<LeagueUnit> Units, DateTimeOffset AsOf)
{
    /// <summary>One month reckoned with a given policy, whatever is stored by now: for the recomputation of a published table.</summary>
    public (Month Month, ScoringPolicy Policy)? Fixed { get; init; }

    /// <summary>Nothing kept may be used: for figures that are to be published or verified.</summary>
    public bool Anew { get; init; }

    /// <summary>Where the lists came from: the same instances mean that nothing changed.</summary>
    public object? Book { get; init; }

    public object? Roll { get; init; }

    public bool HasSameSources(Reckoning other) => ReferenceEquals(Book, other.Book) && ReferenceEquals(Roll, other.Roll);

    public ScoringPolicy PolicyOf(Month month) => Fixed is { } f && f.Month == month ? f.Policy : ScoringPolicyRules.PolicyFor(month, Policies);

    /// <summary>The units that have a row in this table. The callback centre is in none.</summary>
    public IReadOnlyList<LeagueUnit> UnitsOf(Month month, LeagueTier tier) => [.. Units.Where(u => Plays(u.Tier, tier) && u.IsActiveIn(month))];

    private static bool Plays(UnitTier unit, LeagueTier tier) => unit switch
    {
        UnitTier.Station => tier is LeagueTier.Station or LeagueTier.All,
        UnitTier.Brigade => tier is LeagueTier.Brigade or LeagueTier.All,
        _ => false,
    };
}
