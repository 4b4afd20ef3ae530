using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>One ticket's part in one unit's scores, as the index holds it: what a count is made of.</summary>
/// <param name="Number">The source's own number, by which people know the ticket.</param>
/// <param name="IsSupport">The unit supports (协办) and scores on its own due only.</param>
/// <param name="Hold">0 counted, 1 compressed, 2 suspended.</param>
/// <param name="Answer">1 satisfied, 2 basically satisfied, 3 dissatisfied: the last answer.</param>
internal sealed record ScoredTicket(string Id, string Number, string Unit, bool IsSupport, bool Excluded, bool Blameless,
    Month? ReplyMonth, DateTimeOffset? DueAt, DateTimeOffset? RepliedAt, bool OnTime, bool Completed, int Hold,
    Month? AnswerMonth, int Answer, int FirstAnswer, Month? UnreachedMonth)
{
    public const int Compressed = 1;
    public const int Suspended = 2;

    /// <summary>Due in the month, and in the denominators by now: at the due instant or when it is replied, whichever is first. A held one is
    /// counted openly at once.</summary>
    public bool IsDueIn(Month month, DateTimeOffset asOf) => ReplyMonth == month && (DueAt <= asOf || RepliedAt is not null || Hold == Suspended);

    public bool IsAnsweredIn(Month month) => AnswerMonth == month;

    public bool IsUnreachedIn(Month month) => UnreachedMonth == month;

    /// <summary>What this ticket adds to its unit's counts in the month.</summary>
    public UnitCounts CountsIn(Month month, DateTimeOffset asOf)
    {
        var due = IsDueIn(month, asOf);
        var answered = IsAnsweredIn(month);
        var set = new CountSet(due && Hold == 0 ? new(1, OnTime ? 1 : 0, Completed ? 1 : 0) : default,
            answered ? One(Answer) : default, answered ? One(FirstAnswer) : default, IsUnreachedIn(month) ? 1 : 0);
        return new(Excluded ? default : set, Excluded ? set : default)
        {
            ExcludedReplies = due && Excluded ? 1 : 0,
            Compressed = due && !Excluded && Hold == Compressed ? 1 : 0,
            Suspended = due && !Excluded && Hold == Suspended ? 1 : 0,
            BlamelessDissatisfied = answered && !Excluded && Blameless && Answer == 3 ? 1 : 0,
        };
    }

    /// <summary>A ticket's parts: its lead unit's, and each supporting unit's own.</summary>
    public static IEnumerable<ScoredTicket> Of(TicketIndexRow row, IEnumerable<SupportRow> support)
    {
        if (row.ScoreUnit is { } unit)
        {
            yield return new(row.TicketId, row.ExternalNo, unit, false, row.Excluded, row.Blameless, MonthOf(row.ReplyMonth), At(row.ReplyDueAt), At(row.RepliedAt),
                row.RepliedOnTime, row.CompletedOnTime, row.ReplyHold, MonthOf(row.AnswerMonth), row.Answer ?? 0, row.FirstAnswer ?? 0, MonthOf(row.UnreachedMonth));
        }

        foreach (var own in support)
        {
            yield return new(row.TicketId, row.ExternalNo, own.Unit, true, own.Excluded, false, MonthOf(own.ReplyMonth), At(own.ReplyDueAt), At(own.RepliedAt),
                own.OnTime, own.OnTime, 0, null, 0, 0, null);
        }
    }

    private static Month? MonthOf(int? key) => key is { } k ? new(k) : null;

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private static AnswerCounts One(int answer) => new(answer == 1 ? 1 : 0, answer == 2 ? 1 : 0, answer == 3 ? 1 : 0);
}
