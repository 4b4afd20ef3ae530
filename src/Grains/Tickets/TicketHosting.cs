using Hotline.Shared;
using Hotline.Storage;
using Hotline.WorkCalendar;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hotline.Tickets;

/// <summary>What grains and endpoints of tickets need from the host, besides storage and units.</summary>
internal static class TicketHosting
{
    public static IServiceCollection AddTickets(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ClockGuard>();
        services.TryAddSingleton<CalendarSource>();
        services.TryAddSingleton<TicketStoreReads>();
        services.AddSingleton(s => new TextHasher(s.GetRequiredService<Database>().InstanceSecret("texts", CancellationToken.None).GetAwaiter().GetResult()));
        services.AddSingleton<TicketSurroundings>();
        services.AddSingleton<TicketIndex>();
        services.AddSingleton<OpenPromises>();
        return services;
    }
}
