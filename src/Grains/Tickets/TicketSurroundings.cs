using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>What a ticket grain needs around it: clock, calendar, policy, units, stored texts and keys.</summary>
internal sealed class TicketSurroundings(TimeProvider clock, CalendarSource calendars, UnitDirectory units, TicketStoreReads reads, TextHasher hasher,
    ClockGuard guard)
{
    public TicketStoreReads Reads => reads;

    public TextHasher Hasher => hasher;

    /// <summary>Now, in whole milliseconds: what is stored is what was decided on.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Now, but never before the ticket's last event: a clock set back does not reorder history.</summary>
    public DateTimeOffset After(DateTimeOffset last) => Now is var now && now < last ? last : now;

    /// <summary>Up to when alarms are due: never ahead of the database's clock.</summary>
    public DateTimeOffset AlarmNow => guard.AlarmNow;

    /// <summary>The refusal of a silo whose clock is off the database's, or null.</summary>
    public Rejection? IsSkewed => guard.Refusal;

    /// <summary>This calendar version, or null when another one is in force by now. A copy that is behind is refreshed first.</summary>
    public async ValueTask<WorkingCalendar?> CalendarOf(string version)
    {
        var calendar = calendars.Current.Version == version ? calendars.Current : await calendars.RefreshNow();
        return calendar.Version == version ? calendar : null;
    }

    public async ValueTask<string?> UnitName(string? code) => code is null ? null : (await units.Current()).Find(code)?.Name;

    /// <summary>The context of a decision. Units that the command names are looked up first, so that the rule finds new ones too.</summary>
    public async ValueTask<RuleContext> Rules(DateTimeOffset now, Actor actor, TicketCommand? command = null, bool replay = false)
    {
        foreach (var name in Named(command))
        {
            await units.Resolve(name);
        }

        var roll = await units.Current();
        return new(now, actor, await calendars.Refresh(), DeadlinePolicy.V1, roll.Find, replay);
    }

    private static IEnumerable<string> Named(TicketCommand? command) => command switch
    {
        Dispatch c => [c.LeadUnit, .. c.SupportingUnits ?? []],
        RequestReturn c => [c.SuggestedUnit],
        _ => [],
    };
}
