using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>Reply and completion (回复、办结): tickets whose final reply due lies in the month.</summary>
/// <param name="Due">The denominator of both rates.</param>
/// <param name="Replied">First reply at or before the due.</param>
/// <param name="Completed">Passed review, by a submission made at or before the due.</param>
internal readonly record struct DueCounts(int Due, int Replied, int Completed)
{
    public static DueCounts operator +(DueCounts a, DueCounts b) => new(a.Due + b.Due, a.Replied + b.Replied, a.Completed + b.Completed);

    public static DueCounts operator -(DueCounts a, DueCounts b) => new(a.Due - b.Due, a.Replied - b.Replied, a.Completed - b.Completed);
}

/// <summary>Effective callbacks (有效回访) by answer, one per ticket.</summary>
internal readonly record struct AnswerCounts(int Satisfied, int BasicallySatisfied, int Dissatisfied)
{
    /// <summary>The denominator of the satisfaction rate.</summary>
    public int Effective => Satisfied + BasicallySatisfied + Dissatisfied;

    public static AnswerCounts operator +(AnswerCounts a, AnswerCounts b) =>
        new(a.Satisfied + b.Satisfied, a.BasicallySatisfied + b.BasicallySatisfied, a.Dissatisfied + b.Dissatisfied);

    public static AnswerCounts operator -(AnswerCounts a, AnswerCounts b) =>
        new(a.Satisfied - b.Satisfied, a.BasicallySatisfied - b.BasicallySatisfied, a.Dissatisfied - b.Dissatisfied);
}

/// <summary>Callbacks that ended without an answer, by why.</summary>
internal readonly record struct UnreachedCounts(int Unreachable, int Refused, int WrongNumber, int NoNumber)
{
    public int Total => Unreachable + Refused + WrongNumber + NoNumber;

    /// <param name="answer">As stored: 4 unreachable, 5 refused, 6 wrong number, 7 no number.</param>
    public static UnreachedCounts Of(int answer, int count) => answer switch
    {
        4 => new(count, 0, 0, 0),
        5 => new(0, count, 0, 0),
        6 => new(0, 0, count, 0),
        _ => new(0, 0, 0, count),
    };

    public static UnreachedCounts operator +(UnreachedCounts a, UnreachedCounts b) =>
        new(a.Unreachable + b.Unreachable, a.Refused + b.Refused, a.WrongNumber + b.WrongNumber, a.NoNumber + b.NoNumber);

    public static UnreachedCounts operator -(UnreachedCounts a, UnreachedCounts b) =>
        new(a.Unreachable - b.Unreachable, a.Refused - b.Refused, a.WrongNumber - b.WrongNumber, a.NoNumber - b.NoNumber);
}

/// <summary>Obligations (责任) of the month that are outside reply and completion, each for one reason: the first that fits (product.md §4).</summary>
/// <param name="NotYetDue">Their due lies ahead, or their clock stands still.</param>
internal readonly record struct OutsideCounts(int Withdrawn, int Recalled, int HandedBack, int Suspended, int Compressed, int Excluded, int Transferred,
    int Diverted, int NotNeeded, int NotYetDue)
{
    public static OutsideCounts None { get; }

    public int Total => Withdrawn + Recalled + HandedBack + Suspended + Compressed + Excluded + Transferred + Diverted + NotNeeded + NotYetDue;

    public static OutsideCounts Of(ObligationEnd end, int count) => end switch
    {
        ObligationEnd.Compressed => None with { Compressed = count },
        ObligationEnd.Suspended => None with { Suspended = count },
        ObligationEnd.Withdrawn => None with { Withdrawn = count },
        ObligationEnd.Recalled => None with { Recalled = count },
        ObligationEnd.HandedBack => None with { HandedBack = count },
        ObligationEnd.Transferred => None with { Transferred = count },
        ObligationEnd.Diverted => None with { Diverted = count },
        ObligationEnd.NotNeeded => None with { NotNeeded = count },
        ObligationEnd.StandsStill => None with { NotYetDue = count },
        _ => None,
    };

    public static OutsideCounts operator +(OutsideCounts a, OutsideCounts b) => new(a.Withdrawn + b.Withdrawn, a.Recalled + b.Recalled,
        a.HandedBack + b.HandedBack, a.Suspended + b.Suspended, a.Compressed + b.Compressed, a.Excluded + b.Excluded, a.Transferred + b.Transferred,
        a.Diverted + b.Diverted, a.NotNeeded + b.NotNeeded, a.NotYetDue + b.NotYetDue);
}

/// <summary>The part of a unit's month that exclusion (剔除) divides: counted once without the excluded tickets, once for them alone.</summary>
/// <param name="Reply">Reply and completion.</param>
/// <param name="Answers">The last answer of each ticket called back.</param>
/// <param name="FirstAnswers">The first answer of the same tickets (首次满意).</param>
/// <param name="Unreached">Callbacks that ended without an answer in the month (未接通、拒评…).</param>
internal readonly record struct CountSet(DueCounts Reply, AnswerCounts Answers, AnswerCounts FirstAnswers, UnreachedCounts Unreached)
{
    public static CountSet operator +(CountSet a, CountSet b) =>
        new(a.Reply + b.Reply, a.Answers + b.Answers, a.FirstAnswers + b.FirstAnswers, a.Unreached + b.Unreached);

    public static CountSet operator -(CountSet a, CountSet b) =>
        new(a.Reply - b.Reply, a.Answers - b.Answers, a.FirstAnswers - b.FirstAnswers, a.Unreached - b.Unreached);
}

/// <summary>Everything a row of the table needs of one unit and month.</summary>
/// <param name="Counted">What score and rank use.</param>
/// <param name="Excluded">The tickets taken out by an approved exclusion that would otherwise have counted.</param>
internal sealed record UnitCounts(CountSet Counted, CountSet Excluded)
{
    public static UnitCounts None { get; } = new(default, default);

    /// <summary>The obligations outside reply and completion. A compressed or suspended one that is excluded counts as excluded.</summary>
    public OutsideCounts Outside { get; init; }

    /// <summary>Tickets that the branch itself declined or merged in the month: no unit owed them.</summary>
    public int Declined { get; init; }

    public int Merged { get; init; }

    /// <summary>All obligations of the month: counted or outside.</summary>
    public int Received => Counted.Reply.Due + Outside.Total;

    public int ExcludedReplies => Outside.Excluded;

    public int Compressed => Outside.Compressed;

    public int Suspended => Outside.Suspended;

    /// <summary>Dissatisfied answers on matters proven blameless (无责): no blame, but the answer stays visible.</summary>
    public int BlamelessDissatisfied { get; init; }

    /// <summary>The figures that stand beside the scored ones: as if nothing had been excluded.</summary>
    public CountSet WithExcluded => Counted + Excluded;

    /// <summary>Pools two units' counts; a total is never a mean of rates.</summary>
    public static UnitCounts operator +(UnitCounts a, UnitCounts b) => new(a.Counted + b.Counted, a.Excluded + b.Excluded)
    {
        Outside = a.Outside + b.Outside,
        Declined = a.Declined + b.Declined,
        Merged = a.Merged + b.Merged,
        BlamelessDissatisfied = a.BlamelessDissatisfied + b.BlamelessDissatisfied,
    };
}
