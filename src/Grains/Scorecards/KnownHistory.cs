using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>How far the history of tickets goes into fixed figures. What entered the store later does not count, however early the instants it names:
/// a file imported after a publication may tell of the days before it.</summary>
/// <param name="Cutoff">The instant at which the figures were fixed.</param>
/// <param name="Events">How far the history went then (<see cref="LeagueBasis.Events"/>); null for all events up to the cutoff's instant.</param>
internal sealed record KnownHistory(DateTimeOffset Cutoff, string? Events)
{
    /// <summary>What was known at the cutoff cannot be stamped later than a silo's clock may be off; what a restored store wrote since is.</summary>
    private const long Skew = 5_000;

    private const long Margin = 60_000;

    /// <summary>All that is stored.</summary>
    public static KnownHistory All { get; } = new(DateTimeOffset.MaxValue, null);

    /// <summary>Of a revision or a proposal with this basis.</summary>
    public static KnownHistory Of(DateTimeOffset cutoff, string? basis) => new(cutoff, LeagueBasis.Read(basis)?.Events);

    /// <summary>Whether event <c>e</c> is among the known ones.</summary>
    public string Condition(StorageEngine engine) => Events is null ? "e.at <= @until"
        : engine == StorageEngine.Sqlite ? "e.position <= CAST(@events AS INTEGER) AND e.at <= @until"
        : "(e.epoch < split_part(@events, ' ', 1)::bigint OR e.epoch = split_part(@events, ' ', 1)::bigint "
            + "AND pg_visible_in_snapshot(e.xid, split_part(@events, ' ', 2)::pg_snapshot)) AND e.at <= @until";

    /// <summary>The condition's values, the cutoff, and <c>@since</c>: what moved a ticket after the cutoff is stamped no earlier.</summary>
    public ListQuery Bind(ListQuery query)
    {
        var at = Cutoff.ToUnixTimeMilliseconds();
        query.With("cutoff", at).With("since", at - Margin).With("until", at + (Events is null ? 0 : Skew));
        return Events is null ? query : query.With("events", Events);
    }
}
