using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Hosting;

namespace Hotline.Storage;

/// <summary>Gives a silo its storage.</summary>
internal static class StorageHosting
{
    /// <summary>The AdoNet provider's name in <c>[PersistentState("unit", StorageHosting.Records)]</c>.</summary>
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
        silo.Services.AddSingleton(services => TicketStore.Create(services.GetRequiredService<Database>(), services.GetRequiredService<ILogger<TicketStore>>()));
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<TicketStore>());
        return silo.AddAdoNetGrainStorage(Records, options =>
        {
            options.Invariant = database.Engine == StorageEngine.Sqlite ? "System.Data.SQLite" : "Npgsql";
            options.DataSource = database.Engine == StorageEngine.Sqlite
                ? new SqliteGateSource(database.SqliteWriteString, database.Gate) : new PostgresRecordSource(database);
            options.GrainStorageSerializer = new RecordJson();
        });
    }
}
