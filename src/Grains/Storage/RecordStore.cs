using System.IO.Compression;
using Hotline.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;
using Orleans.Storage;

namespace Hotline.Storage;

/// <summary>Reads and writes of grains' records, and the form in which their answers are kept: as they travel between silos, compressed.</summary>
internal sealed class RecordStore([FromKeyedServices(StorageHosting.Records)] IGrainStorage storage, Serializer serializer, ILogger<RecordStore> log)
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

    /// <summary>The first answer again; <c>idempotency.answer-lost</c> when another version of the system packed it in a form that this one cannot read.</summary>
    public Result<T> Unpack<T>(byte[] packed) where T : class
    {
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
            var bytes = new MemoryStream();
            brotli.CopyTo(bytes);
            return new(serializer.Deserialize<T>(bytes.ToArray())!, null, Replayed: true);
        }
        catch (Exception fault) when (fault is SerializerException or InvalidDataException or InvalidOperationException or ArgumentException)
        {
            log.LogWarning(fault, "A kept answer cannot be read");
            return new Rejection("idempotency.answer-lost", "该请求此前已经生效，当时的回应由另一版本的系统保存，无法再现；请直接查询结果。", RejectionKind.State);
        }
    }

    /// <summary>See <see cref="RecordGrain{T}"/>.</summary>
    public async Task Afterwards(string name, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning(fault, "What follows from a change of the record {Name} is not done yet", name);
        }
    }
}
