using Hotline.Tickets;
using Quartz;

namespace Hotline.Silo;

/// <summary>Takes up moves of promises that a crash interrupted, and dues that another silo reckoned a moment before a notice arrived.</summary>
[DisallowConcurrentExecution]
internal sealed class PromiseMovesJob(IGrainFactory grains) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await grains.GetGrain<IPromiseMovesGrain>(IPromiseMovesGrain.Key).Settle();
}
