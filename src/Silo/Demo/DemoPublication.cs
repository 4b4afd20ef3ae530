using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Silo.Demo;

/// <summary>Closes the past months and publishes their tables by two persons, the oldest first.</summary>
internal sealed class DemoPublication(IGrainFactory grains)
{
    /// <summary>How many tables were published.</summary>
    public async Task<int> Publish(DemoHistory history, CancellationToken stop)
    {
        var published = 0;
        for (var month = history.First; month < history.Running; month = month.Next)
        {
            foreach (var tier in new[] { LeagueTier.Station, LeagueTier.Brigade })
            {
                stop.ThrowIfCancellationRequested();
                await Publish(grains.GetGrain<ILeagueTableGrain>(LeagueKeys.Of(month, tier)));
                published++;
            }
        }
        return published;
    }

    private static async Task Publish(ILeagueTableGrain table)
    {
        Expect(await table.Close(DemoPeople.Director.Actor));
        Expect(await table.ProposePublication(DemoPeople.Director.Actor));
        Expect(await table.ApprovePublication(DemoPeople.Leader.Actor));
    }

    private static void Expect(Result<LeagueTable> step)
    {
        if (step.Rejection is { } rejection)
        {
            throw new DemoException(rejection);
        }
    }
}
