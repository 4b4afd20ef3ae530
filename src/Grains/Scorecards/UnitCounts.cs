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

/// <summary>The part of a unit's month that exclusion (剔除) divides: counted once without the excluded tickets, once for them alone.</summary>
/// <param name="Reply">Reply and completion.</param>
/// <param name="Answers">The last answer of each ticket called back.</param>
/// <param name="FirstAnswers">The first answer of the same tickets (首次满意).</param>
/// <param name="Unreached">Callbacks that ended without an answer in the month (未接通、拒评).</param>
internal readonly record struct CountSet(DueCounts Reply, AnswerCounts Answers, AnswerCounts FirstAnswers, int Unreached)
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

    /// <summary>Excluded tickets with a reply due in the month; a compressed or suspended one counts here and only here.</summary>
    public int ExcludedReplies { get; init; }

    /// <summary>Compressed by the upstream due (压缩): outside reply and completion, counted openly.</summary>
    public int Compressed { get; init; }

    /// <summary>Held under a statutory procedure (挂起): outside reply and completion while held, counted openly.</summary>
    public int Suspended { get; init; }

    /// <summary>Dissatisfied answers on matters proven blameless (无责): no blame, but the answer stays visible.</summary>
    public int BlamelessDissatisfied { get; init; }

    /// <summary>The figures that stand beside the scored ones: as if nothing had been excluded.</summary>
    public CountSet WithExcluded => Counted + Excluded;

    /// <summary>Pools two units' counts; a total is never a mean of rates.</summary>
    public static UnitCounts operator +(UnitCounts a, UnitCounts b) => new(a.Counted + b.Counted, a.Excluded + b.Excluded)
    {
        ExcludedReplies = a.ExcludedReplies + b.ExcludedReplies,
        Compressed = a.Compressed + b.Compressed,
        Suspended = a.Suspended + b.Suspended,
        BlamelessDissatisfied = a.BlamelessDissatisfied + b.BlamelessDissatisfied,
    };
}
