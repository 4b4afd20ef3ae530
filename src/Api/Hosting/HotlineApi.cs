using Hotline.Access;
using Hotline.Documents;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.People;
using Hotline.Shared;
using Hotline.Units;
using Hotline.Work;
using Hotline.WorkCalendar;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hotline.Api;

/// <summary>The REST API in two calls, the same in the silo and in the gateway.</summary>
public static class HotlineApi
{
    /// <summary>Services: needs an <see cref="IGrainFactory"/> from the host.</summary>
    public static WebApplicationBuilder AddHotlineApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.Body;
            kestrel.Limits.MaxConcurrentConnections = 2_000;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        services.AddRoutingCore();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => ApiJson.Apply(options.SerializerOptions));
        // Not AddAuthentication: it would bring Data Protection, which writes key files to the home folder that nothing here needs.
        services.AddWebEncoders().AddAuthenticationCore(options => options.DefaultScheme = ApiKeyAuthentication.SchemeName);
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddAuthorization(options => options.FallbackPolicy = RoleRules.Default);
        services.AddSingleton<KeyRingCopy>().AddSingleton<PeopleDirectory>().AddSingleton<WhoCalls>().AddSingleton<StreamSeats>();
        services.AddSingleton<UnitDirectory>();
        services.AddSingleton<CalendarSource>();
        services.AddSingleton<ScoringPolicies>();
        services.AddSingleton<WorkIndex>().AddSingleton<AlarmLedger>();
        services.AddSingleton<DeadlinePolicies>();
        services.TryAddSingleton<ScoredTicketIndex>();
        services.TryAddSingleton<Revisions>();
        services.AddSingleton<BulletinTicketReader>().AddSingleton<DocumentDesk>();
        services.AddSingleton<IReadiness, ClusterReadiness>().AddSingleton<IReadiness, FeedReadiness>();
        services.AddHotlineDocument();
        return builder;
    }

    /// <summary>The pipeline and every endpoint.</summary>
    public static WebApplication MapHotlineApi(this WebApplication app)
    {
        app.Use(SecurityHeaders.Middleware);
        app.UseMiddleware<Faults>();
        app.UseHotlineDocument();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<ActingFor>();
        app.UseAuthorization();
        app.UseMiddleware<AddressCheck>();
        app.UseMiddleware<CommandGate>();

        Health.Map(app);
        StartPage.Map(app);
        var api = app.MapGroup("/api/v1");
        QueryNames.Note(api);
        ApiKeyEndpoints.Map(api);
        PeopleEndpoints.Map(api);
        UnitEndpoints.Map(api);
        CalendarEndpoints.Map(api);
        TicketEndpoints.Map(api);
        MyWorkEndpoint.Map(api);
        AlarmEndpoint.Map(api);
        EventEndpoints.Map(api);
        ImportEndpoints.Map(api);
        LeagueEndpoints.Map(api);
        CorrectionEndpoints.Map(api);
        BulletinEndpoints.Map(api);
        AwardDocumentEndpoints.Map(api);
        ExplainEndpoint.Map(api);
        MovesEndpoint.Map(api);
        WhatIfEndpoint.Map(api);
        MapEndpoints.Map(api);
        StandingEndpoint.Map(api);
        ScoringPolicyEndpoints.Map(api);
        DeadlinePolicyEndpoints.Map(api);
        NoticeEndpoints.Map(api);
        QuarterEndpoints.Map(api);
        RewardEndpoints.Map(api);
        ClockEndpoints.Map(api);
        StoreWorkEndpoints.Map(api);
        return app;
    }
}
