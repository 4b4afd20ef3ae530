using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Storage;

namespace Hotline.Storage;

/// <summary>Reads and writes of grains' records, and the form in which their answers are kept: as they travel between silos, compressed.</summary>
internal sealed class RecordStore([FromKeyedServices(StorageHosting.Records)] IGrainStorage storage, Serializer serializer)
{
    /// <exception cref="StorageUnavailableException">The record cannot be read now.</exception>
    public async Task Read<T>(string name, GrainId id, GrainState<Kept<T>> state) where T : class, new()
    {
        try
        {
            await storage.ReadStateAsync(name, id, state);
        }
        catch (Exception fault) when (WriteOutcomes.Of(fault) is not null)
        {
            throw new StorageUnavailableException($"The record {name} cannot be read.", fault);
        }
    }

    public async Task<WriteOutcome> Write<T>(string name, GrainId id, GrainState<Kept<T>> state) where T : class, new()
    {
        try
        {
            await storage.WriteStateAsync(name, id, state);
            return WriteOutcome.Written;
        }
        catch (Exception fault) when (WriteOutcomes.Of(fault) is { } outcome)
        {
            return outcome;
        }
    }

    public byte[] Pack<T>(T answer)
    {
        var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(serializer.SerializeToArray(answer));
        }

        return packed.ToArray();
    }

    public T Unpack<T>(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        var bytes = new MemoryStream();
        brotli.CopyTo(bytes);
        return serializer.Deserialize<T>(bytes.ToArray())!;
    }
}
