using System.Globalization;
using Hotline.Scorecards;
using Hotline.Shared;

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

    private static ScoredTicket Of(Fact f, int i) => new(i.ToString(CultureInfo.InvariantCulture), $"2026-{i:000}", f.Unit, false, f.Excluded, false,
        new(f.ReplyMonth), Due, f.Replied ? Due.AddHours(-1) : Due.AddHours(2), f.Replied, f.Completed, f.Suspended ? 2 : f.Compressed ? 1 : 0,
        f.AnswerMonth == 0 ? null : new Month(f.AnswerMonth), f.AnswerMonth == 0 ? 0 : f.LastAnswer, f.AnswerMonth == 0 ? 0 : f.FirstAnswer,
        f.UnreachedMonth == 0 ? null : new Month(f.UnreachedMonth));
}
