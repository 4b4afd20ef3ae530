using Hotline.Policies;
using Hotline.Reminders;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Notices;

/// <summary>On what a list rests beside the tables: the policies and the roll of units.</summary>
internal sealed record AwardBasis(PolicyBook Book, IReadOnlyList<Unit> Roll);

/// <summary>Lists as they would be now, by the newest revisions of months and quarters.</summary>
internal sealed class AwardReckoner(IGrainFactory grains, UnitDirectory units, ScoringPolicies policies, AwardRevisions awards, Revisions revisions, NoticePasses passes,
    TimeProvider clock)
{
    /// <summary>For views.</summary>
    public async Task<AwardBasis> Recent() => new(await policies.Book(), await units.All());

    /// <summary>For proposals and approvals.</summary>
    public async Task<AwardBasis> InForce() => new((await policies.Newest()).Value, (await units.Newest()).Value.Units);

    /// <summary>The tiers in which a quarter is decided: by the policy of its last month.</summary>
    public static IReadOnlyList<LeagueTier> Tiers(Quarter quarter, AwardBasis with) => MonthCloseRules.Tiers(with.Book.For(quarter.Last).Tables);

    /// <summary>A quarter's list; refused when a table is damaged.</summary>
    public async Task<Result<QuarterBody>> Quarter(Quarter quarter, LeagueTier tier, QuarterState state, AwardBasis with) =>
        (await Tables(quarter, tier)).Map(tables => QuarterRules.Body(quarter, tier, tables, VetoRules.Acting(state), with.Roll));

    /// <summary>The newest tables of a quarter's months, oldest first; refused when one is damaged.</summary>
    public async Task<Result<IReadOnlyList<LeagueTable>>> Tables(Quarter quarter, LeagueTier tier)
    {
        var reader = grains.GetGrain<ILeagueTablesGrain>(LeagueKeys.Tables);
        List<LeagueTable> tables = [];
        foreach (var month in quarter.Months)
        {
            var read = await reader.Get(month, tier, null);
            if (read.Rejection is { } rejection)
            {
                return rejection;
            }

            tables.Add(read.Value!);
        }
        return new(tables, null);
    }

    /// <summary>A year's list, and whether everything it rests on is there.</summary>
    public async Task<(YearBody Body, bool IsReady)> Year(int year, AwardBasis with)
    {
        var december = new Month(year, 12);
        var body = YearRules.Body(year, await awards.Quarters(year, CancellationToken.None), with.Book.For(december), with.Roll);
        List<(Month, LeagueTier)> published = [];
        foreach (var quarter in Enumerable.Range(1, 4).Select(n => new Quarter(year, n)))
        {
            foreach (var tier in Tiers(quarter, with))
            {
                var months = await passes.PublishedFrom(quarter.First, tier, CancellationToken.None);
                published.AddRange(months.Where(m => m <= quarter.Last).Select(m => (m, tier)));
            }
        }
        return (body, YearRules.IsReady(body, LeagueLifeRules.IsOver(december, clock.GetUtcNow()), published));
    }

    /// <summary>The quarter's reminder is done with once every tier that counts has its list.</summary>
    public async Task Settle(Quarter quarter)
    {
        var approved = (await awards.Quarters(quarter.Year, CancellationToken.None)).Where(l => l.Source.Quarter == quarter).Select(l => l.Source.Tier);
        if (!Tiers(quarter, await Recent()).Except(approved).Any())
        {
            await grains.GetGrain<IReminderGrain>(IReminderGrain.Key).Settle([PeriodReminderRules.QuarterSubject(quarter.Last)]);
        }
    }

    /// <summary>As <see cref="Settle"/>, for every list of this year and the last.</summary>
    public async Task SettleApproved(CancellationToken cancellationToken)
    {
        var year = ShanghaiTime.DateOf(clock.GetUtcNow()).Year;
        foreach (var recent in new[] { year - 1, year })
        {
            foreach (var quarter in (await awards.Quarters(recent, cancellationToken)).Select(l => l.Source.Quarter).Distinct())
            {
                await Settle(quarter);
            }

            if (await revisions.Find(RevisionKind.Year, AwardKeys.PeriodOf(recent), LeagueTier.All, null, cancellationToken) is not null)
            {
                await SettleYear(recent);
            }
        }
    }

    /// <summary>The year's reminder is done with.</summary>
    public Task SettleYear(int year) => grains.GetGrain<IReminderGrain>(IReminderGrain.Key).Settle([PeriodReminderRules.YearSubject(year)]);

    public DateTimeOffset Instant() => clock.Instant();
}
