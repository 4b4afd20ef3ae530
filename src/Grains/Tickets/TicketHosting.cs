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
        services.AddTicketLists();
        services.TryAddSingleton<ClockGuard>();
        services.TryAddSingleton<CalendarSource>();
        services.AddSingleton(s => new TextHasher(SecretOf(s.GetRequiredService<Database>())));
        services.AddSingleton<TicketSurroundings>();
        services.AddSingleton<DueTickets>();
        return services;
    }

    /// <summary>What endpoints read beside the grains: all that a gateway needs.</summary>
    public static IServiceCollection AddTicketLists(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TicketStoreReads>();
        services.TryAddSingleton<TicketIndex>();
        services.TryAddSingleton<OpenPromises>();
        return services;
    }

    // The first ticket grain asks for it while it activates: waiting there for work that is to go on in the same grain would never end.
    private static byte[] SecretOf(Database database) =>
        Task.Run(() => database.InstanceSecret("texts", CancellationToken.None)).GetAwaiter().GetResult();
}
