using Hotline.Scorecards;
using Microsoft.Extensions.Logging;

namespace Hotline.Notices;

/// <summary>Drafts as soon as a table is published. What fails here is done by the next run of the job: the publication stands in any case.</summary>
internal sealed class NoticeWitness(IGrainFactory grains, ILogger<NoticeWitness> log) : IPublicationWitness
{
    public async Task Published()
    {
        try
        {
            await grains.GetGrain<INoticeDraftsGrain>(INoticeDraftsGrain.Key).CatchUp();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning(fault, "Notices are not drafted yet; the next run of the ranking job does it");
        }
    }
}
