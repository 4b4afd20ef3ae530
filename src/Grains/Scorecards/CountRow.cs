using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>A group of tickets that are alike. Kind 1: replies by hold, on time, completed; 2: answers by last, first, blameless; 3: unreached.</summary>
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

    private int Size => (int)Number;

    public UnitCounts Counts => Kind switch
    {
        1 => Replies(),
        2 => Split(new(default, Answer(A), Answer(B), 0)) with { BlamelessDissatisfied = Excluded == 0 && A == 3 && C == 1 ? Size : 0 },
        _ => Split(new(default, default, default, Size)),
    };

    /// <summary>An excluded ticket counts as excluded whatever else it is; a compressed or held one would not have counted anyway.</summary>
    private UnitCounts Replies()
    {
        var set = A == 0 ? new CountSet(new(Size, B * Size, C * Size), default, default, 0) : default;
        return Split(set) with
        {
            ExcludedReplies = Excluded * Size,
            Compressed = Excluded == 0 && A == 1 ? Size : 0,
            Suspended = Excluded == 0 && A == 2 ? Size : 0,
        };
    }

    private UnitCounts Split(CountSet set) => Excluded == 0 ? new(set, default) : new(default, set);

    private AnswerCounts Answer(int answer) => new(answer == 1 ? Size : 0, answer == 2 ? Size : 0, answer == 3 ? Size : 0);

    /// <summary>A single ticket's rows, by the conditions under which the index is counted.</summary>
    public static IEnumerable<CountRow> Of(TicketIndexRow row, IReadOnlyList<SupportRow> support, long asOf)
    {
        if (row.ScoreUnit is { } unit)
        {
            if (row.ReplyMonth is { } month && (row.ReplyDueAt <= asOf || row.RepliedAt is not null || row.ReplyHold == 2))
            {
                yield return One(1, month, unit, row.Excluded, row.ReplyHold, Bit(row.RepliedOnTime), Bit(row.CompletedOnTime));
            }

            if (row.AnswerMonth is { } answered)
            {
                yield return One(2, answered, unit, row.Excluded, row.Answer!.Value, row.FirstAnswer!.Value, Bit(row.Blameless));
            }

            if (row.UnreachedMonth is { } unreached)
            {
                yield return One(3, unreached, unit, row.Excluded, 0, 0, 0);
            }
        }

        foreach (var s in support)
        {
            if (s.ReplyMonth is { } month && (s.ReplyDueAt <= asOf || s.RepliedAt is not null))
            {
                yield return One(1, month, s.Unit, s.Excluded, 0, Bit(s.OnTime), Bit(s.OnTime));
            }
        }
    }

    private static CountRow One(int kind, int month, string unit, bool excluded, int a, int b, int c) =>
        new() { Kind = kind, Month = month, Unit = unit, Excluded = Bit(excluded), A = a, B = b, C = c, Number = 1 };

    private static int Bit(bool value) => value ? 1 : 0;
}
