using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Notices;

/// <summary>What a corrected table changes in notices, in its quarter's list and in its year's rewards. Nothing is changed here: issued notices are marked
/// and lists called outdated when the correction is published, and people decide.</summary>
internal sealed class AwardKnockOns(IGrainFactory grains, NoticeGrounds grounds, NoticeIndex notices, AwardRevisions awards, AwardReckoner reckoner, UnitDirectory units)
    : IKnockOn
{
    public async Task<IReadOnlyList<KnockOn>> Of(TableChange change, CancellationToken cancellationToken) =>
        [.. await Notices(change, cancellationToken), .. await Quarter(change, cancellationToken)];

    private async Task<List<KnockOn>> Notices(TableChange change, CancellationToken cancellationToken)
    {
        var before = await grounds.From(change, change.Before, change.BeforeRevision, cancellationToken);
        var after = await grounds.From(change, change.After, change.AfterRevision, cancellationToken);
        List<KnockOn> found = [];
        foreach (var id in before.Keys.Union(after.Keys).Where(id => before.ContainsKey(id) != after.ContainsKey(id)))
        {
            var status = (await notices.Find(id, cancellationToken))?.Status;
            found.Add(KnockOnRules.Notice(before.GetValueOrDefault(id) ?? after[id], before.ContainsKey(id), status));
        }
        return found;
    }

    private async Task<IReadOnlyList<KnockOn>> Quarter(TableChange change, CancellationToken cancellationToken)
    {
        var quarter = Shared.Quarter.Of(change.Month);
        if (!AwardReckoner.Tiers(quarter, await reckoner.Recent()).Contains(change.Tier))
        {
            return [];
        }

        var vetoes = (await grains.GetGrain<IQuarterGrain>(AwardKeys.Of(quarter)).Vetoes()).Where(v => v.WithdrawnAt is null).ToArray();
        var tables = await reckoner.Tables(quarter, change.Tier);
        if (tables.Value is not { } read)
        {
            return [];
        }

        var roll = await units.All();
        QuarterBody With(LeagueBody body, int revision) => QuarterRules.Body(quarter, change.Tier,
            [.. read.Select(t => t.Month == change.Month ? t with { Rows = body.Rows, Policy = body.Policy, Revision = revision } : t)], vetoes, roll);
        var (before, after) = (With(change.Before, change.BeforeRevision), With(change.After, change.AfterRevision));
        return [.. KnockOnRules.Quarter(change.Month, before, after), .. await Year(change, before, after, cancellationToken)];
    }

    /// <summary>Rewards follow from approved lists: a quarter without one changes nothing yet.</summary>
    private async Task<IReadOnlyList<KnockOn>> Year(TableChange change, QuarterBody before, QuarterBody after, CancellationToken cancellationToken)
    {
        var year = change.Month.Year;
        var lists = await awards.Quarters(year, cancellationToken);
        if (lists.All(l => (l.Source.Quarter, l.Source.Tier) != (before.Quarter, before.Tier)))
        {
            return [];
        }

        var with = await reckoner.Recent();
        YearBody With(QuarterBody body) => YearRules.Body(year,
            [.. lists.Select(l => (l.Source.Quarter, l.Source.Tier) == (body.Quarter, body.Tier) ? (l.Source, body) : l)], with.Book.For(new(year, 12)), with.Roll);
        return KnockOnRules.Year(change.Month, With(before), With(after));
    }
}
