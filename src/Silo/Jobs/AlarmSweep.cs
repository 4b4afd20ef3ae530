using System.Diagnostics;
using Hotline.Shared;
using Hotline.Tickets;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Hotline.Silo;

/// <summary>Asks the tickets whose next alarm is due to fire it: this silo's share first, then what other silos have left lying. The ticket decides,
/// and its conditional write makes the effect happen once, however many silos ask.</summary>
internal sealed class AlarmSweep(DueTickets due, IGrainFactory grains, SiloShare share, ClockGuard guard, Backoff backoff)
{
    private const int AtOnce = 64;
    private const int PageSize = 256;

    /// <summary>What another silo has not fired after this time is fired by whoever comes first.</summary>
    private static readonly TimeSpan Neglected = TimeSpan.FromSeconds(5);

    private int _running;
    private long _lastRead = Stopwatch.GetTimestamp();

    /// <summary>How long ago, on the machine's monotonic clock, the index was last asked with success.</summary>
    public TimeSpan SinceRead => Stopwatch.GetElapsedTime(Volatile.Read(ref _lastRead));

    /// <summary>Fires until nothing is due; answers how many alarms fired. A run beside another one does nothing.</summary>
    public async Task<int> Run(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
        {
            return 0;
        }
        try
        {
            return await RunAlone(cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    private async Task<int> RunAlone(CancellationToken cancellationToken)
    {
        var (all, fired) = (0, 0);
        do
        {
            var part = share.Current;
            fired = await Walk(part, others: false, TimeSpan.Zero, cancellationToken);
            fired += part.Silos > 1 ? await Walk(part, others: true, Neglected, cancellationToken) : 0;
            all += fired;
        }
        while (fired > 0);
        return all;
    }

    /// <summary>Once through everything that was due <paramref name="late"/> ago.</summary>
    private async Task<int> Walk(Share part, bool others, TimeSpan late, CancellationToken cancellationToken)
    {
        var fired = 0;
        var until = guard.AlarmNow - late;
        var after = DueTicket.First;
        IReadOnlyList<DueTicket> page;
        do
        {
            page = await due.Page(part, others, until, after, PageSize, cancellationToken);
            Volatile.Write(ref _lastRead, Stopwatch.GetTimestamp());
            fired += guard.Held is null ? await Fire(page, cancellationToken) : 0;
            after = page.Count == 0 ? after : page[^1];
        }
        while (page.Count == PageSize);
        return fired;
    }

    private async Task<int> Fire(IReadOnlyList<DueTicket> page, CancellationToken cancellationToken)
    {
        var fired = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(page.Where(t => !backoff.IsWaiting(t.Id)), options, async (ticket, _) => Interlocked.Add(ref fired, await Ask(ticket)));
        return fired;
    }

    private async Task<int> Ask(DueTicket ticket)
    {
        try
        {
            // A ticket that is nowhere active wakes up here, on a silo whose clock is right.
            RequestContext.Set(IPlacementDirector.PlacementHintKey, share.Address);
            var fired = await grains.GetGrain<ITicketGrain>(ticket.Id).FireAlarms();
            if (fired > 0)
            {
                backoff.Succeeded(ticket.Id);
                return fired;
            }
        }
        catch (Exception)
        {
            // Whatever it is (a lost silo, a frozen one, storage away): this ticket waits, the others go on, the index still says what is due.
        }
        backoff.Failed(ticket.Id);
        return 0;
    }
}
