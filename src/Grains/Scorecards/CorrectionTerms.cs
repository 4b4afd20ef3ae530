using Hotline.Policies;
using Hotline.Shared;
using Hotline.Tickets;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>By what a correction (更正) that was refused would have been made: the deadlines under which the ticket was dispatched, calendar
/// and units as they are known now.</summary>
internal sealed class CorrectionTerms(DeadlinePolicies policies, CalendarSource calendars, UnitDirectory units)
{
    public async Task<Func<TicketState, DateTimeOffset, RuleContext>> Load()
    {
        var (book, calendar, roll) = (await policies.Book(), await calendars.Refresh(), await units.Current());
        return (s, at) =>
        {
            var policy = s.Last(Clock.Reply) is { } promised ? book.Of(promised.PolicyVersion) : book.InForce(at);
            return new(at, Actor.System, calendar, policy, roll.Find);
        };
    }
}
