using Hotline.Shared;
using Hotline.Tickets;
using Hotline.Units;

namespace Hotline.Silo.Demo;

/// <summary>Brings the generated branch into the store: units, then every ticket through <see cref="ITicketGrain.Replay"/>.</summary>
internal sealed class DemoReplay(IGrainFactory grains, UnitDirectory directory)
{
    /// <summary>Enough to fill the store's batches; each is a grain that waits for its commit.</summary>
    private const int AtOnce = 96;

    private int _done;

    public async Task Units(DemoHistory history)
    {
        foreach (var unit in history.Branch.Units)
        {
            var deputy = history.Branch.DeputyChiefs[unit.DeputyChief];
            var described = await grains.GetGrain<IUnitGrain>(UnitKeys.Of(unit.Code))
                .Describe(new DescribeUnit(unit.Name, unit.Tier, unit.Head, deputy, null, null, null, null), Actor.System);
            if (described.Rejection is { } rejection)
            {
                throw new DemoException(rejection);
            }
        }
        directory.Forget();
    }

    /// <summary>All tickets, many at once; <paramref name="progress"/> hears how many are in.</summary>
    public async Task Tickets(DemoHistory history, Action<int> progress, CancellationToken stop)
    {
        var load = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        await Parallel.ForEachAsync(history.Tickets, load, async (ticket, _) =>
        {
            var id = TicketIdentity.KeyOf(ticket.Row.Source, ticket.Row.ExternalNo);
            if ((await grains.Ticket(id).Replay(ticket.Row, ticket.KeepOpen)).Rejection is { } rejection)
            {
                throw new DemoException(rejection);
            }
            progress(Interlocked.Increment(ref _done));
        });
        foreach (var register in history.Waiting)
        {
            await grains.Ticket(TicketIdentity.KeyOf(register.Source, register.ExternalNo)).Register(register, new CallContext(DemoPeople.Dispatcher.Actor));
        }
    }
}
