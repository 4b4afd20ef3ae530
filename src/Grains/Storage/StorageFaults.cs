using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Hotline.Storage;

/// <summary>The store cannot be started as it is. The message says it in Chinese and English, for the console.</summary>
internal sealed class StorageStartException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary><c>storage.unsafe-settings</c>, <c>storage.folder-in-use</c>, <c>storage.migration-failed</c>,
    /// <c>storage.migration-busy</c> or <c>storage.epoch-failed</c>.</summary>
    public string Code { get; } = code;
}

// What follows is thrown by a storage provider. Orleans passes on to the grain only its own kind of exception and wraps every other.

/// <summary>The database cannot be reached, or others hold it; nothing was written.</summary>
[GenerateSerializer, Alias("hotline.StorageUnavailable")]
internal sealed class StorageUnavailableException(string message, Exception? inner = null) : OrleansException(message, inner!);

/// <summary>A stored record was written by a later version of this system: not read, and so never written over.</summary>
[GenerateSerializer, Alias("hotline.NewerSchema")]
internal sealed class NewerSchemaException(string message) : OrleansException(message);

/// <summary>A stored record is not what was written: it is not taken for good.</summary>
[GenerateSerializer, Alias("hotline.DamagedRecord")]
internal sealed class DamagedRecordException() : OrleansException("A stored record is not what was written.");

/// <summary>What is stored of a ticket is not what was written: nothing of it is given out, and nothing is done with it.</summary>
[GenerateSerializer, Alias("hotline.DamagedTicket")]
internal sealed class DamagedTicketException(string ticketId, string what) : OrleansException($"Ticket {ticketId} is damaged: {what}.");

/// <summary>Faults between processes.</summary>
internal static class StorageFaultHosting
{
    /// <summary>Without this a driver's exception reaches another process as a complaint about its missing serializer.</summary>
    public static IServiceCollection AddStorageFaults(this IServiceCollection services) =>
        services.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.UnionWith(["Npgsql", "Hotline"]));
}
