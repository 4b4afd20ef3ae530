using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>One event of a ticket with the ticket just before and just after it.</summary>
internal sealed record TrailStep(TicketState Before, Stamped Stamped, TicketState After)
{
    public DateTimeOffset At => Stamped.At;
}

/// <summary>A ticket's way, event by event: what each decision found and what it left. The registration has nothing before it and is no
/// step.</summary>
internal sealed class TicketTrail(string id)
{
    private readonly TicketHistory _history = new(id);
    private readonly List<TrailStep> _steps = [];

    public string Id => id;

    /// <summary>The steps in order.</summary>
    /// <exception cref="DamagedTicketException">An event is edited or missing.</exception>
    public IReadOnlyList<TrailStep> Steps => _history.Sound() is not null ? _steps : [];

    public void Take(EventRow row)
    {
        var before = _history.State;
        if (_history.Take(row) is { } e && before is not null)
        {
            _steps.Add(new(before, new(row.Seq, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Actor, e, row.Hash), _history.State!));
        }
    }
}
