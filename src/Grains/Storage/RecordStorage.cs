using System.Globalization;
using Dapper;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Storage;

namespace Hotline.Storage;

/// <summary>Orleans' AdoNet provider, with one thing more: rows of other tables that a record brings along are written in its own transaction, by the
/// provider's own statement first, so that a record of another version writes none of them.</summary>
internal sealed class RecordStorage(IGrainStorage adoNet, Database database, IOptions<ClusterOptions> cluster)
    : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly RecordJson Json = new();

    private string? _write;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => adoNet.ReadStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => adoNet.ClearStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => grainState.State is IKept { Rows: { Count: > 0 } rows }
        ? WriteWithRows(stateName, grainId, grainState, rows)
        : adoNet.WriteStateAsync(stateName, grainId, grainState);

    public void Participate(ISiloLifecycle observer) => (adoNet as ILifecycleParticipant<ISiloLifecycle>)?.Participate(observer);

    private async Task WriteWithRows<T>(string stateName, GrainId grainId, IGrainState<T> grainState, IReadOnlyList<RecordRow> rows)
    {
        var record = new
        {
            cluster.Value.ServiceId,
            GrainTypeString = stateName,
            GrainIdN0 = 0L,
            GrainIdN1 = 0L,
            GrainIdExtensionString = grainId.Key.ToString(),
            GrainStateVersion = grainState.ETag is { } tag ? int.Parse(tag, CultureInfo.InvariantCulture) : (int?)null,
            PayloadBinary = Json.Serialize(grainState.State).ToArray(),
        };
        var version = 0;
        await database.Write(async (connection, transaction) =>
        {
            _write ??= await connection.ExecuteScalarAsync<string>("SELECT QueryText FROM OrleansQuery WHERE QueryKey = 'WriteToStorageKey'", transaction: transaction);
            version = await connection.ExecuteScalarAsync<int?>(_write!, record, transaction)
                ?? throw new InconsistentStateException($"The record {stateName} {grainId} has another version.");
            foreach (var row in rows)
            {
                await connection.ExecuteAsync(row.Sql, row.Values, transaction);
            }
        }, CancellationToken.None);
        (grainState.ETag, grainState.RecordExists) = (version.ToString(CultureInfo.InvariantCulture), true);
    }
}
