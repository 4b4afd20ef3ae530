using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Notices;

/// <summary>Grounds of published tables, by the newest revisions of all months.</summary>
internal sealed class NoticeGrounds(Revisions revisions, LeagueReckoner reckoner, StreakReader streaks, NoticePasses passes, TimeProvider clock)
{
    /// <summary>The grounds of one month's newest revision, by notice.</summary>
    /// <exception cref="RevisionDamagedException">The table is not as it was published.</exception>
    public async Task<(int Revision, Dictionary<string, NoticeGround> Grounds)> Of(Month month, LeagueTier tier, CancellationToken cancellationToken)
    {
        var revision = (await revisions.Table(month, tier, null, cancellationToken))!;
        var with = await reckoner.Now(clock.GetUtcNow());
        return (revision.Number, await Of(revision.Read(), revision.Number, revision.ContentHash, with, cancellationToken));
    }

    /// <summary>The grounds of a corrected month and of every later one, with the month as it is said here.</summary>
    public async Task<Dictionary<string, NoticeGround>> From(TableChange change, LeagueBody body, int number, CancellationToken cancellationToken)
    {
        var with = await reckoner.Now(change.AsOf) with { Instead = PastTable.Of(body, number) };
        var found = await Of(body, number, "", with, cancellationToken);
        foreach (var month in (await passes.PublishedFrom(change.Month, change.Tier, cancellationToken)).Where(m => m > change.Month))
        {
            var later = (await revisions.Table(month, change.Tier, null, cancellationToken))!;
            foreach (var (id, ground) in await Of(later.Read(), later.Number, later.ContentHash, with, cancellationToken))
            {
                found[id] = ground;
            }
        }
        return found;
    }

    private async Task<Dictionary<string, NoticeGround>> Of(LeagueBody body, int number, string hash, Reckoning with, CancellationToken cancellationToken)
    {
        var trails = await streaks.Read(PastTable.Of(body, number), body.Tier, with, cancellationToken);
        return NoticeGroundRules.Of(body, number, hash, trails).ToDictionary(g => NoticeIdentity.Of(body.Month, body.Tier, g.Kind, g.Unit.Code));
    }
}
