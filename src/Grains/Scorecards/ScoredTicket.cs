using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>One ticket's part in one unit's scores: what the unit owed for it, and what was said of its reply.</summary>
/// <param name="Number">The source's own number, by which people know the ticket.</param>
/// <param name="Owed">The obligation.</param>
/// <param name="Answered">What was said of the lead unit's reply; null while nothing was, and for a supporting unit.</param>
internal sealed record ScoredTicket(string Id, string Number, ObligationRow Owed, AnswerRow? Answered)
{
    public string Unit => Owed.Unit;

    public bool IsSupport => Owed.Support;

    public bool Excluded => Owed.Excluded;

    public bool Blameless => Answered is { Blameless: true };

    public DateTimeOffset? DueAt => At(Owed.DueAt);

    public DateTimeOffset? RepliedAt => At(Owed.RepliedAt);

    public ObligationEnd End => (ObligationEnd)Owed.Ending;

    /// <summary>1 satisfied, 2 basically satisfied, 3 dissatisfied: the answer that counts; more when there was none.</summary>
    public int Answer => Answered?.Answer ?? 0;

    public int FirstAnswer => Answered?.FirstAnswer ?? 0;

    /// <summary>Due in the month, and in the denominators by now: at the due instant or when it is replied, whichever is first. A held one is
    /// counted openly at once.</summary>
    public bool IsDueIn(Month month, DateTimeOffset asOf) => Owed.Month == month.Key && End < ObligationEnd.Withdrawn
        && (DueAt <= asOf || RepliedAt is not null || End == ObligationEnd.Suspended);

    public bool IsAnsweredIn(Month month) => Answered is { Answer: <= 3 } a && a.Month == month.Key;

    public bool IsUnreachedIn(Month month) => Answered is { Answer: > 3 } a && a.Month == month.Key;

    public bool IsIn(Month month) => Owed.Month == month.Key || Answered?.Month == month.Key;

    /// <summary>What this ticket adds to its unit's counts in the month.</summary>
    public UnitCounts CountsIn(Month month, DateTimeOffset asOf) => CountRow.Of(new([Owed], Answered is null ? [] : [Answered]), asOf.ToUnixTimeMilliseconds())
        .Where(row => row.Month == month.Key).Aggregate(UnitCounts.None, (sum, row) => sum + row.Counts);

    /// <summary>A ticket's parts: each obligation, with what was said of it.</summary>
    public static IEnumerable<ScoredTicket> Of(string id, string number, ScoredRows rows) => rows.Obligations.Select(o =>
        new ScoredTicket(id, number, o, o.Support ? null : rows.Answers.FirstOrDefault(a => a.Unit == o.Unit)));

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
