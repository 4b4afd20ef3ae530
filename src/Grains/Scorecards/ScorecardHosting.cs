using Hotline.Policies;
using Hotline.Shared;
using Hotline.Tickets;
using Hotline.Units;
using Hotline.WorkCalendar;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hotline.Scorecards;

/// <summary>What a silo needs to reckon tables; the gateway asks the silos.</summary>
internal static class ScorecardHosting
{
    public static IServiceCollection AddScorecards(this IServiceCollection services)
    {
        services.TryAddSingleton<ScoringPolicies>();
        services.TryAddSingleton<CalendarSource>();
        services.TryAddSingleton<DeadlinePolicies>();
        services.TryAddSingleton<ClockGuard>();
        return services.AddSingleton<ScorecardIndex>().AddSingleton<Revisions>().AddSingleton<MonthRankings>().AddSingleton<PastTables>().AddSingleton<StreakReader>()
            .AddSingleton<LeagueReckoner>().AddSingleton<PolicyTrials>().AddSingleton<LiveTables>().AddSingleton<LeagueTables>()
            .AddSingleton<FirstLiveTicket>().AddSingleton<ObjectionWindow>().AddSingleton<ExclusionRequests>()
            .AddSingleton<FixedFigures>().AddSingleton<LeagueVerifier>().AddSingleton<LeagueChangeReader>().AddSingleton<IKnockOn, TableKnockOns>()
            .AddSingleton<ScoredTicketIndex>().AddSingleton<LeagueExplain>().AddSingleton<LeagueTrials>().AddSingleton<LeagueMaps>()
            .AddSingleton<CorrectionTerms>().AddSingleton<MoveTexts>().AddSingleton<MoveReader>()
            .AddSingleton<MonthClose>().AddSingleton<UnitTrials>().AddSingleton<IUnitTables, UnitTables>().AddSingleton<IFixedMonths, FixedMonths>();
    }
}
