using Orleans.Concurrency;

namespace Hotline.Scorecards;

[StatelessWorker, Reentrant]
internal sealed class UnitTrialsGrain(UnitTrials trials) : Grain, IUnitTrialsGrain
{
    public Task<IReadOnlyList<MovedTable>> Run(string unit) => trials.Run(unit, CancellationToken.None);
}
