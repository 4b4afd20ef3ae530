using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Policies;

/// <summary>A running clock of a ticket, with what its promise was computed from.</summary>
/// <param name="WasExtended">True when a decision has moved the due; no calendar moves it again.</param>
/// <param name="Unit">Whose promise; null for the centre.</param>
[GenerateSerializer, Immutable, Alias("hotline.OpenPromise")]
public sealed record OpenPromise(string TicketId, Promise Promise, PromiseTerms Terms, bool WasExtended, string? Unit = null);

/// <summary>What a calendar or policy change does to one promise.</summary>
[GenerateSerializer, Immutable, Alias("hotline.PromiseMove")]
public sealed record PromiseMove(string TicketId, Promise From, Promise To, string? Unit = null)
{
    /// <summary>True when the due itself moves; otherwise only an alarm or a mark does.</summary>
    public bool MovesDue => From.DueAt != To.DueAt;
}

/// <summary>预演: which promises a change would move, and from what to what, before anybody applies it.</summary>
public static class DeadlinePreview
{
    /// <summary>The promises that come out differently under the new calendar, each under the policy version that made it.</summary>
    public static IReadOnlyList<PromiseMove> Of(
        IEnumerable<OpenPromise> open, WorkingCalendar calendar, Func<string, DeadlinePolicy> policyOf) =>
        [.. open.Select(p => Move(p, calendar, policyOf(p.Promise.PolicyVersion))).Where(IsReal)];

    private static PromiseMove Move(OpenPromise open, WorkingCalendar calendar, DeadlinePolicy policy) =>
        new(open.TicketId, open.Promise, DeadlineRules.Recomputed(open.Promise, open.Terms, open.WasExtended, calendar, policy), open.Unit);

    // A new version number alone is no move.
    private static bool IsReal(PromiseMove move) =>
        move.To with { CalendarVersion = move.From.CalendarVersion, PolicyVersion = move.From.PolicyVersion } != move.From;
}
