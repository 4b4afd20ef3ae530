using Hotline.Policies;
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
        services.AddSingleton<TicketSurroundings>();
        services.AddSingleton<DueTickets>();
        services.AddSingleton<CommandKeys>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILifecycleParticipant<ISiloLifecycle>, TextSecretStart>());
        return services;
    }

    /// <summary>What endpoints read beside the grains: all that a gateway needs.</summary>
    public static IServiceCollection AddTicketLists(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TicketStoreReads>();
        services.TryAddSingleton<EventFeed>();
        services.TryAddSingleton(s => new TextHasher(SecretOf(s.GetRequiredService<Database>())));
        services.TryAddSingleton<TicketIndex>();
        services.TryAddSingleton<TicketTitles>();
        services.TryAddSingleton<DeadlinePolicies>();
        services.TryAddSingleton<OpenPromises>();
        return services;
    }

    /// <summary>Not in the caller's turn: a grain would wait for what is to go on in its own scheduler.</summary>
    private static byte[] SecretOf(Database database) =>
        Task.Run(() => database.InstanceSecret("texts", CancellationToken.None)).GetAwaiter().GetResult();

    /// <summary>Gets the secret before the first ticket can come: hundreds that came at once would hold every thread while they wait for it.</summary>
    private sealed class TextSecretStart(IServiceProvider services) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle observer) => observer.Subscribe(nameof(TextSecretStart), ServiceLifecycleStage.ApplicationServices,
            _ =>
            {
                services.GetRequiredService<TextHasher>();
                return Task.CompletedTask;
            });
    }
}
