using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Notices;

/// <summary>One pass after another: two silos never draft from different revisions at once.</summary>
internal sealed class NoticeDraftsGrain(NoticePasses passes, NoticeGrounds grounds, NoticeIndex index) : Grain, INoticeDraftsGrain
{
    public async Task CatchUp()
    {
        foreach (var tier in (await passes.Missing(CancellationToken.None)).GroupBy(p => p.Tier))
        {
            var isWhole = true;
            foreach (var month in await passes.PublishedFrom(tier.Min(p => p.Month), tier.Key, CancellationToken.None))
            {
                isWhole &= await Draft(month, tier.Key);
            }

            if (isWhole)
            {
                await passes.Record([.. tier], CancellationToken.None);
            }
        }
    }

    /// <summary>False when a draft could not be kept, and when the table is damaged: nothing is drafted from it, and every reading of it says so.</summary>
    private async Task<bool> Draft(Month month, LeagueTier tier)
    {
        try
        {
            var (revision, borne) = await grounds.Of(month, tier, CancellationToken.None);
            foreach (var notice in (await index.OfTable(month, tier, CancellationToken.None)).Where(n => !borne.ContainsKey(n.Id)))
            {
                borne[notice.Id] = new(notice.Kind, month, tier, notice.Unit, revision, notice.Advisory, null);
            }

            var isWhole = true;
            foreach (var (id, ground) in borne)
            {
                isWhole &= await GrainFactory.GetGrain<INoticeGrain>(id).Reconcile(ground);
            }

            return isWhole;
        }
        catch (RevisionDamagedException)
        {
            return false;
        }
    }
}
