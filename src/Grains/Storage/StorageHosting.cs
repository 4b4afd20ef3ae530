using Hotline.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Hotline.Storage;

/// <summary>Gives a silo its storage.</summary>
internal static class StorageHosting
{
    /// <summary>The AdoNet provider's name under which <see cref="RecordGrain{T}"/> finds it.</summary>
    public const string Records = "records";

    /// <summary>Opens the database now, so that what is wrong with it is said before the host starts; closes it with the host.</summary>
    /// <exception cref="StorageStartException">The store cannot be used safely.</exception>
    public static ISiloBuilder AddHotlineStorage(this ISiloBuilder silo, StorageOptions options)
    {
        var database = Database.Open(options);
        silo.Services.AddSingleton(_ => database);
        return silo.AddProviders(database);
    }

    /// <summary>For a database that somebody else opened and will close.</summary>
    public static ISiloBuilder AddHotlineStorage(this ISiloBuilder silo, Database database)
    {
        silo.Services.AddSingleton(database);
        return silo.AddProviders(database);
    }

    private static ISiloBuilder AddProviders(this ISiloBuilder silo, Database database)
    {
        silo.Services.AddStorageFaults();
        silo.Services.AddSingleton<PlacementStrategy, NearPlacement>();
        silo.Services.AddPlacementDirector<NearPlacement, NearPlacementDirector>();
        silo.Services.AddSingleton<TicketStoreReads>();
        silo.Services.AddSingleton<FeedSeals>();
        silo.Services.AddSingleton(services => TicketStore.Create(services.GetRequiredService<Database>(), services.GetRequiredService<ILogger<TicketStore>>()));
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<TicketStore>());
        silo.Services.AddSingleton<RecordStore>();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton<ClockGuard>();
        silo.AddIncomingGrainCallFilter<WriteGuard>();
        return silo.AddAdoNetGrainStorage(Records, options =>
        {
            options.Invariant = database.Engine == StorageEngine.Sqlite ? "System.Data.SQLite" : "Npgsql";
            options.DataSource = database.Engine == StorageEngine.Sqlite
                ? new SqliteGateSource(database.SqliteWriteString, database.Gate) : new PostgresRecordSource(database);
            options.GrainStorageSerializer = new RecordJson();
        }).ConfigureServices(TakeRowsAlong);
    }

    private static void TakeRowsAlong(IServiceCollection services)
    {
        var adoNet = services.Last(d => d.IsKeyedService && d.ServiceType == typeof(IGrainStorage) && Equals(d.ServiceKey, Records));
        services.Remove(adoNet);
        services.AddKeyedSingleton<IGrainStorage>(Records, (s, key) => new RecordStorage((IGrainStorage)adoNet.KeyedImplementationFactory!(s, key),
            s.GetRequiredService<Database>(), s.GetRequiredService<IOptions<ClusterOptions>>()));
    }
}
