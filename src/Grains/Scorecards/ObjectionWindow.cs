using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>异议期: how long units may object to a closed table before it can be proposed.</summary>
internal sealed class ObjectionWindow(FirstLiveTicket firstLive, CalendarSource calendars)
{
    /// <summary>The window's last instant, in working days from the close; null while the table is live, and for months of history alone.</summary>
    public async Task<DateTimeOffset?> EndOf(Month month, DateTimeOffset? closedAt, CancellationToken cancellationToken) =>
        closedAt is { } closed && MonthCloseRules.HasWindow(month, await firstLive.At(cancellationToken))
            ? MonthCloseRules.WindowEnd(closed, await calendars.Refresh())
            : null;
}
