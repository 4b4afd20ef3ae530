using Hotline.Policies;
using Hotline.Shared;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>What a decision depends on besides the ticket and the command.</summary>
/// <param name="Now">The command's instant.</param>
/// <param name="Unit">Finds a unit by code, name or alias.</param>
/// <param name="Replay">History import: limits that only bind live actors are not checked, call results are final.</param>
internal sealed record RuleContext(DateTimeOffset Now, Actor Actor, WorkingCalendar Calendar, DeadlinePolicy Policy, Func<string, Unit?> Unit,
    bool Replay = false)
{
    /// <summary>Those of the months in which the ticket counts (year × 100 + month) that are proposed for publication, or published.</summary>
    public IReadOnlyCollection<int> Fixed { get; init; } = [];

    /// <summary>Keyed hash of a text, to know it again.</summary>
    public Func<string, string> Fingerprint { get; init; } = text => text;

    /// <summary>The promises of these clocks, starting now; a clock for which the policy has no row is left out.</summary>
    public IReadOnlyList<Promise> Promises(Nature nature, Urgency urgency, UnitTier? tier, DateTimeOffset? upstreamDueAt, params ReadOnlySpan<Clock> clocks)
    {
        var promises = new List<Promise>(clocks.Length);
        foreach (var clock in clocks)
        {
            if (Replay && (clock is Clock.AnswerCaller or Clock.Archive or Clock.ExclusionDecision))
            {
                // What is history is in the archive already.
                continue;
            }

            if (DeadlineRules.For(clock, nature, urgency, tier, Now, upstreamDueAt, Calendar, Policy) is { } promise)
            {
                promises.Add(promise);
            }
        }

        return promises;
    }

    public IReadOnlyList<Promise> Promises(TicketState s, params ReadOnlySpan<Clock> clocks) =>
        Promises(s.Nature, s.Urgency, s.LeadUnit is { } unit ? Unit(unit)?.Tier : null, s.UpstreamDueAt, clocks);
}

/// <summary>What was decided: events, in order.</summary>
internal sealed record Decision(params IReadOnlyList<TicketEvent> Events)
{
    public static implicit operator Decision(TicketEvent e) => new(e);
}
