using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>A group of obligations or answers that are alike. Kind 1: obligations by ending, on time, completed; 2: answers by the one that counts, the
/// first, blameless.</summary>
internal sealed class CountRow
{
    public int Kind { get; set; }
    public int Month { get; set; }
    public string Unit { get; set; } = "";
    public int Excluded { get; set; }
    public int A { get; set; }
    public int B { get; set; }
    public int C { get; set; }
    public long Number { get; set; }
    /// <summary>Of these, the obligations that are due or kept by now.</summary>
    public long Entered { get; set; }

    private int Size => (int)Number;

    public UnitCounts Counts => Kind == 1 ? Obligations() : A > 3
        ? Split(new(default, default, default, UnreachedCounts.Of(A, Size)))
        : Split(new(default, Answer(A), Answer(B), default)) with { BlamelessDissatisfied = Excluded == 0 && A == 3 && C == 1 ? Size : 0 };

    /// <summary>Each obligation in one place, the first that fits: ended without blame, not yet due, excluded, held or compressed, counted.</summary>
    private UnitCounts Obligations()
    {
        var (end, due, early) = ((ObligationEnd)A, (int)Entered, (int)(Number - Entered));
        if (end is ObligationEnd.Declined or ObligationEnd.Merged)
        {
            return UnitCounts.None with { Declined = end == ObligationEnd.Declined ? Size : 0, Merged = end == ObligationEnd.Merged ? Size : 0 };
        }

        if (end >= ObligationEnd.Withdrawn)
        {
            return UnitCounts.None with { Outside = OutsideCounts.Of(end, Size) };
        }

        // A held one is counted openly at once; the others when they are due or kept.
        (due, early) = end == ObligationEnd.Suspended ? (Size, 0) : (due, early);
        var outside = OutsideCounts.Of(ObligationEnd.StandsStill, early)
            + (Excluded == 1 ? OutsideCounts.None with { Excluded = due } : OutsideCounts.Of(end, due));
        var set = end == ObligationEnd.None ? new CountSet(new(due, B * due, C * due), default, default, default) : default;
        return Split(set) with { Outside = outside };
    }

    private UnitCounts Split(CountSet set) => Excluded == 0 ? new(set, default) : new(default, set);

    private AnswerCounts Answer(int answer) => new(answer == 1 ? Size : 0, answer == 2 ? Size : 0, answer == 3 ? Size : 0);

    /// <summary>A single ticket's rows, by the conditions under which the tables are counted.</summary>
    public static IEnumerable<CountRow> Of(ScoredRows rows, long asOf)
    {
        foreach (var o in rows.Obligations)
        {
            if (o.Month is { } month)
            {
                yield return new()
                {
                    Kind = 1, Month = month, Unit = o.Unit, Excluded = Bit(o.Excluded), A = o.Ending, B = Bit(o.OnTime), C = Bit(o.Completed), Number = 1,
                    Entered = Bit(o.DueAt <= asOf || o.RepliedAt is not null),
                };
            }
        }

        foreach (var a in rows.Answers)
        {
            yield return new() { Kind = 2, Month = a.Month, Unit = a.Unit, Excluded = Bit(a.Excluded), A = a.Answer, B = a.FirstAnswer, C = Bit(a.Blameless), Number = 1 };
        }
    }

    private static int Bit(bool value) => value ? 1 : 0;
}
