using Hotline.Shared;

namespace Hotline.Units;

/// <summary>A unit's place among the tables of a month before and after a change: its tier, or null where it has no row.</summary>
internal sealed record SeatMove(Month Month, UnitTier? Before, UnitTier? After);

/// <summary>名册变更: nobody alone moves a unit into or out of the table of a month that runs or is past.</summary>
internal static class RollChangeRules
{
    private static readonly Month Always = new(1, 1);

    public static Rejection NotProposed { get; } = new("unit.not-proposed", "该单位没有待批准的变更。", RejectionKind.State);

    public static Rejection Published(Month month) => new("unit.month-published",
        $"变更涉及 {month} 的排名表，该表已经公布，不得再改变其中的单位，只能另行更正。", RejectionKind.State);

    /// <summary>The unit once it is of this tier from that month on. What was to begin in a later month than this one gives way.</summary>
    public static Unit WithTier(Unit unit, TierFrom wanted, Month thisMonth)
    {
        var before = unit.Tiers ?? [new(Always, unit.Tier)];
        TierFrom[] kept = [.. before.Where(t => t.From < wanted.From && t.From <= thisMonth)];
        TierFrom[] after = kept is [.., var last] && last.Tier == wanted.Tier ? kept : [.. kept, wanted];
        return after.SequenceEqual(before) ? unit
            : unit with { Tier = after[^1].Tier, Tiers = after.Length == 1 && after[0].From == Always ? null : after };
    }

    /// <summary>The months, from the first to this one, in whose tables the unit would stand otherwise.</summary>
    public static IReadOnlyList<SeatMove> Moves(Unit before, Unit after, Month first, Month thisMonth)
    {
        List<SeatMove> moves = [];
        for (var month = first < thisMonth ? first : thisMonth; month <= thisMonth; month = month.Next)
        {
            var move = new SeatMove(month, SeatIn(before, month), SeatIn(after, month));
            if (move.Before != move.After)
            {
                moves.Add(move);
            }
        }
        return moves;
    }

    /// <summary>Tier and dates are as they were.</summary>
    public static bool IsSeated(Unit before, Unit after) =>
        (before.Tier, before.ActiveFrom, before.ActiveTo) == (after.Tier, after.ActiveFrom, after.ActiveTo)
        && (before.Tiers ?? []).SequenceEqual(after.Tiers ?? []);

    /// <summary>What a description does at once, with its tier and dates, and the successor of a new last day, as a proposal. The same
    /// proposal of the same person again changes nothing.</summary>
    public static Unit Propose(Unit before, Unit wanted, Actor by, DateTimeOffset at)
    {
        var ends = wanted.ActiveTo != before.ActiveTo;
        var isTier = wanted.Tier != before.Tier || !(wanted.Tiers ?? []).SequenceEqual(before.Tiers ?? []);
        var change = new RollChange(by.Id, at, isTier ? new(wanted.TierSince() ?? Always, wanted.Tier) : null,
            wanted.ActiveFrom != before.ActiveFrom ? new(wanted.ActiveFrom) : null, ends ? new(wanted.ActiveTo) : null,
            ends ? new(wanted.SucceededBy) : null);
        var isSame = before.Waiting is { } waiting && waiting with { At = at } == change;
        var next = wanted with
        {
            Tier = before.Tier,
            Tiers = before.Tiers,
            ActiveFrom = before.ActiveFrom,
            ActiveTo = before.ActiveTo,
            SucceededBy = ends ? before.SucceededBy : wanted.SucceededBy,
            DatesImported = before.DatesImported,
            Waiting = isSame ? before.Waiting : change,
        };
        return UnitRules.IsSame(before, next) ? before : next;
    }

    /// <summary>The unit as it stands once its waiting change acts, whoever decides it; another version.</summary>
    public static Result<Unit> Acted(Unit unit, Month thisMonth)
    {
        if (unit.Waiting is not { } change)
        {
            return NotProposed;
        }

        var next = change.Tier is { } tier ? WithTier(unit, tier, thisMonth) : unit;
        next = next with
        {
            ActiveFrom = change.ActiveFrom is { } from ? from.Value : unit.ActiveFrom,
            ActiveTo = change.ActiveTo is { } to ? to.Value : unit.ActiveTo,
            SucceededBy = change.SucceededBy is { } successor ? successor.Value : unit.SucceededBy,
            DatesImported = unit.DatesImported && change.ActiveFrom is null,
            Waiting = null,
            Version = unit.Version + 1,
        };
        return UnitRules.Fault(next) is { } fault ? fault : next;
    }

    /// <summary>As the second person approves it.</summary>
    public static Result<Unit> Approve(Unit? unit, Actor by, long? expectedVersion, Month thisMonth) =>
        (Waiting(unit, expectedVersion) ?? TwoPersonDecision.Refuse(unit!.Waiting!.ProposedBy, by)) is { } refused
            ? refused
            : Acted(unit!, thisMonth);

    /// <summary>As it was, without the change.</summary>
    public static Result<Unit> Refuse(Unit? unit, long? expectedVersion) =>
        Waiting(unit, expectedVersion) is { } refused ? refused : unit! with { Waiting = null, Version = unit.Version + 1 };

    private static Rejection? Waiting(Unit? unit, long? expectedVersion) => unit switch
    {
        null => new("not-found", "没有找到，或无权查看。", RejectionKind.NotFound),
        { Waiting: null } => NotProposed,
        _ => UnitRules.Stale(unit, expectedVersion),
    };

    private static UnitTier? SeatIn(Unit unit, Month month) =>
        month.HasDayWithin(unit.ActiveFrom, unit.ActiveTo) && unit.TierIn(month) is var tier && tier != UnitTier.Centre ? tier : null;
}
