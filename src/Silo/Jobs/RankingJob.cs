using Hotline.Scorecards;
using Quartz;

namespace Hotline.Silo;

/// <summary>Closes finished months and reminds of their publication.</summary>
[DisallowConcurrentExecution]
internal sealed class RankingJob(MonthClose months) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await months.Run(cancellationToken);
}
