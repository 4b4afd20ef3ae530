using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>What a ticket grain needs around it: clock, calendar, policy, units, stored texts and keys.</summary>
internal sealed class TicketSurroundings(TimeProvider clock, CalendarSource calendars, UnitDirectory units, TicketStoreReads reads, TextHasher hasher,
    ClockGuard guard, DeadlinePolicies policies)
{
    public TicketStoreReads Reads => reads;

    public TextHasher Hasher => hasher;

    public DateTimeOffset Now => clock.Instant();

    /// <summary>Now, but never before the ticket's last event: a clock set back does not reorder history.</summary>
    public DateTimeOffset After(DateTimeOffset last) => Now is var now && now < last ? last : now;

    /// <summary>Up to when alarms are due: never ahead of the database's clock.</summary>
    public DateTimeOffset AlarmNow => guard.AlarmNow;

    /// <summary>This calendar version, or null when another one is in force by now. A copy that is behind is refreshed first.</summary>
    public async ValueTask<WorkingCalendar?> CalendarOf(string version)
    {
        var calendar = calendars.Current.Version == version ? calendars.Current : await calendars.RefreshNow();
        return calendar.Version == version ? calendar : null;
    }

    public async ValueTask<string?> UnitName(string? code) => code is null ? null : (await units.Current()).Find(code)?.Name;

    /// <summary>All versions of the deadlines: a promise keeps the one that made it.</summary>
    public ValueTask<DeadlineBook> Deadlines() => policies.Book();

    /// <summary>The context of a decision. Units that the command names are looked up first, so that the rule finds new ones too. A dispatched ticket
    /// keeps the deadlines it was dispatched under; a dispatch takes those in force.</summary>
    public async ValueTask<RuleContext> Rules(DateTimeOffset now, Actor actor, TicketCommand? command = null, bool replay = false, TicketState? state = null)
    {
        foreach (var name in Named(command))
        {
            await units.Resolve(name);
        }

        var roll = await units.Current();
        var deadlines = await policies.Book();
        var policy = state is { LeadUnit: not null } && command is not Dispatch && state.Last(Clock.Reply) is { } promised
            ? deadlines.Of(promised.PolicyVersion)
            : deadlines.InForce(now);
        return new(now, actor, await calendars.Refresh(), policy, roll.Find, replay);
    }

    private static IEnumerable<string> Named(TicketCommand? command) => command switch
    {
        Dispatch c => [c.LeadUnit, .. c.SupportingUnits ?? []],
        RequestReturn c => [c.SuggestedUnit],
        _ => [],
    };
}
