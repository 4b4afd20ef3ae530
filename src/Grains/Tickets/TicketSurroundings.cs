using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>What a ticket grain needs around it: clock, calendar, policy, units, stored texts and keys.</summary>
internal sealed class TicketSurroundings(TimeProvider clock, CalendarSource calendars, UnitDirectory units, TicketStoreReads reads, TextHasher hasher)
{
    public TicketStoreReads Reads => reads;

    public TextHasher Hasher => hasher;

    /// <summary>Now, in whole milliseconds: what is stored is what was decided on.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Now, but never before the ticket's last event: a clock set back does not reorder history.</summary>
    public DateTimeOffset After(DateTimeOffset last) => Now is var now && now < last ? last : now;

    /// <summary>The refusal of a silo whose clock is off the database's, or null.</summary>
    public Rejection? IsSkewed => null;

    public string? UnitName(string code) => units.Resolve(code)?.Name;

    public async ValueTask<RuleContext> Rules(DateTimeOffset now, Actor actor, bool replay = false) =>
        new(now, actor, await calendars.Fresh(), DeadlinePolicy.V1, units.Resolve, replay);
}
