using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>What a corrected table changes in tables: ranks and marks of its month, streaks and flags of later months. Later published tables keep
/// their bytes; what is said here is worked out from the newest revisions.</summary>
internal sealed class TableKnockOns(LeagueReckoner reckoner, PastTables past, StreakReader streaks) : IKnockOn
{
    public async Task<IReadOnlyList<KnockOn>> Of(TableChange change, CancellationToken cancellationToken)
    {
        List<KnockOn> found = [.. LeagueChangeRules.OwnMonth(change.Month, LeagueChangeRules.Units(change.Before, change.After))];
        var (before, after) = (PastTable.Of(change.Before, change.BeforeRevision), PastTable.Of(change.After, change.AfterRevision));
        if (!LeagueChangeRules.TouchesStreaks(before, after))
        {
            return found;
        }

        var with = await reckoner.Now(change.AsOf);
        for (var month = change.Month.Next; month <= ShanghaiTime.MonthOf(change.AsOf); month = month.Next)
        {
            var units = with.UnitsOf(month, change.Tier);
            var tables = await past.Get([month], [.. units.Select(u => u.Code)], change.Tier, with, cancellationToken);
            if (tables.GetValueOrDefault(month) is { } later)
            {
                var was = await streaks.Read(later, change.Tier, with with { Instead = before }, cancellationToken);
                var now = await streaks.Read(later, change.Tier, with with { Instead = after }, cancellationToken);
                found.AddRange(LeagueChangeRules.Later(later, was, now, code => new(code, with.NameOf(code))));
            }
        }
        return found;
    }
}
