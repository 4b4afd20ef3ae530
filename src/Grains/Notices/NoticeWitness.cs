using Hotline.Scorecards;

namespace Hotline.Notices;

/// <summary>Drafts as soon as a table is published; a draft that fails is made by the next run of the job.</summary>
internal sealed class NoticeWitness(IGrainFactory grains) : IPublicationWitness
{
    public Task Published() => grains.GetGrain<INoticeDraftsGrain>(INoticeDraftsGrain.Key).CatchUp();
}
