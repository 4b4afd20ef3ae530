using Hotline.Tickets;
using Quartz;

namespace Hotline.Silo;

/// <summary>Forgets old idempotency keys.</summary>
[DisallowConcurrentExecution]
internal sealed class KeyPruningJob(CommandKeys keys) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await keys.Prune(cancellationToken);
}
