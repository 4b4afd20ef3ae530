using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;

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

    /// <summary>The moment of the store from which everything is read; null for what is committed at each read.</summary>
    public ReadSnapshot? Moment { get; init; }

    /// <summary>The earlier months' revisions that count, by the month's key; null for the newest ones.</summary>
    public IReadOnlyDictionary<int, int>? Earlier { get; init; }

    /// <summary>Where counts come from instead of the index: for the recomputation from history.</summary>
    public IMonthFacts? Facts { get; init; }

    /// <summary>Stands for its month's table, whatever is published: for what a correction would change.</summary>
    public PastTable? Instead { get; init; }

    /// <summary>Where the lists came from: the same instances mean that nothing changed.</summary>
    public object? Book { get; init; }

    public object? Roll { get; init; }

    public bool HasSameSources(Reckoning other) => ReferenceEquals(Book, other.Book) && ReferenceEquals(Roll, other.Roll);

    public ScoringPolicy PolicyOf(Month month) => Fixed is { } f && f.Month == month ? f.Policy : ScoringPolicyRules.PolicyFor(month, Policies);

    /// <summary>The units that have a row in this table. The callback centre is in none.</summary>
    public IReadOnlyList<LeagueUnit> UnitsOf(Month month, LeagueTier tier) =>
        [.. Units.Where(u => Plays(u.TierIn(month), tier) && u.IsActiveIn(month))];

    /// <summary>The unit's name; its code when it is on no roll.</summary>
    public string NameOf(string code) => Units.FirstOrDefault(u => u.Code == code)?.Name ?? code;

    /// <summary>As if these units had been what is said here; others as they are.</summary>
    public Reckoning WithUnits(IEnumerable<LeagueUnit> units)
    {
        var said = units.ToDictionary(u => u.Code, StringComparer.Ordinal);
        return this with
        {
            Roll = new object(),
            Units = [.. Units.Select(u => said.TryGetValue(u.Code, out var then)
                ? u with { Name = then.Name, Tier = then.Tier, Tiers = then.Tiers } : u)],
        };
    }

    /// <summary>As if this unit were what is said here, dates and all.</summary>
    public Reckoning AsIf(LeagueUnit unit) =>
        this with { Roll = new object(), Units = [.. Units.Select(u => u.Code == unit.Code ? unit : u)] };

    /// <summary>Units of this tier have a row in such a table.</summary>
    public static bool Plays(UnitTier? unit, LeagueTier tier) => unit switch
    {
        UnitTier.Station => tier is LeagueTier.Station or LeagueTier.All,
        UnitTier.Brigade => tier is LeagueTier.Brigade or LeagueTier.All,
        _ => false,
    };
}

/// <summary>Counts of units and months from another source than the index.</summary>
internal interface IMonthFacts
{
    Task<IReadOnlyList<UnitMonth>> Read(IReadOnlyCollection<Month> months, DateTimeOffset asOf, CancellationToken cancellationToken);
}
