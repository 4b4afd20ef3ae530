using Hotline.Notices;
using Hotline.Scorecards;
using Quartz;

namespace Hotline.Silo;

/// <summary>Closes finished months and reminds of their publication; drafts notices that a crash left out, and reminds of reports that are owed.</summary>
[DisallowConcurrentExecution]
internal sealed class RankingJob(MonthClose months, NoticeReminders notices) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await months.Run(cancellationToken);
        await notices.Run(cancellationToken);
    }
}
