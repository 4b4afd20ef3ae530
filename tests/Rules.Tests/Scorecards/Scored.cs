using System.Globalization;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Rules.Tests.Scorecards;

/// <summary>Plain facts as scored tickets, numbered by their place in the list.</summary>
internal static class Scored
{
    public static readonly DateTimeOffset AsOf = new(2026, 11, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Wednesday 2026-10-14, 17:30 in Shanghai.</summary>
    public static readonly DateTimeOffset Due = new(2026, 10, 14, 9, 30, 0, TimeSpan.Zero);

    public static Fact Fact(string unit) => new(unit, RandomMonths.Month, true, true, false, false, RandomMonths.Month, 1, 1, 0, false);

    public static IReadOnlyList<ScoredTicket> Of(IReadOnlyList<Fact> facts, string unit) =>
        [.. facts.Select((f, i) => (f, i)).Where(x => x.f.Unit == unit).Select(x => Of(x.f, x.i))];

    public static int IndexOf(ScoredTicket ticket) => int.Parse(ticket.Id, CultureInfo.InvariantCulture);

    private static ScoredTicket Of(Fact f, int i) => new(i.ToString(CultureInfo.InvariantCulture), $"2026-{i:000}", Owed(f), Answered(f));

    public static ObligationRow Owed(Fact f) => new(f.Unit, false, f.ReplyMonth, Ms(Due), Ms(f.Replied ? Due.AddHours(-1) : Due.AddHours(2)), f.Replied, f.Completed,
        f.Suspended ? 2 : f.Compressed ? 1 : 0, f.Excluded, false);

    public static AnswerRow? Answered(Fact f) => f.AnswerMonth != 0 ? new(f.Unit, f.AnswerMonth, Ms(Due), f.LastAnswer, f.FirstAnswer, f.Excluded, false)
        : f.UnreachedMonth != 0 ? new(f.Unit, f.UnreachedMonth, Ms(Due), 4, 0, f.Excluded, false) : null;

    public static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
