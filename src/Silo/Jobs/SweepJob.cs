using Quartz;

namespace Hotline.Silo;

/// <summary>Fires the alarms that are due.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepJob(AlarmSweep sweep) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await sweep.Run(cancellationToken);
}
