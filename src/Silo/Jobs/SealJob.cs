using Hotline.Storage;
using Quartz;

namespace Hotline.Silo;

/// <summary>Seals each minute what the feed has delivered since.</summary>
[DisallowConcurrentExecution]
internal sealed class SealJob(FeedSeals seals) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        while (await seals.SealNew(cancellationToken) > 0)
        {
            // The next stretch.
        }
    }
}
