using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Notices;

/// <summary>One pass after another: two silos never draft from different revisions at once.</summary>
internal sealed class NoticeDraftsGrain(NoticePasses passes, LeagueRevisions revisions, LeagueReckoner reckoner, StreakReader streaks, NoticeIndex index)
    : Grain, INoticeDraftsGrain
{
    public async Task CatchUp()
    {
        foreach (var tier in (await passes.Missing(CancellationToken.None)).GroupBy(p => p.Tier))
        {
            var first = tier.Min(p => p.Month);
            var isWhole = true;
            foreach (var month in await passes.PublishedFrom(first, tier.Key, CancellationToken.None))
            {
                isWhole &= await Draft(month, tier.Key);
            }

            if (isWhole)
            {
                await passes.Record([.. tier], CancellationToken.None);
            }
        }
    }

    /// <summary>False when the table is damaged: nothing is drafted from it, and every reading of it says so.</summary>
    private async Task<bool> Draft(Month month, LeagueTier tier)
    {
        var revision = (await revisions.Latest(month, tier, CancellationToken.None))!;
        LeagueBody body;
        try
        {
            body = revision.Read();
        }
        catch (LeagueDamagedException)
        {
            return false;
        }

        var with = await reckoner.Now(revision.CutoffAt);
        var trails = await streaks.Read(PastTable.Of(body, revision.Number), tier, with, CancellationToken.None);
        var grounds = NoticeGroundRules.Of(body, revision.Number, revision.ContentHash, trails)
            .ToDictionary(g => NoticeIdentity.Of(month, tier, g.Kind, g.Unit.Code));
        foreach (var notice in (await index.OfTable(month, tier, CancellationToken.None)).Where(n => !grounds.ContainsKey(n.Id)))
        {
            grounds[notice.Id] = new(notice.Kind, month, tier, notice.Unit, revision.Number, notice.Advisory, null);
        }

        foreach (var (id, ground) in grounds)
        {
            await GrainFactory.GetGrain<INoticeGrain>(id).Reconcile(ground);
        }
        return true;
    }
}
